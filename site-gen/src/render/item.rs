//! A page as lists, feeds and neighbours show it: only what a [`Card`] is the
//! digest of.

use domain::calendar::LondonTime;
use domain::event::Session;
use domain::money::Pence;
use serde::Serialize;
use theme::{Map, Value};

use crate::fields::Fields;
use crate::kind::Kind;
use crate::kind::document::DocumentFields;
use crate::kind::news::NewsFields;
use crate::kind::person::PersonFields;
use crate::kind::service::ServiceFields;
use crate::page::{Card, Page};
use crate::publication;
use crate::target::Target;

/// The items of a list, with what the theme shows of them.
pub(super) fn all(cards: &[Card<'_>], shown: &Fields) -> Value {
    let items = cards.iter().map(|Card(page)| match page.kind {
        Kind::Page(_) => dated(*page, None, shown),
        Kind::News(fields) => dated(*page, Some(fields.author.as_deref()), shown),
        _ => item(*page, shown).into(),
    });
    items.collect::<Vec<Value>>().into()
}

/// What is read in order of time; most items are.
#[derive(Serialize)]
struct Dated<'i> {
    title: &'i str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'i str>,
    href: &'i str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'i Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Option<&'i str>>,
}

fn dated(page: Page<'_>, author: Option<Option<&str>>, shown: &Fields) -> Value {
    let common = page.common();
    Value::from_serializable(&Dated {
        title: common.title,
        description: shown.description.then_some(common.description),
        href: &page.address,
        kind: shown.kind.then(|| page.kind_name()),
        date: shown.date.then(|| common.date.map(|date| date.to_string())),
        summary: shown.summary.then_some(&page.body.summary),
        author,
    })
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
        Kind::Service(fields) => service(&mut map, fields),
        Kind::Person(fields) => person(&mut map, fields),
        Kind::Event(_) => {
            event(&mut map, page);
            map.insert("session".into(), Value::none());
        }
        Kind::Document(fields) => {
            let date = fields.date.map(|date| date.to_string());
            map.insert("date".into(), Value::from(date));
            document(&mut map, page, fields);
        }
        // They are [`Dated`].
        Kind::Page(_) | Kind::News(_) => {}
    }
    map
}

/// The title and the address of a page, and no more.
pub(super) fn link(page: Page<'_>) -> Value {
    #[derive(Serialize)]
    struct Link<'l> {
        title: &'l str,
        href: &'l str,
    }
    Value::from_serializable(&Link {
        title: page.common().title,
        href: &page.address,
    })
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

/// What an event adds. Sums are in pence, and none where nothing is charged but
/// for a member’s price, which is none where it is that of others.
pub(super) fn event(map: &mut Map, page: Page<'_>) {
    let Some(event) = publication::event(page) else {
        return;
    };
    let text = |text: Option<String>| Value::from(text);
    let time = |time: Option<LondonTime>| Value::from(time.map(|time| time.to_string()));
    let pence = |sum: Option<Pence>| Value::from(sum.map(Pence::get));
    let price = event.charge();
    let mut put = |name: &'static str, value: Value| map.insert(name.into(), value);
    put("slug", Value::from(page.stem()));
    put("starts", time(Some(event.starts)));
    put("ends", time(Some(event.ends)));
    put("sessions", Value::from_serializable(&event.sessions));
    put("venue", Value::from(event.venue));
    put("online", Value::from(event.online));
    put("capacity", Value::from(event.capacity));
    put("limit_per_school", Value::from(event.limit_per_school));
    put("price_pence", pence(price));
    put("member_price_pence", pence(event.member_price));
    put("included_places", Value::from(event.included_places));
    put("service", Value::from(event.service));
    put("audience", text(event.audience));
    put("booking_opens", time(event.booking_opens));
    put("booking_closes", time(Some(event.booking_closes)));
    put("needs_approval", Value::from(event.needs_approval));
    put("asks", Value::from_serializable(&event.asks));
    put("sample", Value::from(event.sample));
    put("contact", text(event.contact));
}

/// The same event as one of its sessions, with its number and how many there
/// are: in a calendar it is what happens that day.
pub(super) fn session(
    page: Page<'_>,
    session: Session,
    (number, count): (usize, usize),
    shown: &Fields,
) -> Value {
    let mut map = item(page, shown);
    map.insert("starts".into(), Value::from(session.starts.to_string()));
    map.insert("ends".into(), Value::from(session.ends.to_string()));
    if count > 1 {
        let mut of = Map::with_capacity(2);
        of.insert("number".into(), Value::from(number));
        of.insert("count".into(), Value::from(count));
        map.insert("session".into(), of.into());
    }
    map.into()
}
