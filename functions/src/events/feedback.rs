//! Feedback: who came says what the event was like, by a link of one's own.
//!
//! The form's command is not remembered here, on purpose: it is made of what
//! was typed, and stands beside the moment at which it came, so it would lead
//! from an answer without a name back to whoever gave it. That the registration
//! was answered for is written in the same transaction instead, and whatever
//! arrives a second time finds it so.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::calendar::london_minute;
use domain::feedback::{FeedbackForm, Heard, Opinion, Score};
use domain::form::FieldErrors;
use serde_json::{Value, json};

use super::access::Address;
use crate::answer::ApiError;
use crate::app::App;
use crate::places::Decision;
use crate::screen::Screen;
use crate::store::{Outcome, Transaction, Tries};
use crate::typed::Typed;

/// `GET /feedback/{reference}/{number}/{secret}/`. Opening it changes nothing.
pub(super) async fn page(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let form = FeedbackForm::default();
    show(&app, &address, &form, FieldErrors::default()).await
}

/// `POST /feedback/{reference}/{number}/{secret}/`.
pub(super) async fn answer(
    State(app): State<App>,
    address: Address,
    typed: Typed<FeedbackForm>,
) -> Result<Response, ApiError> {
    match typed.form.parse() {
        Ok(opinion) => {
            keep(&app, &address, &opinion).await?;
            Ok(Redirect::to(&address.feedback()).into_response())
        }
        Err(errors) => show(&app, &address, &typed.form, errors).await,
    }
}

/// Keeps an answer, if one is taken still: the page says how it stands.
async fn keep(app: &App, address: &Address, opinion: &Opinion) -> Result<(), ApiError> {
    let site = app.site.published().await?;
    let opened = address.open_feedback(app).await?;
    let event = opened.value.event;
    let _turn = app.store.turn(&event).await;
    let mut tries = Tries::begin();
    loop {
        let now = app.clock.now();
        let read = address.open_feedback(app).await?;
        let (registration, _) = address.registration(&read.value)?;
        let number = registration.number;
        let mut booking = read.value.clone();
        let Ok(feedback) = booking.answer(number, opinion, now) else {
            return Ok(());
        };
        let mut decision = Decision::about(app, &site, &event, now).await?;
        decision.take(read);
        decision.becomes(booking, "feedback-given");
        decision.catch_up().await?;
        let mut transaction = Transaction::new();
        decision.write(&mut transaction).await?;
        transaction.feedback(&feedback)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            // Not for which registration: the moment would lead to the answer.
            tracing::info!(event = %event, "feedback-given");
            return Ok(());
        }
        tries.again().await?;
    }
}

async fn show(
    app: &App,
    address: &Address,
    form: &FeedbackForm,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let booking = address.open_feedback(app).await?.value;
    let (registration, _) = address.registration(&booking)?;
    let closed = registration.expects_feedback(app.clock.now()).err();
    let until = registration.feedback.as_ref().map(|asked| asked.until);
    let scores: Vec<Value> = Score::ALL
        .iter()
        .map(|score| {
            let label = format!("{} – {}", score.get(), score.words());
            json!({ "value": score.get().to_string(), "label": label })
        })
        .collect();
    let title = match closed {
        Some(why) => why.to_string(),
        None => "What was it like?".to_owned(),
    };
    let context = json!({
        "action": address.feedback(), "form": form, "errors": errors, "scores": scores,
        "is_open": closed.is_none(), "fewest": Heard::FEWEST,
        "until": until.map(london_minute),
        "event": { "title": booking.about.event_title, "starts": booking.about.starts },
        "delegate": booking.reader(registration).name,
    });
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let screen = Screen {
        title: &title,
        description: "",
        path: "/feedback/",
    };
    Ok((
        status,
        screen.render(&site, "forms/feedback.html", context)?,
    )
        .into_response())
}
