//! The calendar files, read by a library that is not ours: Python's
//! `icalendar`, on the two nights on which London's clocks change.
//!
//! The library is installed under `target/tools` by `tests/site/calendar/install`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tests::root;

use crate::little_site::{SiteTest, text};

/// The folder of the library, installed.
fn library() -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let target = test.ancestors().nth(3).expect("a test is in the target");
    let tools = target.join("tools");
    let installed = Command::new(root().join("tests/site/calendar/install"))
        .arg(&tools)
        .output()
        .expect("the installer starts");
    assert!(
        installed.status.success(),
        "the calendar library cannot be installed: {}",
        String::from_utf8_lossy(&installed.stderr)
    );
    tools.join("icalendar")
}

/// What the library finds in a file.
fn read(file: &str) -> Value {
    let mut child = Command::new(library().join("python/bin/python"))
        .arg(root().join("tests/site/calendar/read.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(file.as_bytes()).expect("it reads");
    drop(input);
    let answer = child.wait_with_output().expect("it ends");
    assert!(answer.status.success(), "{file}");
    serde_json::from_slice(&answer.stdout).expect("a list of entries")
}

/// A site with an event on the last Sunday of March, one on that of October,
/// and one whose sessions are on either side of the first.
fn site() -> SiteTest {
    let of = |title: &str, times: &str| {
        format!(
            "---\ntitle: {title}\ndescription: D.\nservice: workshops\nvenue: Hall\n{times}---\n"
        )
    };
    SiteTest::new()
        .service("workshops", "S01")
        .page(
            "events/_index.md",
            "---\ntitle: Events\ndescription: All.\n---\n",
        )
        .page(
            "events/forward.md",
            &of(
                "Forward",
                "starts: 2028-03-26 00:30\nends: 2028-03-26 03:30\n",
            ),
        )
        .page(
            "events/back.md",
            &of("Back", "starts: 2028-10-29 00:30\nends: 2028-10-29 03:30\n"),
        )
        .page(
            "events/both.md",
            &of(
                "Both",
                "sessions:\n  - { starts: 2028-03-25 16:00, ends: 2028-03-25 17:30 }\n  - { starts: 2028-03-26 16:00, ends: 2028-03-26 17:30 }\n",
            ),
        )
}

fn forward() -> Value {
    json!({
        "name": "forward@example.org", "title": "Forward", "minutes": 120,
        "starts": ["2028-03-26 00:30", "2028-03-26T00:30Z"], "ends": ["2028-03-26 03:30", "2028-03-26T02:30Z"],
    })
}

fn back() -> Value {
    json!({
        "name": "back@example.org", "title": "Back", "minutes": 240,
        "starts": ["2028-10-29 00:30", "2028-10-28T23:30Z"], "ends": ["2028-10-29 03:30", "2028-10-29T03:30Z"],
    })
}

fn both() -> [Value; 2] {
    [
        json!({
            "name": "both@example.org", "title": "Both (1 of 2)", "minutes": 90,
            "starts": ["2028-03-25 16:00", "2028-03-25T16:00Z"], "ends": ["2028-03-25 17:30", "2028-03-25T17:30Z"],
        }),
        json!({
            "name": "both.2@example.org", "title": "Both (2 of 2)", "minutes": 90,
            "starts": ["2028-03-26 16:00", "2028-03-26T15:00Z"], "ends": ["2028-03-26 17:30", "2028-03-26T16:30Z"],
        }),
    ]
}

#[test]
fn a_calendar_program_shows_events_at_their_time_in_london_when_the_clocks_change() {
    let built = site().build();
    let [first, second] = both();
    assert_eq!(
        read(&text(&built, "events/forward.ics")),
        json!([forward()])
    );
    assert_eq!(read(&text(&built, "events/back.ics")), json!([back()]));
    assert_eq!(
        read(&text(&built, "events/both.ics")),
        json!([first, second])
    );
    assert_eq!(
        read(&text(&built, "events.ics")),
        json!([first, second, forward(), back()])
    );
}
