//! A payment for a place at an event.

use jiff::Timestamp;

use crate::booking::BookingState;
use crate::event::Event;
use crate::ledger::{Account, Income, JournalEntry};
use crate::payment::{Outcome, Payment, PaymentState, Record};
use crate::places::Tally;
use crate::reference::BookingReference;

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceSettled {
    /// The payment as it is then.
    pub payment: Payment,
    /// The places of the event as they are then.
    pub tally: Tally,
    /// Where the booking stands then.
    pub state: BookingState,
    /// What moved.
    pub entry: Option<JournalEntry>,
    /// What happened, in a word.
    pub what: &'static str,
}

impl PlaceSettled {
    /// Whether the delegate is written to.
    #[must_use]
    pub fn is_news(&self) -> bool {
        matches!(self.what, "payment-settled" | "payment-refund-due")
    }
}

/// What follows from the provider's record of a page, if anything: the place
/// is the payer's, or is let go, or the money is due back.
///
/// `event` is none where it was withdrawn: then money for it is due back.
#[must_use]
pub fn settle_place(
    payment: &Payment,
    (booking, state): (&BookingReference, BookingState),
    tally: &Tally,
    event: Option<&Event>,
    record: &Record,
    now: Timestamp,
) -> Option<PlaceSettled> {
    let mut payment = payment.clone();
    let mut tally = tally.clone();
    let session = record.session.clone();
    let counted = payment.counts(&session);
    let (state, toward, what) = match (&payment.state, record.outcome) {
        (PaymentState::Open, Outcome::Paid) => {
            // The payer's own place first, even past its time, then the others'.
            let state = match event {
                Some(event) => tally.pay(booking, event),
                None => {
                    tally.release(booking);
                    BookingState::RefundDue
                }
            };
            let session = session.clone();
            if state == BookingState::RefundDue {
                payment.state = PaymentState::RefundDue { at: now, session };
                (state, Some(Account::RefundsDue), "payment-refund-due")
            } else {
                payment.state = PaymentState::Paid { at: now, session };
                let income = Account::Income(Income::TradedServices);
                (state, Some(income), "payment-settled")
            }
        }
        (PaymentState::Open, Outcome::Expired | Outcome::Failed)
            if payment.is_under_way(&session) =>
        {
            payment.attempt = None;
            (
                tally.page_closed(booking, now),
                None,
                "payment-page-expired",
            )
        }
        (
            PaymentState::Paid { .. }
            | PaymentState::RefundDue { .. }
            | PaymentState::Invoiced { .. },
            Outcome::Paid,
        ) if !counted => {
            payment.paid_again.push(session.clone());
            (state, Some(Account::RefundsDue), "payment-made-twice")
        }
        _ => return None,
    };
    let entry = toward.map(|toward| JournalEntry::card(&payment, &session, toward, None, now));
    Some(PlaceSettled {
        payment,
        tally,
        state,
        entry,
        what,
    })
}
