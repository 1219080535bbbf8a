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
                let until = after(now, rules.confirmation.duration());
                self.keep_if_free(asker, event, until, Awaits::Confirmation);
                RegistrationState::Unconfirmed { until }
            }
            FirstStep::Known if asker.needs_approval => {
                self.await_approval(asker, event, rules, now)
            }
            FirstStep::Known => self.place(asker, event, rules, now),
        }
    }

    /// Does something to a registration that stands so. `event` is none where
    /// it was withdrawn: then, as when it is called off, nothing more is given.
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
        let event = event.filter(|_| !self.called_off);
        let withdrawn = Forbidden {
            state: Is::CalledOff,
        };
        Ok(match command {
            Do::ConfirmAddress if asker.needs_approval => {
                self.await_approval(asker, event.ok_or(withdrawn)?, rules, now)
            }
            Do::ConfirmAddress | Do::Approve => {
                self.place(asker, event.ok_or(withdrawn)?, rules, now)
            }
            Do::Pay => self.pay(asker, event, now),
            Do::Accept if event.is_none() => return Err(withdrawn),
            Do::Accept if asker.by_card => {
                let id = &asker.registration;
                self.extend(id, rules, now)
                    .ok_or(Forbidden { state: Is::Lapsed })?
            }
            Do::Accept => {
                self.release(&asker.registration);
                self.confirm(asker)
            }
            Do::Refuse | Do::Decline => {
                self.let_go(asker, state);
                Is::Declined
            }
            Do::Leave => {
                self.let_go(asker, state);
                Is::Left
            }
            Do::Cancel => {
                self.let_go(asker, state);
                Is::Cancelled
            }
            Do::CallOff => {
                self.let_go(asker, state);
                Is::CalledOff
            }
            Do::Swap => state,
            Do::Attend => Is::Attended,
            Do::MissOut => Is::Absent,
        })
    }

    /// Takes the money for a place: the one that is still kept for the
    /// registration, even past its time if nobody was given it since, or a free
    /// one that nobody waits for; otherwise the money goes back.
    fn pay(&mut self, asker: &Asker, event: Option<&Event>, now: Timestamp) -> RegistrationState {
        let was_kept = self.release(&asker.registration);
        let Some(event) = event else {
            return RegistrationState::RefundDue;
        };
        let is_waited_for = || event.gives(now) && self.next_in_line(event).is_some();
        if !was_kept && (!self.is_for(asker, event) || is_waited_for()) {
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
        let was_kept = self.release(&asker.registration);
        if !was_kept && (self.next_in_line(event).is_some() || !self.is_for(asker, event)) {
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
        let until = after(now, rules.approval.duration());
        if self.release(&asker.registration) {
            self.keep(asker, until, Awaits::Approval);
        } else {
            self.keep_if_free(asker, event, until, Awaits::Approval);
        }
        RegistrationState::Unapproved { until }
    }

    /// Whether a place is free that a school may have.
    fn is_for(&self, asker: &Asker, event: &Event) -> bool {
        self.is_free(event) && self.has_right(event, asker.school.as_ref())
    }

    /// Keeps a place for a newcomer, if there is one: whoever has yet to
    /// confirm takes nothing from those who wait.
    fn keep_if_free(&mut self, asker: &Asker, event: &Event, until: Timestamp, awaits: Awaits) {
        if self.next_in_line(event).is_none() && self.is_for(asker, event) {
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
    fn let_go(&mut self, asker: &Asker, state: RegistrationState) {
        let id: &RegistrationId = &asker.registration;
        self.release(id);
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
