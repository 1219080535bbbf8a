//! Signing in and out. A button leads to the provider; what it sends back
//! counts once, in the browser that pressed the button, for ten minutes.

use std::collections::HashMap;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse as _, Redirect, Response};
use domain::staff::Session;
use serde_json::json;

use super::signed_in::{SESSION, member};
use crate::answer::ApiError;
use crate::app::App;
use crate::cookies::{self, Kept};
use crate::entropy;
use crate::identity::{Identity, IdentityError};
use crate::screen::Screen;
use crate::security::is_our_own;
use crate::store::{Outcome, Transaction};

/// The cookie with the secret of a sign-in that has begun.
const SIGN_IN: &str = "staff-sign-in";
/// How long it is kept, in seconds; the store keeps the sign-in as long.
const SIGN_IN_SECONDS: u32 = 10 * 60;

/// The fields of a form or of an address.
type Fields = HashMap<String, String>;

/// The address of the sign-in that goes on to a page.
pub(super) fn address(to: &str) -> String {
    let query = crate::address::query(&[("to", to)]);
    format!("/staff/sign-in/?{query}")
}

/// The page that is gone on to.
fn inside(fields: &Fields) -> String {
    let to = fields.get("to").map_or("", String::as_str);
    crate::address::inside(to, "/staff/")
}

/// `GET /staff/sign-in/?to=/staff/…`: the button.
pub(super) async fn page(
    State(app): State<App>,
    Query(asked): Query<Fields>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let to = inside(&asked);
    if member(&app, &headers).await?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    let signed_out = asked.contains_key("signed-out");
    show(&app, &to, None, signed_out, StatusCode::OK).await
}

/// `POST /staff/sign-in/`: off to the provider.
pub(super) async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, ApiError> {
    if !is_our_own(&app, &headers) {
        return Err(ApiError::ElsewhereForm);
    }
    let to = inside(&fields);
    let (address, sign_in) = match provider(&app)?.begin(to.clone()).await {
        Ok(begun) => begun,
        Err(error) => return refused(&app, &to, error).await,
    };
    let secret = entropy::secret();
    let now = app.clock.system_now();
    app.store.begin_sign_in(&secret, &sign_in, now).await?;
    let cookie = cookies::set(&app, SIGN_IN, &secret, Kept::Seconds(SIGN_IN_SECONDS));
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&address)).into_response())
}

/// `GET /staff/signed-in/?code=…&state=…`: back from the provider.
pub(super) async fn finish(
    State(app): State<App>,
    Query(answer): Query<Fields>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let now = app.clock.system_now();
    let sign_in = match cookies::read(&app, &headers, SIGN_IN) {
        Some(secret) => app.store.take_sign_in(&secret, now).await?,
        None => None,
    };
    let Some(sign_in) = sign_in else {
        let sentence = "The sign-in took too long, was used before, or began in another browser. Sign in again.";
        return show(
            &app,
            "/staff/",
            Some(sentence),
            false,
            StatusCode::BAD_REQUEST,
        )
        .await;
    };
    let said = |name: &str| answer.get(name).map(String::as_str).unwrap_or_default();
    // It came back with the sign-in's own secret, and is gone from the store:
    // how long a comparison takes tells nobody anything that can be used.
    if said("state") != sign_in.state {
        let sentence =
            "What the sign-in provider sent back does not belong to your sign-in. Sign in again.";
        return show(
            &app,
            &sign_in.to,
            Some(sentence),
            false,
            StatusCode::BAD_REQUEST,
        )
        .await;
    }
    if said("code").is_empty() {
        let sentence =
            "You were not signed in: the sign-in provider says that it was cancelled or refused.";
        return show(
            &app,
            &sign_in.to,
            Some(sentence),
            false,
            StatusCode::FORBIDDEN,
        )
        .await;
    }
    let member = match provider(&app)?.finish(&sign_in, said("code"), now).await {
        Ok(member) => member,
        Err(error) => return refused(&app, &sign_in.to, error).await,
    };
    // A new secret with each sign-in, and the one before it opens nothing more.
    if let Some(before) = cookies::read(&app, &headers, SESSION) {
        app.store.end_staff_session(&before).await?;
    }
    let secret = entropy::secret();
    let mut transaction = Transaction::new();
    transaction.staff_session(&secret, &Session::begin(member, now))?;
    if app.store.commit(transaction).await? != Outcome::Committed {
        return Err(ApiError::Unavailable(anyhow::anyhow!(
            "a session was not written"
        )));
    }
    tracing::info!("a member of staff has signed in");
    let set = AppendHeaders([
        (
            header::SET_COOKIE,
            cookies::set(&app, SESSION, &secret, Kept::WhileOpen),
        ),
        (
            header::SET_COOKIE,
            cookies::set(&app, SIGN_IN, "", Kept::Gone),
        ),
    ]);
    Ok((set, Redirect::to(&sign_in.to)).into_response())
}

/// `POST /staff/sign-out/`.
pub(super) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if !is_our_own(&app, &headers) {
        return Err(ApiError::ElsewhereForm);
    }
    if let Some(secret) = cookies::read(&app, &headers, SESSION) {
        app.store.end_staff_session(&secret).await?;
    }
    let gone = cookies::set(&app, SESSION, "", Kept::Gone);
    let to = Redirect::to("/staff/sign-in/?signed-out=1");
    Ok(([(header::SET_COOKIE, gone)], to).into_response())
}

fn provider(app: &App) -> Result<&Identity, ApiError> {
    let none = || ApiError::Internal(anyhow::anyhow!("no sign-in provider is configured"));
    app.identity.as_deref().ok_or_else(none)
}

/// Why there is no session, in words, and once in the log.
async fn refused(app: &App, to: &str, error: IdentityError) -> Result<Response, ApiError> {
    let (sentence, status) = match &error {
        IdentityError::Settings(_) | IdentityError::Provider(_) => (
            "The sign-in provider does not answer just now. Try again in a minute.",
            StatusCode::SERVICE_UNAVAILABLE,
        ),
        IdentityError::Code | IdentityError::Token(_) => (
            "The sign-in could not be checked, so nobody is signed in. Sign in again.",
            StatusCode::BAD_REQUEST,
        ),
        IdentityError::NoRole => (
            "You have an account, but no role in the staff area. Whoever looks after staff accounts can give you one.",
            StatusCode::FORBIDDEN,
        ),
    };
    tracing::warn!("nobody was signed in: {error}");
    show(app, to, Some(sentence), false, status).await
}

async fn show(
    app: &App,
    to: &str,
    problem: Option<&str>,
    signed_out: bool,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let screen = Screen {
        title: "Staff sign-in",
        description: "",
        path: "/staff/sign-in/",
    };
    let context = json!({ "to": to, "problem": problem, "signed_out": signed_out });
    Ok((status, screen.render(&site, "staff/sign-in.html", context)?).into_response())
}
