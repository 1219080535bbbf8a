//! What an event adds to the model: its sessions, where it is, and what a place
//! costs.

use std::fmt::Write as _;

use domain::calendar::LondonTime;
use domain::event::Event;
use domain::money::Pence;

use super::{field, next};
use crate::kind::event::ONLINE;

/// Adds it to an object that is open.
pub(super) fn insert(json: &mut String, event: &Event, base: &str) {
    next(json, "startDate", &at(event.starts));
    next(json, "endDate", &at(event.ends));
    place(json, event, base);
    if let Some(capacity) = event.capacity {
        // Writing to a String cannot fail.
        let _ = write!(json, ",\"maximumAttendeeCapacity\":{capacity}");
    }
    if let Some(audience) = &event.audience {
        json.push_str(",\"audience\":{\"@type\":\"Audience\",");
        field(json, "audienceType", audience);
        json.push('}');
    }
    offers(json, event, base);
    for (index, session) in event.sessions.iter().enumerate() {
        json.push_str(if index == 0 { ",\"subEvent\":[{" } else { ",{" });
        field(json, "@type", "Event");
        next(json, "name", &event.title);
        next(json, "startDate", &at(session.starts));
        next(json, "endDate", &at(session.ends));
        place(json, event, base);
        json.push('}');
    }
    if !event.sessions.is_empty() {
        json.push(']');
    }
}

fn at(time: LondonTime) -> String {
    time.instant().to_string()
}

/// Where it is. One that is online is joined from its page: the way in is given
/// only to those who have a place.
fn place(json: &mut String, event: &Event, base: &str) {
    let has_room = !event.online || event.venue != ONLINE;
    let mode = match (event.online, has_room) {
        (false, _) => "Offline",
        (true, false) => "Online",
        (true, true) => "Mixed",
    };
    let mode = format!("https://schema.org/{mode}EventAttendanceMode");
    next(json, "eventAttendanceMode", &mode);
    json.push_str(",\"location\":");
    let is_mixed = event.online && has_room;
    if is_mixed {
        json.push('[');
    }
    if has_room {
        json.push_str("{\"@type\":\"Place\",");
        field(json, "name", &event.venue);
        json.push('}');
    }
    if is_mixed {
        json.push(',');
    }
    if event.online {
        json.push_str("{\"@type\":\"VirtualLocation\",");
        field(json, "url", &format!("{base}{}", event.href));
        json.push('}');
    }
    if is_mixed {
        json.push(']');
    }
}

/// What a place costs, and from when until when it can be booked.
fn offers(json: &mut String, event: &Event, base: &str) {
    let price = event.charge();
    let _ = write!(
        json,
        ",\"isAccessibleForFree\":{},\"offers\":[",
        price.is_none()
    );
    offer(json, event, base, price.unwrap_or_default(), None);
    if let (Some(_), Some(member)) = (price, event.member_price) {
        json.push(',');
        offer(json, event, base, member, Some("For members"));
    }
    json.push(']');
}

fn offer(json: &mut String, event: &Event, base: &str, price: Pence, name: Option<&str>) {
    json.push('{');
    field(json, "@type", "Offer");
    if let Some(name) = name {
        next(json, "name", name);
    }
    let pounds = format!("{}.{:02}", price.get() / 100, price.get() % 100);
    next(json, "price", &pounds);
    next(json, "priceCurrency", "GBP");
    next(json, "url", &format!("{base}/book/{}/", event.slug));
    if let Some(opens) = event.booking_opens {
        next(json, "validFrom", &at(opens));
    }
    next(json, "validThrough", &at(event.booking_closes));
    json.push('}');
}
