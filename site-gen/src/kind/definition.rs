//! A kind of content as a table: its fields, what each is, and how it is
//! written.
//!
//! It is made of the JSON Schema of the type that the parser reads, and of the
//! order in which that type names its fields. So the parser's messages, the
//! tables of the editor's guide, the schemas for completion and the
//! configuration of the browser editor say the same, and cannot do otherwise.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;
use serde::de::value::Error;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::KindName;

/// A kind of content.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Its name.
    pub kind: KindName,
    /// What one is called: `an event`.
    pub subject: &'static str,
    /// What it is, in a sentence or two.
    pub about: String,
    /// Its fields, in the order in which they are usually written.
    pub fields: Vec<Field>,
    /// The names of those that must be there.
    pub required: Vec<&'static str>,
    /// Its JSON Schema (draft 2020-12), whole.
    pub schema: Value,
}

/// A field of the front matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What may be written there.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it is if it is left out, where that is not simply nothing.
    pub default: Option<Value>,
    /// What it means, in sentences.
    pub means: String,
    /// A value that can stand there.
    pub example: Value,
    /// What is said to whoever wrote it wrong or left it out.
    pub hint: Option<String>,
}

/// What may be written in a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A text of one line.
    Line,
    /// A sentence or a few.
    Sentence,
    /// A whole number, and the smallest that it may be.
    Number {
        /// The smallest.
        least: Option<i64>,
    },
    /// `true` or `false`.
    Switch,
    /// A day: `2017-04-01`.
    Day,
    /// A day and a time in London: `2028-03-14 16:00`.
    Time,
    /// A day, or a day and a time.
    DayOrTime,
    /// A month, or a day: `2016-05`.
    MonthOrDay,
    /// Pounds and pence: `£45.00`.
    Money,
    /// A share of a price, a sum, or nothing: `50%`.
    Charge,
    /// So many days before something: `10 working days`.
    Deadline,
    /// An address of the site: `/old/letter/`.
    Address,
    /// The path of a page's file inside the content.
    Page,
    /// The name of a service's file, without `.md`.
    Service,
    /// The name of a person's file, without `.md`.
    Person,
    /// The name of a file beside the page.
    File,
    /// The name of a template, without `.html`.
    Template,
    /// The number of a service: `S07`.
    ServiceNumber,
    /// One of some words.
    Choice(Vec<Choice>),
    /// Any number of these.
    List(Box<Shape>),
    /// Fields of its own.
    Group(Vec<Field>),
    /// Any number of these, each under a name.
    Named(Box<Shape>),
}

/// A word that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As it is written.
    pub value: String,
    /// What it means.
    pub means: String,
}

impl Definition {
    /// The table of a type.
    pub(crate) fn of<T>(kind: KindName, subject: &'static str) -> Definition
    where
        T: JsonSchema + for<'t> Deserialize<'t>,
    {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.inline_subschemas = true;
        });
        let schema = settings.into_generator().into_root_schema_for::<T>();
        let mut schema = schema.to_value();
        let name = subject.split(' ').next_back().unwrap_or(subject);
        if let Value::Object(entries) = &mut schema {
            entries.insert("title".to_owned(), Value::from(name));
        }
        let names = names::<T>();
        let fields = fields(&schema, names);
        let must = |name: &str| {
            fields
                .iter()
                .any(|field| field.required && field.name == name)
        };
        Definition {
            kind,
            subject,
            about: sentence(&schema),
            required: names.iter().copied().filter(|name| must(name)).collect(),
            fields,
            schema,
        }
    }

    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// How to write a field of that name, be it one inside another.
    #[must_use]
    pub fn hint(&self, name: &str) -> Option<&str> {
        let own = self.field(name);
        let inside = || {
            self.fields
                .iter()
                .find_map(|field| inside(&field.shape, name))
        };
        own.or_else(inside)?.hint.as_deref()
    }
}

/// The field of that name inside a shape.
fn inside<'f>(shape: &'f Shape, name: &str) -> Option<&'f Field> {
    match shape {
        Shape::Group(fields) => {
            let own = fields.iter().find(|field| field.name == name);
            own.or_else(|| fields.iter().find_map(|field| inside(&field.shape, name)))
        }
        Shape::List(each) | Shape::Named(each) => inside(each, name),
        _ => None,
    }
}

/// The fields of an object, in that order.
fn fields(schema: &Value, order: &[&str]) -> Vec<Field> {
    let Some(Value::Object(properties)) = schema.get("properties") else {
        return Vec::new();
    };
    let required = schema.get("required").and_then(Value::as_array);
    let mut fields: Vec<Field> = properties
        .iter()
        .map(|(name, of)| Field {
            name: name.clone(),
            shape: shape(of),
            required: required.is_some_and(|all| all.contains(&Value::from(name.as_str()))),
            default: of.get("default").filter(|value| !value.is_null()).cloned(),
            means: sentence(of),
            example: of.pointer("/examples/0").cloned().unwrap_or(Value::Null),
            hint: of.get("x-hint").and_then(Value::as_str).map(str::to_owned),
        })
        .collect();
    // Where no order is given, what must be there comes first, as it is named.
    let must = required.into_iter().flatten().filter_map(Value::as_str);
    let order: Vec<&str> = order.iter().copied().chain(must).collect();
    let place = |field: &Field| order.iter().position(|name| *name == field.name);
    fields.sort_by_key(|field| place(field).unwrap_or(order.len()));
    fields
}

fn sentence(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str);
    text.unwrap_or_default().replace('\n', " ")
}

/// What a schema allows.
fn shape(schema: &Value) -> Shape {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    match text("format") {
        Some("sentence") => return Shape::Sentence,
        Some("date") => return Shape::Day,
        Some("london-time") => return Shape::Time,
        Some("london-moment") => return Shape::DayOrTime,
        Some("month") => return Shape::MonthOrDay,
        Some("pounds") => return Shape::Money,
        Some("charge") => return Shape::Charge,
        Some("deadline") => return Shape::Deadline,
        Some("address") => return Shape::Address,
        Some("page") => return Shape::Page,
        Some("service") => return Shape::Service,
        Some("person") => return Shape::Person,
        Some("file") => return Shape::File,
        Some("template") => return Shape::Template,
        Some("service-number") => return Shape::ServiceNumber,
        _ => {}
    }
    // What may be left out is written as this or nothing.
    for any in ["anyOf", "oneOf"] {
        if let Some(Value::Array(all)) = schema.get(any) {
            let nothing = |one: &&Value| one.get("type") == Some(&Value::from("null"));
            let all: Vec<&Value> = all.iter().filter(|one| !nothing(one)).collect();
            return match *all.as_slice() {
                [one] if one.get("const").is_none() => shape(one),
                _ => Shape::Choice(all.into_iter().filter_map(choice).collect()),
            };
        }
    }
    if schema.get("const").is_some() {
        return Shape::Choice(choice(schema).into_iter().collect());
    }
    if let Some(Value::Array(words)) = schema.get("enum") {
        let words = words.iter().filter_map(Value::as_str);
        let choice = |word: &str| Choice {
            value: word.to_owned(),
            means: String::new(),
        };
        return Shape::Choice(words.map(choice).collect());
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str),
        kind => kind.and_then(Value::as_str),
    };
    match kind {
        Some("integer") => Shape::Number {
            least: schema.get("minimum").and_then(Value::as_i64),
        },
        Some("boolean") => Shape::Switch,
        Some("array") => {
            let items = schema.get("items").map_or(Shape::Line, shape);
            Shape::List(Box::new(items))
        }
        Some("object") => match schema.get("additionalProperties") {
            Some(each) if each.is_object() => Shape::Named(Box::new(shape(each))),
            _ => Shape::Group(fields(schema, &[])),
        },
        _ => Shape::Line,
    }
}

fn choice(schema: &Value) -> Option<Choice> {
    Some(Choice {
        value: schema.get("const")?.as_str()?.to_owned(),
        means: sentence(schema),
    })
}

/// The names of a type's fields, in the order in which it has them.
fn names<T: for<'t> Deserialize<'t>>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // It ends as soon as the names are known.
    let _: Result<T, Error> = T::deserialize(Names(&mut names));
    names
}

/// Is asked for a struct, and remembers which fields were asked for.
struct Names<'n>(&'n mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("only a struct has fields"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        Err(Error::custom("the names of the fields are known"))
    }

    forward_to_deserialize_any! {
        <V: Visitor<'de>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier
        ignored_any
    }
}
