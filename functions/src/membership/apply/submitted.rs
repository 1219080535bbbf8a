//! The confirmation of an application: honest whenever it is opened again,
//! and without anything personal, since a reference is no secret.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::application::ApplicationState;
use domain::calendar::{london_date, long_date};
use domain::reference::ApplicationReference;
use serde_json::json;

use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;
use crate::screen::Screen;

/// `GET /apply/submitted/{reference}/`.
pub(super) async fn page(
    State(app): State<App>,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let reference = ApplicationReference::parse(&reference).map_err(|_| ApiError::NotFound)?;
    let site = app.site.published().await?;
    let read = app.store.application(&reference).await?;
    let application = read.ok_or(ApiError::NotFound)?.value;
    let idle_days = site.publication.retention.idle_days();
    // What was never sent, or was not confirmed in time, is not here.
    let submitted_at = application.submitted_at.ok_or(ApiError::NotFound)?;
    if application.has_expired(idle_days, app.clock.now()) {
        return Err(ApiError::NotFound);
    }
    let answers = &application.answers;
    let unconfirmed = application.state == ApplicationState::Unconfirmed;
    let context = json!({ "application": {
        "reference": application.reference,
        // An associate's name may be a person's.
        "school_name": answers.text("school_name"),
        "urn": answers.text("urn"),
        "state_text": application.state.words(),
        "submitted_on": long_date(london_date(submitted_at)),
        "unconfirmed": unconfirmed,
        "confirm_by": application.expires_at(idle_days).map(|at| long_date(london_date(at))),
        "open": application.state.is_live(),
    } });
    let path = format!("/apply/submitted/{}/", application.reference);
    let screen = Screen {
        title: if unconfirmed {
            "Now confirm your address"
        } else {
            "Application received"
        },
        description: "",
        path: &path,
    };
    Ok(screen
        .render(&site, "forms/submitted.html", context)?
        .into_response())
}
