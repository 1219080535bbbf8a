//! Places at an event: how many are taken, kept or waited for.
//!
//! The [`Tally`] of an event is the one thing that two people who want the
//! last place both have to change, so it holds all that decides who gets it.
//! A place that is kept for somebody lapses by its time, inside the next
//! decision, whoever it is about: no worker has to run for a place to be
//! free. A freed place goes to the first who waits, never to a newcomer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::booking::{BookingRules, BookingState};
use crate::event::Event;
use crate::reference::BookingReference;

/// At most so many who wait are offered a place by one decision, because each
/// is a write, and a transaction takes a hundred; the next decision goes on.
const OFFERS_AT_ONCE: usize = 20;

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
    pub waiting: Vec<BookingReference>,
}

/// A place that is kept for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// For which booking.
    pub booking: BookingReference,
    /// The instant from which it is kept no longer.
    pub until: Timestamp,
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
    /// Lets go of the places that were kept too long, and offers what is free
    /// to those who wait, in their order.
    ///
    /// Every decision begins with this.
    pub fn catch_up(&mut self, event: &Event, rules: &BookingRules, now: Timestamp) -> Vec<Change> {
        let mut changes = Vec::new();
        self.holds.retain(|hold| {
            let kept = now < hold.until || changes.len() >= OFFERS_AT_ONCE;
            if !kept {
                changes.push(Change {
                    booking: hold.booking.clone(),
                    state: BookingState::Expired,
                });
            }
            kept
        });
        let mut offers = 0;
        while offers < OFFERS_AT_ONCE
            && event.is_open(now)
            && !self.waiting.is_empty()
            && self.has_room(event)
        {
            let booking = self.waiting.remove(0);
            let until = now
                .saturating_add(rules.offer.duration())
                .unwrap_or(Timestamp::MAX);
            self.holds.push(Hold {
                booking: booking.clone(),
                until,
            });
            changes.push(Change {
                booking,
                state: BookingState::Offered { until },
            });
            offers += 1;
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
        if !self.waiting.is_empty() || !self.has_room(event) {
            self.waiting.push(booking.clone());
            return BookingState::Waiting;
        }
        if event.charge().is_none() {
            self.confirmed += 1;
            return BookingState::Confirmed;
        }
        let until = now.saturating_add(rules.hold()).unwrap_or(Timestamp::MAX);
        self.holds.push(Hold {
            booking: booking.clone(),
            until,
        });
        BookingState::Held { until }
    }

    /// Keeps a held place for as long again, because paying has begun.
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
        hold.until = hold
            .until
            .max(now.saturating_add(rules.hold()).unwrap_or(Timestamp::MAX));
        Some(BookingState::Held { until: hold.until })
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
        self.waiting.retain(|waiting| waiting != booking);
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
            .position(|waiting| waiting == booking)
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
