//! The figures as Markdown tables, ready for the README, with the day and the
//! number of processors: figures without them say nothing.

use std::fmt;
use std::io;
use std::num::NonZero;
use std::thread;
use std::time::Duration;

use crate::Place;
use crate::corpus::Corpus;
use crate::live::Live;
use crate::measure::Cost;

/// A table that grows by rows.
#[derive(Debug)]
pub(crate) struct Table {
    title: &'static str,
    head: &'static [&'static str],
    rows: Vec<Vec<String>>,
    /// What could not be measured, and why.
    notes: Vec<String>,
}

/// The table of ours and the floor.
pub(crate) fn builds() -> Table {
    Table::new(
        "Builds, median",
        &[
            "pages",
            "where",
            "what",
            "wall",
            "CPU",
            "peak memory",
            "wall ÷ floor",
            "memory ÷ floor",
        ],
    )
}

/// The table of the peers.
pub(crate) fn peers() -> Table {
    Table::new(
        "Cold builds on tmpfs, median",
        &[
            "pages",
            "generator",
            "wall",
            "CPU",
            "peak memory",
            "wall ÷ ours",
            "memory ÷ ours",
            "again, nothing changed",
        ],
    )
}

/// The table of edits.
pub(crate) fn edits() -> Table {
    Table::new(
        "Serving: from the save to the changed bytes over HTTP, median",
        &[
            "pages",
            "generator",
            "page",
            "list",
            "tag page",
            "slowest",
            "ready after",
            "peak memory",
        ],
    )
}

impl Table {
    fn new(title: &'static str, head: &'static [&'static str]) -> Table {
        Table {
            title,
            head,
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A build of ours or the floor.
    pub(crate) fn build(
        &mut self,
        corpus: Corpus,
        place: &Place,
        what: &str,
        cost: Cost,
        floor: Cost,
    ) {
        self.rows.push(vec![
            corpus.pages.to_string(),
            place.name.to_owned(),
            what.to_owned(),
            seconds(cost.wall),
            seconds(cost.cpu),
            memory(cost.peak),
            ratio(cost.wall.as_secs_f64(), floor.wall.as_secs_f64()),
            ratio(kib(cost.peak), kib(floor.peak)),
        ]);
    }

    /// A build that came to nothing.
    pub(crate) fn failed(&mut self, corpus: Corpus, place: &Place, name: &str, error: &io::Error) {
        self.notes.push(format!(
            "{name}, {} pages, {}: {error}",
            corpus.pages, place.name
        ));
    }

    /// A build of a peer, and another with nothing changed.
    pub(crate) fn peer(
        &mut self,
        corpus: Corpus,
        name: &str,
        cost: io::Result<Cost>,
        again: Option<Cost>,
        ours: Option<Cost>,
    ) {
        match cost {
            Ok(cost) => self.rows.push(vec![
                corpus.pages.to_string(),
                name.to_owned(),
                seconds(cost.wall),
                seconds(cost.cpu),
                memory(cost.peak),
                ours.map_or(none(), |ours| {
                    ratio(cost.wall.as_secs_f64(), ours.wall.as_secs_f64())
                }),
                ours.map_or(none(), |ours| ratio(kib(cost.peak), kib(ours.peak))),
                again.map_or(none(), |again| seconds(again.wall)),
            ]),
            Err(error) => self
                .notes
                .push(format!("{name}, {} pages: {error}", corpus.pages)),
        }
    }

    /// The edits of one server.
    pub(crate) fn live(&mut self, corpus: Corpus, name: &str, live: io::Result<Live>) {
        match live {
            Ok(live) => {
                let mut row = vec![corpus.pages.to_string(), name.to_owned()];
                row.extend(live.edits.into_iter().map(milliseconds));
                row.extend([
                    milliseconds(live.worst),
                    seconds(live.ready),
                    memory(live.peak),
                ]);
                self.rows.push(row);
            }
            Err(error) => self
                .notes
                .push(format!("{name}, {} pages, serving: {error}", corpus.pages)),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = jiff::Timestamp::now().strftime("%-d %B %Y").to_string();
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        writeln!(formatter, "{} ({day}, {cores} cores)\n", self.title)?;
        writeln!(formatter, "| {} |", self.head.join(" | "))?;
        writeln!(formatter, "|{}", " --- |".repeat(self.head.len()))?;
        for row in &self.rows {
            writeln!(formatter, "| {} |", row.join(" | "))?;
        }
        for note in &self.notes {
            writeln!(formatter, "\nNot measured: {note}")?;
        }
        Ok(())
    }
}

fn none() -> String {
    "–".to_owned()
}

fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        long if long >= 10.0 => format!("{long:.1} s"),
        middle if middle >= 1.0 => format!("{middle:.2} s"),
        short => format!("{short:.3} s"),
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}

fn memory(kib: u64) -> String {
    format!("{} MiB", (kib + 512) / 1024)
}

fn ratio(one: f64, other: f64) -> String {
    match one / other {
        large if large >= 10.0 => format!("{large:.1}"),
        small => format!("{small:.2}"),
    }
}

/// The kernel's figure for a calculation: it is far from what a `f64` holds.
fn kib(peak: u64) -> f64 {
    u32::try_from(peak).map_or(f64::INFINITY, f64::from)
}
