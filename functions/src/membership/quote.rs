//! What membership would cost, as data.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::calendar::london_date;
use domain::form::FieldErrors;
use domain::school::PupilsOnRoll;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::answer::ApiError;
use crate::app::App;

/// `GET /api/fees/quote?pupils=420&joining=2017-04-01`; without `joining`, today.
pub(super) async fn quote(
    State(app): State<App>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let mut errors = FieldErrors::default();
    let field = |name: &str| {
        asked
            .get(name)
            .map(|value| value.trim())
            .unwrap_or_default()
    };
    let pupils = errors.keep("pupils", PupilsOnRoll::parse(field("pupils")));
    let joining = match field("joining") {
        "" => Some(london_date(app.clock.now())),
        date => errors.keep("joining", day(date)),
    };
    let (Some(pupils), Some(joining)) = (pupils, joining) else {
        return Ok(refused(&errors));
    };

    let site = app.site.published().await?;
    match errors.keep("joining", site.publication.fees.quote(pupils, joining)) {
        Some(quote) => Ok(Json(quote).into_response()),
        None => Ok(refused(&errors)),
    }
}

/// Reads a day as machines write it.
fn day(text: &str) -> Result<Date, &'static str> {
    // A longer text could be an instant, whose day depends on where one is.
    let date = if text.len() == 10 {
        text.parse().ok()
    } else {
        None
    };
    date.ok_or("Joining must be a day, such as 2017-04-01")
}

fn refused(errors: &FieldErrors) -> Response {
    let fields: Map<String, Value> = errors
        .iter()
        .map(|error| (error.field.to_owned(), error.message.clone().into()))
        .collect();
    let message = errors
        .iter()
        .map(|error| error.message.as_str())
        .collect::<Vec<_>>()
        .join(". ");
    let body = json!({ "error": { "code": "invalid", "message": message, "fields": fields } });
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}
