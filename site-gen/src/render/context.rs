//! What templates are given: one struct a thing, so that a template can ask for
//! nothing that is not here.

use domain::event::Event;
use domain::fees::FeeSchedule;
use domain::publication::{Link, Site as Head};
use serde::Serialize;

use crate::kind::person::{Standing, Status};
use crate::kind::service::{Audience, Charging, Pillar};
use crate::kind::{Kind, KindName};
use crate::markdown::Heading;
use crate::page::Page;
use crate::publication;
use crate::site::Site;
use crate::target::Target;

/// All that a template is given; what does not concern it is absent.
#[derive(Serialize)]
pub(super) struct Context<'s> {
    pub(super) site: &'s Head,
    pub(super) page: PageContext<'s>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) items: Option<Vec<Item<'s>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sections: Option<Vec<Item<'s>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service: Option<ServiceContext<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) person: Option<PersonItem<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) event: Option<EventContext<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fees: Option<FeesContext<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) events: Option<Vec<Item<'s>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) services_count: Option<usize>,
}

/// The page itself.
#[derive(Serialize)]
pub(super) struct PageContext<'s> {
    title: &'s str,
    description: &'s str,
    path: &'s str,
    kind: &'static str,
    content: &'s str,
    source: Option<&'s str>,
    as_at: Option<&'s str>,
    breadcrumbs: Vec<Link>,
    section: &'s str,
    headings: &'s [Heading],
}

impl<'s> PageContext<'s> {
    pub(super) fn new(page: &'s Page, site: &Site, head: &'s Head) -> PageContext<'s> {
        let common = page.common();
        let own = match &page.kind {
            Kind::Page(fields) => fields.as_at.as_deref(),
            _ => None,
        };
        PageContext {
            title: common.title,
            description: common.description,
            path: &page.address,
            kind: page.kind_name(),
            content: &page.body.html,
            source: common.source,
            as_at: own.or(common.source.map(|_| head.as_at.as_str())),
            breadcrumbs: site.breadcrumbs(page),
            section: page.section(),
            headings: &page.body.headings,
        }
    }
}

/// A page as a list shows it.
#[derive(Serialize)]
pub(super) struct Item<'s> {
    title: &'s str,
    description: &'s str,
    href: &'s str,
    kind: &'static str,
    #[serde(flatten)]
    own: Own<'s>,
}

/// What a kind adds to an item.
#[derive(Serialize)]
#[serde(untagged)]
enum Own<'s> {
    Page {},
    Service(ServiceItem<'s>),
    Person(PersonItem<'s>),
    Event(Box<EventItem<'s>>),
}

#[derive(Serialize)]
pub(super) struct ServiceItem<'s> {
    id: &'s str,
    pillar: Option<Pillar>,
    charging: &'s [Charging],
    audience: &'s [Audience],
    orderable: bool,
}

#[derive(Serialize)]
pub(super) struct PersonItem<'s> {
    post: &'s str,
    standing: Standing,
    status: Status,
}

#[derive(Serialize)]
pub(super) struct EventItem<'s> {
    slug: &'s str,
    starts: String,
    ends: String,
    venue: &'s str,
    capacity: Option<u32>,
    price_pence: Option<u64>,
    booking_closes: String,
    sample: bool,
    service: &'s str,
    contact: Option<&'s str>,
}

impl<'s> Item<'s> {
    pub(super) fn new(page: &'s Page) -> Item<'s> {
        let own = match &page.kind {
            Kind::Page(_) => Own::Page {},
            Kind::Service(_) => ServiceItem::new(page).map_or(Own::Page {}, Own::Service),
            Kind::Person(_) => PersonItem::new(page).map_or(Own::Page {}, Own::Person),
            Kind::Event(_) => {
                EventItem::new(page).map_or(Own::Page {}, |item| Own::Event(Box::new(item)))
            }
        };
        let common = page.common();
        Item {
            title: common.title,
            description: common.description,
            href: &page.address,
            kind: page.kind_name(),
            own,
        }
    }

    pub(super) fn all(pages: Vec<&'s Page>) -> Vec<Item<'s>> {
        pages.into_iter().map(Item::new).collect()
    }
}

impl<'s> ServiceItem<'s> {
    fn new(page: &'s Page) -> Option<ServiceItem<'s>> {
        let Kind::Service(fields) = &page.kind else {
            return None;
        };
        Some(ServiceItem {
            id: fields.id.value.as_str(),
            pillar: fields.pillar,
            charging: &fields.charging,
            audience: &fields.audience,
            orderable: fields.orderable,
        })
    }
}

impl<'s> PersonItem<'s> {
    pub(super) fn new(page: &'s Page) -> Option<PersonItem<'s>> {
        let Kind::Person(fields) = &page.kind else {
            return None;
        };
        Some(PersonItem {
            post: &fields.post,
            standing: fields.standing,
            status: fields.status,
        })
    }
}

impl<'s> EventItem<'s> {
    fn new(page: &'s Page) -> Option<EventItem<'s>> {
        let Kind::Event(fields) = &page.kind else {
            return None;
        };
        let Event {
            starts,
            ends,
            capacity,
            price,
            booking_closes,
            sample,
            ..
        } = publication::event(page)?;
        Some(EventItem {
            slug: page.stem(),
            starts: starts.to_string(),
            ends: ends.to_string(),
            venue: &fields.venue,
            capacity,
            price_pence: price
                .filter(|price| !price.is_zero())
                .map(domain::money::Pence::get),
            booking_closes: booking_closes.to_string(),
            sample,
            service: &fields.service.value,
            contact: fields.contact.as_deref(),
        })
    }
}

/// The service that a page is of.
#[derive(Serialize)]
pub(super) struct ServiceContext<'s> {
    #[serde(flatten)]
    item: ServiceItem<'s>,
    sources: Vec<SourceContext<'s>>,
    events: Vec<Item<'s>>,
}

/// A section of the prospectus.
#[derive(Serialize)]
struct SourceContext<'s> {
    section: &'s str,
    href: String,
}

impl<'s> ServiceContext<'s> {
    pub(super) fn new(page: &'s Page, site: &'s Site) -> Option<ServiceContext<'s>> {
        let Kind::Service(fields) = &page.kind else {
            return None;
        };
        let href =
            |path: &str| Target::parse(path, crate::address::HOME).map(|target| target.href());
        let sources = fields.sources.iter().filter_map(|source| {
            Some(SourceContext {
                section: &source.section,
                href: href(&source.page.value).ok()?,
            })
        });
        let of_this = |event: &&Page| matches!(&event.kind, Kind::Event(event) if event.service.value == page.stem());
        Some(ServiceContext {
            item: ServiceItem::new(page)?,
            sources: sources.collect(),
            events: Item::all(site.events().into_iter().filter(of_this).collect()),
        })
    }
}

/// The event that a page is of.
#[derive(Serialize)]
pub(super) struct EventContext<'s> {
    title: &'s str,
    href: &'s str,
    #[serde(flatten)]
    item: EventItem<'s>,
    book_href: String,
}

impl<'s> EventContext<'s> {
    pub(super) fn new(page: &'s Page) -> Option<EventContext<'s>> {
        Some(EventContext {
            title: page.common().title,
            href: &page.address,
            item: EventItem::new(page)?,
            book_href: format!("/book/{}/", page.stem()),
        })
    }
}

/// The fee schedule, with examples worked out by the code that charges.
#[derive(Serialize)]
pub(super) struct FeesContext<'s> {
    #[serde(flatten)]
    pub(super) schedule: &'s FeeSchedule,
    pub(super) examples: Vec<Example>,
}

/// What one school would pay.
#[derive(Serialize)]
pub(super) struct Example {
    pub(super) pupils: u32,
    pub(super) joining: String,
    pub(super) pence: u64,
    pub(super) reason: String,
}

/// The template of the list of a section, by what the section holds.
pub(super) fn list_template(holds: Option<KindName>) -> &'static str {
    match holds {
        Some(KindName::Service) => "services",
        Some(KindName::Person) => "people",
        Some(KindName::Event) => "events",
        Some(KindName::Page) | None => "list",
    }
}
