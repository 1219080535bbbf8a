//! The publication: the same parsed values as the pages show, as the functions
//! read them.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use domain::event::{Event, EventSlug, Question};
use domain::publication::{Link, Publication, Service, Site as Head};

use crate::kind::Kind;
use crate::kind::event::Price;
use crate::page::Page;
use crate::settings::{MenuEntry, SiteFile};
use crate::shared::Shared;
use crate::site::Site;
use crate::target::Target;
use crate::yaml::Placed;

/// What stands at the head and the foot of every page; `hidden` pages are in no
/// menu.
pub(crate) fn head(file: &SiteFile, base_url: Option<&str>, hidden: &BTreeSet<String>) -> Head {
    let is_shown = |entry: &&MenuEntry| {
        let page = entry.page.as_ref();
        page.is_none_or(|page| !hidden.contains(&page.value))
    };
    let links = |entries: &[MenuEntry]| entries.iter().filter(is_shown).filter_map(link).collect();
    let as_at = file.as_at.as_ref();
    Head {
        name: file.name.clone(),
        full_name: match file.full_name.as_str() {
            "" => file.name.clone(),
            full => full.to_owned(),
        },
        strapline: file.strapline.clone(),
        base_url: base_url
            .unwrap_or(&file.base_url.value)
            .trim_end_matches('/')
            .to_owned(),
        language: file.language.value.clone(),
        as_at: as_at.map_or_else(String::new, |as_at| as_at.value.clone()),
        menu: links(&file.menu),
        footer: links(&file.footer),
        notes: file
            .placeholders
            .0
            .iter()
            .map(|(_, note)| note.clone())
            .collect(),
    }
}

/// A line of a menu; none for one that was told to be wrong.
fn link(entry: &MenuEntry) -> Option<Link> {
    let written = entry.page.as_ref().or(entry.path.as_ref())?;
    let target = Target::parse(&written.value, crate::address::HOME).ok()?;
    Some(Link {
        label: entry.label.value.clone(),
        href: target.href(),
    })
}

/// All that the functions know of the content; nothing for a site that has no
/// functions, or while settings are wrong.
pub(crate) fn publication(site: &Site<'_>, shared: &Shared) -> Option<Publication> {
    Some(Publication {
        site: shared.head.clone()?,
        assets: shared.assets.addresses.clone(),
        fees: shared.fees.clone()?,
        commitments: shared.commitments.clone()?,
        booking: shared.booking.clone()?,
        retention: shared.retention.clone().unwrap_or_default(),
        entitlements: shared.entitlements.clone().unwrap_or_default(),
        events: site.events().filter_map(event).collect(),
        services: site.services().filter_map(service).collect(),
        schools: shared.schools.clone(),
    })
}

/// An event as it is booked.
pub(crate) fn event(page: Page<'_>) -> Option<Event> {
    let Kind::Event(fields) = page.kind else {
        return None;
    };
    let sessions = fields.meets();
    let price = |price: Option<Placed<Price>>| price.map(|price| price.value.0);
    let number = |number: Option<Placed<NonZeroU32>>| number.map(|number| number.value.get());
    Some(Event {
        slug: EventSlug::parse(page.stem()).ok()?,
        title: fields.title.clone(),
        href: page.address.clone(),
        starts: fields.starts()?,
        ends: fields.ends()?.value,
        sessions: if sessions.len() > 1 {
            sessions
        } else {
            Vec::new()
        },
        venue: fields.place().to_owned(),
        online: fields.online,
        capacity: fields.capacity.map(NonZeroU32::get),
        booking_opens: fields.booking_opens.map(|opens| opens.value),
        booking_closes: fields.closes()?,
        price: price(fields.price),
        member_price: price(fields.member_price),
        included_places: number(fields.included_places).unwrap_or(0),
        service: fields.service.value.clone(),
        audience: fields.audience.clone(),
        limit_per_school: number(fields.limit_per_school),
        needs_approval: fields.needs_approval,
        cancellation: fields.cancellation.clone(),
        asks: fields.asks.iter().copied().map(Question::from).collect(),
        contact: fields.contact.clone(),
        sample: fields.sample,
    })
}

fn service(page: Page<'_>) -> Option<Service> {
    let Kind::Service(fields) = page.kind else {
        return None;
    };
    Some(Service {
        id: fields.id.value.as_str().to_owned(),
        slug: page.stem().to_owned(),
        title: fields.title.clone(),
        href: page.address.clone(),
        orderable: fields.orderable,
    })
}
