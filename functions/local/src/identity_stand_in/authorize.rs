//! The page that asks who to be, and the way back with a code.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::{Asked, Code, Person, State, lock};

type Fields = HashMap<String, String>;

/// The looks that the stand-ins share.
const STYLE: &str = include_str!("../stripe_stand_in/style.css");

/// `GET /style.css`.
pub(super) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

/// `GET /authorize`: who would you like to be?
pub(super) async fn page(
    Shared(state): Shared<Arc<State>>,
    Query(asked): Query<Fields>,
) -> Response {
    let said = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let checks = [
        ("client_id", said("client_id") == state.settings.client_id),
        (
            "redirect_uri",
            said("redirect_uri") == state.settings.return_address,
        ),
        ("response_type", said("response_type") == "code"),
        (
            "scope",
            said("scope").split(' ').any(|scope| scope == "openid"),
        ),
        ("state", !said("state").is_empty()),
        ("nonce", !said("nonce").is_empty()),
        ("code_challenge", said("code_challenge").len() == 43),
        (
            "code_challenge_method",
            said("code_challenge_method") == "S256",
        ),
    ];
    if let Some((wrong, _)) = checks.iter().find(|(_, right)| !right) {
        let body = format!(
            "<h1>That is no sign-in</h1><p><code>{wrong}</code> is missing or not what it should be.</p>"
        );
        return answer(&state, StatusCode::BAD_REQUEST, &body);
    }
    let request = functions::entropy::key();
    let kept = Asked {
        state: said("state").to_owned(),
        nonce: said("nonce").to_owned(),
        challenge: said("code_challenge").to_owned(),
    };
    lock(&state.asked).insert(request.clone(), kept);
    let people: String = Person::ALL
        .iter()
        .map(|person| {
            format!(
                "<p><button name=\"person\" value=\"{}\">{}</button></p>",
                person.slug(),
                person.name()
            )
        })
        .collect();
    let body = format!(
        "<h1>Who would you like to be?</h1><form method=\"post\" action=\"/authorize\">\
         <input type=\"hidden\" name=\"request\" value=\"{request}\">{people}</form>"
    );
    answer(&state, StatusCode::OK, &body)
}

/// `POST /authorize`: back, as that person.
pub(super) async fn choose(
    Shared(state): Shared<Arc<State>>,
    Form(chosen): Form<Fields>,
) -> Response {
    let said = |name: &str| chosen.get(name).map(String::as_str).unwrap_or_default();
    let asked = lock(&state.asked).remove(said("request"));
    let (Some(asked), Some(person)) = (asked, Person::of_slug(said("person"))) else {
        let body = "<h1>That is no sign-in any more</h1><p>Go back to where you came from, and sign in again.</p>";
        return answer(&state, StatusCode::BAD_REQUEST, body);
    };
    let code = functions::entropy::key();
    let query = functions::address::query(&[("code", &code), ("state", &asked.state)]);
    let given = Code {
        asked,
        person,
        since: Instant::now(),
    };
    lock(&state.codes).insert(code, given);
    Redirect::to(&format!("{}?{query}", state.settings.return_address)).into_response()
}

fn answer(state: &State, status: StatusCode, body: &str) -> Response {
    let back = state
        .settings
        .return_address
        .trim_end_matches(functions::identity::RETURN_PATH);
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self' {back}; base-uri 'none'; frame-ancestors 'none'"
    );
    let html = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>Who to be – stand-in for the sign-in provider</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n\
         <header><p><strong>This is a stand-in for the sign-in provider.</strong> \
         It asks for no password, and is on this machine alone.</p></header>\n\
         <main>\n{body}\n</main>\n</body>\n</html>\n"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    (status, headers, Html(html)).into_response()
}
