//! The event of a booking as a calendar program reads it. It names nobody, so it
//! needs no secret; a program that has the event from the public page takes it
//! for the same.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::booking::Booking;
use domain::calendar::LondonTime;
use domain::event::{Event, Session};
use domain::reference::BookingReference;
use icalendar::{Calendar, Component, EventLike, EventStatus, Property};

use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;
use crate::site::Published;

/// `GET /bookings/{reference}/event.ics`.
pub(super) async fn file(
    State(app): State<App>,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let reference = BookingReference::parse(&reference).map_err(|_| ApiError::NotFound)?;
    let booking = app.store.booking(&reference).await?;
    let booking = booking.ok_or(ApiError::NotFound)?;
    let site = app.site.published().await?;
    let tally = app.store.tally(&booking.event).await?.value;
    let event = site.publication.event(&booking.event);
    let calendar = calendar(&site, &booking, (event, tally.called_off));
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"event.ics\"",
        ),
    ];
    Ok((headers, calendar).into_response())
}

/// The sessions of the event, as it is published now; one that was withdrawn is
/// cancelled, so that a program takes it out.
fn calendar(
    site: &Published,
    booking: &Booking,
    (event, called_off): (Option<&Event>, bool),
) -> String {
    let head = &site.publication.site;
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(Property::new(
        "PRODID",
        format!("-//{}//Bookings", head.name),
    ));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    let host = head.base_url.split("://").last().unwrap_or_default();
    let host = host.split('/').next().unwrap_or_default();
    let starts = booking.about.starts;
    let ends = starts;
    let sessions = event.map_or_else(|| vec![Session { starts, ends }], Event::meets);
    for (index, session) in sessions.iter().enumerate() {
        let name = match index {
            0 => booking.event.to_string(),
            index => format!("{}.{}", booking.event, index + 1),
        };
        let title = match sessions.len() {
            1 => booking.about.event_title.clone(),
            many => format!("{} ({} of {many})", booking.about.event_title, index + 1),
        };
        let mut entry = icalendar::Event::new();
        entry
            .uid(&format!("{name}@{host}"))
            .add_property("DTSTAMP", at(booking.booked_at))
            .add_property("DTSTART", at_london(session.starts))
            .add_property("DTEND", at_london(session.ends))
            .summary(&title)
            .location(event.map_or(&booking.about.venue, |event| &event.venue))
            .status(match event.filter(|_| !called_off) {
                Some(event) if event.sample => EventStatus::Tentative,
                Some(_) => EventStatus::Confirmed,
                None => EventStatus::Cancelled,
            });
        if let Some(event) = event {
            entry.add_property("URL", format!("{}{}", head.base_url, event.href));
        }
        calendar.push(entry.done());
    }
    calendar.to_string()
}

fn at_london(time: LondonTime) -> String {
    at(time.instant())
}

fn at(instant: jiff::Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}
