//! What templates of one kind are given beside the page: `service`, `person`,
//! `event`, `news`, `document`, `fees`.

use domain::fees::FeeSchedule;
use serde::Serialize;
use theme::{Context, Map, Value};

use super::examples::{self, Example};
use super::item;
use crate::address;
use crate::fields::Fields;
use crate::job::{PageJob, Subject};
use crate::kind::Kind;
use crate::page::{Card, Page};
use crate::publication;
use crate::shared::Shared;
use crate::target::Target;

/// Puts what the kind of a job’s page adds into its context.
pub(super) fn insert(context: &mut Context, job: &PageJob<'_>, shared: &Shared, shown: &Fields) {
    let Subject::Page(page) = job.subject else {
        return;
    };
    let page = page.0;
    let mut map = Map::new();
    match page.kind {
        Kind::Page(_) => {}
        Kind::Service(fields) => {
            item::service(&mut map, fields);
            let sources = fields.sources.iter().filter_map(|source| {
                let target = Target::parse(&source.page.value, address::HOME).ok()?;
                let mut map = Map::with_capacity(2);
                map.insert("section".into(), Value::from(source.section.as_str()));
                map.insert("href".into(), Value::from(target.href()));
                Some(Value::from(map))
            });
            map.insert("sources".into(), sources.collect::<Vec<_>>().into());
            let events = job.events.as_deref().unwrap_or_default();
            map.insert("events".into(), item::all(events, shown));
            let enquire = fields
                .orderable
                .then(|| format!("/enquire/{}/", page.stem()));
            map.insert("enquire_href".into(), Value::from(enquire));
            context.insert_value("service", map.into());
        }
        Kind::Person(fields) => {
            item::person(&mut map, fields);
            context.insert_value("person", map.into());
        }
        Kind::Event(fields) => {
            item::event(&mut map, page);
            map.insert("cancellation".into(), cancellation(page, shared));
            map.insert("title".into(), Value::from(fields.title.as_str()));
            map.insert("href".into(), Value::from(page.address.as_str()));
            let book = format!("/book/{}/", page.stem());
            map.insert("book_href".into(), Value::from(book));
            map.insert("calendar".into(), Value::from(job.calendar.as_deref()));
            let service = job.service.as_ref();
            let service = service.map(|Card(page)| item::link(*page));
            map.insert("service".into(), Value::from(service));
            map.insert("people".into(), people(job));
            context.insert_value("event", map.into());
        }
        Kind::News(fields) => {
            item::news(&mut map, fields);
            map.insert("people".into(), people(job));
            context.insert_value("news", map.into());
        }
        Kind::Document(fields) => {
            item::document(&mut map, page, fields);
            context.insert_value("document", map.into());
        }
    }
    if let (Some(_), Some(schedule)) = (job.fees, &shared.fees) {
        let fees = FeesContext {
            schedule,
            examples: examples::worked(schedule),
        };
        context.insert_value("fees", Value::from_serializable(&fees));
    }
}

/// What giving up a place costs, line by line; no line where it never costs
/// anything, be it because the event is free.
fn cancellation(page: Page<'_>, shared: &Shared) -> Value {
    let (Some(rules), Some(event)) = (&shared.booking, publication::event(page)) else {
        return Vec::<Value>::new().into();
    };
    let policy = event.policy(rules);
    if !policy.ever_charges(event.price.unwrap_or_default()) {
        return Vec::<Value>::new().into();
    }
    Value::from_serializable(&policy.lines(event.starts, &rules.bank_holidays))
}

/// The people whom a page names.
fn people(job: &PageJob<'_>) -> Value {
    let links = job.people.iter().map(|Card(page)| item::link(*page));
    links.collect::<Vec<_>>().into()
}

/// The fee schedule, with examples worked out by the code that charges.
#[derive(Serialize)]
struct FeesContext<'s> {
    #[serde(flatten)]
    schedule: &'s FeeSchedule,
    examples: Vec<Example>,
}
