//! The first page after the sign-in: what there is for one's role.

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::signed_in::By;
use super::view;
use crate::answer::ApiError;
use crate::app::App;

/// `GET /staff/`.
pub(super) async fn page(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    let about = ("Staff", "/staff/", "staff/start.html");
    view::open(&app, &member, about, json!({})).await
}
