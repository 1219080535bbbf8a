//! What the thin binaries share: start, log, serve, or do what is due.

use axum::Router;
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::{Value, json};

use crate::app::{App, Providers};
use crate::config::Config;
use crate::{daily, settlements};

mod gateway;
mod letters;
mod log;

pub use gateway::serve;
pub use letters::run_letters;
pub use log::log;

/// Runs a function's routes on the Lambda Runtime API until the environment
/// ends it. It speaks to the table, and to those `providers`.
///
/// # Errors
///
/// If a setting is missing, or the Runtime API does not answer.
pub async fn run(
    routes: impl FnOnce(&App) -> Router,
    providers: fn(&Config) -> anyhow::Result<Providers>,
) -> Result<(), lambda_runtime::Error> {
    log();
    let app = App::from_environment(providers)?;
    serve(routes(&app)).await
}

/// Does what has fallen due, once for each event of the schedule; whatever the
/// event says.
///
/// # Errors
///
/// If a setting is missing, or the Runtime API does not answer.
pub async fn run_daily() -> Result<(), lambda_runtime::Error> {
    log();
    let app = App::from_environment(Providers::none)?;
    let run = |_: LambdaEvent<Value>| {
        let app = app.clone();
        async move {
            // Boxed: what is inside is deep. The schedule asks again when a run did not come to its end.
            let done = Box::pin(daily::run(&app)).await.map_err(|error| {
                tracing::error!("a daily run did not come to its end: {error}");
                lambda_runtime::Error::from(error)
            })?;
            Ok::<Value, lambda_runtime::Error>(json!({
                "purged": done.purged, "reminded": done.reminded,
                "ended": done.ended, "invoices": done.invoices, "left": done.left,
            }))
        }
    };
    lambda_runtime::run(service_fn(run)).await
}

/// Settles what is open, once for each event, whatever the event says: the
/// schedule's, or that of somebody who wants it now.
///
/// # Errors
///
/// If a setting is missing, or the Runtime API does not answer.
pub async fn run_settlements() -> Result<(), lambda_runtime::Error> {
    log();
    let app = App::from_environment(Providers::cards)?;
    let run = |_: LambdaEvent<Value>| {
        let app = app.clone();
        async move {
            let failed = |error: crate::answer::ApiError| {
                tracing::error!("a sweep did not come to its end: {error}");
                lambda_runtime::Error::from(error.to_string())
            };
            let swept = Box::pin(settlements::sweep(&app)).await.map_err(failed)?;
            let compared = Box::pin(settlements::reconcile_when_due(&app));
            let is_even = compared.await.map_err(failed)?;
            Ok::<Value, lambda_runtime::Error>(json!({
                "refunds": swept.refunds, "payments": swept.payments,
                "notices": swept.notices, "left": swept.left.len(), "books_agree": is_even,
                // What the stream told of is done with: a sweep finds all of it.
                "batchItemFailures": [],
            }))
        }
    };
    lambda_runtime::run(service_fn(run)).await
}
