//! Who is signed in: looked up for every request, never remembered between
//! two, so that a session that is ended opens nothing more.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::staff::{Role, StaffMember};

use crate::answer::ApiError;
use crate::app::App;
use crate::cookies;
use crate::security::is_our_own;
use crate::store::StoreError;

/// The cookie with a session's secret.
pub(super) const SESSION: &str = "staff-session";

/// What stands before a handler.
#[derive(Clone)]
pub(super) struct Guarded {
    pub(super) app: App,
    pub(super) roles: &'static [Role],
}

/// The member of staff who asks; there for whoever is behind a door.
#[derive(Debug, Clone)]
pub(super) struct By(pub(super) StaffMember);

impl<S: Send + Sync> FromRequestParts<S> for By {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<By, ApiError> {
        let by = parts.extensions.get::<By>().cloned();
        by.ok_or(ApiError::SignedOut)
    }
}

/// Lets those through who are signed in, in one of the roles, from our own pages.
pub(super) async fn guard(
    State(guarded): State<Guarded>,
    mut request: Request,
    next: Next,
) -> Response {
    let Guarded { app, roles } = guarded;
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && !is_our_own(&app, request.headers()) {
        return ApiError::ElsewhereForm.into_response();
    }
    let member = match member(&app, request.headers()).await {
        Ok(Some(member)) => member,
        Ok(None) if reads => {
            let to = request
                .uri()
                .path_and_query()
                .map_or("/staff/", |to| to.as_str());
            return Redirect::to(&super::sign_in::address(to)).into_response();
        }
        Ok(None) => return ApiError::SignedOut.into_response(),
        Err(error) => return ApiError::from(error).into_response(),
    };
    if !member.has_any(roles) {
        return ApiError::NotAllowed.into_response();
    }
    request.extensions_mut().insert(By(member));
    next.run(request).await
}

/// Who is signed in with this browser.
pub(super) async fn member(
    app: &App,
    headers: &HeaderMap,
) -> Result<Option<StaffMember>, StoreError> {
    let Some(secret) = cookies::read(app, headers, SESSION) else {
        return Ok(None);
    };
    // Sessions keep the system's time: the business clock may show any day.
    let now = app.clock.system_now();
    let Some(session) = app.store.staff_session(&secret, now).await? else {
        return Ok(None);
    };
    if let Some(used) = session.used(now) {
        app.store.keep_staff_session(&secret, &used).await?;
    }
    Ok(Some(session.member))
}
