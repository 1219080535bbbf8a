//! Events as calendar programs read them: iCalendar (RFC 5545).
//!
//! Times are universal, so that no program has to know London’s clocks. Each
//! session of an event is one of its own here: no rule of repetition would say
//! when it is. The same content gives the same bytes: a session is known by its
//! event’s name and its number at the site’s own host, and is stamped with the
//! first moment that computers count, since content knows no moment at which it
//! was changed.

use domain::calendar::LondonTime;
use domain::event::Session;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use crate::job::CalendarJob;
use crate::kind::Kind;
use crate::kind::event::EventFields;
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
    let host = settings
        .base_url
        .value
        .split("://")
        .last()
        .unwrap_or_default();
    let host = host.split('/').next().unwrap_or_default();
    for Card(page) in &job.events {
        let Kind::Event(fields) = page.kind else {
            continue;
        };
        let sessions = fields.meets();
        for (index, session) in sessions.iter().enumerate() {
            let place = (index + 1, sessions.len());
            calendar.push(event(*page, fields, session, place, host, &head.base_url));
        }
    }
    calendar.to_string()
}

/// One session, with its number and how many there are.
fn event(
    page: Page<'_>,
    fields: &EventFields,
    session: &Session,
    (number, count): (usize, usize),
    host: &str,
    base: &str,
) -> Event {
    let at = |time: LondonTime| time.instant().strftime("%Y%m%dT%H%M%SZ").to_string();
    let stem = page.stem();
    // No file’s name has a dot. The first keeps the name of the whole, which may
    // have been in a calendar before there were others.
    let name = match number {
        1 => stem.to_owned(),
        number => format!("{stem}.{number}"),
    };
    let title = match count {
        1 => fields.title.clone(),
        count => format!("{} ({number} of {count})", fields.title),
    };
    let mut event = Event::new();
    event
        .uid(&format!("{name}@{host}"))
        .add_property("DTSTAMP", STAMP)
        .add_property("DTSTART", at(session.starts))
        .add_property("DTEND", at(session.ends))
        .summary(&title)
        .description(&fields.description)
        .location(fields.place())
        .add_property("URL", format!("{base}{}", page.address))
        .status(if fields.sample {
            EventStatus::Tentative
        } else {
            EventStatus::Confirmed
        });
    event.done()
}
