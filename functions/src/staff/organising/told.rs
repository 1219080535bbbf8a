//! What those who booked an event are told from the organiser's desk: how it is
//! joined, and how far letters have got.

use std::time::Instant;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::calendar::london_minute;
use domain::event::Event;
use domain::form::FieldErrors;
use domain::joining::JoiningAddress;
use domain::staff::StaffMember;
use domain::telling::{Telling, Tells};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::one::refused;
use super::{PATIENCE, find};
use crate::answer::ApiError;
use crate::app::App;
use crate::instruction::Instruction;
use crate::named::Named;
use crate::organiser::{self, NotDone};
use crate::telling;
use crate::typed::Typed;

/// The form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in super::super) struct Form {
    joining: String,
}

/// `POST /staff/events/{event}/joining/`: a link, or another one.
pub(in super::super) async fn set_joining(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&app, &site, &slug).await?;
    let mut errors = FieldErrors::default();
    let address = errors.keep("joining", JoiningAddress::parse(&typed.form.joining));
    if !event.online {
        errors.note(
            "joining",
            "This event is not online: its file says where it is",
        );
    }
    let Some(address) = address.filter(|_| errors.is_empty()) else {
        return refused(&app, &member, &slug, &typed.form, errors).await;
    };
    change_joining(&app, &member, &event, (Some(address), &typed)).await
}

/// `POST /staff/events/{event}/joining/remove/`.
pub(in super::super) async fn remove_joining(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&app, &site, &slug).await?;
    change_joining(&app, &member, &event, (None, &typed)).await
}

async fn change_joining(
    app: &App,
    member: &StaffMember,
    event: &Event,
    (address, typed): (Option<JoiningAddress>, &Typed<Form>),
) -> Result<Response, ApiError> {
    let by = Instruction::of_staff(member, &typed.command);
    organiser::set_joining(app, &by, event, address)
        .await
        .map_err(internal)?;
    advance(app, event).await
}

/// `POST /staff/events/{event}/letters/`: goes on with what is not written yet.
pub(in super::super) async fn go_on(
    State(app): State<App>,
    Named(slug): Named,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&app, &site, &slug).await?;
    advance(&app, &event).await
}

/// Goes on with all letters of an event, and shows the event.
pub(super) async fn advance(app: &App, event: &Event) -> Result<Response, ApiError> {
    let begun = Instant::now();
    for telling in app.store.tellings_of(&event.slug).await? {
        if telling.ended_at.is_none() {
            let by_name = (&event.slug, telling.id.as_str());
            let left = PATIENCE.saturating_sub(begun.elapsed());
            telling::advance(&app.store, &app.clock, by_name, left).await?;
        }
    }
    Ok(Redirect::to(&format!("/staff/events/{}/#told", event.slug)).into_response())
}

/// What the event's screen says of it.
pub(super) async fn about(app: &App, event: &Event) -> Result<Value, ApiError> {
    let joining = app.store.joining(&event.slug).await?.value;
    let mut rows = Vec::new();
    for telling in app.store.tellings_of(&event.slug).await? {
        rows.push(row(app, &telling).await?);
    }
    let is_under_way = rows.iter().any(|row| row["is_over"] == false);
    Ok(json!({
        "joining": joining.address, "rows": rows, "is_under_way": is_under_way,
    }))
}

async fn row(app: &App, telling: &Telling) -> Result<Value, ApiError> {
    let (what, by) = match &telling.what {
        Tells::Edit => ("What changed about the event".to_owned(), None),
        Tells::Joining => ("How the event is joined".to_owned(), None),
        Tells::Message(message) => {
            let by = app.store.staff_member(&message.by).await?;
            (message.subject.to_string(), by.map(|by| by.name))
        }
    };
    let message = match &telling.what {
        Tells::Message(message) => Some(json!({
            "text": message.text, "places": message.places.words(),
            "people": message.people.words(),
        })),
        Tells::Edit | Tells::Joining => None,
    };
    // What everybody has been told is only looked at once more.
    let is_over = telling.ended_at.is_some() || telling.done >= telling.bookings;
    Ok(json!({
        "what": what, "by": by, "at": london_minute(telling.begun_at), "message": message,
        "letters": telling.letters, "done": telling.done, "bookings": telling.bookings,
        "is_over": is_over,
    }))
}

/// Why it was not done, where nobody can be told anything better.
pub(super) fn internal(error: NotDone) -> ApiError {
    match error {
        NotDone::Api(error) => error,
        other => ApiError::Internal(other.into()),
    }
}
