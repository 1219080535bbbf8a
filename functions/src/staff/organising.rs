//! The event organiser's part of the staff area: who has, waits for and gave up
//! a place, who came, and bookings for those who phone or walk in; and what events
//! come to in numbers.

use std::time::Duration;

use domain::booking::{Booking, Registration, RegistrationCommand};
use domain::event::{Event, EventSlug};
use domain::staff::Role;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::desk::Desk;
use crate::answer::ApiError;
use crate::app::App;
use crate::site::Published;

mod call_off;
mod check_in;
mod copy;
mod figures;
mod give_up;
mod list;
mod message;
mod one;
mod satisfaction;
mod told;

/// Those who see events.
pub(super) const SEES: &[Role] = &[Role::Organiser, Role::Director];
/// Those who run them.
pub(super) const RUNS: &[Role] = &[Role::Organiser];

/// How long one request goes on: the gateway gives up at 30 seconds.
const PATIENCE: Duration = Duration::from_secs(15);

/// The doors of this part.
pub(super) fn doors(desk: Desk) -> Desk {
    desk.page("/staff/events", SEES, list::page)
        .page("/staff/events.csv", SEES, list::events_file)
        .page("/staff/terms.csv", SEES, list::terms_file)
        .page("/staff/satisfaction", SEES, satisfaction::page)
        .page("/staff/satisfaction.csv", SEES, satisfaction::file)
        .page("/staff/events/{event}", SEES, one::page)
        .page("/staff/events/{event}/list.csv", SEES, one::file)
        .page("/staff/events/{event}/copy", SEES, copy::page)
        .page("/staff/events/{event}/copy.md", SEES, copy::file)
        .page("/staff/events/{event}/give-up", RUNS, give_up::page)
        .action("/staff/events/{event}/book", RUNS, one::book)
        .action("/staff/events/{event}/act", RUNS, one::act)
        .action("/staff/events/{event}/call-off", RUNS, call_off::decide)
        .action("/staff/events/{event}/go-on", RUNS, call_off::go_on)
        .action("/staff/events/{event}/joining", RUNS, told::set_joining)
        .action(
            "/staff/events/{event}/joining/remove",
            RUNS,
            told::remove_joining,
        )
        .action("/staff/events/{event}/letters", RUNS, told::go_on)
        .action("/staff/events/{event}/message", RUNS, message::write)
        .action("/staff/events/{event}/message/send", RUNS, message::send)
        .page(
            "/staff/events/{event}/message/{secret}",
            RUNS,
            message::check,
        )
        .page("/staff/events/{event}/check-in", RUNS, check_in::page)
        .action("/staff/events/{event}/check-in", RUNS, check_in::mark)
}

/// The event that a path names: as it is published, or as it was last where it
/// was taken off the site while somebody had booked it.
async fn find(app: &App, site: &Published, slug: &str) -> Result<Event, ApiError> {
    let slug = EventSlug::parse(slug).map_err(|_| ApiError::NotFound)?;
    if let Some(event) = site.publication.event(&slug) {
        return Ok(event.clone());
    }
    let withdrawn = app.store.withdrawn(&slug).await?;
    withdrawn.ok_or(ApiError::NotFound)
}

/// Whether a registration is one that somebody looks for: by the name or the
/// address of the delegate or of whoever booked, the school, or the reference.
fn is_meant(booking: &Booking, registration: &Registration, words: &str) -> bool {
    let delegate = registration.delegate.as_ref();
    let person = delegate.map_or(&booking.booker, |delegate| &delegate.person);
    let reference = booking.reference.to_string();
    let all = [
        person.name.as_str(),
        person.email.as_str(),
        booking.booker.name.as_str(),
        booking.school.name.as_str(),
        &reference,
    ];
    let all = all.join(" ").to_lowercase();
    let without = |text: &str| text.replace('-', "");
    words
        .to_lowercase()
        .split_whitespace()
        .all(|word| all.contains(word) || without(&all).contains(&without(word)))
}

/// A registration as the organiser sees it.
fn row(booking: &Booking, registration: &Registration, now: Timestamp) -> Value {
    let state = registration.state.at(now);
    let delegate = registration.delegate.as_ref();
    // What its delegates need is the booking's: it stands with the first of them
    // who is still to come.
    let mut live = booking.registrations.iter();
    let live = live.find(|one| one.state.at(now).is_live());
    let first = live.or(booking.registrations.first());
    let is_first = first.is_some_and(|one| one.number == registration.number);
    let needs = Some(&booking.needs).filter(|_| is_first);
    let gives_up = [
        RegistrationCommand::Cancel,
        RegistrationCommand::Leave,
        RegistrationCommand::Decline,
    ];
    json!({
        "id": booking.id(registration), "reference": booking.reference,
        "number": registration.number,
        "delegate": delegate.map(|delegate| &delegate.person.name),
        "email": delegate.map(|delegate| &delegate.person.email),
        "role": delegate.and_then(|delegate| delegate.role.as_ref()),
        "booker": booking.booker.name, "booker_email": booking.booker.email,
        "dietary": needs.and_then(|needs| needs.dietary.as_ref()),
        "access": needs.and_then(|needs| needs.access.as_ref()),
        "school": booking.school.name, "purchase_order": booking.purchase_order,
        "state": state.name(), "words": state.words(),
        "may_give_up": gives_up.into_iter().any(|command| state.allows(command).is_ok()),
        "price_pence": registration.price,
    })
}
