//! One function as a process: started as Lambda starts it, ended with the test.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::watch;

use super::runtime::RuntimeApi;
use crate::binary::build;

/// A machine under load starts a debug build within seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// A function that runs.
pub struct Process {
    name: String,
    runtime: RuntimeApi,
    child: Child,
    started: Instant,
    log: Arc<Mutex<String>>,
    ended: watch::Receiver<bool>,
}

impl Process {
    /// Starts the binary `name` with these variables and those that Lambda
    /// itself sets, and nothing of this process's own environment.
    pub(super) async fn start(name: &str, variables: &BTreeMap<String, String>) -> Process {
        Process::start_program(name, &binary(name), variables).await
    }

    /// The same, by another program than the one that the tests build.
    pub(super) async fn start_program(
        name: &str,
        program: &Path,
        variables: &BTreeMap<String, String>,
    ) -> Process {
        let runtime = RuntimeApi::serve().await;
        let (mut output, into_output) = std::io::pipe().unwrap();
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(variables)
            .env("AWS_LAMBDA_RUNTIME_API", runtime.address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", name)
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{name}"))
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "under-test")
            .stdout(into_output.try_clone().unwrap())
            .stderr(into_output);
        let started = Instant::now();
        let child = command.spawn().unwrap();
        // It has the writing end itself, which would keep the pipe open.
        drop(command);

        // The pipe closes when the process is gone, however it went.
        let log = Arc::new(Mutex::new(String::new()));
        let (end, ended) = watch::channel(false);
        std::thread::spawn({
            let log = Arc::clone(&log);
            move || {
                let mut piece = [0; 4096];
                while let Ok(length @ 1..) = output.read(&mut piece) {
                    let text = String::from_utf8_lossy(&piece[..length]);
                    log.lock().unwrap().push_str(&text);
                }
                // Nobody listens once the test is over.
                let _ = end.send(true);
            }
        });
        Process {
            name: name.to_owned(),
            runtime,
            child,
            started,
            log,
            ended,
        }
    }

    /// Waits until the function asks for its first event: how long it took to.
    ///
    /// # Panics
    ///
    /// With the function's log, if it ends before that.
    pub async fn ready(&self) -> Duration {
        let mut ended = self.ended.clone();
        tokio::select! {
            asked = self.runtime.asked() => asked - self.started,
            _ = ended.wait_for(|ended| *ended) => panic!("the function `{}` has ended; its log:\n{}", self.name, self.log()),
        }
    }

    /// What the kernel says of the process, under a name such as `VmRSS`: kB.
    pub fn memory(&self, name: &str) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let figure = line.and_then(|line| line.split_whitespace().next());
        figure.unwrap().parse().unwrap()
    }

    /// Sends an event and gives the function's answer.
    ///
    /// # Panics
    ///
    /// With the function's log, if it reports an error, ends or does not
    /// answer: a gateway would say 500, and no case wants that.
    pub async fn invoke(&self, event: &Value) -> Value {
        let mut ended = self.ended.clone();
        let trouble = tokio::select! {
            outcome = self.runtime.invoke(event) => match outcome {
                Ok(answer) => return answer,
                Err(error) => format!("reports the error {error}"),
            },
            _ = ended.wait_for(|ended| *ended) => "has ended".to_owned(),
            () = tokio::time::sleep(PATIENCE) => format!("does not answer within {PATIENCE:?}"),
        };
        panic!(
            "the function `{}` {trouble}; its log:\n{}",
            self.name,
            self.log()
        );
    }

    /// Ends the function: all that it has written, to the last line.
    pub async fn end(&mut self) -> String {
        let _ = self.child.kill();
        let _ = self.ended.wait_for(|ended| *ended).await;
        self.log()
    }

    /// What the function has written so far, as far as it was read.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be gone already; either way it is not left behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the binary is: in `LAMBDA_BINARIES` if whoever started the tests has
/// just built them, else beside this test, built first.
pub fn binary(name: &str) -> PathBuf {
    let folder = std::env::var_os("LAMBDA_BINARIES").map_or_else(built, PathBuf::from);
    let path = folder.join(name);
    assert!(
        path.is_file(),
        "{}: there is no such binary; is it in `functions/src/bin/`?",
        path.display()
    );
    path
}

/// Builds the binaries into the folder that this test itself was built into.
fn built() -> PathBuf {
    // The whole workspace, so that libraries are built with the same features
    // as everywhere else, once.
    build(&["--workspace", "--bins"]);
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(2).unwrap().to_owned()
}
