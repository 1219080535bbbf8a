//! A form as somebody typed it, with the command that it asks for.
//!
//! Nothing that arrives is refused here: a field that is missing is empty, one
//! that is unknown is passed over, one that comes twice counts as its last.
//! What is wrong with a field is the domain's to say.

use std::collections::HashMap;

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::answer::ApiError;
use crate::store::Command;

/// A form, and its command.
#[derive(Debug, Clone)]
pub struct Typed<T> {
    /// What was typed.
    pub form: T,
    /// The hidden key as it came, to be shown again with the form.
    pub key: String,
    /// What is asked for, however often it arrives.
    pub command: Command,
}

impl<S: Send + Sync, T: DeserializeOwned + Serialize> FromRequest<S> for Typed<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Typed<T>, ApiError> {
        let Fields { key, fields } = Fields::of(request).await?;
        let form: T = serde_json::from_value(fields).map_err(|_| refused())?;
        let command = Command::of_form(&key, &form);
        Ok(Typed { form, key, command })
    }
}

/// What every form has in common: read once for all of them, of which there are many
/// and each has a copy of what is written above.
struct Fields {
    key: String,
    fields: serde_json::Value,
}

impl Fields {
    async fn of(request: Request) -> Result<Fields, ApiError> {
        let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
        let Form(fields) = form.map_err(|rejection| match rejection.into_response().status() {
            StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLong,
            _ => refused(),
        })?;
        let mut fields: HashMap<String, String> = fields.into_iter().collect();
        let key = fields.remove("command").unwrap_or_default();
        let fields = fields
            .into_iter()
            .map(|(name, value)| (name, value.into()))
            .collect();
        Ok(Fields {
            key,
            fields: serde_json::Value::Object(fields),
        })
    }
}

fn refused() -> ApiError {
    let sentence = "Go back and send the form again: it did not arrive whole.";
    ApiError::BadRequest(sentence.to_owned())
}
