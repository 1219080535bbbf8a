//! What follows from the card provider's own records: payments are settled,
//! refunds carried out, disputes taken note of, and what the webhook missed is
//! found.
//!
//! Webhook, return page and sweep all come here. The provider's record is read
//! again, amount, currency, mode and reference are compared, and what follows
//! is one conditional transaction, or nothing: any of it may be asked for
//! twice, late, or at the same moment.

use std::time::Duration;

use crate::answer::ApiError;
use crate::app::App;
use crate::store::Transaction;
use crate::stripe::{About, ProviderError, Stripe};

mod disputes;
mod invoice;
mod place;
mod reconcile;
mod refunds;
mod sweep;

pub use reconcile::{reconcile, reconcile_when_due};
pub use refunds::carry_out;
pub use sweep::{Swept, sweep};

/// Does what follows from something that the provider told of. `notice` is its
/// name for the telling, which is remembered with the work.
///
/// # Errors
///
/// [`ApiError`] if it cannot be done now: the provider tells it again.
pub async fn follow(app: &App, about: &About, notice: Option<&str>) -> Result<(), ApiError> {
    match about {
        About::Session(session) => settle(app, session, notice).await,
        About::Refund(refund) => refunds::told(app, refund, notice).await,
        About::Charge(charge) => refunds::of_charge(app, charge).await,
        About::Dispute(dispute) => disputes::told(app, dispute, notice).await,
        About::Nothing => Ok(()),
    }
}

/// Reads the provider's record of a page, and does what follows from it: what
/// it was for is given, or given up, or the money is due back, or nothing.
///
/// # Errors
///
/// [`ApiError`] if it cannot be done now.
pub async fn settle(app: &App, session: &str, notice: Option<&str>) -> Result<(), ApiError> {
    use domain::payment::Purpose;
    use domain::reference::PaymentReference;
    let reading = provider(app)?.read(session).await.map_err(unavailable)?;
    let record = reading.record;
    let reference = record
        .reference
        .as_deref()
        .and_then(|text| PaymentReference::parse(text).ok());
    match (reading.noted, reference) {
        (Some(Purpose::Booking { booking, event }), Some(reference)) => {
            place::settle(app, &reference, (&booking, &event), &record, notice).await
        }
        (Some(Purpose::Invoice { invoice }), Some(reference)) => {
            invoice::settle(app, &reference, invoice, &record, notice).await
        }
        _ => {
            tracing::warn!("a payment page that is not ours was passed over");
            Ok(())
        }
    }
}

/// The provider, in a function that may speak to it.
///
/// # Errors
///
/// [`ApiError::Internal`] in one that may not.
pub fn provider(app: &App) -> Result<&Stripe, ApiError> {
    app.stripe.as_ref().ok_or_else(|| {
        ApiError::Internal(anyhow::anyhow!(
            "this function has no key of the card provider"
        ))
    })
}

/// The provider's failure, as an answer.
pub fn unavailable(error: ProviderError) -> ApiError {
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

/// Does what can be done in the time that a request has; what was written
/// stays whole.
///
/// # Errors
///
/// [`ApiError::Unavailable`] when the time is over.
pub async fn in_time<T>(work: impl Future<Output = Result<T, ApiError>>) -> Result<T, ApiError> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done,
        Err(_) => Err(ApiError::Unavailable(anyhow::anyhow!(
            "the provider took longer than a request may"
        ))),
    }
}

/// A webhook is remembered only with the work that it led to.
fn remember(
    transaction: &mut Transaction,
    notice: Option<&str>,
    now: jiff::Timestamp,
) -> Result<(), ApiError> {
    match notice {
        Some(id) => Ok(transaction.provider_event(id, now)?),
        None => Ok(()),
    }
}
