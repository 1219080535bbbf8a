//! Money given back: asked for by the treasurer, carried out by the function
//! that speaks to the card provider, or by hand from the bank account.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::invoice::{CreditNoteNumber, InvoiceNumber};
use crate::money::Pence;
use crate::reference::{MembershipReference, PaymentReference, RefundReference};

/// A refund, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its name.
    pub reference: RefundReference,
    /// How the money goes back.
    pub way: RefundWay,
    /// The invoice that was paid, if it was one.
    pub invoice: Option<InvoiceNumber>,
    /// The member whose invoice it was.
    pub membership: Option<MembershipReference>,
    /// How much.
    pub pence: Pence,
    /// Why.
    pub reason: String,
    /// The credit note that goes with it, where less is asked for it.
    pub credit_note: Option<CreditNoteNumber>,
    /// When it was asked for, or we learnt of it.
    pub asked_at: Timestamp,
    /// Where it stands.
    pub state: RefundState,
}

/// How money goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum RefundWay {
    /// The way it came, through the card provider.
    Card {
        /// The payment.
        payment: PaymentReference,
        /// The page that it came on.
        session: String,
    },
    /// From our bank account, by hand.
    Bank {
        /// The day.
        on: Date,
    },
}

/// Where a refund stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum RefundState {
    /// The provider is to be asked.
    Asked,
    /// The provider has taken it up.
    OnItsWay,
    /// The money has left us.
    Made {
        /// When we learnt of it.
        at: Timestamp,
    },
    /// The money stayed with us, or came back.
    Failed {
        /// When we learnt of it.
        at: Timestamp,
        /// Why, in the provider's word.
        why: String,
    },
}

impl Refund {
    /// Since when nothing more is to come of it.
    #[must_use]
    pub const fn over_since(&self) -> Option<Timestamp> {
        match self.state {
            RefundState::Made { at } | RefundState::Failed { at, .. } => Some(at),
            RefundState::Asked | RefundState::OnItsWay => None,
        }
    }

    /// Whether nothing more is to come of it.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(
            self.state,
            RefundState::Made { .. } | RefundState::Failed { .. }
        )
    }
}
