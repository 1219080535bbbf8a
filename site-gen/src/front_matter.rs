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
        return Err(source.problem(
            Place::START,
            "the page has no front matter",
            Some(example.to_owned()),
        ));
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
    let hint = "put a line `---` after the last field".to_owned();
    Err(source.problem(
        Place::START,
        "the front matter that begins here does not end",
        Some(hint),
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
    problems.extend(
        findings
            .into_iter()
            .map(|Finding { place, what, hint }| source.problem(place, what, hint)),
    );
    value
}
