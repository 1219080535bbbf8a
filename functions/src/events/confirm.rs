//! The address that a booking came from is confirmed, and the school approves
//! the booking: by a button each, since a mail scanner opens every link and
//! presses none.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Purpose;
use domain::booking::{Booking, PaysBy, RegistrationState};
use domain::calendar::london_minute;
use domain::event::Event;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::access::Address;
use super::change::{NotChanged, change};
use super::reserve::next_page;
use super::wish::Wish;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::screen::Screen;
use crate::typed::Typed;

/// Which of the two an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Address,
    Approval,
}

impl Step {
    fn purpose(self) -> Purpose {
        match self {
            Step::Address => Purpose::BookingAddress,
            Step::Approval => Purpose::BookingApproval,
        }
    }

    /// Whether a place waits for it.
    fn is_awaited(self, state: RegistrationState) -> bool {
        match self {
            Step::Address => matches!(state, RegistrationState::Unconfirmed { .. }),
            Step::Approval => matches!(state, RegistrationState::Unapproved { .. }),
        }
    }
}

/// `GET /bookings/{reference}/{secret}/confirm/`. Opening it changes nothing.
pub(super) async fn address_page(
    State(app): State<App>,
    address: Address,
) -> Result<Response, ApiError> {
    show(&app, &address, Step::Address, None, StatusCode::OK).await
}

/// `GET /bookings/{reference}/{secret}/approve/`.
pub(super) async fn approval_page(
    State(app): State<App>,
    address: Address,
) -> Result<Response, ApiError> {
    show(&app, &address, Step::Approval, None, StatusCode::OK).await
}

/// The answer of the school.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    /// `no`, or anything else.
    approve: String,
}

/// `POST /bookings/{reference}/{secret}/confirm/`: the places are asked for in
/// earnest.
pub(super) async fn confirm(
    State(app): State<App>,
    address: Address,
    typed: Typed<Answer>,
) -> Result<Response, ApiError> {
    answer(&app, &address, Step::Address, &Wish::ConfirmAddress, &typed).await
}

/// `POST /bookings/{reference}/{secret}/approve/`.
pub(super) async fn approve(
    State(app): State<App>,
    address: Address,
    typed: Typed<Answer>,
) -> Result<Response, ApiError> {
    let wish = match typed.form.approve.as_str() {
        "no" => Wish::Refuse,
        _ => Wish::Approve,
    };
    answer(&app, &address, Step::Approval, &wish, &typed).await
}

async fn answer(
    app: &App,
    address: &Address,
    step: Step,
    wish: &Wish,
    typed: &Typed<Answer>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    match change(app, &site, address, wish, &typed.command).await {
        Ok(()) => {
            let booking = app.store.booking(&address.reference).await?;
            let next = match step {
                Step::Address => booking.as_ref().map(next_page),
                Step::Approval => Some(format!("{}approve/", address.base())),
            };
            Ok(Redirect::to(&next.unwrap_or_default()).into_response())
        }
        Err(NotChanged::Api(error)) => Err(error),
        Err(refused) => {
            let sentence = refused.to_string();
            show(app, address, step, Some(&sentence), StatusCode::CONFLICT).await
        }
    }
}

const CONFIRM: &str = "forms/book-confirm.html";
const APPROVE: &str = "forms/book-approve.html";

async fn show(
    app: &App,
    address: &Address,
    step: Step,
    problem: Option<&str>,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let booking = address.open(app, step.purpose()).await?.value;
    let now = app.clock.now();
    let states = booking.registrations.iter().map(|one| one.state.at(now));
    let awaited = states
        .clone()
        .find(|state| step.is_awaited(*state))
        .and_then(RegistrationState::until);
    let (title, template, page) = match (step, awaited) {
        (Step::Address, Some(_)) => ("Confirm your booking", CONFIRM, "confirm/"),
        (Step::Address, None) => ("This link was used, or is too old", CONFIRM, "confirm/"),
        (Step::Approval, Some(_)) => ("Approve a booking", APPROVE, "approve/"),
        (Step::Approval, None) => ("This is answered", APPROVE, "approve/"),
    };
    let context = json!({
        "action": format!("{}{page}", address.base()), "command": entropy::key(),
        "problem": problem, "until": awaited.map(london_minute),
        "booking": about(&booking, site.publication.event(&booking.event)),
        "words": states.clone().next().map(RegistrationState::words),
    });
    let screen = Screen {
        title,
        description: "",
        path: "/bookings/",
    };
    Ok((status, screen.render(&site, template, context)?).into_response())
}

/// A booking as whoever may open it sees it.
pub(super) fn about(booking: &Booking, event: Option<&Event>) -> serde_json::Value {
    let is = booking.now(event);
    let was_moved = booking.was_moved(event);
    let delegates = booking.registrations.iter().map(|one| {
        let has_gone = !one.state.is_live() && !one.state.fills_place();
        let delegate = one.delegate.as_ref();
        json!({
            "name": delegate.map_or("to be named", |delegate| delegate.person.name.as_str()),
            "gone": has_gone.then(|| one.state.words()),
        })
    });
    let price = booking.price();
    json!({
        "reference": booking.reference, "event_title": is.event_title,
        "starts": is.starts, "ends": is.ends(), "sessions": is.sessions, "venue": is.venue,
        "online": is.online == Some(true),
        "booked_for": Some(booking.about.words()).filter(|_| was_moved),
        "booker": booking.booker.name, "school": booking.school.name,
        "delegates": delegates.collect::<Vec<_>>(), "places": booking.registrations.len(),
        "price_pence": Some(price).filter(|price| !price.is_zero()),
        "on_invoice": booking.pays_by == PaysBy::Invoice, "included": booking.included(),
    })
}
