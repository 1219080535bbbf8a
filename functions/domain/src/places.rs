//! Places at an event: how many are taken, kept or waited for.
//!
//! The [`Tally`] of an event is the one thing that two people who want the
//! last place both have to change, so it holds all that decides who gets it.
//! A place that is kept for somebody lapses by its time, inside the next
//! decision, whoever it is about: no worker has to run for a place to be
//! free. A freed place goes to the first who waits, never to a newcomer.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::booking::{BookingRules, BookingState};
use crate::event::Event;
use crate::reference::BookingReference;

/// At most so many bookings are changed by one decision besides the one that
/// it is about: each change is up to three items (its state, its audit entry,
/// a letter), a decision has up to ten of its own, and a transaction takes a
/// hundred. The next decision goes on where this one stopped.
const CHANGES_AT_ONCE: usize = 30;

/// Who has, is kept or waits for a place at one event.
///
/// At every moment confirmed and held places together are within the capacity.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Places that are somebody's.
    pub confirmed: u32,
    /// Places that are kept for a time.
    pub holds: Vec<Hold>,
    /// Those who wait, the first first.
    pub waiting: Vec<Waiter>,
}

/// Somebody who waits for a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiter {
    /// With which booking.
    pub booking: BookingReference,
    /// Whether the place has to be paid for, as published when it was asked for.
    pub pays: bool,
}

/// A place that is kept for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// For which booking.
    pub booking: BookingReference,
    /// The instant from which it is kept no longer.
    pub until: Timestamp,
    /// Whether it came free for somebody who waited, who has longer to answer.
    pub offered: bool,
}

/// A booking whose state time has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub booking: BookingReference,
    /// What it is now.
    pub state: BookingState,
}

impl Tally {
    /// Lets go of the places that were kept too long, and gives what is free to
    /// those who wait, in their order: at once where nothing is to be paid,
    /// else as an offer for a time.
    ///
    /// Every decision begins with this.
    pub fn catch_up(&mut self, event: &Event, rules: &BookingRules, now: Timestamp) -> Vec<Change> {
        let mut changes = Vec::new();
        self.holds.retain(|hold| {
            let kept = now < hold.until || changes.len() >= CHANGES_AT_ONCE;
            if !kept {
                changes.push(Change {
                    booking: hold.booking.clone(),
                    state: BookingState::Expired,
                });
            }
            kept
        });
        while changes.len() < CHANGES_AT_ONCE
            && event.is_open(now)
            && !self.waiting.is_empty()
            && self.has_room(event)
        {
            let Waiter { booking, pays } = self.waiting.remove(0);
            let state = if pays {
                let until = after(now, rules.offer.duration());
                self.holds.push(Hold {
                    booking: booking.clone(),
                    until,
                    offered: true,
                });
                BookingState::Offered { until }
            } else {
                self.confirmed += 1;
                BookingState::Confirmed
            };
            changes.push(Change { booking, state });
        }
        changes
    }

    /// Asks for a place: confirmed if it is free of charge, held if it is to
    /// be paid for, or the end of the waiting list.
    pub fn ask(
        &mut self,
        booking: &BookingReference,
        event: &Event,
        rules: &BookingRules,
        now: Timestamp,
    ) -> BookingState {
        let pays = event.charge().is_some();
        if !self.waiting.is_empty() || !self.has_room(event) {
            self.waiting.push(Waiter {
                booking: booking.clone(),
                pays,
            });
            return BookingState::Waiting;
        }
        if !pays {
            self.confirmed += 1;
            return BookingState::Confirmed;
        }
        let until = after(now, rules.hold());
        self.holds.push(Hold {
            booking: booking.clone(),
            until,
            offered: false,
        });
        BookingState::Held { until }
    }

    /// Keeps a place for at least as long as paying takes, because paying has
    /// begun.
    ///
    /// `None` when the place is kept no longer.
    pub fn extend(
        &mut self,
        booking: &BookingReference,
        rules: &BookingRules,
        now: Timestamp,
    ) -> Option<BookingState> {
        let hold = self
            .holds
            .iter_mut()
            .find(|hold| hold.booking == *booking && now < hold.until)?;
        hold.until = hold.until.max(after(now, rules.hold()));
        Some(hold.state())
    }

    /// What becomes of a place whose page to pay on has closed unpaid: one
    /// that was offered is kept for the rest of its time, any other is free.
    pub fn page_closed(&mut self, booking: &BookingReference, now: Timestamp) -> BookingState {
        let offered = |hold: &&Hold| hold.booking == *booking && hold.offered && now < hold.until;
        if let Some(hold) = self.holds.iter().find(offered) {
            return hold.state();
        }
        self.release(booking);
        BookingState::Expired
    }

    /// Takes the money for a place: the one that is still kept for the
    /// booking, even past its time if nobody was given it since, or a free
    /// one; otherwise the money goes back.
    pub fn pay(&mut self, booking: &BookingReference, event: &Event) -> BookingState {
        let kept = self.holds.iter().position(|hold| hold.booking == *booking);
        if let Some(index) = kept {
            self.holds.remove(index);
        } else if !self.has_room(event) {
            return BookingState::RefundDue;
        }
        self.waiting.retain(|waiter| waiter.booking != *booking);
        self.confirmed += 1;
        BookingState::Confirmed
    }

    /// Lets go of the place that is kept for a booking; whether there was one.
    pub fn release(&mut self, booking: &BookingReference) -> bool {
        let before = self.holds.len();
        self.holds.retain(|hold| hold.booking != *booking);
        self.holds.len() < before
    }

    /// The place in the waiting list, the first being 1.
    #[must_use]
    pub fn position(&self, booking: &BookingReference) -> Option<usize> {
        self.waiting
            .iter()
            .position(|waiter| waiter.booking == *booking)
            .map(|index| index + 1)
    }

    /// The places as anybody may see them now.
    #[must_use]
    pub fn seen(&self, event: &Event, now: Timestamp) -> Places {
        let held = self.holds.iter().filter(|hold| now < hold.until).count();
        let held = u32::try_from(held).unwrap_or(u32::MAX);
        Places {
            capacity: event.capacity,
            confirmed: self.confirmed,
            held,
            waiting: u32::try_from(self.waiting.len()).unwrap_or(u32::MAX),
            left: event
                .capacity
                .map(|capacity| match self.waiting.is_empty() {
                    true => capacity.saturating_sub(self.confirmed.saturating_add(held)),
                    false => 0,
                }),
            open: event.is_open(now),
        }
    }

    fn has_room(&self, event: &Event) -> bool {
        let held = u32::try_from(self.holds.len()).unwrap_or(u32::MAX);
        event
            .capacity
            .is_none_or(|capacity| self.confirmed.saturating_add(held) < capacity)
    }
}

impl Hold {
    fn state(&self) -> BookingState {
        match (self.offered, self.until) {
            (true, until) => BookingState::Offered { until },
            (false, until) => BookingState::Held { until },
        }
    }
}

fn after(now: Timestamp, lasts: SignedDuration) -> Timestamp {
    now.saturating_add(lasts).unwrap_or(Timestamp::MAX)
}

/// The places of an event, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// All that there are; no limit if not set.
    pub capacity: Option<u32>,
    /// Those that are somebody's.
    pub confirmed: u32,
    /// Those that are kept for a time.
    pub held: u32,
    /// How many wait.
    pub waiting: u32,
    /// Those that a newcomer can have, and so none while somebody waits; no
    /// limit if not set.
    pub left: Option<u32>,
    /// Whether the event can be booked.
    pub open: bool,
}

#[cfg(test)]
mod tests;
