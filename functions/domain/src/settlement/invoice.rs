//! A payment for an invoice.

use jiff::Timestamp;

use crate::invoice::{Invoice, Means};
use crate::ledger::{Account, JournalEntry};
use crate::payment::{Outcome, Payment, PaymentState, Record};

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceSettled {
    /// The payment as it is then.
    pub payment: Payment,
    /// The invoice as it is then, if it is changed: money was entered on it.
    pub invoice: Option<Invoice>,
    /// What moved.
    pub entry: Option<JournalEntry>,
    /// What happened, in a word.
    pub what: &'static str,
}

/// What follows from the provider's record of a page, if anything.
///
/// Money for an invoice that is paid already is entered on it, and makes it
/// overpaid; money for one that takes nothing is due back.
#[must_use]
pub fn settle_invoice(
    payment: &Payment,
    invoice: &Invoice,
    record: &Record,
    now: Timestamp,
) -> Option<InvoiceSettled> {
    let mut payment = payment.clone();
    let session = record.session.clone();
    let counted = payment.counts(&session);
    match (&payment.state, record.outcome) {
        (PaymentState::Open, Outcome::Paid) => {
            let mut paid = invoice.clone();
            let by = Means::Card {
                payment: payment.reference.clone(),
                session: session.clone(),
            };
            let is_entered = paid.pay(payment.amount, by, now).is_ok();
            let (toward, what) = if is_entered {
                payment.state = PaymentState::Paid {
                    at: now,
                    session: session.clone(),
                };
                (Account::Receivable, "payment-settled")
            } else {
                payment.state = PaymentState::RefundDue {
                    at: now,
                    session: session.clone(),
                };
                (Account::RefundsDue, "payment-refund-due")
            };
            let member = invoice.says.membership.clone();
            let entry = JournalEntry::card(&payment, &session, toward, member, now);
            Some(InvoiceSettled {
                payment,
                invoice: is_entered.then_some(paid),
                entry: Some(entry),
                what,
            })
        }
        (PaymentState::Open, Outcome::Promised) if payment.is_under_way(&session) => {
            let attempt = payment.attempt.as_mut()?;
            if attempt.promised_at.is_some() {
                return None;
            }
            attempt.promised_at = Some(now);
            Some(InvoiceSettled {
                payment,
                invoice: None,
                entry: None,
                what: "payment-promised",
            })
        }
        (PaymentState::Open, Outcome::Expired | Outcome::Failed)
            if payment.is_under_way(&session) =>
        {
            payment.attempt = None;
            let what = match record.outcome {
                Outcome::Failed => "payment-failed",
                _ => "payment-page-expired",
            };
            Some(InvoiceSettled {
                payment,
                invoice: None,
                entry: None,
                what,
            })
        }
        (PaymentState::Paid { .. } | PaymentState::RefundDue { .. }, Outcome::Paid) if !counted => {
            payment.paid_again.push(session.clone());
            let member = invoice.says.membership.clone();
            let entry = JournalEntry::card(&payment, &session, Account::RefundsDue, member, now);
            Some(InvoiceSettled {
                payment,
                invoice: None,
                entry: Some(entry),
                what: "payment-made-twice",
            })
        }
        _ => None,
    }
}
