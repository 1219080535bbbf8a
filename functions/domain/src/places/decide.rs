//! What becomes of a registration: the one door through which a place is
//! asked for, given and given up.

use jiff::Timestamp;

use super::{Asker, Awaits, Hold, Tally, Waiter};
use crate::booking::{
    BookingRules, Forbidden, RegistrationCommand, RegistrationId, RegistrationState, after,
};
use crate::event::Event;

/// What has to come before a place can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstStep {
    /// Whoever books is not signed in, and confirms the address first.
    ConfirmAddress,
    /// Whoever books is known.
    Known,
}

impl Tally {
    /// Asks for a place: kept until the address is confirmed, or the school has
    /// approved, or it is paid for; confirmed where nothing of that is needed;
    /// or the end of the waiting list.
    pub fn ask(
        &mut self,
        asker: &Asker,
        first: FirstStep,
        event: &Event,
        rules: &BookingRules,
        now: Timestamp,
    ) -> RegistrationState {
        match first {
            FirstStep::ConfirmAddress => {
                let until = before_start(event, after(now, rules.confirmation.duration()));
                self.keep_if_free(asker, event, (until, now), Awaits::Confirmation);
                RegistrationState::Unconfirmed { until }
            }
            FirstStep::Known if asker.needs_approval => {
                self.await_approval(asker, event, rules, now)
            }
            FirstStep::Known => self.place(asker, event, rules, now),
        }
    }

    /// Does something to a registration that stands so. `event` is none where
    /// it was withdrawn: then nothing more is given.
    ///
    /// # Errors
    ///
    /// [`Forbidden`] if that cannot be done to one that stands so at `now`.
    pub fn command(
        &mut self,
        asker: &Asker,
        (state, command): (RegistrationState, RegistrationCommand),
        event: Option<&Event>,
        rules: &BookingRules,
        now: Timestamp,
    ) -> Result<RegistrationState, Forbidden> {
        use RegistrationCommand as Do;
        use RegistrationState as Is;
        let state = state.at(now);
        state.allows(command)?;
        let withdrawn = Forbidden {
            state: Is::CalledOff,
        };
        // Once it is cancelled, nothing more is given.
        let gives = matches!(command, Do::ConfirmAddress | Do::Approve | Do::Accept);
        if self.called_off && gives {
            return Err(withdrawn);
        }
        Ok(match command {
            Do::ConfirmAddress if asker.needs_approval => {
                self.await_approval(asker, event.ok_or(withdrawn)?, rules, now)
            }
            Do::ConfirmAddress | Do::Approve => {
                self.place(asker, event.ok_or(withdrawn)?, rules, now)
            }
            Do::Pay => self.pay(asker, event, now),
            Do::Accept if asker.by_card => {
                let id = &asker.registration;
                self.extend(id, rules, now)
                    .ok_or(Forbidden { state: Is::Lapsed })?
            }
            Do::Accept => {
                self.release(&asker.registration, now);
                self.confirm(asker)
            }
            Do::Refuse | Do::Decline => {
                self.let_go(asker, state, now);
                Is::Declined
            }
            Do::Leave => {
                self.let_go(asker, state, now);
                Is::Left
            }
            Do::Cancel => {
                self.let_go(asker, state, now);
                Is::Cancelled
            }
            Do::CallOff => {
                self.let_go(asker, state, now);
                Is::CalledOff
            }
            Do::Swap => state,
            Do::Attend => Is::Attended,
            Do::MissOut => Is::Absent,
        })
    }

    /// Takes the money for a place: the one that is kept for the registration,
    /// or, past its time, a free one; otherwise the money goes back.
    fn pay(&mut self, asker: &Asker, event: Option<&Event>, now: Timestamp) -> RegistrationState {
        let was_kept = self.release(&asker.registration, now);
        let Some(event) = event.filter(|_| !self.called_off) else {
            return RegistrationState::RefundDue;
        };
        if !was_kept && !self.is_for(asker, event, now) {
            return RegistrationState::RefundDue;
        }
        self.confirm(asker)
    }

    /// Gives a place, or has it paid for, or puts the delegate on the list.
    fn place(
        &mut self,
        asker: &Asker,
        event: &Event,
        rules: &BookingRules,
        now: Timestamp,
    ) -> RegistrationState {
        let was_kept = self.release(&asker.registration, now);
        if !was_kept && (self.next_in_line(event, now).is_some() || !self.is_for(asker, event, now))
        {
            self.waiting.push(Waiter {
                registration: asker.registration.clone(),
                school: asker.school.clone(),
            });
            return RegistrationState::Waiting;
        }
        if !asker.by_card {
            return self.confirm(asker);
        }
        let until = after(now, rules.hold());
        self.keep(asker, until, Awaits::Payment);
        RegistrationState::Held { until }
    }

    fn await_approval(
        &mut self,
        asker: &Asker,
        event: &Event,
        rules: &BookingRules,
        now: Timestamp,
    ) -> RegistrationState {
        let until = before_start(event, after(now, rules.approval.duration()));
        if self.release(&asker.registration, now) {
            self.keep(asker, until, Awaits::Approval);
        } else {
            self.keep_if_free(asker, event, (until, now), Awaits::Approval);
        }
        RegistrationState::Unapproved { until }
    }

    /// Whether a place is free that a school may have.
    fn is_for(&self, asker: &Asker, event: &Event, now: Timestamp) -> bool {
        self.is_free(event, now) && self.has_right(event, asker.school.as_ref(), now)
    }

    /// Keeps a place for a newcomer, if there is one: whoever has yet to
    /// confirm takes nothing from those who wait.
    fn keep_if_free(
        &mut self,
        asker: &Asker,
        event: &Event,
        (until, now): (Timestamp, Timestamp),
        awaits: Awaits,
    ) {
        if self.next_in_line(event, now).is_none() && self.is_for(asker, event, now) {
            self.keep(asker, until, awaits);
        }
    }

    fn keep(&mut self, asker: &Asker, until: Timestamp, awaits: Awaits) {
        self.holds.push(Hold {
            registration: asker.registration.clone(),
            school: asker.school.clone(),
            until,
            awaits,
        });
    }

    fn confirm(&mut self, asker: &Asker) -> RegistrationState {
        self.confirmed += 1;
        if let Some(school) = &asker.school {
            *self.by_school.entry(school.clone()).or_default() += 1;
        }
        RegistrationState::Confirmed
    }

    /// Takes from a registration whatever it has, is kept or waits for.
    fn let_go(&mut self, asker: &Asker, state: RegistrationState, now: Timestamp) {
        let id: &RegistrationId = &asker.registration;
        self.release(id, now);
        self.waiting.retain(|waiter| waiter.registration != *id);
        if state == RegistrationState::Confirmed {
            self.confirmed = self.confirmed.saturating_sub(1);
            if let Some(school) = &asker.school
                && let Some(has) = self.by_school.get_mut(school)
            {
                *has = has.saturating_sub(1);
                if *has == 0 {
                    self.by_school.remove(school);
                }
            }
        }
    }
}

/// Nobody confirms or approves what has begun.
fn before_start(event: &Event, until: Timestamp) -> Timestamp {
    until.min(event.starts.instant())
}
