//! What becomes of a registration: the one door through which a place is
//! asked for, given and given up.

use jiff::Timestamp;

use super::{Asker, Awaits, Hold, Party, Tally, Waiter};
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
        let has_right = self.is_for(asker.party.as_ref(), event);
        if !was_kept && (!has_right || is_waited_for()) {
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
        let party = asker.party.as_ref();
        // What was kept for whoever named a school is the school's as far as it
        // has a right to more.
        let is_theirs = asker.claimant == asker.party || self.has_right(event, party);
        let was_kept = self.release(&asker.registration) && is_theirs;
        if !was_kept && (self.next_in_line(event).is_some() || !self.is_for(party, event)) {
            self.waiting.push(Waiter {
                registration: asker.registration.clone(),
                party: asker.party.clone(),
            });
            return RegistrationState::Waiting;
        }
        if !asker.by_card {
            return self.confirm(asker);
        }
        let until = after(now, rules.hold());
        self.keep(asker, party.cloned(), until, Awaits::Payment);
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
            self.keep(asker, asker.claimant.clone(), until, Awaits::Approval);
        } else {
            self.keep_if_free(asker, event, until, Awaits::Approval);
        }
        RegistrationState::Unapproved { until }
    }

    /// Whether a place is free that a party may have.
    fn is_for(&self, party: Option<&Party>, event: &Event) -> bool {
        self.is_free(event) && self.has_right(event, party)
    }

    /// Keeps a place for a newcomer, if there is one: whoever has yet to
    /// confirm takes nothing from those who wait.
    fn keep_if_free(&mut self, asker: &Asker, event: &Event, until: Timestamp, awaits: Awaits) {
        let claimant = asker.claimant.as_ref();
        if self.next_in_line(event).is_none() && self.is_for(claimant, event) {
            self.keep(asker, claimant.cloned(), until, awaits);
        }
    }

    fn keep(&mut self, asker: &Asker, party: Option<Party>, until: Timestamp, awaits: Awaits) {
        self.holds.push(Hold {
            registration: asker.registration.clone(),
            party,
            until,
            awaits,
        });
    }

    fn confirm(&mut self, asker: &Asker) -> RegistrationState {
        self.confirmed += 1;
        if let Some(party) = &asker.party {
            *self.by_party.entry(party.clone()).or_default() += 1;
        }
        RegistrationState::Confirmed
    }

    /// Takes from a registration whatever it has, is kept or waits for.
    fn let_go(&mut self, asker: &Asker, state: RegistrationState) {
        let id: &RegistrationId = &asker.registration;
        self.release(id);
        self.waiting.retain(|waiter| waiter.registration != *id);
        if state.has_place() {
            self.confirmed = self.confirmed.saturating_sub(1);
            if let Some(party) = &asker.party
                && let Some(has) = self.by_party.get_mut(party)
            {
                *has = has.saturating_sub(1);
                if *has == 0 {
                    self.by_party.remove(party);
                }
            }
        }
    }
}
