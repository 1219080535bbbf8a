//! The mailed link: opening it shows a button, and the button signs in. A mail
//! scanner opens every link and presses none.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::account::{AccountLink, LinkState, Opens, Session};
use serde_json::json;

use crate::answer::ApiError;
use crate::app::App;
use crate::cookies::{self, Kept};
use crate::entropy;
use crate::links::LinkSecret;
use crate::member_session::{SESSION, session};
use crate::screen::Screen;
use crate::security::is_our_own;
use crate::store::{Outcome, Transaction, Versioned};

/// The variable parts of a link's address.
pub(super) struct Mailed {
    id: String,
    secret: LinkSecret,
}

impl<S: Send + Sync> FromRequestParts<S> for Mailed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Mailed, ApiError> {
        let read = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let Path(mut named) = read.map_err(|_| ApiError::NotFound)?;
        let mut part = |name: &str| named.remove(name).unwrap_or_default();
        Ok(Mailed {
            id: part("id"),
            secret: LinkSecret::typed(&part("secret")),
        })
    }
}

impl Mailed {
    /// The link, if this is its secret.
    pub(super) async fn find(&self, app: &App) -> Result<Option<Versioned<AccountLink>>, ApiError> {
        let read = app.store.account_link(&self.id).await?;
        Ok(read.filter(|read| {
            let grant = std::slice::from_ref(&read.value.grant);
            self.secret.find(grant).is_some()
        }))
    }

    /// The address that its form goes to.
    pub(super) fn action(&self, area: &str) -> String {
        format!("/account/{area}/{}/{}/", self.id, self.secret.expose())
    }
}

/// `GET /account/sign-in/{id}/{secret}/`. Opening it changes nothing.
pub(super) async fn page(State(app): State<App>, mailed: Mailed) -> Result<Response, ApiError> {
    let read = mailed.find(&app).await?;
    match read.as_ref().map(|read| &read.value) {
        Some(link) => match (&link.opens, link.state(app.clock.system_now())) {
            (Opens::SignIn { email, .. }, LinkState::Open) => {
                let site = app.site.published().await?;
                let screen = Screen {
                    title: "Sign in",
                    description: "",
                    path: "/account/sign-in/",
                };
                let context = json!({ "email": email, "action": mailed.action("sign-in") });
                let page = screen.render(&site, "forms/account/link.html", context)?;
                Ok(page.into_response())
            }
            (Opens::SignIn { .. }, state) => closed(&app, Some(state)).await,
            (Opens::Address { .. }, _) => closed(&app, None).await,
        },
        None => closed(&app, None).await,
    }
}

/// `POST /account/sign-in/{id}/{secret}/`: a session, once.
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    mailed: Mailed,
) -> Result<Response, ApiError> {
    if !is_our_own(&app, &headers) {
        return Err(ApiError::ElsewhereForm);
    }
    let Some(read) = mailed.find(&app).await? else {
        return closed(&app, None).await;
    };
    let Opens::SignIn { email, to } = &read.value.opens else {
        return closed(&app, None).await;
    };
    let now = app.clock.system_now();
    let before = session(&app, &headers).await?;
    match read.value.state(now) {
        LinkState::Open => {}
        // The button was pressed twice: the first press has signed in.
        LinkState::Used if before.is_some_and(|open| open.member.is_same(email)) => {
            return Ok(Redirect::to(to).into_response());
        }
        state => return closed(&app, Some(state)).await,
    }
    let secret = entropy::secret();
    let mut transaction = Transaction::new();
    transaction.use_account_link(&read, now)?;
    transaction.account_session(&secret, &Session::begin(email.clone(), now))?;
    if app.store.commit(transaction).await? != Outcome::Committed {
        return closed(&app, Some(LinkState::Used)).await;
    }
    // A new secret with each sign-in, and the one before it opens nothing more.
    if let Some(before) = cookies::read(&app, &headers, SESSION) {
        app.store.end_account_session(&before).await?;
    }
    tracing::info!("somebody has signed in to a member's page");
    let cookie = cookies::set(&app, SESSION, &secret, Kept::WhileOpen);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response())
}

/// A link that opens nothing, and why.
pub(super) async fn closed(app: &App, state: Option<LinkState>) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let (title, status) = match state {
        Some(LinkState::Used) => ("This link was used already", StatusCode::GONE),
        Some(_) => ("This link has expired", StatusCode::GONE),
        None => ("This link opens nothing", StatusCode::NOT_FOUND),
    };
    let screen = Screen {
        title,
        description: "",
        path: "/account/sign-in/",
    };
    let page = screen.render(&site, "forms/account/link-closed.html", json!({}))?;
    Ok((status, page).into_response())
}
