//! Records that are held from being erased: which, why, and since when; one
//! more, and one that is let go.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::calendar::{london_date, long_date};
use domain::form::FieldErrors;
use domain::passage::Passage;
use domain::retention::{Hold, Holdable};
use domain::staff::StaffMember;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::data_protection::{self, Refused};
use crate::entropy;
use crate::instruction::Instruction;
use crate::screen::Screen;
use crate::store::StoreError;
use crate::typed::Typed;

const PATH: &str = "/staff/holds/";

/// A hold as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::staff) struct Form {
    /// Of which record.
    reference: String,
    /// Why.
    reason: String,
}

/// `GET /staff/holds/?reference=…`.
pub(in crate::staff) async fn page(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let form = Form {
        reference: asked.get("reference").cloned().unwrap_or_default(),
        reason: String::new(),
    };
    show(&app, &member, &form, FieldErrors::default()).await
}

/// `POST /staff/holds/place/`.
pub(in crate::staff) async fn place(
    State(app): State<App>,
    By(member): By,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let mut errors = FieldErrors::default();
    let record = Holdable::parse(typed.form.reference.trim()).ok_or(Refused::NoRecord);
    let record = errors.keep("reference", record);
    let reason = Passage::parse(&typed.form.reason, "why it has to be kept");
    let reason = errors.keep("reason", reason);
    if let (Some(record), Some(reason)) = (record, reason) {
        let by = Instruction::of_staff(&member, &typed.command);
        match data_protection::hold(&app, &by, &record, (&reason, &member.id)).await {
            Ok(()) => return Ok(Redirect::to(PATH).into_response()),
            Err(Refused::Store(error)) => return Err(error.into()),
            Err(refused) => errors.note("reference", refused),
        }
    }
    show(&app, &member, &typed.form, errors).await
}

/// `POST /staff/holds/release/`.
pub(in crate::staff) async fn release(
    State(app): State<App>,
    By(member): By,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let record = Holdable::parse(&typed.form.reference).ok_or(ApiError::NotFound)?;
    let by = Instruction::of_staff(&member, &typed.command);
    match data_protection::release(&app, &by, &record).await {
        Ok(()) => Ok(Redirect::to(PATH).into_response()),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(_) => Err(ApiError::NotFound),
    }
}

async fn show(
    app: &App,
    member: &StaffMember,
    form: &Form,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let mut holds = Vec::new();
    for hold in app.store.holds().await? {
        holds.push(words(app, &hold).await?);
    }
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let context = json!({
        "holds": holds, "form": form, "errors": errors, "command": entropy::key(),
    });
    let screen = Screen {
        title: "Held records",
        description: "",
        path: PATH,
    };
    view::page(app, member, screen, "staff/holds.html", context, status).await
}

/// What holds a record, for the record’s own page; nothing, if nothing does.
pub(in crate::staff) async fn of(app: &App, record: &Holdable) -> Result<Value, StoreError> {
    match app.store.hold(record).await? {
        Some(hold) => words(app, &hold).await,
        None => Ok(json!({ "reference": record.to_string() })),
    }
}

/// A hold as a page says it.
async fn words(app: &App, hold: &Hold) -> Result<Value, StoreError> {
    let by = app.store.staff_member(&hold.by).await?;
    let reference = hold.record.to_string();
    let href = match &hold.record {
        Holdable::Application(_) => Some(format!("/staff/applications/{reference}/")),
        Holdable::Membership(_) => Some(format!("/staff/members/{reference}/")),
        Holdable::Enquiry(_) => Some(format!("/staff/enquiries/{reference}/")),
        Holdable::Booking(booking) => {
            let booking = app.store.booking(booking).await?;
            booking.map(|booking| format!("/staff/events/{}/", booking.event))
        }
    };
    Ok(json!({
        "reference": reference, "kind": hold.record.words(), "href": href,
        "reason": hold.reason, "since": long_date(london_date(hold.since)),
        "by": by.map_or_else(|| "a former member of staff".to_owned(), |member| member.name),
    }))
}
