//! A problem: one thing that an editor can put right, told so that it can be.
//!
//! Every part of the generator says what is wrong in this one form, and none
//! stops at the first. The words follow one rule: the place, what is wrong,
//! what to do; literals in backticks; no blame.

use std::fmt;
use std::path::PathBuf;

/// One thing in the content, the theme or the folders that can be put right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as it was reached from the folder that was given.
    pub path: PathBuf,
    /// Counted from the first line of the file, the `---` fence included;
    /// 0 for what concerns the file as a whole.
    pub line: usize,
    /// Counted in characters from 1.
    pub column: usize,
    /// The line, or as much of it as can be taken in.
    pub excerpt: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem with a file or a folder as a whole.
    pub fn whole(
        path: impl Into<PathBuf>,
        what: impl Into<String>,
        hint: impl Into<String>,
    ) -> Problem {
        Problem {
            path: path.into(),
            line: 0,
            column: 0,
            excerpt: String::new(),
            what: what.into(),
            hint: Some(hint.into()),
        }
    }
}

/// Printed as `path:line:column: what`, the line, and the hint.
impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.path.display())?;
        if self.line > 0 {
            write!(formatter, ":{}:{}", self.line, self.column)?;
        }
        write!(formatter, ": {}", self.what)?;
        if !self.excerpt.is_empty() {
            write!(formatter, "\n  {} | {}", self.line, self.excerpt)?;
        }
        match &self.hint {
            Some(hint) => write!(formatter, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

/// All problems as they are printed, in order of place, without the closing
/// line.
#[must_use]
pub fn report(problems: &[Problem]) -> String {
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    told.join("\n\n")
}

/// `2 problems in 1 file`.
#[must_use]
pub fn count(problems: &[Problem]) -> String {
    let mut files: Vec<_> = problems.iter().map(|problem| &problem.path).collect();
    files.sort();
    files.dedup();
    format!(
        "{} in {}",
        many(problems.len(), "problem"),
        many(files.len(), "file")
    )
}

/// `1 page`, `2 pages`.
pub(crate) fn many(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
