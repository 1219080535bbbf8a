//! The confirmation of an application: honest whenever it is opened again,
//! and without anything personal, since a reference is no secret.

use axum::extract::State;
use axum::response::IntoResponse as _;
use axum::response::Response;
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
    let application = app
        .store
        .application(&reference)
        .await?
        .ok_or(ApiError::NotFound)?;

    let context = json!({ "application": {
        "reference": application.reference,
        "school_name": application.details.school_name,
        "urn": application.details.urn,
        "state_text": application.state.words(),
        "submitted_on": long_date(london_date(application.submitted_at)),
    } });
    let path = format!("/apply/submitted/{}/", application.reference);
    let screen = Screen {
        title: "Application received",
        description: "",
        path: &path,
    };
    Ok(screen
        .render(&site, "forms/submitted.html", context)?
        .into_response())
}
