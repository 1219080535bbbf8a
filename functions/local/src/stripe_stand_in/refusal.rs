//! What the stand-in refuses, and how Stripe would say it.
//!
//! A caller's code branches on the HTTP status, `type`, `code` and `param` of
//! an error, so these are Stripe's. The sentences are our own, and say what to
//! do where Stripe's would lead to a page of its handbook.

use std::error::Error;
use std::fmt;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::session::Status;

/// Why a call to the API was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No `Authorization` header that carries a key.
    NoKey,
    /// A key that is not the one set; its last characters, to know it by.
    WrongKey(String),
    /// An address that the stand-in does not answer.
    NoSuchAddress { method: String, path: String },
    /// An object that was never made here.
    NoSuch {
        what: &'static str,
        id: String,
        parameter: String,
    },
    /// A parameter that has to be there.
    Missing(String),
    /// A parameter that nothing here reads.
    Unknown(String),
    /// A parameter whose value cannot be used.
    Wrong {
        parameter: String,
        code: Option<&'static str>,
        message: String,
    },
    /// An idempotency key that came before with another call.
    KeyOfAnotherCall(String),
    /// A session that is no longer open.
    NotOpen(Status),
    /// A body that is not a form.
    NotAForm,
    /// The stand-in itself failed, or was told to.
    Broken(String),
}

impl Refusal {
    /// A parameter whose value cannot be used, for a reason without a code of its own.
    pub(super) fn wrong(parameter: &str, message: impl Into<String>) -> Refusal {
        Refusal::coded(parameter, None, message)
    }

    /// As [`Refusal::wrong`], with the code by which Stripe's libraries know the reason.
    pub(super) fn coded(
        parameter: &str,
        code: impl Into<Option<&'static str>>,
        message: impl Into<String>,
    ) -> Refusal {
        Refusal::Wrong {
            parameter: parameter.to_owned(),
            code: code.into(),
            message: message.into(),
        }
    }

    /// A session that was never made here.
    pub(super) fn no_such_session(id: &str) -> Refusal {
        Refusal::NoSuch {
            what: "checkout.session",
            id: id.to_owned(),
            parameter: "session".to_owned(),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Refusal::NoKey | Refusal::WrongKey(_) => StatusCode::UNAUTHORIZED,
            Refusal::NoSuchAddress { .. } | Refusal::NoSuch { .. } => StatusCode::NOT_FOUND,
            Refusal::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Refusal::KeyOfAnotherCall(_) => "idempotency_error",
            Refusal::Broken(_) => "api_error",
            _ => "invalid_request_error",
        }
    }

    fn code(&self) -> Option<&'static str> {
        match self {
            Refusal::NoSuch { .. } => Some("resource_missing"),
            Refusal::Missing(_) => Some("parameter_missing"),
            Refusal::Unknown(_) => Some("parameter_unknown"),
            Refusal::Wrong { code, .. } => *code,
            _ => None,
        }
    }

    fn parameter(&self) -> Option<&str> {
        match self {
            Refusal::NoSuch { parameter, .. }
            | Refusal::Missing(parameter)
            | Refusal::Unknown(parameter)
            | Refusal::Wrong { parameter, .. } => Some(parameter),
            _ => None,
        }
    }

    fn object(&self) -> Value {
        let mut error = json!({ "type": self.kind(), "message": self.to_string() });
        if let Some(code) = self.code() {
            error["code"] = json!(code);
            error["doc_url"] = json!(format!(
                "https://stripe.com/docs/error-codes/{}",
                code.replace('_', "-")
            ));
        }
        if let Some(parameter) = self.parameter() {
            error["param"] = json!(parameter);
        }
        json!({ "error": error })
    }
}

/// The sentence that a developer reads.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NoKey => f.write_str(
                "No API key came with the request: send it as `Authorization: Bearer KEY`",
            ),
            Refusal::WrongKey(end) => write!(
                f,
                "The API key `…{end}` is not the one that this stand-in was started with"
            ),
            Refusal::NoSuchAddress { method, path } => write!(
                f,
                "`{method} {path}` is not answered here: the stand-in speaks only the part of \
                 Stripe's API that the product uses"
            ),
            Refusal::NoSuch { what, id, .. } => write!(f, "No such {what}: '{id}'"),
            Refusal::Missing(parameter) => write!(f, "Missing required param: {parameter}."),
            Refusal::Unknown(parameter) => write!(
                f,
                "Received unknown parameter: {parameter}. If Stripe knows it, teach it to the stand-in"
            ),
            Refusal::KeyOfAnotherCall(key) => write!(
                f,
                "The idempotency key '{key}' came before with another address or other parameters: \
                 repeat that call unchanged, or make a new key for a new call"
            ),
            Refusal::NotOpen(status) => write!(
                f,
                "Only a Checkout Session that is open can be paid or expired; this one is {}",
                status.word()
            ),
            Refusal::NotAForm => {
                f.write_str("The body has to be `application/x-www-form-urlencoded`")
            }
            Refusal::Wrong { message, .. } | Refusal::Broken(message) => f.write_str(message),
        }
    }
}

impl Error for Refusal {}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status(), Json(self.object())).into_response()
    }
}
