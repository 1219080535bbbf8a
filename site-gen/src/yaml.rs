//! YAML read into types, with every problem told at its place.
//!
//! The text becomes a tree that keeps places and spellings ([`tree`]); a type
//! is read from the tree ([`read`]). So one definition, the type's own, says
//! which fields there are, and the messages are ours.

mod fault;
mod placed;
mod reader;
mod simple;
mod tree;
mod trouble;

use std::cell::RefCell;
use std::collections::HashSet;

use serde::Deserialize;

use crate::rule::Rule;
use crate::text::Place;
pub(crate) use fault::clipped;
pub use placed::Placed;
pub(crate) use tree::{Node, Value, parse};
pub(crate) use trouble::swallowed;

/// What is written in a field: its text, nothing where it holds others, none
/// where it is not there.
pub(crate) type Written<'w, 't> = dyn Fn(&str) -> Option<&'t str> + 'w;

/// What is said of a type in messages, and what its type alone does not tell.
pub trait Described {
    /// What one is called: `an event`.
    const SUBJECT: &'static str;

    /// The fields that must be there (a test holds them against the type).
    #[must_use]
    fn required() -> &'static [&'static str];

    /// Those that must be there as well, given what is written.
    #[must_use]
    fn needed(written: &Written<'_, '_>) -> Vec<&'static str> {
        let _ = written;
        Vec::new()
    }

    /// What to do with a field that it does not have on purpose.
    #[must_use]
    fn elsewhere(field: &str) -> Option<&'static str> {
        let _ = field;
        None
    }

    /// How to write a field, for whoever wrote it wrong or left it out.
    #[must_use]
    fn hint(field: &str) -> Option<&'static str> {
        let _ = field;
        None
    }
}

/// Something wrong at a place of the YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Where.
    pub(crate) place: Place,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do.
    pub(crate) hint: Option<String>,
    /// Which rule is broken.
    pub(crate) rule: Rule,
}

/// What is known while one type is read again and again from one tree.
struct Reading {
    /// The type's name in messages.
    subject: &'static str,
    /// How to write a field of it.
    hint: fn(&str) -> Option<&'static str>,
    /// What to do with a field that it does not have on purpose.
    elsewhere: fn(&str) -> Option<&'static str>,
    /// Nodes that cannot be read, by address: they are passed over.
    bad: RefCell<HashSet<usize>>,
    /// What was found so far.
    findings: RefCell<Vec<Finding>>,
}

impl Reading {
    fn tell(&self, rule: Rule, place: Place, what: String, hint: Option<String>) {
        let finding = Finding {
            place,
            what,
            hint,
            rule,
        };
        let mut findings = self.findings.borrow_mut();
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}

/// A `T` read from `root`, and all that is wrong with it.
///
/// serde stops at the first value that it cannot use. Such a value is told,
/// passed over, and the rest is read again, until nothing new comes up.
pub(crate) fn read<'t, T: Deserialize<'t> + Described>(
    root: &'t Node,
) -> (Option<T>, Vec<Finding>) {
    let reading = Reading {
        subject: T::SUBJECT,
        hint: T::hint,
        elsewhere: T::elsewhere,
        bad: RefCell::default(),
        findings: RefCell::default(),
    };
    let missing = missing_fields::<T>(root);
    for field in &missing {
        reading.tell(
            Rule::MissingField,
            Place::START,
            needs(T::SUBJECT, field),
            add(field, T::hint(field)),
        );
    }
    let mut value = None;
    loop {
        let read = T::deserialize(reader::Reader::root(root, &reading));
        match read.map_err(|fault| fault.in_node(root, "", false)) {
            Ok(read) => {
                value = Some(read);
                break;
            }
            Err(fault) => {
                let whole = fault.node() == reader::address(root);
                if whole && fault.is_missing(&missing) {
                    break;
                }
                fault.tell(root, &reading);
                // A fault that comes up again would come up for ever.
                let new = reading.bad.borrow_mut().insert(fault.node());
                if whole || !new {
                    break;
                }
            }
        }
    }
    (value, reading.findings.into_inner())
}

/// The required fields that are not there.
fn missing_fields<T: Described>(root: &Node) -> Vec<&'static str> {
    let entries = match &root.value {
        Value::Map(entries) => entries.as_slice(),
        Value::Nothing => &[],
        Value::Text(_) | Value::List(_) => return Vec::new(),
    };
    let written = |field: &str| {
        let (_, node) = entries.iter().find(|(key, _)| key.text == field)?;
        Some(match &node.value {
            Value::Text(text) => text.as_str(),
            _ => "",
        })
    };
    let mut required = T::required().to_vec();
    required.extend(T::needed(&written));
    required.retain(|field| written(field).is_none());
    required
}

/// `an event needs the field `starts``.
fn needs(subject: &str, field: &str) -> String {
    format!("{subject} needs the field `{field}`")
}

/// How to add a field.
fn add(field: &str, hint: Option<&str>) -> Option<String> {
    Some(match hint {
        Some(hint) => hint.to_owned(),
        None => format!("add a line that begins with `{field}:`"),
    })
}

#[cfg(test)]
mod tests;
