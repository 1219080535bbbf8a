//! Money given back: by us, or by somebody in Stripe's dashboard.

use domain::money::Pence;
use jiff::Timestamp;
use stripe::StripeRequest as _;
use stripe_core::Refund;
use stripe_core::refund::{CreateRefund, ListRefund, RetrieveRefund};
use stripe_types::List;

use super::error::once;
use super::lists::{PAGE, all, at};
use super::page::PAYMENT;
use super::{Origin, ProviderError, Stripe};

/// The note that names the command that asked for a refund.
const COMMAND: &str = "command";

/// What became of asking for a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundMade {
    /// Stripe's name for it.
    pub id: String,
    /// How much.
    pub amount: Pence,
    /// Where it stands.
    pub outcome: RefundOutcome,
}

/// Where a refund stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundOutcome {
    /// It is on its way.
    Pending,
    /// The money has left us. A card shows it some days later, and may still
    /// send it back.
    Succeeded,
    /// The money stayed with us, or came back.
    Failed {
        /// Stripe's word for the reason, such as `expired_or_canceled_card`.
        why: String,
    },
}

/// Stripe's record of a refund, whoever asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRecord {
    /// Stripe's name for it.
    pub id: String,
    /// The page that the money had been paid on.
    pub origin: Option<Origin>,
    /// How much.
    pub amount: Pence,
    /// The currency, in lower case.
    pub currency: String,
    /// Where it stands.
    pub outcome: RefundOutcome,
    /// The key of the command of ours that asked for it; none for one that was
    /// made in Stripe's dashboard.
    pub command: Option<String>,
    /// When it was asked for, by Stripe's clock.
    pub made_at: Timestamp,
}

impl Stripe {
    /// Gives back `amount` of what was paid on a page, once for each `key`.
    ///
    /// Stripe forgets a key after a day or more. The refund carries it as a
    /// note, which is looked for first, so that a command that is carried out
    /// again a week later gives nothing back a second time.
    ///
    /// # Errors
    ///
    /// [`ProviderError::Refused`] if it is more than is left of the payment, or
    /// the payment is disputed; [`ProviderError::Unreachable`] if it is not
    /// known whether it was done: ask again with the same key.
    pub async fn refund(
        &self,
        session: &str,
        amount: Pence,
        key: &str,
    ) -> Result<RefundMade, ProviderError> {
        let paid = self.read(session).await?;
        let intent = paid
            .intent
            .ok_or(ProviderError::Incomplete("payment for this page"))?;
        let made = self
            .refunds(ListRefund::new().payment_intent(&*intent))
            .await?;
        if let Some(made) = made.iter().find(|refund| command(refund) == Some(key)) {
            return Ok(RefundMade::from(made));
        }
        let pence = i64::try_from(amount.get()).map_err(|_| ProviderError::Incomplete("amount"))?;
        let mut notes = std::collections::HashMap::from([(COMMAND.to_owned(), key.to_owned())]);
        if let Some(reference) = paid.record.reference {
            notes.insert(PAYMENT.to_owned(), reference);
        }
        let request = CreateRefund::new()
            .payment_intent(intent)
            .amount(pence)
            .metadata(notes);
        let refund = once(key, |strategy| {
            let request = request.customize().request_strategy(strategy);
            request.send(&self.client)
        })
        .await?;
        Ok(RefundMade::from(&refund))
    }

    /// Reads Stripe's record of a refund, and finds what it gives back.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if it cannot be read now.
    pub async fn refund_record(&self, id: &str) -> Result<RefundRecord, ProviderError> {
        let refund = RetrieveRefund::new(id).send(&self.client).await?;
        let origin = match (&refund.payment_intent, &refund.charge) {
            (Some(intent), _) => self.session_of(intent.id().as_str()).await?,
            (None, Some(charge)) => self.session_of_charge(charge.id().as_str()).await?,
            (None, None) => None,
        };
        Ok(record(&refund, origin))
    }

    /// Every refund of what was paid on a page, the oldest first: ours, and
    /// those that were made in Stripe's dashboard.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if they cannot be read now.
    pub async fn refunds_of(&self, session: &str) -> Result<Vec<RefundRecord>, ProviderError> {
        let reading = self.read(session).await?;
        let Some(intent) = reading.intent else {
            return Ok(Vec::new());
        };
        let origin = Origin {
            session: reading.record.session,
            reference: reading.record.reference,
            noted: reading.noted,
            live: reading.record.live,
        };
        let found = self
            .refunds(ListRefund::new().payment_intent(intent))
            .await?;
        let record = |refund: &Refund| record(refund, Some(origin.clone()));
        Ok(found.iter().map(record).collect())
    }

    /// Every refund of a charge, the oldest first.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if they cannot be read now.
    pub async fn refunds_of_charge(
        &self,
        charge: &str,
    ) -> Result<Vec<RefundRecord>, ProviderError> {
        let origin = self.session_of_charge(charge).await?;
        let found = self.refunds(ListRefund::new().charge(charge)).await?;
        let record = |refund: &Refund| record(refund, origin.clone());
        Ok(found.iter().map(record).collect())
    }

    async fn refunds(&self, request: ListRefund) -> Result<Vec<Refund>, ProviderError> {
        let request = request.limit(PAGE);
        all(|after| self.some_refunds(request.clone(), after)).await
    }

    async fn some_refunds(
        &self,
        mut request: ListRefund,
        after: Option<String>,
    ) -> Result<List<Refund>, stripe::StripeError> {
        if let Some(after) = after {
            request = request.starting_after(after);
        }
        request.send(&self.client).await
    }
}

impl From<&Refund> for RefundMade {
    fn from(refund: &Refund) -> RefundMade {
        RefundMade {
            id: refund.id.to_string(),
            amount: pence(refund.amount),
            outcome: outcome(refund),
        }
    }
}

fn record(refund: &Refund, origin: Option<Origin>) -> RefundRecord {
    RefundRecord {
        id: refund.id.to_string(),
        origin,
        amount: pence(refund.amount),
        currency: refund.currency.to_string().to_ascii_lowercase(),
        outcome: outcome(refund),
        command: command(refund).map(str::to_owned),
        made_at: at(refund.created),
    }
}

fn outcome(refund: &Refund) -> RefundOutcome {
    match refund.status.as_deref() {
        Some("succeeded") => RefundOutcome::Succeeded,
        Some(ended @ ("failed" | "canceled")) => RefundOutcome::Failed {
            why: refund.failure_reason.as_deref().unwrap_or(ended).to_owned(),
        },
        _ => RefundOutcome::Pending,
    }
}

fn command(refund: &Refund) -> Option<&str> {
    let notes = refund.metadata.as_ref()?;
    notes.get(COMMAND).map(String::as_str)
}

/// Stripe never writes a sum below nought where one is paid back or disputed.
pub(super) fn pence(amount: i64) -> Pence {
    Pence::new(u64::try_from(amount).unwrap_or_default())
}
