//! What a command costs: time on the clock, time on the processors, and memory.
//!
//! The kernel tells of a process's memory only to whoever waited for it, and
//! only the largest of all. So each run has a parent of its own: this program
//! again, as `measure -- COMMAND`, which does nothing but start, wait and tell.
//! Such a parent is also small, which matters: until a new process has put
//! its own program in place, the parent's memory counts as its own.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::signal::{Signal, kill};
use nix::sys::time::TimeVal;
use nix::unistd::Pid;

/// No run may take longer.
const LIMIT: Duration = Duration::from_secs(300);

/// A command and the folder that it is run in.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) folder: PathBuf,
}

impl Run {
    /// A command, run in `folder`.
    pub(crate) fn new(program: &Path, folder: &Path) -> Run {
        Run {
            program: program.to_owned(),
            arguments: Vec::new(),
            folder: folder.to_owned(),
        }
    }

    /// The command with more arguments.
    pub(crate) fn with(mut self, arguments: &[&dyn AsRef<std::ffi::OsStr>]) -> Run {
        self.arguments.extend(
            arguments
                .iter()
                .map(|argument| argument.as_ref().to_owned()),
        );
        self
    }

    /// The command, ready to be started.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        command
    }
}

/// What a run cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    /// Time on the clock.
    pub(crate) wall: Duration,
    /// Time on all processors together.
    pub(crate) cpu: Duration,
    /// The most memory at any time, in KiB.
    pub(crate) peak: u64,
}

impl Cost {
    /// The middle of several runs, each figure by itself.
    pub(crate) fn median(costs: &[Cost]) -> Cost {
        Cost {
            wall: median(costs.iter().map(|cost| cost.wall)),
            cpu: median(costs.iter().map(|cost| cost.cpu)),
            peak: median(costs.iter().map(|cost| cost.peak)),
        }
    }
}

/// The middle of several values.
pub(crate) fn median<T: Ord + Copy>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values[values.len() / 2]
}

/// Runs the command once, under a parent of its own.
pub(crate) fn cost(run: &Run) -> io::Result<Cost> {
    let told = Command::new(std::env::current_exe()?)
        .args(["measure", "--"])
        .arg(&run.program)
        .args(&run.arguments)
        .current_dir(&run.folder)
        .stdin(Stdio::null())
        .output()?;
    let text = String::from_utf8_lossy(&told.stdout);
    let figures: Vec<u64> = text
        .split_whitespace()
        .filter_map(|figure| figure.parse().ok())
        .collect();
    match figures.as_slice() {
        [wall, cpu, peak] if told.status.success() => Ok(Cost {
            wall: Duration::from_micros(*wall),
            cpu: Duration::from_micros(*cpu),
            peak: *peak,
        }),
        _ => {
            let why = beginning(&String::from_utf8_lossy(&told.stderr));
            Err(io::Error::other(format!(
                "{} failed: {why}",
                run.program.display()
            )))
        }
    }
}

/// The first lines of a complaint: some are as long as the corpus.
fn beginning(complaint: &str) -> String {
    const LINES: usize = 6;
    let first: Vec<&str> = complaint.lines().take(LINES).collect();
    first.join("\n")
}

/// The parent: starts the command, waits for it, and prints what it cost.
pub(crate) fn tell(command: &[OsString]) -> io::Result<()> {
    let [program, arguments @ ..] = command else {
        return Err(io::Error::other("there is no command to measure"));
    };
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .spawn()?;
    let child_id =
        Pid::from_raw(i32::try_from(child.id()).expect("the kernel's numbers are small"));
    let (ended, end) = mpsc::channel::<()>();
    let watch = thread::spawn(move || {
        if end.recv_timeout(LIMIT) == Err(mpsc::RecvTimeoutError::Timeout) {
            // It may have ended in this very moment.
            kill(child_id, Signal::SIGKILL).ok();
        }
    });
    let status = child.wait()?;
    let wall = started.elapsed();
    drop(ended);
    watch.join().expect("the watch does not panic");
    if !status.success() {
        return Err(io::Error::other(format!("it ended with {status}")));
    }
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = micros(used.user_time()) + micros(used.system_time());
    println!("{} {cpu} {}", wall.as_micros(), used.max_rss());
    Ok(())
}

fn micros(time: TimeVal) -> i64 {
    time.tv_sec() * 1_000_000 + time.tv_usec()
}

/// The most memory that a running process has had, in KiB.
pub(crate) fn peak_of(process: u32) -> io::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    status
        .lines()
        .find_map(|line| {
            line.strip_prefix("VmHWM:")?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        })
        .ok_or_else(|| io::Error::other("the kernel does not tell the process’s memory"))
}
