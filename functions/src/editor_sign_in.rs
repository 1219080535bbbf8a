//! Signing in to the browser editor with GitHub.
//!
//! The editor is a page without a server. To commit it needs a key that
//! GitHub gives only to somebody who proves to be our app, and a page can
//! keep no secret. This function does that one thing: it leads to GitHub,
//! and hands what comes back to the window that asked. It has no table, no
//! session and no list of people: who may change the site is whoever may
//! write to its repository.
//!
//! ```text
//! editor ── opens ──► GET /auth ──► GitHub asks the person
//!    ▲                                  │
//!    └── a message ── GET /callback ◄───┘   (code exchanged, key handed over)
//! ```
//!
//! What the window and the editor say to each other is the protocol of Decap
//! CMS, which Sveltia CMS speaks too.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Deserialize;

use crate::config::EditorConfig;
use crate::security::from_the_edge_only;

mod attempt;
mod github;
mod handover;
mod refusal;

use attempt::Attempt;
use github::GitHub;
use refusal::Refusal;

/// What the handlers are given.
#[derive(Debug, Clone)]
pub struct SignIn(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    config: EditorConfig,
    github: GitHub,
}

impl SignIn {
    /// The sign-in by these settings.
    #[must_use]
    pub fn new(config: EditorConfig) -> SignIn {
        let github = GitHub::new(&config);
        SignIn(Arc::new(Parts { config, github }))
    }
}

/// Every route of the sign-in.
pub fn routes(sign_in: SignIn) -> Router {
    let edge_keys = sign_in.0.config.edge_keys.clone();
    Router::new()
        .route("/auth", get(begin))
        .route("/callback", get(finish))
        .fallback(async || (StatusCode::NOT_FOUND, "There is nothing here.\n"))
        .layer(map_response(handover::harden))
        .layer(from_fn_with_state(edge_keys, from_the_edge_only))
        .with_state(sign_in)
}

/// What the editor says when it opens the window. It also names the scope it
/// would like; what is asked for is ours to decide.
#[derive(Debug, Deserialize)]
struct Asked {
    provider: Option<String>,
    site_id: Option<String>,
}

/// `GET /auth`: remembers this attempt in a cookie, and leads to GitHub.
async fn begin(State(SignIn(parts)): State<SignIn>, Query(asked): Query<Asked>) -> Response {
    let config = &parts.config;
    if asked.provider.as_deref() != Some("github") {
        return handover::refuse(config, Refusal::OtherProvider);
    }
    if !asked
        .site_id
        .is_some_and(|site| is_an_editor(config, &site))
    {
        return handover::refuse(config, Refusal::OtherSite);
    }
    let attempt = Attempt::begin();
    let headers = [
        (
            header::LOCATION,
            parts.github.page_to_ask_on(config, &attempt),
        ),
        (header::SET_COOKIE, attempt.cookie(&config.origin)),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Whether the editor runs at that host: the editor names its own, and says
/// `cms.netlify.com` for `localhost`, as Decap CMS did.
fn is_an_editor(config: &EditorConfig, host: &str) -> bool {
    config.editors.iter().any(|editor| {
        let known = editor
            .split_once("://")
            .map_or(editor.as_str(), |(_, rest)| rest);
        let name = known.split(':').next().unwrap_or(known);
        host == known || host == name || (name == "localhost" && host == "cms.netlify.com")
    })
}

/// What GitHub says when it leads back.
#[derive(Debug, Deserialize)]
struct Returned {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// `GET /callback`: hands the key over, or says why there is none. The
/// attempt is over either way.
async fn finish(
    State(SignIn(parts)): State<SignIn>,
    Query(returned): Query<Returned>,
    headers: HeaderMap,
) -> Response {
    let config = &parts.config;
    let mut response = match exchange(&parts, returned, &headers).await {
        Ok(token) => handover::hand_over(config, token.expose()),
        Err(refusal) => handover::refuse(config, refusal),
    };
    if let Ok(cookie) = attempt::forget(&config.origin).parse() {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

async fn exchange(
    parts: &Parts,
    returned: Returned,
    headers: &HeaderMap,
) -> Result<crate::config::Secret, Refusal> {
    let attempt = Attempt::of(headers, &parts.config.origin).ok_or(Refusal::Unknown)?;
    let state = returned.state.ok_or(Refusal::Forged)?;
    if !attempt.is_answered_by(&state) {
        return Err(Refusal::Forged);
    }
    if returned.error.is_some() {
        return Err(Refusal::Declined);
    }
    let code = returned.code.ok_or(Refusal::Declined)?;
    parts.github.exchange(&parts.config, &attempt, &code).await
}
