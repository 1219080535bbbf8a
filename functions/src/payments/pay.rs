//! The page before paying: what for, how much, and a button that says so.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::booking::RegistrationState;
use domain::calendar::london_minute;
use domain::event::Event;
use domain::invoice::InvoiceNumber;
use domain::payment::{Payment, PaymentState, Purpose};
use domain::reference::{BookingReference, PaymentReference};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::attempt::{Next, begin};
use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;
use crate::screen::Screen;
use crate::settlements::in_time;

/// `GET /pay/{payment}/`.
pub(super) async fn page(
    State(app): State<App>,
    Named(reference): Named,
    stopped: Result<Query<Stopped>, QueryRejection>,
) -> Result<Response, ApiError> {
    let stopped = stopped.map(|Query(stopped)| stopped).unwrap_or_default();
    let payment = find(&app, &reference).await?;
    let site = app.site.published().await?;
    let shown = match &payment.purpose {
        Purpose::Booking { booking, event } => {
            for_a_place(&app, &payment, booking, site.publication.event(event)).await?
        }
        Purpose::Invoice { invoice } => Some(for_an_invoice(&app, &payment, *invoice).await?),
    };
    let Some(shown) = shown else {
        let Purpose::Booking { booking, .. } = &payment.purpose else {
            return Err(ApiError::NotFound);
        };
        return Ok(Redirect::to(&format!("/bookings/{booking}/")).into_response());
    };
    let path = format!("/pay/{}/", payment.reference);
    let context = json!({ "payment": {
        "reference": payment.reference, "description": payment.description,
        "amount_pence": payment.amount, "state": shown.state,
        "begun": payment.attempt.is_some(), "booking_href": shown.back, "pay_action": path,
        "about": shown.about, "until": shown.until.map(london_minute),
        "stopped": shown.state == "open" && !stopped.stopped.is_empty(),
    } });
    let screen = Screen {
        title: shown.title,
        description: "",
        path: &path,
    };
    Ok(screen
        .render(&site, "forms/pay.html", context)?
        .into_response())
}

/// Whether somebody comes back from the provider's page without having paid.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Stopped {
    stopped: String,
}

/// How a payment is shown.
struct Shown {
    state: &'static str,
    title: &'static str,
    /// The page of what it is for, where that needs no secret.
    back: Option<String>,
    /// The event that it is for, in a line.
    about: Option<String>,
    /// The instant from which the places are kept no longer.
    until: Option<Timestamp>,
}

/// A payment for a place; none if there is nothing to pay.
async fn for_a_place(
    app: &App,
    payment: &Payment,
    booking: &BookingReference,
    event: Option<&Event>,
) -> Result<Option<Shown>, ApiError> {
    let booking = app.store.booking(booking).await?;
    let booking = booking.ok_or(ApiError::NotFound)?;
    let now = app.clock.now();
    let states: Vec<RegistrationState> = booking
        .bought_by(&payment.reference)
        .map(|registration| registration.state.at(now))
        .collect();
    let is_kept = |state: &RegistrationState| {
        matches!(
            state,
            RegistrationState::Held { .. } | RegistrationState::Offered { .. }
        )
    };
    let (state, title) = match &payment.state {
        PaymentState::Paid { .. } => ("paid", "This has been paid"),
        PaymentState::RefundDue { .. } => ("refund-due", "Your money will be returned"),
        PaymentState::Invoiced { .. } => ("invoiced", "This is on your school’s invoice"),
        PaymentState::Open if event.is_none() => ("expired", "This event is withdrawn"),
        PaymentState::Open if states.iter().any(is_kept) => match states.len() {
            1 => ("open", "Pay for your place"),
            _ => ("open", "Pay for your places"),
        },
        PaymentState::Open if states.iter().any(|state| state.has_place()) => return Ok(None),
        PaymentState::Open => ("expired", "The time to pay has passed"),
    };
    Ok(Some(Shown {
        state,
        title,
        back: Some(format!("/bookings/{}/", booking.reference)),
        about: Some(booking.now(event).words()),
        until: states.iter().filter_map(|state| state.until()).min(),
    }))
}

/// A payment for an invoice, whose own page needs the secret of its letter.
async fn for_an_invoice(
    app: &App,
    payment: &Payment,
    number: InvoiceNumber,
) -> Result<Shown, ApiError> {
    let invoice = app.store.invoice(number).await?;
    let invoice = invoice.ok_or(ApiError::NotFound)?.value;
    let attempt = payment.attempt.as_ref();
    let is_promised = attempt.is_some_and(|attempt| attempt.promised_at.is_some());
    let is_asked = invoice.balance() == payment.amount;
    let (state, title) = match payment.state {
        PaymentState::Open if is_promised => ("promised", "Your bank has been told to pay"),
        PaymentState::Open if !is_asked => ("over", "This is not asked for any more"),
        PaymentState::Paid { .. } => ("paid", "This has been paid"),
        PaymentState::RefundDue { .. } => ("refund-due", "Your money will be returned"),
        PaymentState::Open | PaymentState::Invoiced { .. } => ("open", "Pay the invoice"),
    };
    Ok(Shown {
        state,
        title,
        back: None,
        about: None,
        until: None,
    })
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
