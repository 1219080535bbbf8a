//! The choices that narrow a catalogue down, as a template offers them.

use theme::{Map, Value};

use crate::job::ChoiceLink;

/// One entry a field, with its choices.
pub(super) fn of(links: &[ChoiceLink]) -> Value {
    let fields = links.chunk_by(|one, next| one.field == next.field);
    let fields = fields.filter_map(|links| {
        let first = links.first()?;
        let choices = links.iter().map(choice).collect::<Vec<_>>();
        let mut map = Map::with_capacity(3);
        map.insert("field".into(), Value::from(first.field));
        map.insert("question".into(), Value::from(first.question));
        map.insert("choices".into(), choices.into());
        Some(Value::from(map))
    });
    fields.collect::<Vec<_>>().into()
}

fn choice(link: &ChoiceLink) -> Value {
    let mut map = Map::with_capacity(5);
    map.insert("value".into(), Value::from(link.value));
    map.insert("label".into(), Value::from(link.label));
    map.insert("href".into(), Value::from(link.href.as_str()));
    map.insert("count".into(), Value::from(link.count));
    map.insert("current".into(), Value::from(link.current));
    map.into()
}
