//! `page.headings | nested`: a flat list of headings as a tree, for a table of
//! contents. A filter, so that pages which show none do not pay for it.

use tera::{Map, Value};

/// Each heading with the deeper ones that follow it as its `children`.
pub(crate) fn nested(headings: &Value) -> Value {
    let flat = headings.as_array().unwrap_or_default();
    let mut rest = flat;
    Value::from(under(0, &mut rest))
}

/// The headings at the front of `rest` that are deeper than `level`.
fn under(level: u64, rest: &mut &[Value]) -> Vec<Value> {
    let mut found = Vec::new();
    while let Some((first, others)) = rest.split_first() {
        let own = level_of(first);
        if own <= level {
            break;
        }
        *rest = others;
        let children = under(own, rest);
        let mut heading: Map = first.as_map().cloned().unwrap_or_default();
        heading.insert("children".into(), Value::from(children));
        found.push(Value::from(heading));
    }
    found
}

fn level_of(heading: &Value) -> u64 {
    let level = heading
        .as_map()
        .and_then(|map| map.get(&tera::value::Key::Str("level")));
    // What has no level stands at the top; nothing is at nought.
    level.and_then(Value::as_u64).unwrap_or(1).max(1)
}
