//! A payment by card: what it is for, the attempts at it, and what it settles.
//!
//! Nothing a browser says is believed. A payment changes only after the card
//! provider's own record of it was read again, and only if amount, currency,
//! mode and reference are the ones that were asked for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::EventSlug;
use crate::invoice::InvoiceNumber;
use crate::money::Pence;
use crate::reference::{BookingReference, PaymentReference};

mod returned;

pub use returned::{Dispute, DisputeStanding, RefundRefusal, Returned};

/// A sum that somebody is asked to pay by card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Its name, which the provider keeps with its own record.
    pub reference: PaymentReference,
    /// What it settles.
    pub purpose: Purpose,
    /// What is asked, from the publication.
    pub amount: Pence,
    /// What the payer reads.
    pub description: String,
    /// Where it stands.
    pub state: PaymentState,
    /// The attempt under way, if any was begun.
    pub attempt: Option<Attempt>,
    /// Sessions that were paid as well, when it was paid already: their money
    /// is due back.
    pub paid_again: Vec<String>,
    /// What was given back of it, or is on its way back.
    #[serde(default)]
    pub returned: Vec<Returned>,
    /// What payers have disputed of it.
    #[serde(default)]
    pub disputes: Vec<Dispute>,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// What a payment settles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Purpose {
    /// A place at an event.
    Booking {
        /// The booking.
        booking: BookingReference,
        /// Its event.
        event: EventSlug,
    },
    /// An invoice.
    Invoice {
        /// Its number.
        invoice: InvoiceNumber,
    },
}

/// Where a payment stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum PaymentState {
    /// Not paid.
    Open,
    /// Paid, and what it is for was given.
    Paid {
        /// When we learnt of it.
        at: Timestamp,
        /// The provider's session that it was paid in.
        session: String,
    },
    /// Not asked for by card any more: it is on an invoice. What is paid by
    /// card all the same is due back.
    Invoiced {
        /// Since when.
        at: Timestamp,
        /// Which.
        invoice: InvoiceNumber,
    },
    /// Paid, but what it was for had gone.
    RefundDue {
        /// When we learnt of it.
        at: Timestamp,
        /// The provider's session that it was paid in.
        session: String,
    },
}

/// One attempt to pay: a page at the provider's that can be paid on once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Under which the provider makes the page once, however often it is
    /// asked. Kept before it is asked, so that a crash makes no second page.
    pub key: String,
    /// When the page closes, by the provider's clock, not by the business's.
    pub expires_at: Timestamp,
    /// The provider's name for the page, once it has answered.
    pub session: Option<String>,
    /// Since when the money is on its way, where that takes days.
    #[serde(default)]
    pub promised_at: Option<Timestamp>,
}

/// The provider's own record of a page, as far as we look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The provider's name for it.
    pub session: String,
    /// The reference that we gave it.
    pub reference: Option<String>,
    /// The total, in the smallest unit of the currency.
    pub amount: Option<i64>,
    /// The currency, in lower case.
    pub currency: Option<String>,
    /// Whether real money moved.
    pub live: bool,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of an attempt to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It can still be paid.
    Pending,
    /// It is paid by a method that settles days later, and the money is on its
    /// way.
    Promised,
    /// The money is there.
    Paid,
    /// It can be paid no more.
    Expired,
    /// It was to be paid by a method that settles days later, and was not: it
    /// can be paid no more.
    Failed,
}

impl Payment {
    /// A payment that is asked for.
    #[must_use]
    pub fn new(
        reference: PaymentReference,
        purpose: Purpose,
        amount: Pence,
        description: String,
        now: Timestamp,
    ) -> Payment {
        Payment {
            reference,
            purpose,
            amount,
            description,
            state: PaymentState::Open,
            attempt: None,
            paid_again: Vec::new(),
            returned: Vec::new(),
            disputes: Vec::new(),
            created_at: now,
        }
    }

    /// Whether the provider's record is one of this payment.
    ///
    /// # Errors
    ///
    /// [`Mismatch`] names what differs; then nothing may be given for it.
    pub fn check(&self, record: &Record, live: bool) -> Result<(), Mismatch> {
        if record.reference.as_deref() != Some(self.reference.to_string().as_str()) {
            return Err(Mismatch::Reference);
        }
        if record.live != live {
            return Err(Mismatch::Mode);
        }
        if record.currency.as_deref() != Some("gbp") {
            return Err(Mismatch::Currency);
        }
        if record.amount != i64::try_from(self.amount.get()).ok() {
            return Err(Mismatch::Amount);
        }
        Ok(())
    }

    /// Whether this session's money was counted already, for the purpose or as
    /// due back.
    #[must_use]
    pub fn counts(&self, paid_in: &str) -> bool {
        match &self.state {
            PaymentState::Paid { session, .. } | PaymentState::RefundDue { session, .. } => {
                session == paid_in || self.paid_again.iter().any(|again| again == paid_in)
            }
            PaymentState::Invoiced { .. } => self.paid_again.iter().any(|again| again == paid_in),
            PaymentState::Open => false,
        }
    }

    /// Whether `session` is the page of the attempt under way.
    #[must_use]
    pub fn is_under_way(&self, session: &str) -> bool {
        self.attempt
            .as_ref()
            .and_then(|attempt| attempt.session.as_deref())
            == Some(session)
    }
}

/// What differs between a payment and the provider's record of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// It was made for another payment.
    #[error("the provider's record names another payment")]
    Reference,
    /// One is a test and the other is not.
    #[error("the provider's record is of another mode (test or live)")]
    Mode,
    /// It is in another currency.
    #[error("the provider's record is in another currency than pounds")]
    Currency,
    /// It is of another sum.
    #[error("the provider's record is of another amount")]
    Amount,
}

#[cfg(test)]
mod tests;
