//! Answers that are not what was asked for, in words, and what every answer
//! carries.
//!
//! A handler gives an [`ApiError`]; [`finish`] turns it into a page that looks
//! like the site, or into JSON for a machine under `/api/`, and logs a failure once, with
//! the id that the page shows.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;

use crate::accept::prefers_page;
use crate::app::App;
use crate::screen;
use crate::security;
use crate::site::SiteError;
use crate::store::StoreError;

/// Why a request is not answered as it hoped.
#[derive(Debug)]
pub enum ApiError {
    /// There is no such page or record.
    NotFound,
    /// The path is there, but not for this method.
    MethodNotAllowed,
    /// The request was not understood; the sentence says what to do.
    BadRequest(String),
    /// More was sent than any form holds.
    TooLong,
    /// The form was sent from another site.
    ElsewhereForm,
    /// Staff alone may, and nobody is signed in.
    SignedOut,
    /// The person is signed in, but it is not for the person's role.
    NotAllowed,
    /// The person is signed in to a member's page, but it is the lead's to do.
    NotYours,
    /// Too many wanted the same at once, or a part does not answer.
    Unavailable(anyhow::Error),
    /// A fault of ours.
    Internal(anyhow::Error),
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> ApiError {
        match error {
            StoreError::Unreadable(_) => ApiError::Internal(error.into()),
            StoreError::Busy | StoreError::Database(_) => ApiError::Unavailable(error.into()),
        }
    }
}

impl From<SiteError> for ApiError {
    fn from(error: SiteError) -> ApiError {
        match error {
            SiteError::Store(error) => error.into(),
            SiteError::Unpublished | SiteError::Theme(_) => ApiError::Internal(error.into()),
        }
    }
}

/// As a log says it.
impl std::fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ApiError::Unavailable(error) | ApiError::Internal(error) => error.fmt(formatter),
            other => formatter.write_str(other.code()),
        }
    }
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            ApiError::NotFound => StatusCode::NOT_FOUND,
            ApiError::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            ApiError::BadRequest(_) => StatusCode::BAD_REQUEST,
            ApiError::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            ApiError::ElsewhereForm => StatusCode::FORBIDDEN,
            ApiError::SignedOut => StatusCode::UNAUTHORIZED,
            ApiError::NotAllowed | ApiError::NotYours => StatusCode::FORBIDDEN,
            ApiError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            ApiError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            ApiError::NotFound => "not_found",
            ApiError::MethodNotAllowed => "method_not_allowed",
            ApiError::BadRequest(_) => "bad_request",
            ApiError::TooLong => "too_long",
            ApiError::ElsewhereForm => "cross_site",
            ApiError::SignedOut => "signed_out",
            ApiError::NotAllowed | ApiError::NotYours => "not_allowed",
            ApiError::Unavailable(_) => "unavailable",
            ApiError::Internal(_) => "internal",
        }
    }

    fn heading(&self) -> &'static str {
        match self {
            ApiError::NotFound => "Page not found",
            ApiError::MethodNotAllowed | ApiError::BadRequest(_) | ApiError::TooLong => {
                "That did not work"
            }
            ApiError::ElsewhereForm => "Please use the form on our own site",
            ApiError::SignedOut => "You are signed out",
            ApiError::NotAllowed | ApiError::NotYours => "This is not for your role",
            ApiError::Unavailable(_) => "Sorry, the service is busy",
            ApiError::Internal(_) => "Sorry, there is a problem with the service",
        }
    }

    fn sentence(&self) -> String {
        match self {
            ApiError::NotFound => "Check the address, or the reference in your letter.".to_owned(),
            ApiError::MethodNotAllowed => "Go back and use the links or the button on the page.".to_owned(),
            ApiError::BadRequest(sentence) => sentence.clone(),
            ApiError::TooLong => "Go back and shorten what you typed: it is longer than we can take.".to_owned(),
            ApiError::ElsewhereForm => {
                "The form was sent from another website, so we did nothing with it.".to_owned()
            }
            ApiError::SignedOut => {
                "Nothing was changed. Open the staff area in another tab and sign in, then come back here, go one page back and send the form again: what you typed is still there.".to_owned()
            }
            ApiError::NotAllowed => "You are signed in, but not in a role that may do this. Whoever looks after staff accounts can change that.".to_owned(),
            ApiError::NotYours => "You are signed in, but somebody else of your school does this. Your school’s page says who leads; they can do it, or let you.".to_owned(),
            ApiError::Unavailable(_) => {
                "Nothing was changed. Go back, and try again in a minute: what you typed is still there.".to_owned()
            }
            ApiError::Internal(_) => {
                "Nothing was lost that had been confirmed. Try again later, or tell us the number below.".to_owned()
            }
        }
    }
}

/// The error travels with the response to [`finish`], which knows the site.
#[derive(Debug, Clone)]
struct Failure(std::sync::Arc<ApiError>);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response
            .extensions_mut()
            .insert(Failure(std::sync::Arc::new(self)));
        response
    }
}

/// What is answered to a path that is not there.
pub async fn not_found() -> ApiError {
    ApiError::NotFound
}

/// What is answered to a method that a path does not have.
pub async fn method_not_allowed() -> ApiError {
    ApiError::MethodNotAllowed
}

/// Gives every answer its words, its headers and its line in the log.
pub async fn finish(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = crate::entropy::key();
    let path = request.uri().path().to_owned();
    let machine = path.starts_with("/api/") && !prefers_page(request.headers());
    let method = request.method().clone();
    let mut response = next.run(request).await;
    if let Some(Failure(error)) = response.extensions_mut().remove::<Failure>() {
        match &*error {
            ApiError::Internal(cause) => {
                tracing::error!(request_id = %id, "a request failed: {cause:#}");
            }
            ApiError::Unavailable(cause) => {
                tracing::warn!(request_id = %id, "a request was put off: {cause:#}");
            }
            _ => {}
        }
        response = if machine {
            in_json(&error)
        } else {
            on_a_page(&app, &error, &path, &id).await
        };
    }
    security::harden(&app, response.headers_mut());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    if method == Method::HEAD {
        *response.body_mut() = axum::body::Body::empty();
    }
    response
}

fn in_json(error: &ApiError) -> Response {
    let message = error.sentence();
    let body = json!({ "error": { "code": error.code(), "message": message, "fields": {} } });
    (error.status(), Json(body)).into_response()
}

async fn on_a_page(app: &App, error: &ApiError, path: &str, id: &str) -> Response {
    let status = error.status();
    if let Ok(site) = app.site.published().await {
        let context = json!({ "problem": {
            "heading": error.heading(),
            "sentence": error.sentence(),
            "request_id": status.is_server_error().then_some(id),
            "status": status.as_u16(),
        } });
        let screen = screen::Screen {
            title: error.heading(),
            description: "",
            path,
        };
        if let Ok(page) = screen.render(&site, "forms/problem.html", context) {
            return (status, page).into_response();
        }
    }
    // Without a publication there is no look to wear; the words still serve.
    let page = format!(
        "<!doctype html><html lang=\"en-GB\"><title>{heading}</title><h1>{heading}</h1><p>{sentence}</p><p>{id}</p>",
        heading = error.heading(),
        sentence = "Try again in a minute.",
    );
    (status, Html(page)).into_response()
}
