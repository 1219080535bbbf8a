//! A dispute: a payer has told the bank that a payment was not theirs, or that
//! they did not get what it was for. The bank takes the money back meanwhile.

use domain::money::Pence;
use stripe_core::DisputeStatus;
use stripe_core::dispute::RetrieveDispute;

use super::refund::pence;
use super::{Origin, ProviderError, Stripe};

/// Stripe's record of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeRecord {
    /// Stripe's name for it.
    pub id: String,
    /// The page that the money had been paid on.
    pub origin: Option<Origin>,
    /// How much is disputed.
    pub amount: Pence,
    /// The currency, in lower case.
    pub currency: String,
    /// Whether real money is disputed.
    pub live: bool,
    /// Where it stands.
    pub standing: Standing,
    /// Stripe's word for the payer's reason, such as `fraudulent`.
    pub reason: String,
    /// How much of it the bank holds now; nought again once it was won.
    pub withdrawn: Pence,
    /// What Stripe charged for it.
    pub fee: Pence,
}

/// Where a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has decided.
    Open,
    /// The money is ours. So is one that ended without being disputed in
    /// earnest.
    Won,
    /// The money is the payer's.
    Lost,
}

impl Stripe {
    /// Reads Stripe's record of a dispute, and finds what is disputed.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if it cannot be read now.
    pub async fn dispute(&self, id: &str) -> Result<DisputeRecord, ProviderError> {
        let dispute = RetrieveDispute::new(id).send(&self.client).await?;
        let origin = match &dispute.payment_intent {
            Some(intent) => self.session_of(intent.id().as_str()).await?,
            None => self.session_of_charge(dispute.charge.id().as_str()).await?,
        };
        let lines = &dispute.balance_transactions;
        Ok(DisputeRecord {
            id: dispute.id.to_string(),
            origin,
            amount: pence(dispute.amount),
            currency: dispute.currency.to_string().to_ascii_lowercase(),
            live: dispute.livemode,
            standing: standing(&dispute.status),
            reason: dispute.reason,
            withdrawn: pence(-lines.iter().map(|line| line.amount).sum::<i64>()),
            fee: pence(lines.iter().map(|line| line.fee).sum()),
        })
    }
}

fn standing(status: &DisputeStatus) -> Standing {
    match status {
        DisputeStatus::Lost => Standing::Lost,
        DisputeStatus::Won | DisputeStatus::WarningClosed | DisputeStatus::Prevented => {
            Standing::Won
        }
        _ => Standing::Open,
    }
}
