//! Whether the service can do its work.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::answer::ApiError;
use crate::app::App;

/// `GET /api/health`: the table answers.
pub(super) async fn health(State(app): State<App>) -> Result<Json<Value>, ApiError> {
    app.store.check().await?;
    Ok(Json(json!({ "status": "ok" })))
}
