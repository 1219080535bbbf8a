//! What the thin binaries share: start, log, serve.

use axum::Router;
use tracing_subscriber::EnvFilter;

use crate::app::App;

/// Runs a function's routes on the Lambda Runtime API until the environment
/// ends it.
///
/// # Errors
///
/// If a setting is missing, or the Runtime API does not answer.
pub async fn run(routes: impl FnOnce(&App) -> Router) -> Result<(), lambda_http::Error> {
    log();
    let app = App::from_environment().await?;
    lambda_http::run(routes(&app)).await
}

/// Logs as JSON, one line an event; Lambda adds the time.
pub fn log() {
    tracing_subscriber::fmt()
        .json()
        .without_time()
        .with_env_filter(
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")),
        )
        .init();
}
