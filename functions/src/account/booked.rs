//! The bookings that name the school, whoever made them.

use domain::booking::{Booking, Registration, RegistrationState};
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
    let rows = bookings.iter().flat_map(|booking| {
        let registrations = booking.registrations.iter();
        // Whoever typed the school's number has not proved to be anybody yet.
        let known =
            registrations.filter(|one| !matches!(one.state, RegistrationState::Unconfirmed { .. }));
        known.map(|registration| row(booking, registration, now))
    });
    Ok(rows.collect())
}

fn row(booking: &Booking, registration: &Registration, now: Timestamp) -> Value {
    let delegate = registration.delegate.as_ref();
    json!({
        "href": format!("/bookings/{}/", booking.reference),
        "reference": booking.reference,
        "delegate": delegate.map_or("To be named", |delegate| delegate.person.name.as_str()),
        "event": booking.known().event_title, "on": long_date(booking.known().starts.date()),
        "state": registration.state.at(now).words(), "price_pence": registration.price,
    })
}
