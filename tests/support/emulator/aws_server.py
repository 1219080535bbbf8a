"""The real AWS command line, loaded once and forked for each call: a
deployment makes some fifty, and loading it takes longer than all they do.

    aws_server.py SOCKET LOG

Each call is a line of the log. What the emulator does not know is answered
here: what protects a stack from a slip of the hand, and the edge's own store of
redirects, which it has at a host that a test cannot reach.
"""
import json
import os
import signal
import socket
import sys

import awscli.clidriver
import awscli.customizations.cloudformation.deploy  # noqa: F401
import awscli.customizations.s3.subcommands  # noqa: F401
import s3transfer.manager  # noqa: F401

NOT_EMULATED = {
    ("cloudformation", "set-stack-policy"): "",
    ("cloudformation", "update-termination-protection"): "",
    ("cloudfront-keyvaluestore", "list-keys"): "{}",
}


def answer(connection, log):
    size, streams, _, _ = socket.recv_fds(connection, 8, 3)
    left, parts = int.from_bytes(size, "big"), []
    while left:
        parts.append(connection.recv(left))
        left -= len(parts[-1])
    asked = json.loads(b"".join(parts))
    words = asked["words"]
    log.write("aws " + " ".join(words) + "\n")
    log.flush()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    # Where the command has its own data: it says so as it is loaded.
    data = os.environ["AWS_DATA_PATH"]
    os.environ.clear()
    os.environ.update(asked["environment"], AWS_DATA_PATH=data)
    os.chdir(asked["folder"])
    known = NOT_EMULATED.get(tuple(words[:2]))
    # A network that fails, or whoever cuts it off, at the call that has these words.
    refused = asked["environment"].get("AWS_FAILS_AT")
    if refused and refused in " ".join(words):
        code = 1
    elif known is None:
        try:
            sys.argv = ["aws", *words]
            code = awscli.clidriver.main()
        except SystemExit as end:
            code = end.code or 0
    else:
        print(known)
        code = 0
    sys.stdout.flush()
    sys.stderr.flush()
    connection.send(str(code).encode())


def main(path, log):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server, open(log, "a", encoding="utf-8") as log:
        server.bind(path)
        server.listen(16)
        print("ready", flush=True)
        while True:
            connection, _ = server.accept()
            if os.fork() == 0:
                # The command line waits for nobody else's children.
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                answer(connection, log)
                os._exit(0)
            connection.close()


main(*sys.argv[1:])
