//! A new event that begins as a copy of another: its front matter line by line,
//! so that comments and the editor's own ways of writing stay, but for what
//! belongs to that one event alone.
//!
//! Days and times are marked and not guessed: the checks name each of them
//! until it is set, so that nothing is announced for a day of last year.

use domain::event::TO_BE_SET;

use crate::front_matter;
use crate::problem::Problem;
use crate::text::SourceText;

/// What is to be set anew, if the other has it.
const MARKED: [&str; 4] = ["starts", "ends", "booking_opens", "booking_closes"];

/// What is the other's own: its old addresses, and when it is on the site.
const LEFT_OUT: [&str; 6] = [
    "title",
    "draft",
    "aliases",
    "publish_from",
    "publish_until",
    "review_by",
];

/// The text of the copy. `title` is as it stands between quotation marks.
pub(super) fn text(other: &SourceText, title: &str) -> Result<String, Problem> {
    let parts = front_matter::split(other)?;
    let mut own = format!("title: \"{title}\"\n");
    for field in fields(parts.yaml) {
        let name = name(field).unwrap_or_default();
        if LEFT_OUT.contains(&name) {
            continue;
        }
        if MARKED.contains(&name) {
            own.push_str(&format!("{name}: {TO_BE_SET}\n"));
        } else if name == "sessions" {
            own.push_str("sessions:\n");
            for _ in field.matches("starts:") {
                own.push_str(&format!(
                    "  - {{ starts: {TO_BE_SET}, ends: {TO_BE_SET} }}\n"
                ));
            }
        } else {
            own.push_str(field);
        }
    }
    let body = &other.text[parts.body..];
    Ok(format!("---\n{own}draft: true\n---\n{body}"))
}

/// The fields of some front matter, each with the lines that belong to it.
fn fields(yaml: &str) -> Vec<&str> {
    let mut fields = Vec::new();
    let (mut from, mut at) = (0, 0);
    for line in yaml.split_inclusive('\n') {
        if at > from && (name(line).is_some() || line.starts_with('#')) {
            fields.push(&yaml[from..at]);
            from = at;
        }
        at += line.len();
    }
    fields.push(&yaml[from..]);
    fields
}

/// The name of the field that a line begins, if it begins one.
fn name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (!name.is_empty() && name.bytes().all(is_name)).then_some(name)
}
