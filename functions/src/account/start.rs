//! Where somebody lands who has signed in: at the school's page, or, who acts
//! for several, at the choice between them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde_json::{Value, json};

use super::door::{SignedIn, enter};
use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;

/// `GET /account/`.
pub(super) async fn page(
    State(app): State<App>,
    SignedIn(email): SignedIn,
) -> Result<Response, ApiError> {
    let mut schools: Vec<Value> = Vec::new();
    let mut only = None;
    for reference in app.store.memberships_of(&email).await? {
        match enter(&app, &reference, &email).await {
            Ok(at) => {
                let membership = at.membership();
                schools.push(json!({
                    "href": at.base(), "name": membership.member.name, "urn": membership.member.urn,
                    "category": membership.category.words(), "standing": membership.standing.words(),
                    "role": at.me.role.words(),
                }));
                only = Some(at.base());
            }
            // Removed meanwhile.
            Err(ApiError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    if let (1, Some(only)) = (schools.len(), only) {
        return Ok(Redirect::to(&only).into_response());
    }
    let site = app.site.published().await?;
    let screen = Screen {
        title: "Which school?",
        description: "",
        path: "/account/",
    };
    let title = if schools.is_empty() {
        "You are no contact of a member now"
    } else {
        screen.title
    };
    let screen = Screen { title, ..screen };
    let context = json!({ "schools": schools, "email": email });
    let page = screen.render(&site, "forms/account/choose.html", context)?;
    Ok((StatusCode::OK, page).into_response())
}
