//! Front matter: the YAML between two `---` lines at the head of a page, and
//! where the page's own text begins.

use crate::problem::Problem;
use crate::text::{Place, SourceText};
use crate::yaml::{self, Described, Finding, Node};

/// A page's file in its two parts.
pub(crate) struct Parts<'t> {
    /// The YAML, without its fences; its first line is line 2 of the file.
    pub(crate) yaml: &'t str,
    /// Where the Markdown begins.
    pub(crate) body: usize,
}

/// Divides a page's file.
pub(crate) fn split(source: &SourceText) -> Result<Parts<'_>, Problem> {
    let text = source.text.as_str();
    let example =
        "begin the file with a line `---`, then `title:` and `description:`, then another `---`";
    if text.trim().is_empty() {
        return Err(source.problem(Place::START, "the file is empty", Some(example.to_owned())));
    }
    let Some(start) = fence(text) else {
        let (place, what, hint) =
            not_begun(text).unwrap_or((Place::START, "the page has no front matter", example));
        return Err(source.problem(place, what, Some(hint.to_owned())));
    };
    let mut offset = start;
    for line in text[start..].split_inclusive('\n') {
        if fence(line).is_some() {
            return Ok(Parts {
                yaml: &text[start..offset],
                body: offset + line.len(),
            });
        }
        offset += line.len();
    }
    // A line of two hyphens, or of five, was meant for one of three.
    let meant = |line: &str| {
        let line = line.trim();
        line.len() > 1 && line.bytes().all(|byte| byte == b'-')
    };
    let hint = match text[start..].lines().position(meant) {
        Some(index) => format!(
            "write `---` on line {}, three hyphens and no more",
            index + 2
        ),
        None => "put a line `---` after the last field".to_owned(),
    };
    Err(source.problem(
        Place::START,
        "the front matter that begins here does not end",
        Some(hint),
    ))
}

/// Why a text that has no first fence looks as if it had one: where, what is
/// wrong, what to do.
fn not_begun(text: &str) -> Option<(Place, &'static str, &'static str)> {
    if text.starts_with("+++") || text.starts_with('{') {
        let what = "the front matter is not YAML";
        let hint = "write lines such as `title: How to join` between two lines of `---`";
        return Some((Place::START, what, hint));
    }
    let line = text.lines().position(|line| !line.trim().is_empty())?;
    text.lines()
        .nth(line)?
        .trim()
        .starts_with("---")
        .then_some((
            Place {
                line: line + 1,
                column: 1,
            },
            "the front matter does not begin with a line `---` at the start of the file",
            "write three hyphens and nothing else on the first line",
        ))
}

/// The length of the line that `text` begins with, if it is a fence.
fn fence(text: &str) -> Option<usize> {
    let line = text.split_inclusive('\n').next()?;
    (line.trim_end() == "---").then_some(line.len())
}

/// Reads YAML of a file into a type; all that is wrong is told.
pub(crate) fn read<T>(
    source: &SourceText,
    yaml: &str,
    first_line: usize,
    problems: &mut Vec<Problem>,
) -> Option<T>
where
    T: for<'t> serde::Deserialize<'t> + Described,
{
    let root: Node = match yaml::parse(yaml, first_line) {
        Ok(root) => root,
        Err(trouble) => {
            problems.push(source.problem(trouble.place, trouble.what, Some(trouble.hint)));
            return None;
        }
    };
    let (value, findings) = yaml::read(&root);
    problems.extend(findings.into_iter().map(|finding| {
        let Finding {
            place,
            what,
            hint,
            rule,
        } = finding;
        let line = source.text.lines().nth(place.line - 1).unwrap_or("");
        let empty = what.ends_with("not empty");
        let swallowed = empty.then(|| yaml::swallowed(line)).flatten();
        source.problem(place, what, swallowed.or(hint)).of(rule)
    }));
    value
}
