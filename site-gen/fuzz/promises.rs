//! What is promised of any text: no panic, no endless work, and every problem
//! at a place that the file has, in words that a terminal can be given.

use site_gen::kind::KindName;
use site_gen::{Problem, apart, report, report_json};
use theme::Theme;

/// The kind that a number stands for.
pub fn kind(number: u8) -> KindName {
    match number % 4 {
        0 => KindName::Page,
        1 => KindName::Service,
        2 => KindName::Person,
        _ => KindName::Event,
    }
}

/// Reads a page and holds what comes of it against the promises.
pub fn keep(kind: KindName, bytes: &[u8], theme: Option<&Theme>) {
    let (_, problems) = apart::page(kind, bytes.to_vec(), theme);
    let text = String::from_utf8_lossy(bytes);
    // The last line may be the empty one after the last end of line.
    let lines = text.split('\n').count();
    for problem in &problems {
        place(problem, lines);
    }
    assert!(!report(&problems).contains('\u{1b}'));
    assert_eq!(report_json(&problems).lines().count(), problems.len());
}

fn place(problem: &Problem, lines: usize) {
    assert!(problem.line <= lines, "{problem}");
    assert!(problem.line == 0 || problem.column > 0, "{problem}");
    assert!(!problem.what.is_empty(), "{problem}");
    assert!(problem.excerpt.chars().count() <= 122, "{problem}");
}
