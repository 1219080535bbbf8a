//! How every file looks.

use crate::report::Report;
use crate::tree::{files, production, root, sources, text};

/// A file that is longer says too much at once.
const LINES: usize = 400;

#[test]
fn every_file_says_why_it_exists() {
    let mut report = Report::default();
    for source in sources(".") {
        if !source.text.starts_with("//!") {
            report.add(
                &format!("{}:1", source.path),
                "does not open with `//!`",
                "say what the file is for, and why it is a file of its own",
            );
        }
    }
    report.finish();
}

/// What is fed to the readers to break them need not be text.
const NOT_TEXT: &str = "site-gen/fuzz/corpus/";

#[test]
fn every_file_can_be_read_by_a_person() {
    let mut report = Report::default();
    for path in files(".", "") {
        let read =
            std::fs::read(root().join(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let is_text = std::str::from_utf8(&read).is_ok_and(|text| !text.contains('\0'));
        if !is_text && !path.starts_with(NOT_TEXT) {
            report.add(
                &path,
                "is not text",
                "take it out: what is built or brought in is made anew on each machine",
            );
        }
    }
    report.finish();
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let mut report = Report::default();
    for source in sources(".") {
        let lines = source.text.lines().count();
        if lines >= LINES {
            let what = format!("has {lines} lines; fewer than {LINES} are wanted");
            report.add(
                &format!("{}:{LINES}", source.path),
                &what,
                "find the part that has a name of its own, and move it out",
            );
        }
    }
    report.finish();
}

#[test]
fn nothing_is_left_for_later_in_a_comment() {
    // Spelt apart, so that this file does not find itself.
    let markers = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("X", "XX"),
    ];
    let mut report = Report::default();
    for ending in [
        ".rs", ".toml", ".yaml", ".html", ".css", ".js", ".md", ".txt",
    ] {
        for path in files(".", ending) {
            for (index, line) in text(&path).lines().enumerate() {
                let mut words = line.split(|letter: char| !letter.is_alphanumeric());
                if let Some(marker) = words.find(|word| markers.contains(word)) {
                    let what = format!("`{marker}`");
                    report.add(
                        &format!("{path}:{}", index + 1),
                        &what,
                        "do it now, or say what is so and why",
                    );
                }
            }
        }
    }
    report.finish();
}

#[test]
fn nothing_that_ships_unwraps() {
    let mut report = Report::default();
    for folder in ["functions", "site-gen"] {
        for source in production(folder) {
            for (offset, _) in source.code.match_indices(".unwrap()") {
                report.add(
                    &source.place(offset),
                    "`.unwrap()`",
                    "return an error, or `expect` with the invariant that rules it out",
                );
            }
        }
    }
    report.finish();
}
