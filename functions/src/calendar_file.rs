//! An event as a calendar program reads it: for the page of a booking, and to go
//! with a letter. It names nobody.
//!
//! A program that has the event from the public page takes it for the same, by
//! its name; of two files about one event it keeps that which counts higher.

use domain::booking::About;
use domain::event::EventSlug;
use domain::joining::JoiningAddress;
use domain::publication::Site;
use icalendar::{Calendar, Component, EventLike, EventStatus, Property};
use jiff::Timestamp;

/// How certain it is that an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It does.
    Confirmed,
    /// It is a sample, or published no more.
    Tentative,
    /// It was cancelled, or the place was: a program takes it out.
    Cancelled,
}

/// What is entered in a calendar.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'e> {
    /// The event's name in addresses.
    pub event: &'e EventSlug,
    /// What it is, when and where.
    pub about: &'e About,
    /// Its page, where it has one.
    pub href: Option<&'e str>,
    /// How it is joined, for those who may know.
    pub joining: Option<&'e JoiningAddress>,
    /// How certain it is.
    pub certainty: Certainty,
    /// How often it was changed: the higher counts.
    pub sequence: u32,
    /// When this was known.
    pub at: Timestamp,
}

/// The file, with an entry for each of the event's sessions.
#[must_use]
pub fn calendar(site: &Site, entry: &Entry<'_>) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(Property::new(
        "PRODID",
        format!("-//{}//Bookings", site.name),
    ));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    let host = site.base_url.split("://").last().unwrap_or_default();
    let host = host.split('/').next().unwrap_or_default();
    let about = entry.about;
    let sessions = about.meets();
    for (index, session) in sessions.iter().enumerate() {
        let name = match index {
            0 => entry.event.to_string(),
            index => format!("{}.{}", entry.event, index + 1),
        };
        let title = match sessions.len() {
            1 => about.event_title.clone(),
            many => format!("{} ({} of {many})", about.event_title, index + 1),
        };
        let mut event = icalendar::Event::new();
        event
            .uid(&format!("{name}@{host}"))
            .add_property("DTSTAMP", at(entry.at))
            .add_property("DTSTART", at(session.starts.instant()))
            .add_property("DTEND", at(session.ends.instant()))
            .add_property("SEQUENCE", entry.sequence.to_string())
            .summary(&title)
            .location(&about.venue)
            .status(match entry.certainty {
                Certainty::Confirmed => EventStatus::Confirmed,
                Certainty::Tentative => EventStatus::Tentative,
                Certainty::Cancelled => EventStatus::Cancelled,
            });
        if let Some(address) = entry.joining {
            event.description(&format!("Join at {}", address.as_str()));
        }
        if let Some(href) = entry.href {
            event.add_property("URL", format!("{}{href}", site.base_url));
        }
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn at(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}
