//! What protects a visitor: strict headers on every answer, and forms that
//! are taken from our own pages only.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use subtle::{Choice, ConstantTimeEq as _};

use crate::answer::ApiError;
use crate::app::App;
use crate::config::Secret;

/// The header in which the distribution says that it is ours.
const EDGE_KEY: &str = "x-edge-key";

/// The path that another company posts to; its signature protects it.
pub const WEBHOOK: &str = "/api/stripe/webhook";

/// Refuses a form that was sent from another website.
///
/// A browser says where a request comes from (`Sec-Fetch-Site`); what is not
/// a browser says nothing, and has no visitor's session to abuse.
pub async fn own_forms_only(request: Request, next: Next) -> Response {
    let from_elsewhere = request
        .headers()
        .get("sec-fetch-site")
        .is_some_and(|site| site == HeaderValue::from_static("cross-site"));
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if changes && from_elsewhere && request.uri().path() != WEBHOOK {
        return ApiError::ElsewhereForm.into_response();
    }
    next.run(request).await
}

/// Refuses what has not come through our own distribution, where there is one:
/// its firewall and its logs are not to be walked round. It says so by a key.
pub async fn from_the_edge_only(
    State(keys): State<Vec<Secret>>,
    request: Request,
    next: Next,
) -> Response {
    let said = request.headers().get(EDGE_KEY).map(HeaderValue::as_bytes);
    let is_ours = |said: &[u8]| {
        let known = keys.iter().map(|key| key.expose().as_bytes().ct_eq(said));
        known.fold(Choice::from(0), |any, one| any | one).into()
    };
    if keys.is_empty() || said.is_some_and(is_ours) {
        return next.run(request).await;
    }
    tracing::warn!("a request did not come through the edge");
    StatusCode::FORBIDDEN.into_response()
}

/// Whether a form comes from our own pages: a browser says so in
/// `Sec-Fetch-Site`, an older one in `Origin`. Who says neither is not believed.
#[must_use]
pub fn is_our_own(app: &App, headers: &HeaderMap) -> bool {
    let said = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match said(HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin",
        None => said(header::ORIGIN) == Some(app.config.base_url.as_str()),
    }
}

/// The policy for what a page may load and where its forms may lead.
///
/// `form-action` names the card provider, since a form that answers with a
/// redirect to it is refused by Chrome otherwise.
#[must_use]
pub fn content_security_policy(form_targets: &[String]) -> String {
    let targets: String = form_targets
        .iter()
        .map(|target| format!(" {target}"))
        .collect();
    format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; \
         connect-src 'self'; form-action 'self'{targets}; frame-ancestors 'none'; base-uri 'none'"
    )
}

/// The headers that every page has, static or not.
#[must_use]
pub fn page_headers(base_url: &str, form_targets: &[String]) -> Vec<(HeaderName, String)> {
    let mut headers = vec![
        (
            header::CONTENT_SECURITY_POLICY,
            content_security_policy(form_targets),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "same-origin".to_owned()),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()".to_owned(),
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin".to_owned(),
        ),
    ];
    if base_url.starts_with("https://") {
        let year = "max-age=31536000; includeSubDomains".to_owned();
        headers.push((header::STRICT_TRANSPORT_SECURITY, year));
    }
    headers
}

/// Puts the headers on an answer of a function; nothing of it is ever cached.
pub fn harden(app: &App, headers: &mut HeaderMap) {
    for (name, value) in page_headers(&app.config.base_url, &app.config.form_targets) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}
