//! The places of a school that are kept until they are paid for, put on one
//! invoice.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::booking::{Booking, Registration, RegistrationState};
use domain::calendar::{london_minute, long_date};
use domain::form::FieldErrors;
use domain::membership::Membership;
use domain::money::Pence;
use domain::reference::{BookingReference, MembershipReference};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::statement;
use crate::answer::ApiError;
use crate::app::App;
use crate::instruction::Instruction;
use crate::named::Named;
use crate::treasurer::{self, Refused};
use crate::typed::Typed;

/// The places of a member that can be invoiced, by when their events start.
pub(super) async fn kept(
    app: &App,
    membership: &Membership,
    now: Timestamp,
) -> Result<Vec<Value>, ApiError> {
    let Some(urn) = &membership.member.urn else {
        return Ok(Vec::new());
    };
    let bookings = app.store.bookings_of(urn).await?;
    Ok(bookings
        .iter()
        .filter_map(|booking| row(booking, now))
        .collect())
}

/// The places of a booking that are kept until they are paid for.
fn row(booking: &Booking, now: Timestamp) -> Option<Value> {
    let registrations = booking.registrations.iter();
    let kept: Vec<(&Registration, Timestamp)> = registrations
        .filter_map(|one| match one.state.at(now) {
            RegistrationState::Held { until } | RegistrationState::Offered { until } => {
                one.payment.as_ref().map(|_| (one, until))
            }
            _ => None,
        })
        .collect();
    let until = kept.iter().map(|(_, until)| *until).min()?;
    let pence: Pence = kept.iter().filter_map(|(one, _)| one.price).sum();
    let names = kept.iter().map(|(one, _)| match &one.delegate {
        Some(delegate) => delegate.person.name.as_str(),
        None => "a delegate to be named",
    });
    Some(json!({
        "reference": booking.reference, "name": names.collect::<Vec<_>>().join(", "),
        "event": booking.known().event_title, "on": long_date(booking.known().starts.date()),
        "pence": pence, "until": london_minute(until),
    }))
}

/// `POST /staff/statements/{reference}/places/`: the places whose references
/// were ticked. In the order of their names, so that the same form is the same
/// command.
pub(super) async fn invoice(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<BTreeMap<String, String>>,
) -> Result<Response, ApiError> {
    let reference = MembershipReference::parse(&reference).map_err(|_| ApiError::NotFound)?;
    let read = app.store.membership(&reference).await?;
    let membership = read.ok_or(ApiError::NotFound)?.value;
    let mut chosen: Vec<BookingReference> = typed
        .form
        .keys()
        .filter_map(|name| BookingReference::parse(name).ok())
        .collect();
    chosen.sort();
    let by = Instruction::of_staff(&member, &typed.command);
    let site = app.site.published().await?;
    let mut errors = FieldErrors::default();
    match treasurer::invoice_places(&app, &site, &by, &membership, &chosen).await {
        Ok(number) => {
            let page = format!("/staff/invoices/{number}/");
            return Ok(Redirect::to(&page).into_response());
        }
        Err(Refused::Store(error)) => return Err(error.into()),
        Err(refused) => errors.note("places", refused),
    }
    statement::show(&app, &member, &membership, errors).await
}
