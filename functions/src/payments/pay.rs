//! The page before paying: what for, how much, and a button that says so.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::booking::BookingState;
use domain::payment::{Payment, PaymentState, Purpose};
use domain::reference::PaymentReference;
use serde_json::json;

use super::attempt::{Next, begin};
use super::in_time;
use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;
use crate::screen::Screen;

/// `GET /pay/{payment}/`.
pub(super) async fn page(
    State(app): State<App>,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let payment = find(&app, &reference).await?;
    let site = app.site.published().await?;
    let Purpose::Booking { booking, event } = &payment.purpose;
    let withdrawn = site.publication.event(event).is_none();
    let booking = app
        .store
        .booking(booking)
        .await?
        .ok_or(ApiError::NotFound)?;
    let booking_href = format!("/bookings/{}/", booking.reference);

    let (state, title) = match (&payment.state, booking.state.at(app.clock.now())) {
        (PaymentState::Paid { .. }, _) => ("paid", "This has been paid"),
        (PaymentState::RefundDue { .. }, _) => ("refund-due", "Your money will be returned"),
        (PaymentState::Open, _) if withdrawn => ("expired", "This event is withdrawn"),
        (PaymentState::Open, BookingState::Held { .. } | BookingState::Offered { .. }) => {
            ("open", "Pay for your place")
        }
        (PaymentState::Open, BookingState::Waiting | BookingState::Confirmed) => {
            return Ok(Redirect::to(&booking_href).into_response());
        }
        (PaymentState::Open, _) => ("expired", "The time to pay has passed"),
    };
    let path = format!("/pay/{}/", payment.reference);
    let context = json!({ "payment": {
        "reference": payment.reference, "description": payment.description,
        "amount_pence": payment.amount, "state": state,
        "begun": payment.attempt.is_some(), "booking_href": booking_href, "pay_action": path,
    } });
    let screen = Screen {
        title,
        description: "",
        path: &path,
    };
    Ok(screen
        .render(&site, "forms/pay.html", context)?
        .into_response())
}

/// `POST /pay/{payment}/`: on to the provider's page.
pub(super) async fn pay(
    State(app): State<App>,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let payment = find(&app, &reference).await?;
    let next = in_time(begin(&app, &payment)).await?;
    let next = match next {
        Next::Provider(url) => url,
        Next::Settled => format!("/pay/{}/", payment.reference),
    };
    Ok(Redirect::to(&next).into_response())
}

/// The payment that a path names.
pub(super) async fn find(app: &App, reference: &str) -> Result<Payment, ApiError> {
    let reference = PaymentReference::parse(reference).map_err(|_| ApiError::NotFound)?;
    app.store
        .payment(&reference)
        .await?
        .ok_or(ApiError::NotFound)
}
