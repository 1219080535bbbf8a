//! The account of an invoice: what was paid, credited and returned, and where
//! the invoice stands because of it.
//!
//! | from | command | to |
//! | --- | --- | --- |
//! | issued, part paid, overdue | payment | part paid, paid, overpaid |
//! | issued, part paid, part credited | credit note | part credited, credited, paid |
//! | issued | reissue | replaced |
//! | issued | void | void |
//! | paid, overpaid, part paid, part refunded | refund | part refunded, refunded, paid |
//!
//! Overdue is no state: it is derived from the balance and the day.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{CreditNoteNumber, Invoice, InvoiceNumber};
use crate::bank::BankLineId;
use crate::calendar::london_date;
use crate::money::Pence;
use crate::reference::{PaymentReference, RefundReference};

/// Something that happened to an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// When it was entered.
    pub at: Timestamp,
    /// How much of it there was, never below nought.
    pub pence: Pence,
    /// What it was.
    pub what: What,
}

/// What happened to an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum What {
    /// Money came.
    Paid {
        /// How.
        by: Means,
    },
    /// A payment turned out to be none: a bank line that belongs elsewhere, a
    /// dispute that was lost.
    TakenBack {
        /// The payment.
        by: Means,
    },
    /// Less is asked.
    Credited {
        /// The credit note.
        note: CreditNoteNumber,
    },
    /// Money went back.
    Refunded {
        /// The refund.
        refund: RefundReference,
    },
    /// A refund could not be made: the money is still with us.
    RefundFailed {
        /// The refund.
        refund: RefundReference,
    },
}

/// How money came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "means", rename_all = "kebab-case")]
pub enum Means {
    /// By card or Direct Debit, on a page of the provider's.
    Card {
        /// The payment.
        payment: PaymentReference,
        /// The provider's name for the page.
        session: String,
    },
    /// By bank transfer.
    Bank {
        /// The line of the bank's statement.
        line: BankLineId,
    },
    /// From what was paid on another invoice over what that asked.
    Invoice {
        /// The other one.
        other: InvoiceNumber,
    },
}

/// How an invoice came to ask for nothing without being paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Closed {
    /// It should not have been issued. Its number is kept.
    Void {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// Another stands in its place: it was credited in full.
    Replaced {
        /// When.
        at: Timestamp,
        /// The other one.
        by: InvoiceNumber,
    },
}

/// Where an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// All of it is owed.
    Issued,
    /// Some was paid, and some is owed.
    PartPaid,
    /// It is paid.
    Paid,
    /// More was paid than it asks: the treasurer allocates or refunds.
    Overpaid,
    /// Less is asked than at first, and nothing was paid.
    PartCredited,
    /// Nothing is asked any more, and nothing was paid.
    Credited,
    /// It was paid, and some of it went back.
    PartRefunded,
    /// It was paid, and all of it went back.
    Refunded,
    /// Another stands in its place.
    Replaced,
    /// It should not have been issued.
    Void,
}

impl Standing {
    /// Where it stands, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Standing::Issued => "to be paid",
            Standing::PartPaid => "paid in part",
            Standing::Paid => "paid",
            Standing::Overpaid => "overpaid",
            Standing::PartCredited => "credited in part",
            Standing::Credited => "credited",
            Standing::PartRefunded => "refunded in part",
            Standing::Refunded => "refunded",
            Standing::Replaced => "replaced",
            Standing::Void => "void",
        }
    }
}

/// Why an invoice cannot be changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceRefusal {
    /// It asks for nothing, and takes nothing.
    #[error("This invoice is {}: nothing can be entered on it", .0.words())]
    Closed(Standing),
    /// Something was paid or credited: it cannot be as if it had never been.
    #[error(
        "Only an invoice on which nothing was paid or credited can be made void or issued again: this one is {}", .0.words()
    )]
    Touched(Standing),
    /// The sum is nought.
    #[error("The sum must be more than nought")]
    Nought,
    /// More than there is.
    #[error("At the most {0} is left for that")]
    TooMuch(Pence),
    /// This payment was entered before, or is not there to be taken back.
    #[error("That payment was entered on this invoice already, or is not on it")]
    Counted,
}

impl Invoice {
    /// What was paid and not taken back or returned.
    #[must_use]
    pub fn paid(&self) -> Pence {
        let (came, went) = self.paid_and_returned();
        came.less(went)
    }

    pub(super) fn paid_and_returned(&self) -> (Pence, Pence) {
        let sum = |of: fn(&What) -> bool| -> Pence {
            let moves = self.account.iter();
            moves.filter(|one| of(&one.what)).map(|one| one.pence).sum()
        };
        let came = sum(|what| matches!(what, What::Paid { .. }));
        let taken = sum(|what| matches!(what, What::TakenBack { .. }));
        let refunded = sum(|what| matches!(what, What::Refunded { .. }));
        let failed = sum(|what| matches!(what, What::RefundFailed { .. }));
        (came.less(taken), refunded.less(failed))
    }

    /// What was credited.
    #[must_use]
    pub fn credited(&self) -> Pence {
        let credits = self.account.iter();
        let credits = credits.filter(|one| matches!(one.what, What::Credited { .. }));
        credits.map(|one| one.pence).sum()
    }

    /// What it asks, less what was credited.
    #[must_use]
    pub fn asked(&self) -> Pence {
        match self.closed {
            Some(_) => Pence::ZERO,
            None => self.says.total.less(self.credited()),
        }
    }

    /// What is still to be paid.
    #[must_use]
    pub fn balance(&self) -> Pence {
        self.asked().less(self.paid())
    }

    /// What was paid over what is asked.
    #[must_use]
    pub fn overpaid(&self) -> Pence {
        self.paid().less(self.asked())
    }

    /// Where it stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self.closed {
            Some(Closed::Void { .. }) => return Standing::Void,
            Some(Closed::Replaced { .. }) => return Standing::Replaced,
            None => {}
        }
        let (came, returned) = self.paid_and_returned();
        let paid = came.less(returned);
        let is_credited = !self.credited().is_zero();
        if !self.overpaid().is_zero() {
            Standing::Overpaid
        } else if self.balance().is_zero() {
            match (paid.is_zero(), returned.is_zero()) {
                (true, true) => Standing::Credited,
                (true, false) => Standing::Refunded,
                (false, false) if is_credited => Standing::PartRefunded,
                (false, _) => Standing::Paid,
            }
        } else if !paid.is_zero() {
            Standing::PartPaid
        } else if is_credited {
            Standing::PartCredited
        } else {
            Standing::Issued
        }
    }

    /// The day of the last that happened to it.
    #[must_use]
    pub fn last_touched_on(&self) -> Date {
        let closed = match &self.closed {
            Some(Closed::Void { at, .. } | Closed::Replaced { at, .. }) => Some(*at),
            None => None,
        };
        let moved = self.account.iter().map(|one| one.at);
        let days = moved.chain(closed).map(london_date);
        days.fold(self.issued_on, Date::max)
    }

    /// Whether something is owed on it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.balance().is_zero()
    }

    /// Whether something is owed on it and its day has passed.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.due_on < today
    }

    /// When the last of it was paid, if it is paid.
    #[must_use]
    pub fn paid_at(&self) -> Option<Timestamp> {
        if self.is_open() || self.paid().is_zero() {
            return None;
        }
        let mut moves = self.account.iter().rev();
        let last = moves.find(|one| matches!(one.what, What::Paid { .. }))?;
        Some(last.at)
    }

    /// What came by a payment and was not taken back.
    #[must_use]
    pub fn came_by(&self, means: &Means) -> Pence {
        let (mut came, mut back) = (Pence::ZERO, Pence::ZERO);
        for one in &self.account {
            match &one.what {
                What::Paid { by } if by == means => came = came.plus(one.pence),
                What::TakenBack { by } if by == means => back = back.plus(one.pence),
                _ => {}
            }
        }
        came.less(back)
    }
}
