//! Where money came from: a charge, a refund or a dispute names a payment of
//! Stripe's, and the page that it was paid on names ours.

use domain::payment::Purpose;
use stripe_checkout::CheckoutSession;
use stripe_checkout::checkout_session::ListCheckoutSession;
use stripe_core::charge::RetrieveCharge;

use super::page::noted;
use super::{ProviderError, Stripe};

/// The page that some money was paid on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Stripe's name for the page.
    pub session: String,
    /// The reference that we gave it: a payment's.
    pub reference: Option<String>,
    /// What we noted on it.
    pub noted: Option<Purpose>,
    /// Whether real money moved.
    pub live: bool,
}

impl Stripe {
    /// The page that a payment intent was made by; none if it was not made on
    /// a page of ours.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if it cannot be found out now.
    pub async fn session_of(&self, intent: &str) -> Result<Option<Origin>, ProviderError> {
        let request = ListCheckoutSession::new().payment_intent(intent).limit(1);
        let found = self.some_sessions(request, None).await;
        match found.map_err(ProviderError::from) {
            Ok(found) => Ok(found.data.into_iter().next().map(origin)),
            // Stripe knows no such payment.
            Err(ProviderError::Refused(refusal)) if refusal.is("resource_missing") => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The page that a charge was made by; none if it was not made on a page
    /// of ours.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if it cannot be found out now.
    pub async fn session_of_charge(&self, charge: &str) -> Result<Option<Origin>, ProviderError> {
        let charge = RetrieveCharge::new(charge).send(&self.client).await?;
        match charge.payment_intent {
            Some(intent) => self.session_of(intent.id().as_str()).await,
            None => Ok(None),
        }
    }
}

fn origin(session: CheckoutSession) -> Origin {
    Origin {
        session: session.id.to_string(),
        reference: session.client_reference_id,
        noted: session.metadata.as_ref().and_then(noted),
        live: session.livemode,
    }
}
