//! A booking's own page: where it stands, without anything personal, since a
//! reference is no secret.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::booking::BookingState;
use domain::calendar::london_minute;
use domain::reference::BookingReference;
use serde_json::json;

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
    let href = site
        .publication
        .event(&booking.event)
        .map(|event| &event.href);
    let href = href.map_or("/events/", String::as_str);

    let state = booking.state.at(app.clock.now());
    let position = match state {
        BookingState::Waiting => app
            .store
            .tally(&booking.event)
            .await?
            .value
            .position(&reference),
        _ => None,
    };
    let (name, title, until) = match state {
        BookingState::Confirmed => ("confirmed", "Your place is booked", None),
        BookingState::Held { until } => ("held", "Your place is kept while you pay", Some(until)),
        BookingState::Waiting => ("waiting", "You are on the waiting list", None),
        BookingState::Offered { until } => {
            ("offered", "A place has come free for you", Some(until))
        }
        BookingState::Expired => ("expired", "Your place was not kept", None),
        BookingState::RefundDue => ("refund-due", "Your money will be returned", None),
    };
    let pay = until
        .and(booking.payment.as_ref())
        .map(|payment| format!("/pay/{payment}/"));
    let context = json!({ "booking": {
        "reference": booking.reference,
        "event_title": booking.about.event_title, "event_href": href,
        "starts": booking.about.starts, "venue": booking.about.venue,
        "state": name, "position": position, "paying": booking.payment.is_some(), "price_pence": booking.price,
        "hold_until": until.map(london_minute), "pay_href": pay,
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
