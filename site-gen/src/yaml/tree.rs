//! YAML as it was written: a tree in which every key and value knows its place
//! and a number keeps its spelling.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, MessageFormatter, Spanned, UserMessageFormatter};

use super::simple;
use super::trouble::{NotYaml, explain};
use crate::text::Place;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// Where it begins.
    pub(crate) place: Place,
    /// What it is.
    pub(crate) value: Value,
}

/// What a node is, before anybody says what it ought to be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Nothing was written.
    Nothing,
    /// A text, number, date, `true`: as it was written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and their values, in order.
    Map(Vec<(Key, Node)>),
}

/// The key of a map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Key {
    /// Where it begins.
    pub(crate) place: Place,
    /// Its text.
    pub(crate) text: String,
}

/// How deep lists and groups may stand inside each other. Five levels are the
/// most that anything here has; each takes a good 30 KB of stack where the code
/// is not optimised, and a thread has 2 MB.
const DEEPEST: usize = 16;

/// Reads YAML that begins on line `first_line` of its file.
pub(crate) fn parse(yaml: &str, first_line: usize) -> Result<Node, NotYaml> {
    match simple::parse(yaml, first_line) {
        Some(root) => Ok(root),
        None => parse_any(yaml, first_line),
    }
}

/// The same, of YAML that is not plain.
pub(super) fn parse_any(yaml: &str, first_line: usize) -> Result<Node, NotYaml> {
    let options = serde_saphyr::options! {
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_saphyr::MergeKeyPolicy::AsOrdinary,
        strict_booleans: true,
        with_snippet: false,
        budget: serde_saphyr::budget! { max_depth: DEEPEST },
    };
    let place = |location: Location| number(location, first_line);
    match serde_saphyr::from_str_with_options::<Option<Raw>>(yaml, options) {
        Ok(Some(raw)) => {
            let root = raw.settle(yaml, &place);
            match control(&root) {
                None => Ok(root),
                Some(place) => Err(NotYaml {
                    place,
                    what: "the text has a character that cannot be shown".to_owned(),
                    hint: "take out what follows `\\`, or write the text without quotes".to_owned(),
                }),
            }
        }
        Ok(None) => Ok(Node {
            place: Place {
                line: first_line,
                column: 1,
            },
            value: Value::Nothing,
        }),
        Err(error) => {
            let message = UserMessageFormatter.format_message(error.without_snippet());
            let at = error
                .location()
                .map_or(Place::START, |location| number(location, 1));
            let mut trouble = explain(yaml, at, &message);
            trouble.place.line += first_line - 1;
            Err(trouble)
        }
    }
}

/// The first text with a character that means nothing: `"\e"` is one, though
/// the file has none.
fn control(node: &Node) -> Option<Place> {
    let has = |text: &str| {
        text.chars()
            .any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
    };
    match &node.value {
        Value::Nothing => None,
        Value::Text(text) => has(text).then_some(node.place),
        Value::List(items) => items.iter().find_map(control),
        Value::Map(entries) => entries.iter().find_map(|(key, value)| {
            has(&key.text)
                .then_some(key.place)
                .or_else(|| control(value))
        }),
    }
}

/// A reader's location, in a text that begins on line `first_line`.
fn number(location: Location, first_line: usize) -> Place {
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX).max(1);
    Place {
        line: count(location.line()).saturating_add(first_line - 1),
        column: count(location.column()),
    }
}

/// A node as the reader gives it, before its spelling is looked up.
struct Raw(Spanned<RawValue>);

enum RawValue {
    Nothing,
    /// A text, its quotes and escapes undone.
    Text(String),
    /// Something that was taken for a number or a truth value: its spelling
    /// is in the source.
    Plain,
    List(Vec<Raw>),
    Map(Vec<(Spanned<String>, Raw)>),
}

impl Raw {
    fn settle(self, yaml: &str, place: &dyn Fn(Location) -> Place) -> Node {
        let Spanned {
            value,
            referenced,
            defined,
        } = self.0;
        let value = match value {
            RawValue::Nothing => Value::Nothing,
            RawValue::Text(text) => Value::Text(text),
            RawValue::Plain => Value::Text(spelling(yaml, defined).trim().to_owned()),
            RawValue::List(items) => Value::List(
                items
                    .into_iter()
                    .map(|item| item.settle(yaml, place))
                    .collect(),
            ),
            RawValue::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, node)| {
                        let key = Key {
                            place: place(key.referenced),
                            text: key.value,
                        };
                        let mut node = node.settle(yaml, place);
                        if node.value == Value::Nothing {
                            node.place = key.place;
                        }
                        (key, node)
                    })
                    .collect(),
            ),
        };
        Node {
            place: place(referenced),
            value,
        }
    }
}

/// The source of a node, as it was written.
fn spelling(yaml: &str, location: Location) -> &str {
    let span = location.span();
    let range = |(start, length): (u64, u64)| {
        let start = usize::try_from(start).ok()?;
        yaml.get(start..start.checked_add(usize::try_from(length).ok()?)?)
    };
    span.byte_offset()
        .zip(span.byte_len())
        .and_then(range)
        .unwrap_or("")
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        Spanned::deserialize(deserializer).map(Raw)
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawValue, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("YAML")
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Nothing)
    }

    fn visit_str<E>(self, text: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Plain)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(RawValue::Map(map))
    }
}
