//! The organiser writes to those who have booked: the form, a page to check what
//! is sent to how many, and the button that sends it, once. What waits to be
//! checked is kept for an hour, so that the page can be gone back to.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::contact::Line;
use domain::form::FieldErrors;
use domain::passage::Passage;
use domain::staff::StaffId;
use domain::telling::{Message, People, Places};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::signed_in::By;
use super::super::view;
use super::find;
use super::one::refused;
use super::told::{advance, internal};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::named::Named;
use crate::organiser;
use crate::screen::Screen;
use crate::typed::Typed;

/// The form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in super::super) struct Form {
    subject: String,
    text: String,
    /// Of which places.
    places: String,
    /// To whom of them.
    people: String,
}

impl Form {
    /// The message that is meant.
    fn parse(&self, by: &StaffId) -> Result<Message, FieldErrors> {
        let mut errors = FieldErrors::default();
        let subject = errors.keep("subject", Line::parse(&self.subject, "the subject"));
        let text = errors.keep("text", Passage::parse(&self.text, "what you write"));
        let places = Places::parse(&self.places).ok_or("Choose who is written to");
        let places = errors.keep("places", places);
        let people =
            People::parse(&self.people).ok_or("Choose the delegates, whoever booked, or both");
        let people = errors.keep("people", people);
        match (subject, text, places, people) {
            (Some(subject), Some(text), Some(places), Some(people)) => Ok(Message {
                subject,
                text,
                places,
                people,
                by: by.clone(),
            }),
            _ => Err(errors),
        }
    }
}

/// A message that waits to be looked at, with the key of its form.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Written {
    form: Form,
    key: String,
}

/// `POST /staff/events/{event}/message/`: on to the page to look at it on.
pub(in super::super) async fn write(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&app, &site, &slug).await?;
    if let Err(errors) = typed.form.parse(&member.id) {
        return refused(&app, &member, &slug, &typed.form, errors).await;
    }
    let written = Written {
        form: typed.form,
        key: typed.key,
    };
    let secret = entropy::secret();
    let kept_at = app.clock.system_now();
    app.store.keep_answers(&secret, &written, kept_at).await?;
    let next = format!("/staff/events/{}/message/{secret}/", event.slug);
    Ok(Redirect::to(&next).into_response())
}

/// `GET /staff/events/{event}/message/{secret}/`: what is sent to how many, to be
/// looked at. Where it is kept no longer, the event is shown instead.
pub(in super::super) async fn check(
    State(app): State<App>,
    By(member): By,
    Path((slug, secret)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&app, &site, &slug).await?;
    let kept_at = app.clock.system_now();
    let kept: Option<Written> = app.store.answers(&secret, kept_at).await?;
    let Some((typed, message)) = kept.and_then(|written| {
        let message = written.form.parse(&member.id).ok()?;
        Some((written, message))
    }) else {
        let screen = format!("/staff/events/{}/", event.slug);
        return Ok(Redirect::to(&screen).into_response());
    };
    let reached = organiser::reached(&app, &event.slug, &message).await?;
    let context = json!({
        "event": { "title": event.title, "slug": event.slug }, "form": typed.form,
        "command": typed.key, "people": reached.people, "letters": reached.letters,
        "message": {
            "subject": message.subject, "text": message.text,
            "places": message.places.words(), "people": message.people.words(),
        },
    });
    let path = format!("/staff/events/{}/message/", event.slug);
    let screen = Screen {
        title: "Check your message",
        description: "",
        path: &path,
    };
    let template = "staff/event-message.html";
    view::page(&app, &member, screen, template, context, StatusCode::OK).await
}

/// `POST /staff/events/{event}/message/send/`.
pub(in super::super) async fn send(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&app, &site, &slug).await?;
    let message = match typed.form.parse(&member.id) {
        Ok(message) => message,
        Err(errors) => return refused(&app, &member, &slug, &typed.form, errors).await,
    };
    let by = Instruction::of_staff(&member, &typed.command);
    organiser::send(&app, &by, &event.slug, &message)
        .await
        .map_err(internal)?;
    advance(&app, &event).await
}
