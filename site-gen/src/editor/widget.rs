//! How a field of a definition is asked for in the browser.

use serde_json::{Map, Value, json};

use super::collections::sentence_case;
use crate::kind::KindName;
use crate::kind::definition::{Choice, Field, Shape};
use crate::settings::SiteFile;

/// What the fields of a kind may refer to.
pub(super) struct Around<'s> {
    pub(super) site: &'s SiteFile,
}

/// The field, or nothing where the site has no use for it.
pub(super) fn field(field: &Field, around: &Around<'_>) -> Option<Value> {
    let mut made = widget(&field.name, &field.shape, field.hint.as_deref(), around)?;
    made.insert("name".to_owned(), field.name.as_str().into());
    made.insert("label".to_owned(), label(&field.name).into());
    made.insert("required".to_owned(), field.required.into());
    made.insert("hint".to_owned(), hint(field).into());
    // Only a switch shows what it is without being touched; another field
    // that is left empty is left out, and so keeps its default.
    if let (Shape::Switch, Some(default)) = (&field.shape, &field.default) {
        made.insert("default".to_owned(), default.clone());
    }
    Some(Value::Object(made))
}

/// The kind of widget, and what belongs to it.
fn widget(
    name: &str,
    shape: &Shape,
    hint: Option<&str>,
    around: &Around<'_>,
) -> Option<Map<String, Value>> {
    let formed = |pattern: &str| {
        let told = sentence_case(hint.unwrap_or("this is written otherwise"));
        json!({ "widget": "string", "pattern": [pattern, told] })
    };
    let made = match shape {
        Shape::Line | Shape::Template => json!({ "widget": "string" }),
        Shape::Sentence => json!({ "widget": "text" }),
        Shape::Number { least } => {
            let mut number = json!({ "widget": "number", "value_type": "int", "step": 1 });
            if let Some(least) = least {
                number["min"] = (*least).into();
            }
            number
        }
        Shape::Switch => json!({ "widget": "boolean" }),
        // What is picked is what is written: a day or a time in London, as
        // text, whatever the clock of the editor's machine shows.
        Shape::Day => {
            json!({ "widget": "datetime", "type": "date", "format": "YYYY-MM-DD", "picker_utc": false })
        }
        Shape::Time => {
            json!({ "widget": "datetime", "type": "datetime-local", "format": "YYYY-MM-DD HH:mm", "picker_utc": false })
        }
        Shape::DayOrTime => formed(r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?$"),
        Shape::MonthOrDay => formed(r"^\d{4}-\d{2}(-\d{2})?$"),
        Shape::Money => formed(r"^£?[\d,]+(\.\d{2})?$"),
        Shape::Charge => formed(r"^(nothing|\d{1,3} ?%|£[\d,]+(\.\d{2})?)$"),
        Shape::Deadline => formed(r"^\d{1,3} (working )?days?$"),
        Shape::Address => formed("^/"),
        Shape::ServiceNumber => formed(r"^S\d{2}$"),
        Shape::Page => formed(r"\.md(#.+)?$"),
        Shape::File => json!({ "widget": "file", "choose_url": false }),
        Shape::Service => relation(KindName::Service, around.site)?,
        Shape::Person => relation(KindName::Person, around.site)?,
        Shape::Choice(choices) => json!({ "widget": "select", "options": options(choices) }),
        Shape::List(each) => list(name, each, hint, around)?,
        Shape::Group(fields) => json!({ "widget": "object", "fields": group(fields, around) }),
        Shape::Named(each) => {
            let fields: Vec<Value> = named(name, around.site)
                .filter_map(|name| {
                    let mut one = widget(name, each, None, around)?;
                    one.insert("name".to_owned(), name.into());
                    one.insert("label".to_owned(), label(name).into());
                    one.insert("required".to_owned(), false.into());
                    Some(Value::Object(one))
                })
                .collect();
            if fields.is_empty() {
                return None;
            }
            json!({ "widget": "object", "collapsed": true, "fields": fields })
        }
    };
    match made {
        Value::Object(made) => Some(made),
        _ => None,
    }
}

fn list(name: &str, each: &Shape, hint: Option<&str>, around: &Around<'_>) -> Option<Value> {
    let singular = label(
        name.strip_suffix("es")
            .filter(|one| one.ends_with("ias"))
            .or(name.strip_suffix('s'))
            .unwrap_or(name),
    );
    Some(match each {
        Shape::Choice(choices) => {
            json!({ "widget": "select", "multiple": true, "options": options(choices) })
        }
        Shape::Group(fields) => json!({
            "widget": "list",
            "label_singular": singular,
            "fields": group(fields, around),
        }),
        Shape::Line => json!({ "widget": "list" }),
        Shape::Person => {
            let mut one = relation(KindName::Person, around.site)?;
            one["multiple"] = true.into();
            one
        }
        other => {
            let mut one = widget(name, other, hint, around)?;
            one.insert("name".to_owned(), "item".into());
            one.insert("label".to_owned(), singular.as_str().into());
            json!({ "widget": "list", "label_singular": singular, "field": one })
        }
    })
}

fn group(fields: &[Field], around: &Around<'_>) -> Vec<Value> {
    fields.iter().filter_map(|one| field(one, around)).collect()
}

/// What stands under a field whose entries have names: the taxonomies of the
/// site, but for tags, which are a field of their own.
fn named<'s>(name: &str, site: &'s SiteFile) -> impl Iterator<Item = &'s str> {
    let known = name == "taxonomies";
    site.taxonomies
        .iter()
        .map(|taxonomy| taxonomy.value.as_str())
        .filter(move |taxonomy| known && *taxonomy != "tags")
}

/// One of the pages of a kind, picked by its title and written as its name.
fn relation(kind: KindName, site: &SiteFile) -> Option<Value> {
    let mut sections = site.sections.iter();
    let (folder, _) = sections.find(|(_, each)| **each == kind)?;
    Some(json!({
        "widget": "relation",
        "collection": super::collections::name_of(folder),
        "value_field": "{{slug}}",
        "search_fields": ["title"],
        "display_fields": ["{{title}}"],
    }))
}

/// Each word with what it means, since nobody knows a word by heart.
fn options(choices: &[Choice]) -> Vec<Value> {
    let option = |choice: &Choice| {
        let meaning = choice.means.trim_end_matches('.');
        let label = if meaning.is_empty() {
            choice.value.clone()
        } else {
            format!("{}: {meaning}", choice.value)
        };
        json!({ "label": label, "value": choice.value })
    };
    choices.iter().map(option).collect()
}

fn label(name: &str) -> String {
    sentence_case(&name.replace('_', " "))
}

/// What it means, and a value that could stand there.
fn hint(field: &Field) -> String {
    let example = match &field.example {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let means = field
        .means
        .replace('`', "")
        .trim_end_matches('.')
        .to_owned();
    if example.is_empty() {
        return format!("{means}.");
    }
    format!("{means}. Such as: {example}")
}
