//! From a saved file to the browser, as often as there is one.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::engine::{Engine, Update};
use super::live::Live;
use super::watch::Watch;
use crate::problem::{Problem, count, many, report};

/// How often it is looked whether to go on, and who still listens.
const ROUND: Duration = Duration::from_secs(2);

/// Says how the site is at the start.
pub fn greet(watch: &Watch, engine: &Engine, live: &Live) {
    if let Some(why) = watch.slow_because() {
        slow(why);
    }
    if !engine.problems().is_empty() {
        tell(engine.problems());
        live.broken(engine.problems());
    } else {
        warn(engine, live);
    }
}

/// Shows every change of the files until it is time to stop.
///
/// `clock` tells the time: when it passes one at which something is published
/// or goes, that happens. `prepare` does what has to be done before the browsers
/// are told of a change that went well, and says whether the functions' screens
/// changed too.
pub fn follow(
    mut watch: Watch,
    mut engine: Engine,
    live: &Live,
    clock: impl Fn() -> Timestamp,
    mut prepare: impl FnMut(&Engine, &Update) -> bool,
    stop: impl Fn() -> bool,
) {
    let mut is_slow = watch.slow_because().is_some();
    while !stop() {
        let paths = watch.next(ROUND);
        // A burst of new folders may be more than the system can watch.
        if let Some(why) = watch.slow_because().filter(|_| !is_slow) {
            slow(why);
            is_slow = true;
        }
        let now = clock();
        let is_due = engine.next_change().is_some_and(|next| next <= now);
        if paths.is_empty() && !is_due {
            live.knock();
            continue;
        }
        let since = Instant::now();
        let update = if is_due {
            engine.change_at(&paths, now)
        } else {
            engine.change(&paths)
        };
        if !update.problems.is_empty() {
            tell(&update.problems);
            live.broken(&update.problems);
            continue;
        }
        let screens = prepare(&engine, &update);
        let touched: Vec<String> = update
            .changed
            .iter()
            .chain(&update.removed)
            .cloned()
            .collect();
        live.change(engine.files(), &touched, screens);
        warn(&engine, live);
        // Whoever has closed the terminal still wants to see the pages.
        let _ = writeln!(io::stdout(), "{}", line(&paths, &update, since.elapsed()));
    }
}

fn slow(why: &str) {
    let _ = writeln!(
        io::stderr(),
        "changes are looked for five times a second, since the system does not tell of them: {why}"
    );
}

/// Tells what does not keep the site from being built.
fn warn(engine: &Engine, live: &Live) {
    let warnings = engine.warnings();
    live.warned(warnings);
    if !warnings.is_empty() {
        let _ = writeln!(
            io::stderr(),
            "{}\n\n{}\n",
            report(warnings),
            count(warnings)
        );
    }
}

fn tell(problems: &[Problem]) {
    let (all, number) = (report(problems), count(problems));
    let _ = writeln!(
        io::stderr(),
        "{all}\n\n{number}; the last good site is still shown\n"
    );
}

/// `content/events/teachmeet.md: 3 files in 12 ms`.
fn line(paths: &[PathBuf], update: &Update, took: Duration) -> String {
    let first = match paths.first() {
        Some(path) => path.display().to_string(),
        None => "the clock".to_owned(),
    };
    let others = match paths.len() {
        0 | 1 => String::new(),
        number => format!(" and {}", many(number - 1, "other")),
    };
    let removed = match update.removed.len() {
        0 => String::new(),
        number => format!(", {number} removed"),
    };
    let changed = match update.changed.len() {
        0 if update.removed.is_empty() => "nothing to show".to_owned(),
        number => many(number, "file"),
    };
    let milliseconds = took.as_secs_f64() * 1000.0;
    format!("{first}{others}: {changed}{removed} in {milliseconds:.0} ms")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_one_line() {
        let names = |number: usize| vec![String::new(); number];
        let update = |changed, removed| Update {
            problems: Vec::new(),
            changed: names(changed),
            removed: names(removed),
        };
        let paths = ["content/a.md", "content/b.md", "content/c.md"].map(PathBuf::from);
        let took = Duration::from_micros(11_600);
        assert_eq!(
            line(&paths[..1], &update(3, 0), took),
            "content/a.md: 3 files in 12 ms"
        );
        assert_eq!(
            line(&paths, &update(1, 2), took),
            "content/a.md and 2 others: 1 file, 2 removed in 12 ms"
        );
        assert_eq!(
            line(&paths[..1], &update(0, 0), took),
            "content/a.md: nothing to show in 12 ms"
        );
        assert_eq!(
            line(&[], &update(2, 0), took),
            "the clock: 2 files in 12 ms"
        );
    }
}
