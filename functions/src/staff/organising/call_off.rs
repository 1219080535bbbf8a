//! An event is cancelled by the organiser, and the work goes on at each press of
//! a button, or by itself.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::form::FieldErrors;
use domain::passage::Passage;
use serde::{Deserialize, Serialize};

use super::super::signed_in::By;
use super::one::refused;
use super::told::internal;
use super::{PATIENCE, find};
use crate::answer::ApiError;
use crate::app::App;
use crate::instruction::Instruction;
use crate::named::Named;
use crate::organiser;
use crate::typed::Typed;

/// The form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in super::super) struct Form {
    reason: String,
    sure: String,
}

/// `POST /staff/events/{event}/call-off/`.
pub(in super::super) async fn decide(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = &find(&app, &site, &slug).await?;
    let mut errors = FieldErrors::default();
    let reason = Passage::parse(&typed.form.reason, "why it is cancelled");
    let reason = errors.keep("reason", reason);
    if typed.form.sure != "agreed" {
        errors.note(
            "sure",
            "Tick that everybody is to be told: it cannot be taken back",
        );
    }
    let Some(reason) = reason.filter(|_| errors.is_empty()) else {
        return refused(&app, &member, &slug, &typed.form, errors).await;
    };
    let by = Instruction::of_staff(&member, &typed.command);
    organiser::call_off(&app, &by, event, &reason)
        .await
        .map_err(internal)?;
    advance(&app, &slug).await
}

/// `POST /staff/events/{event}/go-on/`.
pub(in super::super) async fn go_on(
    State(app): State<App>,
    Named(slug): Named,
) -> Result<Response, ApiError> {
    advance(&app, &slug).await
}

async fn advance(app: &App, slug: &str) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = &find(app, &site, slug).await?;
    organiser::advance(app, &site, &event.slug, PATIENCE)
        .await
        .map_err(internal)?;
    Ok(Redirect::to(&format!("/staff/events/{slug}/")).into_response())
}
