//! AWS, as far as an emulator that is not ours has it: a process of its own on
//! this machine alone, and the AWS command line that speaks to it.
//!
//! What it does not have (`NOT_EMULATED` in `emulator/aws_server.py`) is answered
//! beside it. Both are installed under `target/tools` by `emulator/install`.

use std::io::{BufRead as _, BufReader, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::root;

/// An empty account, for as long as it is kept.
pub struct Emulator {
    processes: Vec<Child>,
    folder: tempfile::TempDir,
    port: u16,
}

impl Emulator {
    /// Starts it on a free port.
    pub fn start() -> Emulator {
        let python = installed();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("its address").port();
        drop(free);
        let mut emulator = Emulator {
            processes: Vec::new(),
            folder,
            port,
        };
        let mut aws = Command::new(python.join("python"));
        aws.arg(root().join("tests/support/emulator/aws_server.py"))
            .arg(emulator.socket())
            .arg(emulator.log());
        emulator.begin(aws, "ready");
        // Both of its streams, as it tells of itself on one and listens on the other.
        let mut cloud = Command::new("sh");
        cloud
            .args(["-c", "exec \"$0\" 2>&1"])
            .arg(python.join("ministack"))
            .current_dir(emulator.folder.path())
            .env("TMPDIR", emulator.folder.path())
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", port.to_string())
            // Where its functions find its other services.
            .env("AWS_ENDPOINT_URL", emulator.address());
        emulator.begin(cloud, "Running on");
        emulator
    }

    /// Starts a process, and waits until it says that it is ready.
    fn begin(&mut self, mut command: Command, ready: &str) {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the emulator starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        self.processes.push(child);
        let (mut line, mut said) = (String::new(), String::new());
        while !line.contains(ready) {
            line.clear();
            let read = output.read_line(&mut line).expect("its output is text");
            assert!(read > 0, "the emulator does not start: {said}");
            said += &line;
        }
        // What it says later is not looked at, and must not stop it either.
        std::thread::spawn(move || std::io::copy(&mut output.by_ref(), &mut std::io::sink()));
    }

    /// Where it answers, without a slash at the end.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("aws.socket")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("aws.log")
    }

    /// A command that finds `aws` and with it this account, and no other.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let ours = root().join("tests/support/emulator");
        let path = std::env::var("PATH").expect("a path");
        let mut command = Command::new(program.as_ref());
        command
            .env("PATH", format!("{}:{path}", ours.display()))
            .env("AWS_SERVER", self.socket())
            .env("AWS_ENDPOINT_URL", self.address())
            .env("AWS_ACCESS_KEY_ID", "under-test")
            .env("AWS_SECRET_ACCESS_KEY", "under-test")
            .env("AWS_DEFAULT_REGION", "eu-west-2")
            .env("AWS_CONFIG_FILE", self.folder.path().join("no-config"))
            .env_remove("AWS_PROFILE");
        command
    }

    /// Asks the account something; what it answers, as text.
    ///
    /// # Panics
    ///
    /// It refuses.
    pub fn aws(&self, words: &[&str]) -> String {
        let output = self
            .command("aws")
            .args(words)
            .args(["--output", "text"])
            .output()
            .expect("the command starts");
        assert!(output.status.success(), "{words:?}: {}", said(&output));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// What was asked since the last time, a line each, such as `aws s3 ls`.
    pub fn asked(&self) -> Vec<String> {
        let asked = std::fs::read_to_string(self.log()).unwrap_or_default();
        // It is open there for adding to.
        std::fs::write(self.log(), "").expect("a log");
        asked.lines().map(str::to_owned).collect()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        for process in &mut self.processes {
            // One that has ended already has nothing to be told.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// What a command said, its complaints after it.
pub fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// The folder of its programs, installed.
fn installed() -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let target = test.ancestors().nth(3).expect("a test is in the target");
    let tools = target.join("tools");
    let installed = Command::new(root().join("tests/support/emulator/install"))
        .arg(&tools)
        .output()
        .expect("the installer starts");
    assert!(
        installed.status.success(),
        "the emulator cannot be installed: {}",
        said(&installed)
    );
    tools.join("emulator/python/bin")
}
