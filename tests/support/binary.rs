//! The real program, in a process of its own that can be killed.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::Visitor;
use crate::root;

/// `cargo run`, as a process.
pub struct Program {
    child: Child,
    /// Where it answers.
    pub base_url: String,
    /// All that it printed until it was ready.
    pub greeting: String,
}

/// The folder that programs are built into: the one this test was built into.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let folder = test
        .ancestors()
        .nth(2)
        .expect("a test is in `deps`, beside the programs");
    let program = folder.join(name);
    assert!(
        program.is_file(),
        "{} is not built: run `cargo build --workspace --bins`",
        program.display()
    );
    program
}

/// Has cargo build what these arguments say (quickly, where nothing has changed),
/// beside this test; the folder that it builds into.
pub fn build(arguments: &[&str]) -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let target = test.ancestors().nth(3).expect("a test is in `deps`");
    let mut cargo = Command::new(env!("CARGO"));
    // What cargo tells this test about itself would be told to the libraries
    // too, and some of them would be built again.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CARGO_PKG_")) {
        cargo.env_remove(name);
    }
    let status = cargo
        .env_remove("CARGO_MANIFEST_DIR")
        .args(["build", "--quiet", "--locked"])
        .args(arguments)
        .arg("--target-dir")
        .arg(target)
        .current_dir(root())
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the binaries could not be built");
    target.to_owned()
}

impl Program {
    /// Starts the program with its records in `data`, on a free port, and
    /// waits until it says that it is ready.
    pub fn start(data: &Path, arguments: &[&str]) -> Program {
        let mut child = Command::new(program("local"))
            .current_dir(root())
            .args(["--port", "0", "--data"])
            .arg(data)
            .args(arguments)
            .env_remove("STRIPE_SECRET_KEY")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut greeting = String::new();
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        while let Some(Ok(line)) = lines.next() {
            greeting.push_str(&line);
            greeting.push('\n');
            if line.starts_with("Stop with") {
                break;
            }
        }
        let base_url = greeting
            .split_whitespace()
            .find(|word| word.starts_with("http://localhost:"));
        let base_url = base_url.unwrap_or_else(|| panic!("the program did not start: {greeting}"));
        Program {
            base_url: base_url.trim_end_matches('/').to_owned(),
            child,
            greeting,
        }
    }

    /// Kills it in the middle of whatever it does: SIGKILL, as `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// Somebody at its site.
    pub fn visitor(&self) -> Visitor {
        Visitor::at(&self.base_url)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
