//! What membership would cost: data for a machine, a page for a browser, from
//! one address and one sum.
//!
//! The form is a plain GET, so a quote can be kept, sent and opened again. The
//! rates are those of the publication; nothing of the request sets one.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::calendar::{london_date, long_date};
use domain::day;
use domain::fees::Quote;
use domain::form::FieldErrors;
use domain::school::PupilsOnRoll;
use serde_json::{Map, Value, json};

use crate::accept::prefers_page;
use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;
use crate::site::Published;

/// `GET /api/fees/quote?pupils=420&joining=2017-04-01`; without `joining`, today.
pub(super) async fn quote(
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let field = |name: &str| {
        asked
            .get(name)
            .map(|value| value.trim())
            .unwrap_or_default()
    };
    let form = json!({ "pupils": field("pupils"), "joining": field("joining") });

    let mut errors = FieldErrors::default();
    let pupils = errors.keep("pupils", PupilsOnRoll::parse(field("pupils")));
    let joining = match field("joining") {
        "" => Some(london_date(app.clock.now())),
        typed => errors.keep(
            "joining",
            day::parse(typed).ok_or("Joining must be a day, such as 2017-04-01"),
        ),
    };
    let quote = pupils.zip(joining).and_then(|(pupils, joining)| {
        errors.keep("joining", site.publication.fees.quote(pupils, joining))
    });

    let mut response = if !prefers_page(&headers) {
        match quote {
            Some(quote) => Json(answered(&quote)).into_response(),
            None => refused(&errors),
        }
    } else if asked.is_empty() {
        // Nobody has been asked anything yet, so nothing is wrong.
        page(&site, &form, Value::Null, &FieldErrors::default())?
    } else {
        let worked = quote.map(|quote| shown(&quote));
        page(&site, &form, worked.unwrap_or_default(), &errors)?
    };
    let varies = HeaderValue::from_static("accept");
    response.headers_mut().insert(header::VARY, varies);
    Ok(response)
}

/// A quote as a machine reads it.
fn answered(quote: &Quote) -> Value {
    let lines = quote.working.iter().map(|line| {
        json!({ "from": line.from, "to": line.to, "pence": line.pence, "reason": line.reason })
    });
    json!({
        "pence": quote.pence, "working": lines.collect::<Vec<_>>(),
        "next_due": quote.next_due,
    })
}

/// A quote as the page shows it: its days in words.
fn shown(quote: &Quote) -> Value {
    let lines = quote.working.iter().map(|line| {
        json!({
            "from": long_date(line.from), "to": long_date(line.to),
            "pence": line.pence, "reason": line.reason,
        })
    });
    let next = quote
        .next_due
        .map(|due| json!({ "on": long_date(due.on), "pence": due.pence }));
    json!({ "pence": quote.pence, "working": lines.collect::<Vec<_>>(), "next_due": next })
}

/// The form as it was filled in, with the working or what has to be put right.
fn page(
    site: &Published,
    form: &Value,
    quote: Value,
    errors: &FieldErrors,
) -> Result<Response, ApiError> {
    let screen = Screen {
        title: "What would membership cost your school?",
        description: "",
        path: "/api/fees/quote",
    };
    let part_year = &site.publication.fees.part_year.source;
    let context = json!({
        "form": form, "quote": quote, "errors": errors, "part_year_source": part_year,
    });
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = screen.render(site, "forms/quote.html", context)?;
    Ok((status, page).into_response())
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
