//! Invoices: a number without gaps, a sum with its working, and the inputs that
//! it was worked out from, so that it can be worked out again.
//!
//! An issued invoice is frozen: what changes is whether it is paid. No VAT is
//! computed: the prospectus does not say whether any is due.

use std::fmt;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::access::Grant;
use crate::calendar::long_date;
use crate::contact::{Line, Person};
use crate::fees::{FeeSchedule, QuoteError, WorkingLine};
use crate::membership::{Category, Membership};
use crate::money::Pence;
use crate::passage::Passage;
use crate::reference::{MembershipReference, PaymentReference};
use crate::school::PupilsOnRoll;

/// The number of an invoice: the first is 1, and none is left out. It is
/// written as people read it: `INV-00042`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InvoiceNumber(u32);

/// A text that is no number of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an invoice has a number such as INV-00042")]
pub struct NotANumber;

impl TryFrom<String> for InvoiceNumber {
    type Error = NotANumber;

    fn try_from(text: String) -> Result<InvoiceNumber, NotANumber> {
        InvoiceNumber::parse(&text).ok_or(NotANumber)
    }
}

impl From<InvoiceNumber> for String {
    fn from(number: InvoiceNumber) -> String {
        number.to_string()
    }
}

impl InvoiceNumber {
    /// The one after `issued` invoices.
    #[must_use]
    pub const fn after(issued: u32) -> InvoiceNumber {
        InvoiceNumber(issued.saturating_add(1))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Reads `INV-00042` as people copy it.
    #[must_use]
    pub fn parse(text: &str) -> Option<InvoiceNumber> {
        let upper = text.trim().to_ascii_uppercase();
        let digits = upper.strip_prefix("INV-").unwrap_or(&upper);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|number| plain && *number > 0)?;
        Some(InvoiceNumber(number))
    }
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "INV-{:05}", self.0)
    }
}

/// An invoice as it was issued, and whether it is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its number.
    pub number: InvoiceNumber,
    /// The membership that it is for.
    pub membership: MembershipReference,
    /// Who owes it.
    pub to: BillTo,
    /// Who receives it.
    pub sent_to: Person,
    /// What it is for.
    pub description: String,
    /// How it was worked out.
    pub lines: Vec<WorkingLine>,
    /// The sum.
    pub total: Pence,
    /// The pupils that it was worked out for.
    pub pupils: PupilsOnRoll,
    /// The version of the fee schedule that it was worked out by.
    pub schedule: String,
    /// The day it was issued.
    pub issued_on: Date,
    /// The day it is due.
    pub due_on: Date,
    /// Whether it is paid.
    pub state: InvoiceState,
    /// The payment by card, once one was begun.
    pub payment: Option<PaymentReference>,
    /// The links that open it.
    pub grants: Vec<Grant>,
}

/// Who owes an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillTo {
    /// The name.
    pub name: Line,
    /// The address.
    pub address: Option<Passage>,
    /// What the purchase order calls it.
    pub purchase_order: Option<Line>,
}

/// Whether an invoice is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum InvoiceState {
    /// It is owed.
    Issued,
    /// It is paid by card.
    Paid {
        /// When we learnt of it.
        at: Timestamp,
    },
}

/// The invoice that a new membership makes due, if it makes one due.
///
/// # Errors
///
/// [`QuoteError`] near the end of the calendar.
///
/// # Source
///
/// Prospectus, section E2: £5 per pupil, payable in advance; nothing is
/// charged in the holiday. No fee is set for an associate.
pub fn first_fee(
    membership: &Membership,
    schedule: &FeeSchedule,
    number: InvoiceNumber,
    today: Date,
    days_to_pay: u32,
) -> Result<Option<Invoice>, QuoteError> {
    let member = &membership.member;
    let (Category::Full, Some(pupils)) = (membership.category, member.pupils) else {
        return Ok(None);
    };
    let quote = schedule.quote(pupils, membership.joined_on)?;
    if quote.pence.is_zero() {
        return Ok(None);
    }
    let (from, to) = match (quote.working.first(), quote.working.last()) {
        (Some(first), Some(last)) => (first.from, last.to),
        _ => (membership.joined_on, membership.joined_on),
    };
    let due_on = today
        .checked_add(i64::from(days_to_pay).days())
        .map_err(|_| QuoteError::TooFar(today))?;
    Ok(Some(Invoice {
        number,
        membership: membership.reference.clone(),
        to: BillTo {
            name: member.name.clone(),
            address: member
                .billing_address
                .clone()
                .or_else(|| member.address.clone()),
            purchase_order: member.purchase_order.clone(),
        },
        sent_to: member
            .finance
            .clone()
            .unwrap_or_else(|| member.contact.clone()),
        description: format!(
            "Full membership from {} to {}",
            long_date(from),
            long_date(to)
        ),
        total: quote.pence,
        lines: quote.working,
        pupils,
        schedule: schedule.version.clone(),
        issued_on: today,
        due_on,
        state: InvoiceState::Issued,
        payment: None,
        grants: Vec::new(),
    }))
}

impl Invoice {
    /// Whether it is owed and its day has passed.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.state == InvoiceState::Issued && self.due_on < today
    }
}

#[cfg(test)]
mod tests {
    use super::InvoiceNumber;

    #[test]
    fn a_number_is_read_however_it_is_copied() {
        let number = InvoiceNumber::after(41);
        assert_eq!(number.to_string(), "INV-00042");
        for copy in ["INV-00042", " inv-42 ", "42"] {
            assert_eq!(InvoiceNumber::parse(copy), Some(number), "{copy}");
        }
        for wrong in ["", "INV-", "0", "-1", "INV-4x", "99999999999", "+42"] {
            assert_eq!(InvoiceNumber::parse(wrong), None, "{wrong}");
        }
    }
}
