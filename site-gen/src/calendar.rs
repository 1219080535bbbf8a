//! Events as calendar programs read them: iCalendar (RFC 5545).
//!
//! Times are universal, so that no program has to know London’s clocks. The
//! same content gives the same bytes: an event is known by its name at the
//! site’s own host, and is stamped with the first moment that computers count,
//! since content knows no moment at which it was changed.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use crate::job::CalendarJob;
use crate::kind::Kind;
use crate::page::{Card, Page};
use crate::shared::Shared;

/// Nobody knows when an event was last changed.
const STAMP: &str = "19700101T000000Z";

/// How often a program that subscribes should ask again: dates change rarely,
/// and by hand.
const ASK_AGAIN: &str = "PT12H";

/// The calendar file of one event, or of all of a list.
pub(crate) fn file(job: &CalendarJob<'_>, shared: &Shared) -> String {
    let (Some(head), Some(settings)) = (&shared.head, &shared.settings) else {
        return String::new();
    };
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    let maker = Property::new("PRODID", format!("-//{}//{}", head.name, job.title));
    calendar.append_property(maker);
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    if job.is_list {
        calendar.name(&format!("{}: {}", head.name, job.title));
        calendar.append_property(("REFRESH-INTERVAL;VALUE=DURATION", ASK_AGAIN));
        calendar.append_property(("X-PUBLISHED-TTL", ASK_AGAIN));
    }
    // A preview elsewhere shows the same events, so their names stay the same.
    let host = settings.base_url.split("://").last().unwrap_or_default();
    let host = host.split('/').next().unwrap_or_default();
    for Card(page) in &job.events {
        if let Some(event) = event(*page, host, &head.base_url) {
            calendar.push(event);
        }
    }
    calendar.to_string()
}

fn event(page: Page<'_>, host: &str, base: &str) -> Option<Event> {
    let Kind::Event(fields) = page.kind else {
        return None;
    };
    let at =
        |time: domain::calendar::LondonTime| time.instant().strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut event = Event::new();
    event
        .uid(&format!("{}@{host}", page.stem()))
        .add_property("DTSTAMP", STAMP)
        .add_property("DTSTART", at(fields.starts))
        .add_property("DTEND", at(fields.ends.value))
        .summary(&fields.title)
        .description(&fields.description)
        .location(&fields.venue)
        .add_property("URL", format!("{base}{}", page.address))
        .status(if fields.sample {
            EventStatus::Tentative
        } else {
            EventStatus::Confirmed
        });
    Some(event.done())
}
