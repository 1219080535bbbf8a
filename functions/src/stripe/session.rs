//! Stripe's record of a page to pay on, as far as we look at it.

use domain::payment::{Outcome, Purpose, Record};
use jiff::Timestamp;
use stripe_checkout::checkout_session::{ListCheckoutSession, RetrieveCheckoutSession};
use stripe_checkout::{
    CheckoutSession, CheckoutSessionPaymentStatus as PaymentStatus, CheckoutSessionStatus as Status,
};
use stripe_core::PaymentIntentStatus as IntentStatus;
use stripe_types::{Expandable, List};

use super::lists::{PAGE, all, since};
use super::page::noted;
use super::{ProviderError, Stripe};

/// Stripe's record of a page, with the address while it can be paid on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What counts.
    pub record: Record,
    /// The address of the page.
    pub url: Option<String>,
    /// What we noted on it: which booking of which event, or which invoice.
    pub noted: Option<Purpose>,
    /// Stripe's name for the money, once the payer has paid or promised to.
    pub intent: Option<String>,
}

impl Stripe {
    /// Reads Stripe's record of a page.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if it cannot be read now.
    pub async fn read(&self, session: &str) -> Result<Reading, ProviderError> {
        let session = RetrieveCheckoutSession::new(session)
            // A Direct Debit that failed shows in the payment alone.
            .expand(vec!["payment_intent".to_owned()])
            .send(&self.client)
            .await?;
        Ok(reading(session))
    }

    /// Every page that was made at `from` or later, the oldest first.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if they cannot be read now.
    pub async fn sessions_since(&self, from: Timestamp) -> Result<Vec<Reading>, ProviderError> {
        let request = ListCheckoutSession::new()
            .created(since(from))
            .expand(vec!["data.payment_intent".to_owned()])
            .limit(PAGE);
        let found = all(|after| self.some_sessions(request.clone(), after)).await?;
        Ok(found.into_iter().map(reading).collect())
    }

    /// A page of a list of sessions.
    pub(super) async fn some_sessions(
        &self,
        mut request: ListCheckoutSession,
        after: Option<String>,
    ) -> Result<List<CheckoutSession>, stripe::StripeError> {
        if let Some(after) = after {
            request = request.starting_after(after);
        }
        request.send(&self.client).await
    }
}

fn reading(session: CheckoutSession) -> Reading {
    Reading {
        record: Record {
            outcome: outcome(&session),
            session: session.id.to_string(),
            reference: session.client_reference_id,
            amount: session.amount_total,
            currency: session
                .currency
                .map(|currency| currency.to_string().to_ascii_lowercase()),
            live: session.livemode,
        },
        noted: session.metadata.as_ref().and_then(noted),
        url: session.url,
        intent: session
            .payment_intent
            .map(|intent| intent.into_id().to_string()),
    }
}

/// What became of a page. One that was completed but not paid waits for a
/// Direct Debit, which takes days, and may fail: then the payment wants
/// another method.
fn outcome(session: &CheckoutSession) -> Outcome {
    match (&session.status, &session.payment_status) {
        (_, PaymentStatus::Paid) => Outcome::Paid,
        (Some(Status::Expired), _) => Outcome::Expired,
        (Some(Status::Complete), PaymentStatus::Unpaid) => match &session.payment_intent {
            Some(Expandable::Object(intent)) => match intent.status {
                IntentStatus::RequiresPaymentMethod | IntentStatus::Canceled => Outcome::Failed,
                _ => Outcome::Promised,
            },
            _ => Outcome::Promised,
        },
        _ => Outcome::Pending,
    }
}
