//! The text of a file, with its places: where an offset is, and how a line of
//! it is quoted.

use std::path::PathBuf;

use crate::problem::Problem;

/// A line and a column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Place {
    /// The first character of a file.
    pub const START: Place = Place { line: 1, column: 1 };
}

/// How much of a line is quoted, in characters.
const EXCERPT: usize = 120;

/// A file that was read: where it is, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// The path that people are told.
    pub path: PathBuf,
    /// The text, without a byte-order mark.
    pub text: String,
}

impl SourceText {
    /// The place of a byte offset; the end of the text for one beyond it.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let before = match self.text.get(..offset) {
            Some(before) => before,
            None => &self.text,
        };
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
        }
    }

    /// What is wrong at a place, with its line quoted.
    #[must_use]
    pub fn problem(&self, place: Place, what: impl Into<String>, hint: Option<String>) -> Problem {
        let line = self
            .text
            .lines()
            .nth(place.line.saturating_sub(1))
            .unwrap_or("");
        Problem {
            path: self.path.clone(),
            line: place.line,
            column: place.column,
            excerpt: excerpt(line, place.column),
            what: what.into(),
            hint,
        }
    }

    /// The same, at a byte offset.
    #[must_use]
    pub fn problem_at(
        &self,
        offset: usize,
        what: impl Into<String>,
        hint: Option<String>,
    ) -> Problem {
        self.problem(self.place(offset), what, hint)
    }
}

/// A line, or the part of a long one around `column`.
fn excerpt(line: &str, column: usize) -> String {
    let line = line.trim_end();
    if line.chars().nth(EXCERPT).is_none() {
        return line.to_owned();
    }
    let skipped = column.saturating_sub(EXCERPT / 2);
    let shown: String = line.chars().skip(skipped).take(EXCERPT).collect();
    let before = if skipped > 0 { "…" } else { "" };
    let after = if line.chars().nth(skipped + EXCERPT).is_some() {
        "…"
    } else {
        ""
    };
    format!("{before}{shown}{after}")
}
