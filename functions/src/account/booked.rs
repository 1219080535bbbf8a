//! The bookings that name the school, whoever made them.

use domain::booking::{Booking, BookingState};
use domain::calendar::long_date;
use domain::membership::Membership;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::app::App;
use crate::store::StoreError;

/// The bookings of a member, by when their events start; none where it has no
/// URN to be named by.
pub(super) async fn bookings(
    app: &App,
    membership: &Membership,
    now: Timestamp,
) -> Result<Vec<Value>, StoreError> {
    let Some(urn) = &membership.member.urn else {
        return Ok(Vec::new());
    };
    let bookings = app.store.bookings_of(urn).await?;
    Ok(bookings.iter().map(|booking| row(booking, now)).collect())
}

fn row(booking: &Booking, now: Timestamp) -> Value {
    let state = match booking.state.at(now) {
        BookingState::Confirmed => "Booked",
        BookingState::Held { .. } => "To be paid for",
        BookingState::Waiting => "On the waiting list",
        BookingState::Offered { .. } => "A place is offered",
        BookingState::Expired => "Not kept",
        BookingState::RefundDue => "Money goes back",
    };
    json!({
        "href": format!("/bookings/{}/", booking.reference),
        "reference": booking.reference, "delegate": booking.delegate.person.name,
        "event": booking.about.event_title, "on": long_date(booking.about.starts.date()),
        "state": state, "price_pence": booking.price,
    })
}
