//! A booking's own page: where it stands, without anything personal, since a
//! reference is no secret.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::booking::{Booking, PaysBy, Registration, RegistrationState};
use domain::calendar::london_minute;
use domain::event::Event;
use domain::places::{Asker, Tally};
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
    let is_over = about.ends().instant() <= now;
    let tally = app.store.tally(&booking.event).await?.value;
    let places: Vec<Value> = booking
        .registrations
        .iter()
        .map(|one| place(&booking, one, (&tally, event), now))
        .collect();
    let states: Vec<RegistrationState> = booking
        .registrations
        .iter()
        .map(|one| one.state.at(now))
        .collect();
    let is_all_given = states.iter().all(|state| state.has_place());
    let context = json!({ "booking": {
        "reference": booking.reference,
        "event_title": about.event_title, "event_href": href,
        "starts": about.starts, "ends": about.ends(), "sessions": about.sessions,
        "venue": about.venue, "online": about.online == Some(true),
        "booked_for": Some(booking.about.words()).filter(|_| was_moved),
        "is_withdrawn": event.is_none() && !tally.called_off,
        "places": places, "leading": leading(&states).map(RegistrationState::name),
        "is_all_given": is_all_given, "is_over": is_over,
        "waits": states.contains(&RegistrationState::Waiting),
        "may_change": !is_over && states.iter().any(|state| state.is_live()),
        "on_invoice": booking.pays_by == PaysBy::Invoice, "included": booking.included(),
        "price_pence": Some(booking.price()).filter(|price| !price.is_zero()),
    } });
    let path = format!("/bookings/{}/", booking.reference);
    let screen = Screen {
        title: title(&states, is_over),
        description: "",
        path: &path,
    };
    Ok(screen
        .render(&site, "forms/booking.html", context)?
        .into_response())
}

/// One place of a booking, without a name: a reference is no secret.
fn place(
    booking: &Booking,
    registration: &Registration,
    (tally, event): (&Tally, Option<&Event>),
    now: Timestamp,
) -> Value {
    let state = registration.state.at(now);
    let pay = registration.to_pay(now);
    json!({
        "limit": waits_for_limit(booking, registration, (tally, event)),
        "number": registration.number, "state": state.name(), "words": state.words(),
        "position": tally.position(&booking.id(registration)),
        "paying": registration.payment.is_some(),
        "hold_until": state.until().map(london_minute),
        "pay_href": pay.map(|payment| format!("/pay/{payment}/")),
    })
}

/// How many places one school may have, where a delegate waits for that alone:
/// others are free.
pub(super) fn waits_for_limit(
    booking: &Booking,
    registration: &Registration,
    (tally, event): (&Tally, Option<&Event>),
) -> Option<u32> {
    let event = event.filter(|_| registration.state == RegistrationState::Waiting)?;
    let party = Asker::of(booking, registration).party;
    let waits = tally.waits_for_limit(event, party.as_ref());
    event.limit_per_school.filter(|_| waits)
}

/// What the page says above all: what is nearest to somebody's hand.
fn title(states: &[RegistrationState], is_over: bool) -> &'static str {
    use RegistrationState as Is;
    let many = states.len() > 1;
    let is_all_given = states.iter().all(|one| one.has_place());
    let came = states.contains(&Is::Attended);
    match leading(states) {
        Some(Is::Unconfirmed { .. }) => "Please confirm your booking",
        Some(Is::Unapproved { .. }) => "Your school has to approve this booking",
        Some(Is::Offered { .. }) => "A place has come free for you",
        Some(Is::Held { .. }) if many => "Your places are kept while you pay",
        Some(Is::Held { .. }) => "Your place is kept while you pay",
        Some(Is::Confirmed | Is::Attended) if is_over && came => "You were there",
        Some(Is::Confirmed | Is::Attended) => match many && is_all_given {
            true => "Your places are booked",
            false => "Your place is booked",
        },
        Some(Is::Waiting) => "You are on the waiting list",
        Some(Is::RefundDue) => "Your money will be returned",
        Some(Is::CalledOff) => "This event was cancelled",
        Some(Is::Absent) if many => "Nobody came for this booking",
        Some(Is::Absent) => "You did not attend",
        Some(Is::Cancelled | Is::Left | Is::Declined) => "This booking was cancelled",
        Some(Is::Expired | Is::Lapsed) | None => "Your place was not kept",
    }
}

/// The state that asks most of somebody, or says most.
fn leading(states: &[RegistrationState]) -> Option<RegistrationState> {
    use RegistrationState as Is;
    let rank = |state: &Is| match state {
        Is::Unconfirmed { .. } => 0,
        Is::Unapproved { .. } => 1,
        Is::Offered { .. } => 2,
        Is::Held { .. } => 3,
        Is::Confirmed | Is::Attended => 4,
        Is::Waiting => 5,
        Is::RefundDue => 6,
        Is::CalledOff => 7,
        Is::Absent => 8,
        Is::Cancelled | Is::Left | Is::Declined => 9,
        Is::Expired | Is::Lapsed => 10,
    };
    states.iter().copied().min_by_key(rank)
}

#[cfg(test)]
mod tests {
    use domain::booking::RegistrationState as Is;

    use super::title;

    #[test]
    fn the_page_says_first_what_most_concerns_its_reader() {
        for (states, is_over, says) in [
            (vec![Is::Absent], true, "You did not attend"),
            (
                vec![Is::Absent, Is::Cancelled],
                true,
                "Nobody came for this booking",
            ),
            (
                vec![Is::Cancelled, Is::Expired],
                false,
                "This booking was cancelled",
            ),
            (vec![Is::Expired], false, "Your place was not kept"),
            // Between two sessions of a series.
            (vec![Is::Attended], false, "Your place is booked"),
            (
                vec![Is::Attended, Is::Confirmed],
                false,
                "Your places are booked",
            ),
            (vec![Is::Attended, Is::Absent], true, "You were there"),
            (
                vec![Is::Confirmed, Is::Waiting],
                false,
                "Your place is booked",
            ),
            (
                vec![Is::CalledOff, Is::Cancelled],
                false,
                "This event was cancelled",
            ),
        ] {
            assert_eq!(title(&states, is_over), says, "{states:?}");
        }
    }
}
