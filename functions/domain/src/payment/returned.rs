//! What of a payment went back, or may have to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Payment, PaymentState, Purpose};
use crate::ledger::{Account, Income};
use crate::money::Pence;
use crate::reference::RefundReference;

/// Something that was given back of a payment. It counts from when it is asked
/// for, so that the same money cannot be given back twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The refund.
    pub refund: RefundReference,
    /// The page that the money had come on.
    pub session: String,
    /// How much.
    pub pence: Pence,
    /// The provider's name for it, once it has one.
    pub provider: Option<String>,
    /// Whether the money has left us.
    #[serde(default)]
    pub made: bool,
    /// Whether it could not be made.
    pub failed: bool,
}

/// A dispute about a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// The provider's name for it.
    pub id: String,
    /// The page that the money had come on.
    pub session: String,
    /// How much is disputed.
    pub pence: Pence,
    /// Where it stands.
    pub standing: DisputeStanding,
    /// The provider's word for the reason.
    pub reason: String,
    /// When we learnt of it.
    pub at: Timestamp,
}

/// Where a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisputeStanding {
    /// Nobody has decided.
    Open,
    /// The money is ours.
    Won,
    /// The money is the payer's.
    Lost,
}

/// Why money cannot be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefusal {
    /// No money came on that page.
    #[error("Nothing was paid that way")]
    NotPaid,
    /// The sum is nought.
    #[error("The sum must be more than nought")]
    Nought,
    /// It is more than is left.
    #[error("At the most {0} is left to give back")]
    TooMuch(Pence),
}

impl Payment {
    /// The pages that money came on.
    pub fn paid_sessions(&self) -> impl Iterator<Item = &str> {
        let first = match &self.state {
            PaymentState::Paid { session, .. } | PaymentState::RefundDue { session, .. } => {
                Some(session.as_str())
            }
            PaymentState::Open | PaymentState::Invoiced { .. } => None,
        };
        first
            .into_iter()
            .chain(self.paid_again.iter().map(String::as_str))
    }

    /// What came on a page and can still be given back: what is disputed is
    /// with the bank.
    #[must_use]
    pub fn refundable(&self, session: &str) -> Pence {
        if !self.paid_sessions().any(|paid| paid == session) {
            return Pence::ZERO;
        }
        let returned = self.returned.iter();
        let returned = returned.filter(|one| one.session == session && !one.failed);
        let gone: Pence = returned.map(|one| one.pence).sum();
        let disputed = self.disputes.iter();
        let disputed =
            disputed.filter(|one| one.session == session && one.standing != DisputeStanding::Won);
        let held: Pence = disputed.map(|one| one.pence).sum();
        self.amount.less(gone).less(held)
    }

    /// The account that the money of a page was put to.
    #[must_use]
    pub fn account_of(&self, session: &str) -> Account {
        match &self.state {
            PaymentState::Paid { session: first, .. } if first == session => match self.purpose {
                Purpose::Invoice { .. } => Account::Receivable,
                Purpose::Booking { .. } => Account::Income(Income::TradedServices),
            },
            _ => Account::RefundsDue,
        }
    }

    /// What is due back: what came when it was for nothing.
    #[must_use]
    pub fn due_back(&self) -> Vec<(&str, Pence)> {
        let for_nothing = self
            .paid_sessions()
            .filter(|session| self.account_of(session) == Account::RefundsDue);
        for_nothing
            .map(|session| (session, self.refundable(session)))
            .filter(|(_, pence)| !pence.is_zero())
            .collect()
    }

    /// Whether somebody has to look at it: money is due back, a refund could
    /// not be made, or a payer disputes it.
    #[must_use]
    pub fn needs_somebody(&self) -> bool {
        let is_open = |one: &Dispute| one.standing == DisputeStanding::Open;
        !self.due_back().is_empty() || self.disputes.iter().any(is_open)
    }

    /// How much more went back of a page than came on it, as far as it is
    /// known: two asked for the same money, and one of them will be refused. It
    /// is held against what is due to payers until then.
    #[must_use]
    pub fn overdrawn(&self, session: &str) -> Pence {
        let returned = self.returned.iter();
        let returned = returned.filter(|one| one.session == session && !one.failed);
        let went: Pence = returned.map(|one| one.pence).sum();
        let disputes = self.disputes.iter();
        let lost =
            disputes.filter(|one| one.session == session && one.standing == DisputeStanding::Lost);
        let lost: Pence = lost.map(|one| one.pence).sum();
        went.plus(lost).less(self.amount)
    }

    /// What was given back, by its reference.
    #[must_use]
    pub fn returned_as(&self, refund: &RefundReference) -> Option<&Returned> {
        self.returned.iter().find(|one| one.refund == *refund)
    }

    /// Enters what was given back from our bank account.
    ///
    /// # Errors
    ///
    /// [`RefundRefusal`], as for [`Payment::set_aside`].
    pub fn given_back(
        &mut self,
        refund: RefundReference,
        session: &str,
        pence: Pence,
    ) -> Result<(), RefundRefusal> {
        self.set_aside(refund, session, pence)?;
        if let Some(last) = self.returned.last_mut() {
            last.made = true;
        }
        Ok(())
    }

    /// Sets aside what is to be given back.
    ///
    /// # Errors
    ///
    /// [`RefundRefusal::TooMuch`] if less is left: a stale screen gives nothing
    /// back twice.
    pub fn set_aside(
        &mut self,
        refund: RefundReference,
        session: &str,
        pence: Pence,
    ) -> Result<(), RefundRefusal> {
        if !self.paid_sessions().any(|paid| paid == session) {
            return Err(RefundRefusal::NotPaid);
        }
        if pence.is_zero() {
            return Err(RefundRefusal::Nought);
        }
        let most = self.refundable(session);
        if pence > most {
            return Err(RefundRefusal::TooMuch(most));
        }
        self.returned.push(Returned {
            refund,
            session: session.to_owned(),
            pence,
            provider: None,
            made: false,
            failed: false,
        });
        Ok(())
    }
}
