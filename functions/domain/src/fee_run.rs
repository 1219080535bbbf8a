//! A fee run: the fees of all members for a period, previewed, frozen, and
//! issued one by one.
//!
//! Freezing keeps what each member owes as it was on that day. Issuing is a job
//! that is taken up where it was left: each member's invoice is one transaction,
//! so that a crash leaves no gap in the numbers and makes no invoice twice.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::account::{PupilReturn, pupils_on};
use crate::fees::{FeeSchedule, Period, QuoteError};
use crate::invoice::{Fee, InvoiceDraft, InvoiceNumber, NoFee, fee_for};
use crate::membership::Membership;
use crate::money::Pence;
use crate::reference::MembershipReference;

/// A fee run, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeRun {
    /// The first day of its period, which names it.
    pub period: Date,
    /// The last day of its period.
    pub to: Date,
    /// What the schedule calls the period.
    pub name: String,
    /// The version of the schedule.
    pub schedule: String,
    /// Where it stands.
    pub state: FeeRunState,
    /// How many members it is of.
    pub members: u32,
    /// What they owe, all together.
    pub total: Pence,
    /// When it was frozen.
    pub frozen_at: Timestamp,
}

/// Where a fee run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum FeeRunState {
    /// What each member owes is being written down.
    Freezing,
    /// It is written down, and waits for the word.
    Frozen,
    /// The invoices are being issued.
    Issuing,
    /// All are issued.
    Issued {
        /// When the last was.
        at: Timestamp,
    },
}

/// What a member owes in a run, as it was frozen, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeRunRow {
    /// Which member.
    pub membership: MembershipReference,
    /// Its name then.
    pub name: String,
    /// What is owed, or why nothing is.
    pub owed: RowFee,
    /// What became of it.
    pub state: RowState,
    /// When it was frozen: one of another freezing does not count.
    pub frozen_at: Timestamp,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum RowFee {
    /// An invoice.
    Due {
        /// What it will say.
        draft: Box<InvoiceDraft>,
    },
    /// Nothing.
    Nothing {
        /// Why.
        why: NoFee,
    },
    /// The fee for the period was invoiced before.
    Invoiced {
        /// The invoice.
        invoice: InvoiceNumber,
    },
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum RowState {
    /// It waits to be issued.
    Waiting,
    /// Nothing is to be issued for it.
    Nothing,
    /// It is issued.
    Issued {
        /// The invoice.
        invoice: InvoiceNumber,
    },
}

impl FeeRunRow {
    /// What a member owes for a period; `invoiced` is the invoice of that fee,
    /// where there is one.
    ///
    /// # Errors
    ///
    /// [`QuoteError`] near the end of the calendar.
    pub fn of(
        membership: &Membership,
        returns: &[PupilReturn],
        invoiced: Option<InvoiceNumber>,
        (schedule, period): (&FeeSchedule, &Period),
        now: Timestamp,
    ) -> Result<FeeRunRow, QuoteError> {
        let owed = match invoiced {
            Some(invoice) => RowFee::Invoiced { invoice },
            None => {
                let day = period.from.max(membership.joined_on);
                let pupils = pupils_on(day, returns, membership.member.pupils);
                match fee_for(membership, schedule, period, pupils)? {
                    Fee::Due(draft) => RowFee::Due { draft },
                    Fee::Nothing(why) => RowFee::Nothing { why },
                }
            }
        };
        let state = match owed {
            RowFee::Due { .. } => RowState::Waiting,
            _ => RowState::Nothing,
        };
        Ok(FeeRunRow {
            membership: membership.reference.clone(),
            name: membership.member.name.to_string(),
            owed,
            state,
            frozen_at: now,
        })
    }

    /// What it comes to.
    #[must_use]
    pub fn pence(&self) -> Pence {
        match &self.owed {
            RowFee::Due { draft } => draft.total,
            _ => Pence::ZERO,
        }
    }
}
