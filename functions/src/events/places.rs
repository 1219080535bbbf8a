//! The places of an event, as data for the page that shows what is left.

use axum::Json;
use axum::extract::State;
use domain::places::Places;
use serde::Serialize;

use super::find;
use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;

/// The places, in numbers and in words.
#[derive(Debug, Serialize)]
pub(super) struct Seen {
    #[serde(flatten)]
    places: Places,
    /// The sentence that the event's page shows.
    says: String,
}

/// `GET /api/events/{event}`.
pub(super) async fn places(
    State(app): State<App>,
    Named(slug): Named,
) -> Result<Json<Seen>, ApiError> {
    let site = app.site.published().await?;
    let event = find(&site, &slug)?;
    let tally = app.store.tally(&event.slug).await?;
    let places = tally.value.seen(event, app.clock.now());
    let says = places.words();
    Ok(Json(Seen { places, says }))
}
