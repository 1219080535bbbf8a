//! The parts of the editor's guide that the program writes: the tables of
//! fields, from the one definition that the parser reads as well.
//!
//! In `content/README.md` each stands between two comments, `<!-- begin event -->`
//! and `<!-- end event -->`. All other words are people's.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::kind::KindName;
use crate::kind::definition::{Choice, Definition, Field, Shape};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::{output, source};

/// The name of the guide in the folder of the content.
const GUIDE: &str = "README.md";

/// Writes the guide's tables anew; gives its path, and whether it changed.
///
/// # Errors
///
/// A [`Problem`] if the guide cannot be read or written, or if a place for a
/// table is missing.
pub fn renew(content: &Path) -> Result<(PathBuf, bool), Problem> {
    let path = content.join(GUIDE);
    let guide = source::text(&path)?.text;
    let renewed = renewed(&guide).map_err(|missing| {
        let what = format!("the guide has no place for `{missing}`");
        let hint = format!(
            "add the lines `{}` and `{}`",
            begin(&missing),
            end(&missing)
        );
        Problem::whole(&path, what, hint)
    })?;
    let changed = renewed != guide;
    if changed {
        output::replace(&path, &renewed)?;
    }
    Ok((path, changed))
}

/// The guide with its tables as they must be.
///
/// # Errors
///
/// The name of a table that has no place in it.
pub fn renewed(guide: &str) -> Result<String, String> {
    let mut guide = guide.to_owned();
    for (name, table) in tables() {
        let (begin, end) = (begin(name), end(name));
        let from = guide.find(&begin).map(|at| at + begin.len());
        let from = from.ok_or_else(|| name.to_owned())?;
        let until = guide[from..].find(&end).map(|at| from + at);
        let until = until.ok_or_else(|| name.to_owned())?;
        guide.replace_range(from..until, &format!("\n\n{table}\n"));
    }
    Ok(guide)
}

fn begin(name: &str) -> String {
    format!("<!-- begin {name} -->")
}

fn end(name: &str) -> String {
    format!("<!-- end {name} -->")
}

/// All tables, each with the name of its place.
fn tables() -> Vec<(&'static str, String)> {
    let kinds = KindName::ALL.iter();
    let kinds = kinds.map(|kind| (kind.as_str(), kind_table(kind.definition())));
    kinds.chain([("rules", rule_table())]).collect()
}

/// The rules, with what each is about.
fn rule_table() -> String {
    let mut text = String::from("| Rule | Severity | What breaks it |\n| --- | --- | --- |\n");
    for rule in Rule::ALL {
        let severity = rule.severity().as_str();
        let _ = writeln!(
            text,
            "| `{}` | {severity} | {} |",
            rule.name(),
            cell(rule.about())
        );
    }
    text
}

/// The fields of a kind; then the words of each that is a choice.
fn kind_table(definition: &Definition) -> String {
    let mut text =
        String::from("| Field | Required | Means | Example |\n| --- | --- | --- | --- |\n");
    for field in &definition.fields {
        let required = if field.required { "yes" } else { "no" };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "| `{}` | {required} | {} | `{}: {}` |",
            field.name,
            cell(&field.means),
            field.name,
            yaml(&field.example, &field.shape)
        );
    }
    for field in &definition.fields {
        words(&mut text, field);
    }
    text
}

/// The words of a field that is a choice, each with what it means.
fn words(text: &mut String, field: &Field) {
    let Some(choices) = choices(&field.shape) else {
        return;
    };
    let _ = writeln!(text, "\n| `{}` | Means |\n| --- | --- |", field.name);
    for Choice { value, means } in choices {
        let _ = writeln!(text, "| `{value}` | {} |", cell(means));
    }
}

fn choices(shape: &Shape) -> Option<&[Choice]> {
    match shape {
        Shape::Choice(choices) => Some(choices),
        Shape::List(each) => choices(each),
        _ => None,
    }
}

/// A sentence in a cell has no full stop.
fn cell(sentence: &str) -> String {
    sentence.trim_end_matches('.').replace('|', "\\|")
}

/// A value as an editor writes it.
fn yaml(value: &Value, shape: &Shape) -> String {
    match value {
        Value::Array(items) => {
            let each = match shape {
                Shape::List(each) => each,
                other => other,
            };
            let item = |item: &Value| match item {
                Value::String(text) if text.contains([',', '[', ']', '{', '}']) => {
                    format!("\"{text}\"")
                }
                item => yaml(item, each),
            };
            let items: Vec<String> = items.iter().map(item).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(entries) => {
            let (fields, each) = match shape {
                Shape::Group(fields) => (fields.as_slice(), None),
                Shape::Named(each) => (&[][..], Some(&**each)),
                _ => (&[][..], None),
            };
            let place = |name: &str| fields.iter().position(|field| field.name == name);
            let mut entries: Vec<(&String, &Value)> = entries.iter().collect();
            entries.sort_by_key(|(name, _)| place(name));
            let entries: Vec<String> = entries
                .into_iter()
                .map(|(name, value)| {
                    let own = place(name).map(|at| &fields[at].shape);
                    let own = own.or(each).unwrap_or(&Shape::Line);
                    format!("{name}: {}", yaml(value, own))
                })
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::String(text) if text.contains(": ") || text.contains(" #") => {
            format!("\"{text}\"")
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::kind::{Kind, KindName};
    use crate::text::SourceText;

    use super::{begin, end, renewed, yaml};

    #[test]
    fn every_example_can_be_written_as_it_stands_in_the_guide() {
        for kind in KindName::ALL {
            let definition = kind.definition();
            let lines = definition.fields.iter().filter(|field| {
                // Each says that there is none of another.
                !(kind == KindName::Document && field.name == "placeholder"
                    || kind == KindName::Event && ["starts", "ends"].contains(&&*field.name))
            });
            let lines = lines
                .map(|field| format!("{}: {}\n", field.name, yaml(&field.example, &field.shape)));
            let yaml: String = lines.collect();
            let source = SourceText {
                path: "page.md".into(),
                text: format!("---\n{yaml}---\n"),
            };
            let mut problems = Vec::new();
            let read = Kind::read(kind, &source, &yaml, &mut problems);
            assert!(read.is_some(), "{kind:?}: {problems:#?}");
            assert_eq!(problems, Vec::new(), "{kind:?}");
        }
    }

    #[test]
    fn what_people_wrote_around_the_tables_stays() {
        let mut guide = String::from("# Guide\n");
        let names = KindName::ALL.map(KindName::as_str);
        for name in names.into_iter().chain(["rules"]) {
            guide += &format!(
                "before {name}\n{}\nold\n{}\nafter\n",
                begin(name),
                end(name)
            );
        }
        let new = renewed(&guide).unwrap();
        assert!(new.starts_with("# Guide\nbefore page\n<!-- begin page -->\n\n| Field |"));
        assert!(new.ends_with("|\n\n<!-- end rules -->\nafter\n"), "{new}");
        assert!(!new.contains("old\n"));
        assert_eq!(renewed(&new).as_ref(), Ok(&new));
        assert_eq!(renewed("# Guide\n"), Err("page".to_owned()));
    }
}
