//! The lines of Stripe's balance, which the books are held against: what came
//! in, what went back, what Stripe kept, and what it paid out.

use std::collections::BTreeMap;

use jiff::Timestamp;
use stripe_core::BalanceTransaction;
use stripe_core::BalanceTransactionSource as Source;
use stripe_core::balance_transaction::ListBalanceTransaction;
use stripe_types::{Expandable, List};

use super::lists::{PAGE, all, at, between};
use super::page::PAYMENT;
use super::{ProviderError, Stripe};

/// One line of the balance. Sums are in whole pence; below nought, money left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceLine {
    /// Stripe's name for it.
    pub id: String,
    /// What kind of thing moved the money.
    pub kind: BalanceKind,
    /// What moved, before Stripe's fee.
    pub gross: i64,
    /// What Stripe kept of it, never below nought but where it is given back.
    pub fee: i64,
    /// `gross` less `fee`: what the balance changed by.
    pub net: i64,
    /// The currency, in lower case.
    pub currency: String,
    /// When, by Stripe's clock.
    pub at: Timestamp,
    /// From when it can be paid out.
    pub available_at: Timestamp,
    /// Stripe's name for what moved it: a charge, a refund, a dispute, a payout.
    pub source: Option<String>,
    /// The payment of ours that it belongs to, if it belongs to one.
    pub reference: Option<String>,
}

/// What moved the money, by Stripe's reporting category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BalanceKind {
    /// A payment came in.
    Charge,
    /// A payment went back.
    Refund,
    /// A refund came back: it could not be made.
    RefundFailed,
    /// The bank took a disputed payment back.
    Dispute,
    /// The bank gave a disputed payment again.
    DisputeReversed,
    /// Money went to our bank account.
    Payout,
    /// A payout came back.
    PayoutFailed,
    /// Something that Stripe charges by itself.
    Fee,
    /// Something else, in Stripe's word.
    Other(String),
}

impl BalanceKind {
    fn of(category: &str) -> BalanceKind {
        match category {
            "charge" => BalanceKind::Charge,
            "refund" | "partial_capture_reversal" => BalanceKind::Refund,
            "refund_failure" => BalanceKind::RefundFailed,
            "dispute" => BalanceKind::Dispute,
            "dispute_reversal" => BalanceKind::DisputeReversed,
            "payout" => BalanceKind::Payout,
            "payout_reversal" => BalanceKind::PayoutFailed,
            "fee" => BalanceKind::Fee,
            other => BalanceKind::Other(other.to_owned()),
        }
    }
}

impl Stripe {
    /// The lines of the balance from `from` until before `to`, the oldest first.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if they cannot be read now.
    pub async fn balance(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<BalanceLine>, ProviderError> {
        let request = ListBalanceTransaction::new()
            .created(between(from, to))
            .expand(vec!["data.source".to_owned()])
            .limit(PAGE);
        let found = all(|after| self.some_lines(request.clone(), after)).await?;
        let mut known = BTreeMap::new();
        let mut lines = Vec::new();
        for line in found {
            let reference = self.reference(&line, &mut known).await?;
            lines.push(BalanceLine {
                id: line.id.to_string(),
                kind: BalanceKind::of(&line.reporting_category),
                gross: line.amount,
                fee: line.fee,
                net: line.net,
                currency: line.currency.to_string().to_ascii_lowercase(),
                at: at(line.created),
                available_at: at(line.available_on),
                source: line.source.map(|source| name(&source)),
                reference,
            });
        }
        Ok(lines)
    }

    async fn some_lines(
        &self,
        mut request: ListBalanceTransaction,
        after: Option<String>,
    ) -> Result<List<BalanceTransaction>, stripe::StripeError> {
        if let Some(after) = after {
            request = request.starting_after(after);
        }
        request.send(&self.client).await
    }

    /// The payment of ours that a line belongs to: by its note, else by the
    /// page that the money was paid on. `known` are the pages asked for.
    async fn reference(
        &self,
        line: &BalanceTransaction,
        known: &mut BTreeMap<String, Option<String>>,
    ) -> Result<Option<String>, ProviderError> {
        let Some(Expandable::Object(source)) = &line.source else {
            return Ok(None);
        };
        let (notes, intent) = match &**source {
            Source::Charge(charge) => (Some(&charge.metadata), &charge.payment_intent),
            Source::Refund(refund) => (refund.metadata.as_ref(), &refund.payment_intent),
            Source::Dispute(dispute) => (Some(&dispute.metadata), &dispute.payment_intent),
            _ => return Ok(None),
        };
        if let Some(reference) = notes.and_then(|notes| notes.get(PAYMENT)) {
            return Ok(Some(reference.clone()));
        }
        let Some(intent) = intent else {
            return Ok(None);
        };
        let intent = intent.id().as_str();
        if let Some(reference) = known.get(intent) {
            return Ok(reference.clone());
        }
        let origin = self.session_of(intent).await?;
        let reference = origin.and_then(|origin| origin.reference);
        known.insert(intent.to_owned(), reference.clone());
        Ok(reference)
    }
}

/// Stripe's name for the source of a line.
fn name(source: &Expandable<Source>) -> String {
    source.id().to_string()
}
