//! Several pages on one: each part with its text, made fit to stand beside the
//! others.

use std::collections::HashMap;

use theme::{Context, Map, Value};

use crate::job::{PageJob, Part, Subject};

mod moved;

use moved::{Move, moved};

/// Where each page that is a part is found, by its address.
type Places<'p> = HashMap<&'p str, &'p Part<'p>>;

/// Puts the parts into a context, and the page’s own text as their contents.
pub(super) fn insert(context: &mut Context, job: &PageJob<'_>) {
    let Subject::Page(own) = job.subject else {
        return;
    };
    if job.parts.is_empty() {
        return;
    }
    let by_address = job
        .parts
        .iter()
        .map(|part| (part.page.0.address.as_str(), part));
    let places: Places<'_> = by_address.collect();
    let contents = moved(
        own.0.body.html.value().as_str().unwrap_or_default(),
        &Move {
            name: "",
            deeper: 0,
            places: &places,
        },
    );
    context.insert_value("contents", Value::safe_string(&contents));
    let parts = job.parts.iter().map(|part| shown(part, &places));
    context.insert_value("parts", parts.collect::<Vec<_>>().into());
}

fn shown(part: &Part<'_>, places: &Places<'_>) -> Value {
    let page = part.page.0;
    let common = page.common();
    let content = moved(
        page.body.html.value().as_str().unwrap_or_default(),
        &Move {
            name: &part.name,
            // The text of a page begins at level 2, below its title.
            deeper: part.level - 1,
            places,
        },
    );
    let mut map = Map::with_capacity(8);
    map.insert("title".into(), Value::from(common.title));
    map.insert("description".into(), Value::from(common.description));
    map.insert("source".into(), Value::from(common.source));
    map.insert("href".into(), Value::from(page.address.as_str()));
    map.insert("id".into(), Value::from(part.name.as_str()));
    map.insert("level".into(), Value::from(part.level));
    let template = part.template.trim_end_matches(".html");
    map.insert("template".into(), Value::from(template));
    map.insert("content".into(), Value::safe_string(&content));
    map.into()
}
