//! Places at an event: how many are taken, kept or waited for.
//!
//! The [`Tally`] of an event is the one thing that two people who want the
//! last place both have to change, so it holds all that decides who gets it.
//! A place that is kept for somebody lapses by its time, inside the next
//! decision, whoever it is about: no worker has to run for a place to be
//! free. A freed place goes to the first who waits, never to a newcomer; if a
//! [`Party`] has as many as one may, to the first of another.

mod call_off;
mod decide;
mod party;
mod seen;
mod told;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::booking::{BookingRules, RegistrationId, RegistrationState, after};
use crate::event::Event;

pub use call_off::CallOff;
pub use decide::FirstStep;
pub use party::{AddressKey, Party};
pub use seen::{Places, Standing};
pub use told::{Reckoned, told, told_given_up};

/// How many items of a transaction are left for those whom a decision is not
/// about: it holds a hundred. A booking of twenty has up to 57 of its own: 4 of
/// the booking and the places, 20 names, 21 letters, 9 of an invoice, and 3 of
/// what guards it. The next decision goes on where this one stopped.
const ITEMS_FOR_OTHERS: usize = 40;
/// What a place that is let go takes of them: its booking, an audit entry, and
/// the count of included places.
const ITEMS_TO_LET_GO: usize = 3;
/// What an offer takes: a booking and its audit entry, a payment and its, and a
/// letter.
const ITEMS_TO_OFFER: usize = 5;

/// Who has, is kept or waits for a place at one event.
///
/// No decision gives a place beyond the capacity; where an editor lowers it, more
/// may be somebody's than there are, and none is given until fewer are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Places that are somebody's.
    pub confirmed: u32,
    /// How many of them each party has.
    #[serde(default, alias = "by_school")]
    pub by_party: BTreeMap<Party, u32>,
    /// Places that are kept for a time.
    pub holds: Vec<Hold>,
    /// Those who wait, the first first.
    pub waiting: Vec<Waiter>,
    /// Whether the event was cancelled: nothing more is given.
    #[serde(default)]
    pub called_off: bool,
    /// Whether somebody came who has no certificate yet: it is sent once the
    /// event is over.
    #[serde(default)]
    pub certificates_due: bool,
}

/// Somebody who waits for a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiter {
    /// With which registration.
    pub registration: RegistrationId,
    /// For whom it counts.
    #[serde(default, alias = "school", skip_serializing_if = "Option::is_none")]
    pub party: Option<Party>,
}

/// A place that is kept for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// For which registration.
    pub registration: RegistrationId,
    /// For whom it counts.
    #[serde(default, alias = "school", skip_serializing_if = "Option::is_none")]
    pub party: Option<Party>,
    /// The instant from which it is kept no longer.
    pub until: Timestamp,
    /// What it is kept for.
    pub awaits: Awaits,
}

/// What a place is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Awaits {
    /// That the address is confirmed.
    Confirmation,
    /// That the school approves.
    Approval,
    /// Payment.
    Payment,
    /// An answer to an offer.
    Answer,
    /// Payment for what was offered, which has the offer's time.
    OfferPayment,
}

/// What a decision has to know of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// Its name.
    pub registration: RegistrationId,
    /// For whom its place counts, once it is given.
    pub party: Option<Party>,
    /// For whom it counts as long as nobody has confirmed or approved it.
    pub claimant: Option<Party>,
    /// Whether it is to be paid by card.
    pub by_card: bool,
    /// Whether its school must approve it.
    pub needs_approval: bool,
}

/// A registration whose state time has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub registration: RegistrationId,
    /// What it is now.
    pub state: RegistrationState,
}

impl Tally {
    /// Lets go of the places that were kept too long, and offers what is free
    /// to those who wait, in their order.
    ///
    /// Every decision does this: before a newcomer asks, and after a place is
    /// given up, so that what came free is offered at once.
    pub fn catch_up(&mut self, event: &Event, rules: &BookingRules, now: Timestamp) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut items = ITEMS_FOR_OTHERS;
        // A series may be booked beyond its first session, and so be offered.
        let ends = event.starts.instant().max(event.booking_closes.instant());
        self.holds.retain(|hold| {
            let kept = now < hold.until || items < ITEMS_TO_LET_GO;
            if !kept {
                items -= ITEMS_TO_LET_GO;
                changes.push(Change {
                    registration: hold.registration.clone(),
                    state: hold.state().at(now),
                });
            }
            kept
        });
        while items >= ITEMS_TO_OFFER && event.gives(now) {
            items -= ITEMS_TO_OFFER;
            let Some(next) = self.next_in_line(event) else {
                break;
            };
            let Waiter {
                registration,
                party,
            } = self.waiting.remove(next);
            let until = rules.offered_until(ends, now);
            self.holds.push(Hold {
                registration: registration.clone(),
                party,
                until,
                awaits: Awaits::Answer,
            });
            changes.push(Change {
                registration,
                state: RegistrationState::Offered { until },
            });
        }
        changes
    }

    /// Keeps a place for at least as long as paying takes, because paying has
    /// begun; one that was offered is accepted by it.
    ///
    /// `None` when the place is kept no longer, or the event is called off.
    pub fn extend(
        &mut self,
        registration: &RegistrationId,
        rules: &BookingRules,
        now: Timestamp,
    ) -> Option<RegistrationState> {
        let is_kept = |hold: &&mut Hold| hold.registration == *registration && now < hold.until;
        let mut holds = self.holds.iter_mut().filter(|_| !self.called_off);
        let hold = holds.find(is_kept)?;
        hold.awaits = match hold.awaits {
            Awaits::Payment => Awaits::Payment,
            Awaits::Answer | Awaits::OfferPayment => Awaits::OfferPayment,
            Awaits::Confirmation | Awaits::Approval => return None,
        };
        hold.until = hold.until.max(after(now, rules.hold()));
        Some(hold.state())
    }

    /// What becomes of a place whose page to pay on has closed unpaid: one
    /// that was offered is kept for the rest of its time, any other is free.
    pub fn page_closed(
        &mut self,
        registration: &RegistrationId,
        now: Timestamp,
    ) -> RegistrationState {
        let is_offered = |hold: &&Hold| {
            hold.registration == *registration
                && hold.awaits == Awaits::OfferPayment
                && now < hold.until
        };
        if let Some(hold) = self.holds.iter().find(is_offered) {
            return hold.state();
        }
        self.release(registration);
        RegistrationState::Expired
    }

    /// Whether a place is kept for a registration, be it past its time.
    #[must_use]
    pub fn keeps(&self, registration: &RegistrationId) -> bool {
        let mut holds = self.holds.iter();
        holds.any(|hold| hold.registration == *registration)
    }

    /// Lets go of the place that is kept for a registration; whether there was
    /// one.
    pub fn release(&mut self, registration: &RegistrationId) -> bool {
        let before = self.holds.len();
        self.holds.retain(|hold| hold.registration != *registration);
        self.holds.len() < before
    }

    /// The place in the waiting list, the first being 1.
    #[must_use]
    pub fn position(&self, registration: &RegistrationId) -> Option<usize> {
        self.waiting
            .iter()
            .position(|waiter| waiter.registration == *registration)
            .map(|index| index + 1)
    }

    /// How many more places a party may have, as far as the event's limit for one
    /// goes; no limit if not set.
    #[must_use]
    pub fn left_for(&self, event: &Event, party: Option<&Party>) -> Option<u32> {
        let (limit, party) = event.limit_per_school.zip(party)?;
        let confirmed = self.by_party.get(party).copied().unwrap_or_default();
        let held = self.holds.iter();
        let held = held.filter(|hold| hold.party.as_ref() == Some(party));
        let held = u32::try_from(held.count()).unwrap_or(u32::MAX);
        Some(limit.saturating_sub(confirmed.saturating_add(held)))
    }

    /// Whether whoever waits does so because the party has as many places as one
    /// may have, though some are free.
    #[must_use]
    pub fn waits_for_limit(&self, event: &Event, party: Option<&Party>) -> bool {
        self.is_free(event) && !self.has_right(event, party)
    }

    /// Who is offered the next place, as an index in the list: the first whose
    /// party has fewer than one may have. Nobody if none is free.
    fn next_in_line(&self, event: &Event) -> Option<usize> {
        if !self.is_free(event) {
            return None;
        }
        let mut waiting = self.waiting.iter();
        waiting.position(|waiter| self.has_right(event, waiter.party.as_ref()))
    }

    /// Whether a place is nobody's.
    fn is_free(&self, event: &Event) -> bool {
        if self.called_off {
            return false;
        }
        let held = u32::try_from(self.holds.len()).unwrap_or(u32::MAX);
        event
            .capacity
            .is_none_or(|capacity| self.confirmed.saturating_add(held) < capacity)
    }

    /// Whether a party has fewer places than one may have.
    fn has_right(&self, event: &Event, party: Option<&Party>) -> bool {
        self.left_for(event, party).is_none_or(|left| left > 0)
    }
}

impl Hold {
    /// Where its registration stands.
    fn state(&self) -> RegistrationState {
        let until = self.until;
        match self.awaits {
            Awaits::Confirmation => RegistrationState::Unconfirmed { until },
            Awaits::Approval => RegistrationState::Unapproved { until },
            Awaits::Payment | Awaits::OfferPayment => RegistrationState::Held { until },
            Awaits::Answer => RegistrationState::Offered { until },
        }
    }
}

#[cfg(test)]
mod tests;
