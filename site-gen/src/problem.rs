//! A problem: one thing that an editor can put right, told so that it can be.
//!
//! Every part of the generator says what is wrong in this one form, and none
//! stops at the first. The words follow one rule: the place, what is wrong,
//! what to do; literals in backticks; no blame.

use std::fmt;
use std::path::PathBuf;

use crate::rule::{Rule, Severity};
use crate::text::Place;

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
    /// The line, or as much of it as can be taken in. Nothing while it is only
    /// found, so that no text need be kept for it: the line is read when all
    /// is told.
    pub excerpt: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: Option<String>,
    /// Which rule is broken.
    pub rule: Rule,
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
            rule: Rule::Unreadable,
        }
    }

    /// A problem at a place of a file, its line not yet quoted.
    pub fn at(
        path: impl Into<PathBuf>,
        place: Place,
        what: impl Into<String>,
        hint: Option<String>,
    ) -> Problem {
        Problem {
            path: path.into(),
            line: place.line,
            column: place.column,
            excerpt: String::new(),
            what: what.into(),
            hint,
            rule: Rule::Syntax,
        }
    }

    /// The same, as what breaks another rule than that of its form.
    #[must_use]
    pub fn of(self, rule: Rule) -> Problem {
        Problem { rule, ..self }
    }
}

impl Problem {
    /// What is wrong; a warning says that it is one.
    fn said(&self) -> String {
        match self.rule.severity() {
            Severity::Error => shown(&self.what),
            Severity::Warning => format!("warning: {}", shown(&self.what)),
        }
    }

    /// `content/fees.md:3:7`, or the path alone.
    fn place(&self) -> String {
        let path = shown(&self.path.to_string_lossy());
        match self.line {
            0 => path,
            line => format!("{path}:{line}:{}", self.column),
        }
    }
}

/// A text as it is printed: names and values can hold what would command a
/// terminal.
fn shown(text: &str) -> String {
    text.replace(
        |letter: char| letter.is_control() && letter != '\n',
        "\u{fffd}",
    )
}

/// Printed as `path:line:column: what`, the line, and the hint.
impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place(), self.said())?;
        if !self.excerpt.is_empty() {
            write!(formatter, "\n  {} | {}", self.line, self.excerpt)?;
        }
        match &self.hint {
            Some(hint) => write!(formatter, "\n  hint: {}", shown(hint)),
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

/// The same for a terminal with colours: the place in bold, what is wrong in
/// red, the hint’s name in cyan. The words are alike with and without.
#[must_use]
pub fn report_coloured(problems: &[Problem]) -> String {
    let coloured = |problem: &Problem| {
        let text = problem.to_string();
        let place = text.len() - text.strip_prefix(&problem.place()).map_or(0, str::len);
        let (place, rest) = text.split_at(place);
        let (what, rest) = rest.split_at(": ".len() + problem.said().len());
        let hint = rest.replacen("\n  hint:", "\n  \x1b[36mhint:\x1b[0m", 1);
        format!("\x1b[1m{place}\x1b[0m\x1b[31m{what}\x1b[0m{hint}")
    };
    let told: Vec<String> = problems.iter().map(coloured).collect();
    told.join("\n\n")
}

/// All problems for a machine: one JSON object a line. `line`, `column` and
/// `excerpt` are null for what concerns a whole file.
#[must_use]
pub fn report_json(problems: &[Problem]) -> String {
    let told = problems.iter().map(|problem| {
        let placed = problem.line > 0;
        serde_json::json!({
            "path": problem.path.to_string_lossy(),
            "line": placed.then_some(problem.line),
            "column": placed.then_some(problem.column),
            "what": problem.what,
            "hint": problem.hint,
            "excerpt": placed.then_some(&problem.excerpt),
            "rule": problem.rule.name(),
            "severity": problem.rule.severity().as_str(),
        })
        .to_string()
    });
    told.collect::<Vec<String>>().join("\n")
}

/// `2 problems in 1 file`, `1 problem and 2 warnings in 3 files`.
#[must_use]
pub fn count(problems: &[Problem]) -> String {
    let mut files: Vec<_> = problems.iter().map(|problem| &problem.path).collect();
    files.sort();
    files.dedup();
    let is_warning = |problem: &&Problem| problem.rule.severity() == Severity::Warning;
    let warnings = problems.iter().filter(is_warning).count();
    let counted = match problems.len() - warnings {
        0 if warnings > 0 => many(warnings, "warning"),
        errors if warnings > 0 => {
            format!(
                "{} and {}",
                many(errors, "problem"),
                many(warnings, "warning")
            )
        }
        errors => many(errors, "problem"),
    };
    format!("{counted} in {}", many(files.len(), "file"))
}

/// `1 page`, `2 pages`.
pub(crate) fn many(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
