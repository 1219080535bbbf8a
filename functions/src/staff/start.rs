//! The first page after the sign-in: what there is for one's role.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::signed_in::By;
use super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;

/// `GET /staff/`.
pub(super) async fn page(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    let screen = Screen {
        title: "Staff",
        description: "",
        path: "/staff/",
    };
    view::page(
        &app,
        &member,
        screen,
        "staff/start.html",
        json!({}),
        StatusCode::OK,
    )
    .await
}
