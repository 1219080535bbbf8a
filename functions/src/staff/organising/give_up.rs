//! A place is given up for somebody: what that comes to, to be looked at before
//! it is done. Opening the page changes nothing.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::booking::RegistrationId;
use domain::money::Pence;
use serde::Deserialize;
use serde_json::json;

use super::super::signed_in::By;
use super::super::view;
use super::{find, row};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::giving_up::price;
use crate::named::Named;

/// Whose place.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Asked {
    id: String,
}

/// `GET /staff/events/{event}/give-up/?id=…`.
pub(in super::super) async fn page(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&app, &site, &slug).await?;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let id: RegistrationId =
        serde_json::from_value(json!(asked.id)).map_err(|_| ApiError::NotFound)?;
    let booking = app.store.booking(&id.booking).await?;
    let booking = booking.filter(|booking| booking.event == event.slug);
    let booking = booking.ok_or(ApiError::NotFound)?;
    let registration = booking.registration(id.number).ok_or(ApiError::NotFound)?;
    let now = app.clock.now();
    let reckoned = price(&app, &site, &booking, registration, now).await?;
    let waived = reckoned.waived();
    let some = |pence: Pence| Some(pence).filter(|pence| !pence.is_zero());
    let context = json!({
        "event": { "title": event.title, "slug": event.slug },
        "row": row(&booking, registration, now), "command": entropy::key(),
        "shown": reckoned.shown(), "returned": reckoned.returned,
        "back_pence": some(reckoned.back), "charge_pence": some(reckoned.charge),
        "due_pence": some(reckoned.due), "stays_counted": reckoned.stays_counted,
        "waived_back_pence": some(waived.back),
        "may_waive": reckoned.stays_counted || !reckoned.charge.is_zero(),
    });
    let path = format!("/staff/events/{}/give-up/", event.slug);
    let about = ("Give a place up", path.as_str(), "staff/event-give-up.html");
    view::open(&app, &member, about, context).await
}
