//! All events, with their places, waiting lists and income.

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use super::{bookings, income};
use crate::answer::ApiError;
use crate::app::App;

/// `GET /staff/events/`.
pub(in super::super) async fn page(
    State(app): State<App>,
    By(member): By,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let now = app.clock.now();
    let mut rows: Vec<Value> = Vec::new();
    for event in &site.publication.events {
        let tally = app.store.tally(&event.slug).await?.value;
        let places = tally.seen(event, now);
        let bookings = bookings(&app, &event.slug).await?;
        rows.push(json!({
            "href": format!("/staff/events/{}/", event.slug), "title": event.title,
            "starts": event.starts, "is_past": event.ends.instant() < now,
            "places": places, "income_pence": income(&bookings, now), "sample": event.sample,
        }));
    }
    let about = ("Events", "/staff/events/", "staff/events.html");
    view::open(&app, &member, about, json!({ "rows": rows })).await
}
