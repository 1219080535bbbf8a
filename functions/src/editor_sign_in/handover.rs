//! The page that ends a sign-in: it tells the editor that opened its window,
//! and the person in words if there is no editor to tell.

use std::sync::LazyLock;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::refusal::Refusal;
use crate::config::EditorConfig;
use crate::entropy;

/// The only script; what it hands over is data beside it.
const SCRIPT: &str = include_str!("hand-over.js");

/// Nothing may run but that script, known by its hash; nothing is loaded,
/// sent or framed.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{hash}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )
});

/// The page with the key.
pub(super) fn hand_over(config: &EditorConfig, token: &str) -> Response {
    let told = json!({ "provider": "github", "token": token });
    let sentence = "You are signed in. This window closes by itself.";
    page(config, StatusCode::OK, "success", &told, sentence)
}

/// The page that says why there is none; a fault that is not the person's is
/// logged, with the number that the page shows.
pub(super) fn refuse(config: &EditorConfig, refusal: Refusal) -> Response {
    let mut sentence = refusal.sentence().to_owned();
    if refusal.is_ours() {
        let id = entropy::key();
        tracing::error!(request_id = %id, "an editor could not sign in: {refusal:?}");
        sentence = format!("{sentence} The number of this report is {id}.");
    }
    let told = json!({ "provider": "github", "error": sentence, "errorCode": refusal.code() });
    page(config, refusal.status(), "error", &told, &sentence)
}

fn page(
    config: &EditorConfig,
    status: StatusCode,
    outcome: &str,
    told: &serde_json::Value,
    sentence: &str,
) -> Response {
    let answer = json!({
        "greeting": "authorizing:github",
        "message": format!("authorization:github:{outcome}:{told}"),
        "editors": config.editors,
    });
    // In a script element only `<` could end the data.
    let answer = answer.to_string().replace('<', "\\u003c");
    let page = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Sign in to the editor</title>\n<main>\n<h1>Sign in to the editor</h1>\n<p>{sentence}</p>\n</main>\n\
         <script type=\"application/json\" id=\"answer\">{answer}</script>\n<script>{SCRIPT}</script>\n</html>\n"
    );
    (status, Html(page)).into_response()
}

/// The headers of every answer. The opener policy is the open one: with the
/// usual one, the window would lose the editor on its way to GitHub and back.
pub(super) async fn harden(mut response: Response) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY.as_str()),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "unsafe-none",
        ),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
