//! Why an entry was made. A cause names one thing that happened once: an entry
//! with a cause that is known is not made again.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::bank::BankLineId;
use crate::invoice::{CreditNoteNumber, InvoiceNumber};
use crate::reference::{MembershipReference, PaymentReference, RefundReference};

/// Why an entry was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Cause {
    /// An invoice was issued.
    Invoice {
        /// Its number.
        invoice: InvoiceNumber,
    },
    /// An invoice was made void.
    Void {
        /// Its number.
        invoice: InvoiceNumber,
    },
    /// A credit note was issued.
    Credit {
        /// Its number.
        note: CreditNoteNumber,
    },
    /// A page of the provider's was paid on.
    Card {
        /// The payment.
        payment: PaymentReference,
        /// The provider's name for the page.
        session: String,
    },
    /// A disputed payment was lost.
    Dispute {
        /// The provider's name for it.
        dispute: String,
    },
    /// A line of the bank's statement was put to an invoice.
    Bank {
        /// The line.
        line: BankLineId,
        /// The invoice.
        invoice: InvoiceNumber,
        /// Which time: it may be undone and done again.
        time: u32,
        /// Whether it was undone.
        undone: bool,
    },
    /// What was overpaid on one invoice was put to another.
    GivenOn {
        /// The one that was overpaid.
        from: InvoiceNumber,
        /// The other one.
        to: InvoiceNumber,
        /// Which time.
        time: usize,
    },
    /// Money was given back.
    Refund {
        /// The refund.
        refund: RefundReference,
    },
    /// A refund could not be made.
    RefundFailed {
        /// The refund.
        refund: RefundReference,
    },
    /// The provider moved money of its own accord: a fee, a payout.
    Provider {
        /// The line of its balance.
        line: String,
    },
    /// A member was brought in with a balance.
    BroughtForward {
        /// The membership.
        membership: MembershipReference,
    },
    /// Something came in kind.
    InKind {
        /// The command that entered it.
        key: String,
    },
}

/// As a key: the same for the same cause.
impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Invoice { invoice } => write!(formatter, "INVOICE#{invoice}"),
            Cause::Void { invoice } => write!(formatter, "VOID#{invoice}"),
            Cause::Credit { note } => write!(formatter, "CREDIT#{note}"),
            Cause::Card { payment, session } => write!(formatter, "CARD#{payment}#{session}"),
            Cause::Dispute { dispute } => write!(formatter, "DISPUTE#{dispute}"),
            Cause::Bank {
                line,
                invoice,
                time,
                undone,
            } => {
                let way = if *undone { "UNDONE" } else { "DONE" };
                write!(formatter, "BANK#{line}#{invoice}#{time}#{way}")
            }
            Cause::GivenOn { from, to, time } => {
                write!(formatter, "GIVEN-ON#{from}#{to}#{time}")
            }
            Cause::Refund { refund } => write!(formatter, "REFUND#{refund}"),
            Cause::RefundFailed { refund } => write!(formatter, "REFUND-FAILED#{refund}"),
            Cause::Provider { line } => write!(formatter, "PROVIDER#{line}"),
            Cause::BroughtForward { membership } => {
                write!(formatter, "BROUGHT-FORWARD#{membership}")
            }
            Cause::InKind { key } => write!(formatter, "IN-KIND#{key}"),
        }
    }
}
