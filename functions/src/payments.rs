//! Payments by card: a page of the provider's to pay on, and what comes back.
//!
//! Webhook and return page both call `settle`, which reads the provider's
//! own record and may be called any number of times, in any order.

use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};

use crate::answer::ApiError;
use crate::app::App;
use crate::security;
use crate::stripe::{ProviderError, Stripe};

mod attempt;
mod back;
mod invoice;
mod pay;
mod settle;
mod settle_invoice;
mod webhook;

/// The routes of this area.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/pay/{payment}", get(pay::page).post(pay::pay))
        .route("/pay/{payment}/", get(pay::page).post(pay::pay))
        .route("/pay/{payment}/return", get(back::back))
        .route(
            "/invoices/{number}/{secret}",
            get(invoice::page).post(invoice::pay),
        )
        .route(
            "/invoices/{number}/{secret}/",
            get(invoice::page).post(invoice::pay),
        )
        .route(security::WEBHOOK, post(webhook::receive))
}

/// The provider, in a function that may speak to it.
fn provider(app: &App) -> Result<&Stripe, ApiError> {
    app.stripe.as_ref().ok_or_else(|| {
        ApiError::Internal(anyhow::anyhow!(
            "this function has no key of the card provider"
        ))
    })
}

/// The provider's failure, as an answer.
fn unavailable(error: ProviderError) -> ApiError {
    match error {
        ProviderError::Unreachable(_) => ApiError::Unavailable(error.into()),
        ProviderError::Refused(_) | ProviderError::Incomplete(_) => {
            ApiError::Internal(error.into())
        }
    }
}

/// What a request with the provider in it may take: the gateway gives up at
/// 30 seconds, and then nobody says anything in words.
const PATIENCE: Duration = Duration::from_secs(20);

/// Does what can be done within [`PATIENCE`]; what was written stays whole.
async fn in_time<T>(work: impl Future<Output = Result<T, ApiError>>) -> Result<T, ApiError> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done,
        Err(_) => Err(ApiError::Unavailable(anyhow::anyhow!(
            "the provider took longer than a request may"
        ))),
    }
}
