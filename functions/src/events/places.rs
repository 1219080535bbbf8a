//! The places of an event, as data for the page that shows what is left.

use axum::Json;
use axum::extract::State;
use domain::places::Places;

use super::find;
use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;

/// `GET /api/events/{event}`.
pub(super) async fn places(
    State(app): State<App>,
    Named(slug): Named,
) -> Result<Json<Places>, ApiError> {
    let site = app.site.published().await?;
    let event = find(&site, &slug)?;
    let tally = app.store.tally(&event.slug).await?;
    Ok(Json(tally.value.seen(event, app.clock.now())))
}
