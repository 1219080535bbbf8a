//! A page as lists, feeds and neighbours show it: only what a [`Card`] is the
//! digest of.

use domain::event::Event;
use theme::{Map, Value};

use crate::fields::Fields;
use crate::kind::Kind;
use crate::kind::document::DocumentFields;
use crate::kind::event::EventFields;
use crate::kind::news::NewsFields;
use crate::kind::person::PersonFields;
use crate::kind::service::ServiceFields;
use crate::page::{Card, Page};
use crate::publication;
use crate::target::Target;

/// The items of a list, with what the theme shows of them.
pub(super) fn all(cards: &[Card<'_>], shown: &Fields) -> Value {
    let items = cards.iter().map(|Card(page)| item(*page, shown).into());
    items.collect::<Vec<Value>>().into()
}

fn item(page: Page<'_>, shown: &Fields) -> Map {
    let common = page.common();
    let mut map = Map::with_capacity(6);
    map.insert("title".into(), Value::from(common.title));
    if shown.description {
        map.insert("description".into(), Value::from(common.description));
    }
    map.insert("href".into(), Value::from(page.address.as_str()));
    if shown.kind {
        map.insert("kind".into(), Value::from(page.kind_name()));
    }
    match page.kind {
        Kind::Page(_) => dated(&mut map, page, shown),
        Kind::Service(fields) => service(&mut map, fields),
        Kind::Person(fields) => person(&mut map, fields),
        Kind::Event(fields) => event(&mut map, page, fields),
        Kind::News(fields) => {
            dated(&mut map, page, shown);
            news(&mut map, fields);
        }
        Kind::Document(fields) => {
            let date = fields.date.map(|date| date.to_string());
            map.insert("date".into(), Value::from(date));
            document(&mut map, page, fields);
        }
    }
    map
}

/// What is read in order of time adds.
fn dated(map: &mut Map, page: Page<'_>, shown: &Fields) {
    if shown.date {
        let date = page.common().date.map(|date| date.to_string());
        map.insert("date".into(), Value::from(date));
    }
    if shown.summary {
        map.insert("summary".into(), page.body.summary.clone());
    }
}

/// The title and the address of a page, and no more.
pub(super) fn link(page: Page<'_>) -> Value {
    let mut map = Map::new();
    map.insert("title".into(), Value::from(page.common().title));
    map.insert("href".into(), Value::from(page.address.as_str()));
    map.into()
}

/// What a service adds.
pub(super) fn service(map: &mut Map, fields: &ServiceFields) {
    let ServiceFields {
        id,
        pillar,
        charging,
        audience,
        phases,
        orderable,
        ..
    } = fields;
    map.insert("id".into(), Value::from(id.value.as_str()));
    map.insert("pillar".into(), Value::from_serializable(pillar));
    map.insert("charging".into(), Value::from_serializable(charging));
    map.insert("audience".into(), Value::from_serializable(audience));
    map.insert("phases".into(), Value::from_serializable(phases));
    map.insert("orderable".into(), Value::from(*orderable));
}

/// What a person adds.
pub(super) fn person(map: &mut Map, fields: &PersonFields) {
    map.insert("post".into(), Value::from(fields.post.as_str()));
    map.insert(
        "standing".into(),
        Value::from_serializable(&fields.standing),
    );
    map.insert("status".into(), Value::from_serializable(&fields.status));
}

/// What a piece of news adds.
pub(super) fn news(map: &mut Map, fields: &NewsFields) {
    map.insert("author".into(), Value::from(fields.author.as_deref()));
}

/// What a document adds: `file` is the address of the file, or none for a
/// placeholder.
pub(super) fn document(map: &mut Map, page: Page<'_>, fields: &DocumentFields) {
    let target = fields.file.as_ref();
    let target = target.and_then(|file| Target::parse(&file.value, &page.path).ok());
    map.insert(
        "file".into(),
        Value::from(target.map(|target| target.href())),
    );
    map.insert("form".into(), Value::from_serializable(&fields.form));
    map.insert("placeholder".into(), Value::from(fields.placeholder));
    map.insert("version".into(), Value::from(fields.version.as_deref()));
}

/// What an event adds.
pub(super) fn event(map: &mut Map, page: Page<'_>, fields: &EventFields) {
    let Some(Event {
        starts,
        ends,
        capacity,
        price,
        booking_closes,
        sample,
        ..
    }) = publication::event(page)
    else {
        return;
    };
    let price = price.filter(|price| !price.is_zero());
    let price = price.map(domain::money::Pence::get);
    map.insert("slug".into(), Value::from(page.stem()));
    map.insert("starts".into(), Value::from(starts.to_string()));
    map.insert("ends".into(), Value::from(ends.to_string()));
    map.insert("venue".into(), Value::from(fields.venue.as_str()));
    map.insert("capacity".into(), Value::from(capacity));
    map.insert("price_pence".into(), Value::from(price));
    map.insert(
        "booking_closes".into(),
        Value::from(booking_closes.to_string()),
    );
    map.insert("sample".into(), Value::from(sample));
    map.insert("service".into(), Value::from(fields.service.value.as_str()));
    map.insert("contact".into(), Value::from(fields.contact.as_deref()));
}
