//! A page of the stand-in: it says first what it is, and forbids everything
//! inline.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use reqwest::Url;

use super::refusal::Refusal;

/// A whole page. Its forms may lead to the origins of `leads_to`, because
/// Chrome holds `form-action` against the redirect that follows a form.
pub(super) fn page(status: StatusCode, title: &str, body: &str, leads_to: &[&str]) -> Response {
    let origins: BTreeSet<String> = leads_to
        .iter()
        .filter_map(|text| Some(Url::parse(text).ok()?.origin().ascii_serialization()))
        .collect();
    let form_action: String = origins.iter().map(|origin| format!(" {origin}")).collect();
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self'{form_action}; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let html = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title} – stand-in for Stripe</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n\
         <header><p><strong>This is a stand-in for Stripe.</strong> \
         It asks for no card, and no money moves.</p></header>\n\
         <main>\n{body}\n</main>\n</body>\n</html>\n"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (status, headers, Html(html)).into_response()
}

/// Text as it may stand in a page, between tags and in a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// What is said when something could not be done.
pub(super) fn refused(refusal: &Refusal) -> Response {
    if let Refusal::NoSuch { .. } = refusal {
        let body = "<h1>There is no such payment</h1>\
            <p>Go back to where you came from, and start the payment again.</p>";
        return page(StatusCode::NOT_FOUND, "There is no such payment", body, &[]);
    }
    let body = format!(
        "<h1>That did not work</h1>\n<p>{}</p>",
        escape(&refusal.to_string())
    );
    let status = match refusal {
        Refusal::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::CONFLICT,
    };
    page(status, "That did not work", &body, &[])
}
