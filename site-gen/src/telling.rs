//! What the command says of a build: to people in text, coloured on a terminal,
//! or to editors and CI in JSON; and that it is still at work.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use site_gen::{Problem, count, report, report_coloured, report_json};

use crate::cli::Format;

/// How long a person waits without wondering.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the time is shown anew after that.
const TICK: Duration = Duration::from_millis(200);

/// Says what came of it. `consequence` follows the number of problems.
pub(crate) fn finish(
    result: Result<String, Vec<Problem>>,
    consequence: &str,
    format: Format,
) -> ExitCode {
    match (result, format) {
        (Ok(summary), Format::Text) => {
            say(&mut io::stdout(), &summary);
            ExitCode::SUCCESS
        }
        // Standard output is the machine's, and there is nothing to tell it.
        (Ok(summary), Format::Json) => {
            say(&mut io::stderr(), &summary);
            ExitCode::SUCCESS
        }
        (Err(problems), Format::Text) => {
            let told = if in_colour() {
                report_coloured(&problems)
            } else {
                report(&problems)
            };
            let text = format!("{told}\n\n{}{consequence}", count(&problems));
            say(&mut io::stderr(), &text);
            ExitCode::FAILURE
        }
        (Err(problems), Format::Json) => {
            say(&mut io::stdout(), &report_json(&problems));
            ExitCode::FAILURE
        }
    }
}

/// Tells what did not stop the build.
pub(crate) fn warn(warnings: &[Problem], format: Format) {
    if warnings.is_empty() {
        return;
    }
    match format {
        Format::Text => {
            let told = if in_colour() {
                report_coloured(warnings)
            } else {
                report(warnings)
            };
            say(&mut io::stderr(), &format!("{told}\n\n{}", count(warnings)));
        }
        Format::Json => say(&mut io::stdout(), &report_json(warnings)),
    }
}

/// Writes a text and the end of its line. Whoever stopped reading (`| head`)
/// has seen enough.
pub(crate) fn say(to: &mut impl Write, text: &str) {
    let _ = writeln!(to, "{text}").and_then(|()| to.flush());
}

/// Whether standard error shows colours, and nobody asked that it does not.
fn in_colour() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    io::stderr().is_terminal() && !set("NO_COLOR") && !dumb
}

/// Shows, on a terminal, how long something has been going on, once that is
/// longer than a second; gone when it is dropped.
pub(crate) struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Of `doing`, such as `building`.
    pub(crate) fn of(doing: &'static str) -> Progress {
        if !io::stderr().is_terminal() {
            return Progress(None);
        }
        let (done, waiting) = mpsc::channel();
        let shown = thread::spawn(move || {
            let started = Instant::now();
            let mut wait = PATIENCE;
            while waiting.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = TICK;
                let seconds = started.elapsed().as_secs_f32();
                let _ = write!(io::stderr(), "\r{doing}, {seconds:.1} s\x1b[K");
            }
            if wait == TICK {
                let _ = write!(io::stderr(), "\r\x1b[K");
            }
        });
        Progress(Some((done, shown)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, shown)) = self.0.take() {
            drop(done);
            // It has nothing to say but what it wrote.
            let _ = shown.join();
        }
    }
}
