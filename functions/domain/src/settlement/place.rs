//! A payment for places at an event: for one, or for all that a booking had to
//! pay for together.

use jiff::Timestamp;

use crate::booking::{Booking, BookingRules, RegistrationCommand, RegistrationState};
use crate::event::Event;
use crate::ledger::{Account, Income, JournalEntry};
use crate::money::Pence;
use crate::payment::{Outcome, Payment, PaymentState, Record};
use crate::places::{Asker, Tally};

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceSettled {
    /// The payment as it is then.
    pub payment: Payment,
    /// The places of the event as they are then.
    pub tally: Tally,
    /// The booking as it is then.
    pub booking: Booking,
    /// What moved.
    pub entry: Option<JournalEntry>,
    /// What of the money was for places that had gone, where others were
    /// given: it goes back.
    pub back: Pence,
    /// What happened, in a word.
    pub what: &'static str,
}

impl PlaceSettled {
    /// Whether the delegates are written to.
    #[must_use]
    pub fn is_news(&self) -> bool {
        matches!(self.what, "payment-settled" | "payment-refund-due")
    }
}

/// What follows from the provider's record of a page, if anything: the places
/// are the payer's, or are let go, or the money is due back.
///
/// `event` is none where it was withdrawn: then money for it is due back.
#[must_use]
pub fn settle_place(
    payment: &Payment,
    booking: &Booking,
    tally: &Tally,
    (event, rules): (Option<&Event>, &BookingRules),
    record: &Record,
    now: Timestamp,
) -> Option<PlaceSettled> {
    let session = record.session.clone();
    let counted = payment.counts(&session);
    let mut settled = PlaceSettled {
        payment: payment.clone(),
        tally: tally.clone(),
        booking: booking.clone(),
        entry: None,
        back: Pence::ZERO,
        what: "",
    };
    let toward = match (&payment.state, record.outcome) {
        (PaymentState::Open, Outcome::Paid) => {
            let given = settled.give(event, rules, now);
            if given.is_zero() {
                settled.payment.state = PaymentState::RefundDue { at: now, session };
                settled.what = "payment-refund-due";
                Some(Account::RefundsDue)
            } else {
                settled.payment.state = PaymentState::Paid { at: now, session };
                settled.back = payment.amount.less(given);
                settled.what = "payment-settled";
                Some(Account::Income(Income::TradedServices))
            }
        }
        (PaymentState::Open, Outcome::Expired | Outcome::Failed)
            if payment.is_under_way(&session) =>
        {
            settled.payment.attempt = None;
            settled.let_go(now);
            settled.what = "payment-page-expired";
            None
        }
        (
            PaymentState::Paid { .. }
            | PaymentState::RefundDue { .. }
            | PaymentState::Invoiced { .. },
            Outcome::Paid,
        ) if !counted => {
            settled.payment.paid_again.push(session);
            settled.what = "payment-made-twice";
            Some(Account::RefundsDue)
        }
        _ => return None,
    };
    let session = &record.session;
    settled.entry =
        toward.map(|toward| JournalEntry::card(&settled.payment, session, toward, None, now));
    Some(settled)
}

impl PlaceSettled {
    /// Gives the places that were paid for, as far as they are left; what those
    /// cost.
    fn give(&mut self, event: Option<&Event>, rules: &BookingRules, now: Timestamp) -> Pence {
        let mut given = Pence::ZERO;
        for registration in bought(&self.booking, &self.payment) {
            // The payer's own places first, even past their time, then others'.
            let asker = Asker::of(&self.booking, &registration);
            let command = (registration.state, RegistrationCommand::Pay);
            let Ok(state) = self.tally.command(&asker, command, event, rules, now) else {
                continue;
            };
            if state == RegistrationState::Confirmed {
                given = given.plus(registration.price.unwrap_or(Pence::ZERO));
            }
            self.set(registration.number, state);
        }
        given
    }

    /// Lets go of the places whose page to pay on has closed.
    fn let_go(&mut self, now: Timestamp) {
        for registration in bought(&self.booking, &self.payment) {
            if matches!(
                registration.state,
                RegistrationState::Held { .. } | RegistrationState::Offered { .. }
            ) {
                let id = self.booking.id(&registration);
                let state = self.tally.page_closed(&id, now);
                self.set(registration.number, state);
            }
        }
    }

    fn set(&mut self, number: u8, state: RegistrationState) {
        if let Some(registration) = self.booking.registration_mut(number) {
            registration.state = state;
        }
    }
}

fn bought(booking: &Booking, payment: &Payment) -> Vec<crate::booking::Registration> {
    booking.bought_by(&payment.reference).cloned().collect()
}
