//! A booking as whoever made it sees it: its delegates, and what can be done
//! with each place. What giving one up costs is shown before it is confirmed,
//! and what is confirmed is what was shown.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Purpose;
use domain::booking::{Booking, DelegateForm, Registration, RegistrationCommand};
use domain::calendar::{LondonTime, london_minute};
use domain::form::FieldErrors;
use domain::joining::JoiningAddress;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::access::Address;
use super::booking::waits_for_limit;
use super::change::{NotChanged, change};
use super::wish::Wish;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::giving_up::price;
use crate::screen::Screen;
use crate::typed::Typed;

/// What was just done with a place, as the address of the page that follows
/// says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    /// As in the address that did it.
    done: String,
    /// The number of the place.
    place: u8,
}

impl Done {
    /// In a sentence; none if nothing was done.
    fn words(&self) -> Option<String> {
        let place = self.place;
        Some(match self.done.as_str() {
            "cancel" => format!("Place {place} is given up"),
            "leave" => format!("Place {place} is on the waiting list no more"),
            "decline" => format!("Place {place} is let go"),
            "accept" => format!("Place {place} is taken"),
            "delegate" => format!("The delegate of place {place} is changed"),
            _ => return None,
        })
    }
}

/// `GET /bookings/{reference}/{secret}/`.
pub(super) async fn page(
    State(app): State<App>,
    address: Address,
    done: Result<Query<Done>, QueryRejection>,
) -> Result<Response, ApiError> {
    let done = done.map(|Query(done)| done).unwrap_or_default();
    let site = app.site.published().await?;
    let booking = address.open(&app, Purpose::Booking).await?.value;
    let tally = app.store.tally(&booking.event).await?.value;
    let now = app.clock.now();
    let event = site.publication.event(&booking.event);
    let starts = booking.now(event).starts;
    let places = booking.registrations.iter().map(|registration| {
        let mut shown = place(starts, registration, &address, now);
        if let Value::Object(fields) = &mut shown {
            let position = tally.position(&booking.id(registration));
            let limit = waits_for_limit(&booking, registration, (&tally, event));
            fields.insert("position".into(), json!(position));
            fields.insert("limit".into(), json!(limit));
            fields.insert("command".into(), json!(entropy::key()));
        }
        shown
    });
    let joining = joining_address(&app, &booking).await?;
    let context = json!({
        "booking": super::confirm::about(&booking, event), "places": places.collect::<Vec<_>>(),
        "event_href": event.map(|event| &event.href), "base": address.base(),
        "is_withdrawn": event.is_none() && !tally.called_off, "joining": joining,
        "done": done.words(),
    });
    let screen = Screen {
        title: "Your booking",
        description: "",
        path: "/bookings/",
    };
    Ok(screen
        .render(&site, "forms/book-manage.html", context)?
        .into_response())
}

/// How the event is joined, for those of whose booking a place is theirs.
pub(super) async fn joining_address(
    app: &App,
    booking: &Booking,
) -> Result<Option<JoiningAddress>, ApiError> {
    let mut places = booking.registrations.iter();
    if !places.any(|one| one.state.has_place()) {
        return Ok(None);
    }
    Ok(app.store.joining(&booking.event).await?.value.address)
}

/// A place at an event that starts then.
fn place(
    starts: LondonTime,
    registration: &Registration,
    address: &Address,
    now: Timestamp,
) -> Value {
    let state = registration.state.at(now);
    // Until the event begins everything can be changed.
    let has_time = now < starts.instant();
    let allows = |command| has_time && state.allows(command).is_ok();
    let pay = registration.to_pay(now);
    let delegate = registration.delegate.as_ref();
    json!({
        "number": registration.number, "state": state.name(), "words": state.words(),
        "until": state.until().map(london_minute), "price_pence": registration.price,
        "delegate": delegate.map(|delegate| &delegate.person.name),
        "email": delegate.map(|delegate| &delegate.person.email),
        "has_gone": !state.is_live() && !state.fills_place(),
        "href": format!("{}{}/", address.base(), registration.number),
        "pay_href": pay.map(|payment| format!("/pay/{payment}/")),
        "may_swap": allows(RegistrationCommand::Swap),
        "may_cancel": allows(RegistrationCommand::Cancel),
        "may_leave": allows(RegistrationCommand::Leave),
        "may_accept": allows(RegistrationCommand::Accept) && pay.is_none(),
        "may_decline": allows(RegistrationCommand::Decline),
    })
}

/// A form about one place.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PlaceForm {
    #[serde(flatten)]
    delegate: DelegateForm,
    /// What was shown that giving the place up comes to.
    shown: String,
}

/// `GET /bookings/{reference}/{secret}/{number}/`: one place.
pub(super) async fn place_page(
    State(app): State<App>,
    address: Address,
) -> Result<Response, ApiError> {
    let none = FieldErrors::default();
    show(&app, &address, None, none, StatusCode::OK).await
}

async fn show(
    app: &App,
    address: &Address,
    typed: Option<&PlaceForm>,
    errors: FieldErrors,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let booking = address.open(app, Purpose::Booking).await?.value;
    let (registration, _) = address.registration(&booking)?;
    let now = app.clock.now();
    let reckoned = price(app, &site, &booking, registration, now).await?;
    let event = site.publication.event(&booking.event);
    let starts = booking.now(event).starts;
    // Whoever puts a letter of a name right has the rest there already.
    let named = registration.delegate.as_ref().map(DelegateForm::of);
    let form = typed.map(|typed| typed.delegate.clone()).or(named);
    let context = json!({
        "booking": super::confirm::about(&booking, event),
        "form": form.unwrap_or_default(), "errors": errors,
        "place": place(starts, registration, address, now), "command": entropy::key(),
        "base": address.base(), "shown": reckoned.shown(), "returned": reckoned.returned,
        "back_pence": Some(reckoned.back).filter(|pence| !pence.is_zero()),
        "charge_pence": Some(reckoned.charge).filter(|pence| !pence.is_zero()),
        "due_pence": Some(reckoned.due).filter(|pence| !pence.is_zero()),
        "is_included": registration.included, "stays_counted": reckoned.stays_counted,
    });
    let screen = Screen {
        title: "One place of your booking",
        description: "",
        path: "/bookings/",
    };
    Ok((
        status,
        screen.render(&site, "forms/book-place.html", context)?,
    )
        .into_response())
}

/// `POST /bookings/{reference}/{secret}/{number}/{action}/`.
pub(super) async fn act(
    State(app): State<App>,
    address: Address,
    typed: Typed<PlaceForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let give_up = |command| Wish::GiveUp {
        command,
        shown: typed.form.shown.clone(),
    };
    let wish = match address.action.as_str() {
        "cancel" => give_up(RegistrationCommand::Cancel),
        "leave" => give_up(RegistrationCommand::Leave),
        "decline" => give_up(RegistrationCommand::Decline),
        "accept" => Wish::Accept,
        "delegate" => match typed.form.delegate.parse() {
            Ok(delegate) => Wish::Name(delegate),
            Err(errors) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return show(&app, &address, Some(&typed.form), errors, status).await;
            }
        },
        _ => return Err(ApiError::NotFound),
    };
    match change(&app, &site, &address, &wish, &typed.command).await {
        Ok(()) => {
            let number = address.number.unwrap_or_default();
            let done = format!("{}?done={}&place={number}", address.base(), address.action);
            Ok(Redirect::to(&done).into_response())
        }
        Err(NotChanged::Api(error)) => Err(error),
        Err(refused) => {
            let mut errors = FieldErrors::default();
            // Each leads to what is on the page: the field, or the place.
            let field = match &refused {
                NotChanged::Twice(_) => "delegate_email",
                _ => "place",
            };
            errors.note(field, refused);
            let status = StatusCode::CONFLICT;
            show(&app, &address, Some(&typed.form), errors, status).await
        }
    }
}
