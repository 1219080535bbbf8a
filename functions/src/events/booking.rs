//! A booking's own page: where it stands, without anything personal, since a
//! reference is no secret.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::booking::{Booking, PaysBy, Registration, RegistrationState};
use domain::calendar::london_minute;
use domain::places::Tally;
use domain::reference::BookingReference;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;
use crate::screen::Screen;

/// `GET /bookings/{reference}/`.
pub(super) async fn page(
    State(app): State<App>,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let reference = BookingReference::parse(&reference).map_err(|_| ApiError::NotFound)?;
    let site = app.site.published().await?;
    let booking = app
        .store
        .booking(&reference)
        .await?
        .ok_or(ApiError::NotFound)?;
    let event = site.publication.event(&booking.event);
    let href = event.map_or("/events/", |event| event.href.as_str());
    let about = booking.now(event);
    let was_moved = booking.was_moved(event);

    let now = app.clock.now();
    let tally = app.store.tally(&booking.event).await?.value;
    let places: Vec<Value> = booking
        .registrations
        .iter()
        .map(|one| place(&booking, one, &tally, now))
        .collect();
    let states: Vec<&'static str> = booking
        .registrations
        .iter()
        .map(|one| one.state.at(now).name())
        .collect();
    let title = title(&states);
    let context = json!({ "booking": {
        "reference": booking.reference,
        "event_title": about.event_title, "event_href": href,
        "starts": about.starts, "venue": about.venue,
        "booked_for": Some(booking.about.words()).filter(|_| was_moved),
        "is_withdrawn": event.is_none() && !tally.called_off,
        "places": places, "leading": leading(&states), "all_confirmed": states.iter().all(|state| *state == "confirmed"),
        "on_invoice": booking.pays_by == PaysBy::Invoice, "included": booking.included(),
        "price_pence": Some(booking.price()).filter(|price| !price.is_zero()),
    } });
    let path = format!("/bookings/{}/", booking.reference);
    let screen = Screen {
        title,
        description: "",
        path: &path,
    };
    Ok(screen
        .render(&site, "forms/booking.html", context)?
        .into_response())
}

/// One place of a booking, without a name: a reference is no secret.
fn place(booking: &Booking, registration: &Registration, tally: &Tally, now: Timestamp) -> Value {
    let state = registration.state.at(now);
    let pay = match state {
        RegistrationState::Held { .. } | RegistrationState::Offered { .. } => {
            registration.payment.as_ref()
        }
        _ => None,
    };
    json!({
        "number": registration.number, "state": state.name(), "words": state.words(),
        "position": tally.position(&booking.id(registration)),
        "paying": registration.payment.is_some(),
        "hold_until": state.until().map(london_minute),
        "pay_href": pay.map(|payment| format!("/pay/{payment}/")),
    })
}

/// What the page says above all: what is nearest to somebody's hand.
fn title(states: &[&'static str]) -> &'static str {
    let some = |state| states.contains(&state);
    let many = states.len() > 1;
    if some("unconfirmed") {
        "Please confirm your booking"
    } else if some("unapproved") {
        "Your school has to approve this booking"
    } else if some("offered") {
        "A place has come free for you"
    } else if some("held") && many {
        "Your places are kept while you pay"
    } else if some("held") {
        "Your place is kept while you pay"
    } else if states.iter().all(|state| *state == "confirmed") && many {
        "Your places are booked"
    } else if some("confirmed") {
        "Your place is booked"
    } else if some("waiting") {
        "You are on the waiting list"
    } else if some("refund-due") {
        "Your money will be returned"
    } else if some("called-off") {
        "This event was cancelled"
    } else if some("attended") {
        "You were there"
    } else if some("cancelled") || some("left") || some("declined") {
        "This booking was cancelled"
    } else {
        "Your place was not kept"
    }
}

/// The state that asks most of somebody.
fn leading(states: &[&'static str]) -> &'static str {
    [
        "unconfirmed",
        "unapproved",
        "offered",
        "held",
        "waiting",
        "confirmed",
        "refund-due",
        "called-off",
    ]
    .into_iter()
    .find(|state| states.contains(state))
    .or(states.first().copied())
    .unwrap_or_default()
}
