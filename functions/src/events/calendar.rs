//! The event of a booking for a calendar program: without the way to join it,
//! which needs the secret of the booking, and with it.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::access::Purpose;
use domain::booking::Booking;
use domain::joining::JoiningAddress;
use domain::reference::BookingReference;

use super::access::Address;
use super::manage::joining_address;
use crate::answer::ApiError;
use crate::app::App;
use crate::calendar_file::{Certainty, Entry, calendar};
use crate::named::Named;

/// `GET /bookings/{reference}/event.ics`. It names nobody, so it needs no secret.
pub(super) async fn file(
    State(app): State<App>,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let reference = BookingReference::parse(&reference).map_err(|_| ApiError::NotFound)?;
    let booking = app.store.booking(&reference).await?;
    let booking = booking.ok_or(ApiError::NotFound)?;
    answer(&app, &booking, None).await
}

/// `GET /bookings/{reference}/{secret}/event.ics`: with the way to join it, for
/// those who have a place.
pub(super) async fn own_file(
    State(app): State<App>,
    address: Address,
) -> Result<Response, ApiError> {
    let booking = address.open(&app, Purpose::Booking).await?.value;
    let joining = joining_address(&app, &booking).await?;
    answer(&app, &booking, joining.as_ref()).await
}

/// The event as it is published now.
async fn answer(
    app: &App,
    booking: &Booking,
    joining: Option<&JoiningAddress>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let tally = app.store.tally(&booking.event).await?.value;
    let event = site.publication.event(&booking.event);
    let about = booking.now(event);
    // What people have yet to be told of counts already.
    let is_told = booking.known().is_same_meeting(&about);
    let moves = booking.since.moves + u32::from(!is_told);
    let certainty = match event {
        _ if tally.called_off => Certainty::Cancelled,
        Some(event) if !event.sample => Certainty::Confirmed,
        // A sample; or one that is published no more, and not cancelled yet.
        _ => Certainty::Tentative,
    };
    let entry = Entry {
        event: &booking.event,
        about: &about,
        href: event.map(|event| event.href.as_str()),
        joining,
        certainty,
        sequence: moves + u32::from(tally.called_off),
        at: app.clock.now(),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"event.ics\"",
        ),
    ];
    let file = calendar(&site.publication.site, &entry);
    Ok((headers, file).into_response())
}
