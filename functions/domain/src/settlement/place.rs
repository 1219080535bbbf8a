//! A payment for places at an event: for one, or for all that a booking had to
//! pay for together.

use jiff::Timestamp;

use crate::booking::{Booking, BookingRules, Registration, RegistrationCommand, RegistrationState};
use crate::event::Event;
use crate::ledger::{Account, Income, JournalEntry};
use crate::letter::{Letter, News, letter_to_booker, letters_of_confirmed};
use crate::money::Pence;
use crate::payment::{Outcome, Payment, PaymentState, Record};
use crate::places::{Asker, Change, Tally};

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceSettled {
    /// The payment as it is then.
    pub payment: Payment,
    /// The places of the event as they are then.
    pub tally: Tally,
    /// The booking as it is then, but for what time has changed.
    pub booking: Booking,
    /// What time has changed, in whichever bookings.
    pub changes: Vec<Change>,
    /// What moved.
    pub entry: Option<JournalEntry>,
    /// What of the money was for places that had gone, where others were
    /// given: it goes back.
    pub back: Pence,
    /// What happened, in a word.
    pub what: &'static str,
}

impl PlaceSettled {
    /// The letters that say what became of the payment: one for each place that
    /// was given, and one for all that were not.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        let back = match self.what {
            "payment-settled" => self.back,
            "payment-refund-due" => self.payment.amount,
            _ => return Vec::new(),
        };
        let booking = &self.booking;
        let (given, gone): (Vec<&Registration>, Vec<&Registration>) = booking
            .bought_by(&self.payment.reference)
            .partition(|one| one.state.has_place());
        let paid = self.payment.amount.less(self.back);
        let mut letters = letters_of_confirmed(booking, &given, Some(paid));
        if !back.is_zero()
            && let Some(registration) = gone.first().or(given.first())
        {
            letters.push(letter_to_booker(booking, registration, |booking| {
                News::PaymentRefundDue {
                    booking,
                    amount_pence: back,
                }
            }));
        }
        letters
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
        changes: Vec::new(),
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
            settled.catch_up(event, rules, now);
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
            settled.catch_up(event, rules, now);
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
        // The payer's own places first, even past their time; then those that
        // others have not kept in time, if nobody waits for them.
        let all = bought(&self.booking, &self.payment);
        let is_kept = |one: &Registration| self.tally.keeps(&self.booking.id(one));
        let (own, gone): (Vec<_>, Vec<_>) = all.into_iter().partition(is_kept);
        let given = self.pay(own, event, rules, now);
        self.catch_up(event, rules, now);
        given.plus(self.pay(gone, event, rules, now))
    }

    fn catch_up(&mut self, event: Option<&Event>, rules: &BookingRules, now: Timestamp) {
        if let Some(event) = event {
            self.changes = self.tally.catch_up(event, rules, now);
        }
    }

    fn pay(
        &mut self,
        bought: Vec<Registration>,
        event: Option<&Event>,
        rules: &BookingRules,
        now: Timestamp,
    ) -> Pence {
        let mut given = Pence::ZERO;
        for registration in bought {
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

fn bought(booking: &Booking, payment: &Payment) -> Vec<Registration> {
    booking.bought_by(&payment.reference).cloned().collect()
}
