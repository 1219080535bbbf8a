//! What events come to, in numbers: one of them, a term, a school year.

use jiff::Timestamp;

use crate::booking::{Booking, RegistrationState};
use crate::event::Event;
use crate::feedback::{Feedback, Heard};
use crate::money::Pence;

/// What one event or several come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// How many events.
    pub events: u32,
    /// How many places there are; no limit if not set.
    pub places: Option<u32>,
    /// How many of them are somebody's, whether or not the delegate came.
    pub booked: u32,
    /// How many came.
    pub attended: u32,
    /// How many did not.
    pub absent: u32,
    /// How many wait for a place.
    pub waiting: u32,
    /// What the places that are somebody's bring in, by their prices, and what
    /// was kept of those that were given up.
    pub income: Pence,
    /// What those say who came.
    pub heard: Heard,
}

impl Figures {
    /// Those of no event.
    pub const NONE: Figures = Figures {
        events: 0,
        places: Some(0),
        booked: 0,
        attended: 0,
        absent: 0,
        waiting: 0,
        income: Pence::ZERO,
        heard: Heard::NOTHING,
    };

    /// Those of one event, by its bookings and what was answered about it.
    #[must_use]
    pub fn of(
        event: &Event,
        bookings: &[Booking],
        answers: &[Feedback],
        now: Timestamp,
    ) -> Figures {
        let mut figures = Figures {
            events: 1,
            places: event.capacity,
            heard: Heard::of(answers).0,
            ..Figures::NONE
        };
        for one in bookings.iter().flat_map(|booking| &booking.registrations) {
            match one.state.at(now) {
                RegistrationState::Attended => figures.attended += 1,
                RegistrationState::Absent => figures.absent += 1,
                RegistrationState::Confirmed => {}
                RegistrationState::Waiting => {
                    figures.waiting += 1;
                    continue;
                }
                _ => {
                    figures.income = figures.income.plus(one.kept.unwrap_or(Pence::ZERO));
                    continue;
                }
            }
            figures.booked += 1;
            figures.income = figures.income.plus(one.price.unwrap_or(Pence::ZERO));
        }
        figures
    }

    /// With those of another.
    #[must_use]
    pub fn with(self, other: Figures) -> Figures {
        let places = self.places.zip(other.places);
        Figures {
            events: self.events + other.events,
            places: places.map(|(one, more)| one.saturating_add(more)),
            booked: self.booked + other.booked,
            attended: self.attended + other.attended,
            absent: self.absent + other.absent,
            waiting: self.waiting + other.waiting,
            income: self.income.plus(other.income),
            heard: self.heard.with(other.heard),
        }
    }
}
