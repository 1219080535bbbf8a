//! What can be edited: each folder of the content is a collection of its kind,
//! and the page of its list (`_index.md`) is in it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::widget::{Around, field};
use crate::kind::KindName;
use crate::settings::SiteFile;

/// The collections of a site whose pages are these, in the order of the kinds.
pub(super) fn collections(site: &SiteFile, pages: &[&str], folder: &str) -> Vec<Value> {
    let mut folders: BTreeSet<&str> = pages
        .iter()
        .map(|page| page.rsplit_once('/').map_or("", |(folder, _)| folder))
        .collect();
    // A section may be empty yet.
    folders.extend(site.sections.keys().map(String::as_str));
    let mut all: Vec<(KindName, &str)> = folders
        .into_iter()
        .map(|folder| {
            (
                site.section(folder)
                    .map_or(KindName::Page, |(_, kind)| kind),
                folder,
            )
        })
        .collect();
    let place = |kind: KindName| KindName::ALL.iter().position(|known| *known == kind);
    all.sort_by_key(|(kind, name)| (place(*kind), *name));
    all.into_iter()
        .map(|(kind, name)| collection(site, kind, name, folder))
        .collect()
}

/// The name of the collection of a folder: `prospectus-school-improvement`.
pub(super) fn name_of(folder: &str) -> String {
    if folder.is_empty() {
        "pages".to_owned()
    } else {
        folder.replace('/', "-")
    }
}

fn collection(site: &SiteFile, kind: KindName, folder: &str, content: &str) -> Value {
    let definition = kind.definition();
    let inside = if folder.is_empty() {
        content.to_owned()
    } else {
        format!("{content}/{folder}")
    };
    let around = Around { site };
    let one = definition
        .subject
        .split_once(' ')
        .map_or(definition.subject, |(_, one)| one);
    json!({
        "name": name_of(folder),
        "label": label(folder),
        "label_singular": sentence_case(one),
        "description": definition.about,
        "folder": inside,
        "extension": "md",
        "format": "yaml-frontmatter",
        "create": true,
        "delete": true,
        "slug": "{{title}}",
        "identifier_field": "title",
        "summary": "{{title}}",
        // Pictures and papers stand beside the page that shows them.
        "media_folder": "",
        "public_folder": "",
        // The guide, and whatever else has no front matter, is no page of the
        // site: its title is nothing, which the editor spells so.
        "filter": { "field": "title", "pattern": "^(?!null$)" },
        "index_file": {
            "name": "_index",
            "label": "The page of this list",
            "fields": fields(KindName::Page, &around),
        },
        "fields": fields(kind, &around),
        "editor": { "preview": false },
    })
}

/// The fields of a kind, and its text.
fn fields(kind: KindName, around: &Around<'_>) -> Vec<Value> {
    let definition = kind.definition();
    let mut fields: Vec<Value> = definition
        .fields
        .iter()
        .filter_map(|one| field(one, around))
        .collect();
    // A plain field: the formatted one would write the names of headings,
    // footnotes, components and tables in another way.
    fields.push(json!({
        "name": "body",
        "label": "Text",
        "widget": "text",
        "required": false,
        "hint": "Markdown. Headings begin at ##; the editor’s guide tells of links, notices and footnotes.",
    }));
    fields
}

/// `Prospectus: school improvement` of `prospectus/school-improvement`.
fn label(folder: &str) -> String {
    if folder.is_empty() {
        return "Pages".to_owned();
    }
    let words: Vec<String> = folder
        .split('/')
        .map(|part| part.replace(['-', '_'], " "))
        .collect();
    sentence_case(&words.join(": "))
}

/// With a capital at its head.
pub(super) fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
