//! What an invoice says, before it has a number.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{BillTo, Invoice, InvoiceNumber, Subject, Vat};
use crate::contact::Person;
use crate::fees::{FeeSchedule, WorkingLine};
use crate::ledger::Income;
use crate::money::Pence;
use crate::reference::MembershipReference;
use crate::school::PupilsOnRoll;

/// What an invoice says: frozen as it is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceDraft {
    /// The membership that it is for, if it is for one.
    pub membership: Option<MembershipReference>,
    /// What it is for.
    pub subject: Subject,
    /// Who owes it.
    pub to: BillTo,
    /// Who receives it.
    pub sent_to: Person,
    /// What it is for, in words.
    pub description: String,
    /// How it was worked out, before VAT that is added.
    pub lines: Vec<WorkingLine>,
    /// Its VAT.
    pub vat: Vat,
    /// The sum, with VAT.
    pub total: Pence,
    /// The pupils that it was worked out for, if it was for pupils.
    pub pupils: Option<PupilsOnRoll>,
    /// The version of the fee schedule that it was worked out by.
    pub schedule: String,
    /// The invoice that it stands in place of.
    pub replaces: Option<InvoiceNumber>,
}

/// When an invoice is issued and due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// The day it is issued.
    pub issued_on: Date,
    /// The day it is due.
    pub due_on: Date,
}

impl Dates {
    /// Issued today, and due as the schedule's terms say.
    #[must_use]
    pub fn by_terms(schedule: &FeeSchedule, today: Date) -> Dates {
        let days = i64::from(schedule.billing.payment_terms.days);
        Dates {
            issued_on: today,
            due_on: today.checked_add(days.days()).unwrap_or(Date::MAX),
        }
    }
}

impl InvoiceDraft {
    /// The invoice, with its number.
    #[must_use]
    pub fn issue(self, number: InvoiceNumber, dates: Dates) -> Invoice {
        Invoice {
            number,
            says: self,
            issued_on: dates.issued_on,
            due_on: dates.due_on,
            account: Vec::new(),
            closed: None,
            reminded: Vec::new(),
            payment: None,
            grants: Vec::new(),
        }
    }

    /// The sum without VAT.
    #[must_use]
    pub fn net(&self) -> Pence {
        self.total.less(self.vat.tax)
    }

    /// The stream of income that it belongs to.
    #[must_use]
    pub const fn income(&self) -> Income {
        self.subject.income()
    }

    /// The first and the last day that it is for, if its lines say.
    #[must_use]
    pub fn service(&self) -> Option<(Date, Date)> {
        let from = self.lines.iter().map(|line| line.from).min()?;
        let to = self.lines.iter().map(|line| line.to).max()?;
        Some((from, to))
    }
}
