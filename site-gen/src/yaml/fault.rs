//! Why a value cannot be read, and how an editor is told.

use std::fmt;

use serde::de::{Expected, Unexpected};

use super::tree::{Node, Value};
use super::{Reading, add, needs, reader};
use crate::nearest::nearest;
use crate::rule::Rule;
use crate::text::Place;

/// How a file of fields is written.
const ROOT: &str = "write one field a line, such as `title: How to join`";

/// Why a node cannot be read.
#[derive(Debug)]
pub(super) struct Fault {
    reason: Reason,
    at: Option<At>,
}

#[derive(Debug)]
enum Reason {
    /// Another kind of thing was expected.
    Expected(String),
    /// None of the words that are allowed.
    NotOneOf(&'static [&'static str]),
    /// A field is not there.
    Missing(&'static str),
    /// The type's own objection, in words.
    Objection(String),
}

/// Where a fault lies.
#[derive(Debug)]
struct At {
    node: usize,
    place: Place,
    name: String,
    in_list: bool,
    found: String,
}

impl Fault {
    /// Something else was expected.
    pub(super) fn expected(what: &str) -> Fault {
        Fault {
            reason: Reason::Expected(what.to_owned()),
            at: None,
        }
    }

    /// The same fault, in a node, if it has no place yet.
    pub(super) fn in_node(mut self, node: &Node, name: &str, in_list: bool) -> Fault {
        self.at.get_or_insert_with(|| At {
            node: reader::address(node),
            place: node.place,
            name: name.to_owned(),
            in_list,
            found: found(node),
        });
        self
    }

    /// The node that it lies in; 0 while nobody has said.
    pub(super) fn node(&self) -> usize {
        self.at.as_ref().map_or(0, |at| at.node)
    }

    /// Whether it only repeats that one of `told` is missing.
    pub(super) fn is_missing(&self, told: &[&str]) -> bool {
        matches!(self.reason, Reason::Missing(field) if told.contains(&field))
    }

    /// Adds it to the findings, unless it only follows from another.
    pub(super) fn tell(&self, root: &Node, reading: &Reading) {
        let Some(at) = &self.at else { return };
        let hint = || (reading.hint)(&at.name).map(str::to_owned);
        let name = &at.name;
        match &self.reason {
            Reason::Missing(field) if passed_over(root, at.node, field, reading) => {}
            Reason::Missing(field) => {
                let subject = if at.node == reader::address(root) {
                    reading.subject.to_owned()
                } else if at.in_list {
                    format!("each of `{name}`")
                } else {
                    format!("`{name}`")
                };
                reading.tell(
                    Rule::MissingField,
                    at.place,
                    needs(&subject, field),
                    add(field, None),
                );
            }
            Reason::Expected(expected) => {
                let what = match (name.is_empty(), at.in_list) {
                    (true, _) => {
                        format!("{} must be {expected}, not {}", reading.subject, at.found)
                    }
                    (_, true) => format!("each of `{name}` must be {expected}, not {}", at.found),
                    (_, false) => format!("`{name}` must be {expected}, not {}", at.found),
                };
                let hint = if name.is_empty() {
                    Some(ROOT.to_owned())
                } else {
                    hint()
                };
                reading.tell(Rule::WrongType, at.place, what, hint);
            }
            Reason::NotOneOf(words) => {
                let must = if at.in_list { "each of " } else { "" };
                let all: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                let what = format!(
                    "{must}`{name}` must be one of {}, not {}",
                    all.join(", "),
                    at.found
                );
                let near = nearest(at.found.trim_matches('`'), words.iter().copied());
                reading.tell(
                    Rule::WrongType,
                    at.place,
                    what,
                    near.map(|near| format!("did you mean `{near}`?"))
                        .or_else(hint),
                );
            }
            // It may object only because a part of it was passed over.
            Reason::Objection(_)
                if find(root, at.node).is_some_and(|node| holds_bad(node, reading)) => {}
            Reason::Objection(words) if name.is_empty() => {
                reading.tell(
                    Rule::WrongType,
                    named_in(words, root).unwrap_or(at.place),
                    words.clone(),
                    None,
                );
            }
            Reason::Objection(words) => {
                let node = find(root, at.node);
                let quoted = node.and_then(|node| named_in(words, node));
                reading.tell(
                    Rule::WrongType,
                    quoted.unwrap_or(at.place),
                    format!("`{name}`: {words}"),
                    hint(),
                );
            }
        }
    }
}

/// Whether the field is there after all, but its value was passed over.
fn passed_over(root: &Node, node: usize, field: &str, reading: &Reading) -> bool {
    let bad = reading.bad.borrow();
    let is_bad = |value: &Node| bad.contains(&reader::address(value));
    find(root, node).is_some_and(|node| match &node.value {
        Value::Map(entries) => entries
            .iter()
            .any(|(key, value)| key.text == field && is_bad(value)),
        _ => false,
    })
}

/// Whether something in a node was passed over.
fn holds_bad(node: &Node, reading: &Reading) -> bool {
    reading.bad.borrow().contains(&reader::address(node))
        || match &node.value {
            Value::List(items) => items.iter().any(|item| holds_bad(item, reading)),
            Value::Map(entries) => entries.iter().any(|(_, value)| holds_bad(value, reading)),
            _ => false,
        }
}

/// The node of that address.
fn find(root: &Node, node: usize) -> Option<&Node> {
    if reader::address(root) == node {
        return Some(root);
    }
    match &root.value {
        Value::List(items) => items.iter().find_map(|item| find(item, node)),
        Value::Map(entries) => entries.iter().find_map(|(_, value)| find(value, node)),
        _ => None,
    }
}

/// The place of the first thing that an objection quotes: a value of the
/// node, or one of its keys.
fn named_in(words: &str, root: &Node) -> Option<Place> {
    let quoted = words.split('`').skip(1).step_by(2);
    quoted
        .filter(|quoted| !quoted.is_empty())
        .find_map(|quoted| place_of(root, quoted))
}

fn place_of(node: &Node, text: &str) -> Option<Place> {
    match &node.value {
        Value::Text(written) if written == text => Some(node.place),
        Value::List(items) => items.iter().find_map(|item| place_of(item, text)),
        Value::Map(entries) => entries.iter().find_map(|(key, value)| {
            if key.text == text {
                Some(key.place)
            } else {
                place_of(value, text)
            }
        }),
        _ => None,
    }
}

/// What was found, in words.
fn found(node: &Node) -> String {
    match &node.value {
        Value::Nothing => "empty".to_owned(),
        Value::Text(text) => format!("`{}`", clipped(text)),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a group of fields".to_owned(),
    }
}

/// As much of a value as a message can take in.
pub(crate) fn clipped(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// serde's words for what a type expects, in an editor's.
fn in_words(expected: &str) -> String {
    let words = match expected {
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
        _ if expected.starts_with("a nonzero") => "a whole number above 0",
        "f32" | "f64" => "a number",
        "a boolean" => "`true` or `false`",
        "a string" | "a character" => "text",
        "a sequence" => "a list",
        "a map" => "a group of fields",
        _ if expected.starts_with("struct ") => "a group of fields",
        _ if expected.contains("variant identifier") || expected.starts_with("enum ") => "one word",
        other => other,
    };
    words.to_owned()
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.reason)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Fault {
        Fault {
            reason: Reason::Objection(message.to_string()),
            at: None,
        }
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Fault {
        Fault::expected(&in_words(&expected.to_string()))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Fault {
        Fault::expected(&in_words(&expected.to_string()))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Fault {
        Fault {
            reason: Reason::NotOneOf(expected),
            at: None,
        }
    }

    fn missing_field(field: &'static str) -> Fault {
        Fault {
            reason: Reason::Missing(field),
            at: None,
        }
    }
}
