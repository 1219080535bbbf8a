//! A booking as whoever made it sees it: its delegates, and what can be done
//! with each place. What giving one up costs is shown before it is confirmed,
//! and what is confirmed is what was shown.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Purpose;
use domain::booking::{
    Booking, DelegateForm, Registration, RegistrationCommand, RegistrationState,
};
use domain::calendar::{LondonTime, london_minute};
use domain::form::FieldErrors;
use domain::joining::JoiningAddress;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::access::Address;
use super::change::{NotChanged, change};
use super::wish::Wish;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::giving_up::price;
use crate::screen::Screen;
use crate::typed::Typed;

/// `GET /bookings/{reference}/{secret}/`.
pub(super) async fn page(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
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
            fields.insert("position".into(), json!(position));
        }
        shown
    });
    let joining = joining_address(&app, &booking).await?;
    let context = json!({
        "booking": super::confirm::about(&booking, event), "places": places.collect::<Vec<_>>(),
        "event_href": event.map(|event| &event.href), "base": address.base(),
        "is_withdrawn": event.is_none() && !tally.called_off, "joining": joining,
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
    if !places.any(|one| one.state == RegistrationState::Confirmed) {
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
    let pay = match state {
        RegistrationState::Held { .. } | RegistrationState::Offered { .. } => {
            registration.payment.as_ref()
        }
        _ => None,
    };
    let delegate = registration.delegate.as_ref();
    json!({
        "number": registration.number, "state": state.name(), "words": state.words(),
        "until": state.until().map(london_minute), "price_pence": registration.price,
        "delegate": delegate.map(|delegate| &delegate.person.name),
        "email": delegate.map(|delegate| &delegate.person.email),
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
    let form = PlaceForm::default();
    show(
        &app,
        &address,
        &form,
        FieldErrors::default(),
        StatusCode::OK,
    )
    .await
}

async fn show(
    app: &App,
    address: &Address,
    form: &PlaceForm,
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
    let context = json!({
        "booking": super::confirm::about(&booking, event), "form": form.delegate, "errors": errors,
        "place": place(starts, registration, address, now), "command": entropy::key(),
        "base": address.base(), "shown": reckoned.shown(),
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
                return show(&app, &address, &typed.form, errors, status).await;
            }
        },
        _ => return Err(ApiError::NotFound),
    };
    match change(&app, &site, &address, &wish, &typed.command).await {
        Ok(()) => Ok(Redirect::to(&address.base()).into_response()),
        Err(NotChanged::Api(error)) => Err(error),
        Err(refused) => {
            let mut errors = FieldErrors::default();
            errors.note("submit", refused);
            let status = StatusCode::CONFLICT;
            show(&app, &address, &typed.form, errors, status).await
        }
    }
}
