//! Letters to all who have booked an event, written booking by booking: of an
//! edit that concerns them, of how the event is joined, of what the organiser
//! has to say.
//!
//! A [`Telling`] may be cut off between any two bookings, and goes on. What a
//! booking knows is written down in it with the letters that told it, so that
//! each person has one letter of one change, and none of a change that was
//! taken back before anybody was told.

mod edit;
mod readers;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::booking::{Booking, BookingRules, Registration};
use crate::contact::Line;
use crate::event::{Event, EventSlug};
use crate::joining::Joining;
use crate::letter::{Letter, News, PlaceAbout, PlaceNews};
use crate::passage::Passage;
use crate::reference::BookingReference;
use crate::staff::StaffId;

pub use readers::{People, Places};

/// Letters to those who have booked an event, and how far they have got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// Its name among those of its event.
    pub id: String,
    /// The event.
    pub event: EventSlug,
    /// What is told.
    pub what: Tells,
    /// When it was decided.
    pub begun_at: Timestamp,
    /// When the bookings were begun to be gone through, the last time.
    pub looked_at: Timestamp,
    /// How many bookings there were when it was decided.
    pub bookings: usize,
    /// How many of them were gone through.
    pub done: usize,
    /// How many letters were written.
    pub letters: usize,
    /// The last booking that was gone through; none before the first.
    pub after: Option<BookingReference>,
    /// When it came to its end.
    pub ended_at: Option<Timestamp>,
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "tells", rename_all = "kebab-case")]
pub enum Tells {
    /// What of the event is not what people know.
    Edit,
    /// How it is joined.
    Joining,
    /// What the organiser writes.
    Message(Message),
}

/// What the organiser writes to those who have booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The heading.
    pub subject: Line,
    /// The text.
    pub text: Passage,
    /// Of which places.
    pub places: Places,
    /// To whom of them.
    pub people: People,
    /// Who sends it.
    pub by: StaffId,
}

/// What is known of an event when people are told.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'f> {
    /// The event as it is published; none where it is no more.
    pub event: Option<&'f Event>,
    /// How long places are kept, and what giving one up costs.
    pub rules: &'f BookingRules,
    /// How it is joined.
    pub joining: &'f Joining,
    /// Whether it is cancelled: that is told by itself.
    pub called_off: bool,
    /// The time.
    pub now: Timestamp,
}

/// What is told to those of one booking.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// The booking as it is then, where it knows more than before.
    pub booking: Option<Booking>,
    /// The letters.
    pub letters: Vec<Letter>,
}

impl Telling {
    /// How long a function may go on with an older publication, and a little
    /// more: who books in between is gone through once more.
    pub const STALE: SignedDuration = SignedDuration::from_secs(120);

    /// The name of the one that tells of edits, of which an event has one.
    pub const EDIT: &'static str = "EDIT";
    /// The name of the one that tells how an event is joined.
    pub const JOINING: &'static str = "JOINING";

    /// Begins, with nobody told yet.
    #[must_use]
    pub fn begun(
        id: &str,
        event: &EventSlug,
        what: Tells,
        bookings: usize,
        now: Timestamp,
    ) -> Telling {
        Telling {
            id: id.to_owned(),
            event: event.clone(),
            what,
            begun_at: now,
            looked_at: now,
            bookings,
            done: 0,
            letters: 0,
            after: None,
            ended_at: None,
        }
    }

    /// Once some bookings more were gone through, the last of them this one.
    #[must_use]
    pub fn past(&self, booking: &BookingReference, bookings: usize, letters: usize) -> Telling {
        Telling {
            done: self.bookings.min(self.done + bookings),
            letters: self.letters + letters,
            after: Some(booking.clone()),
            ..self.clone()
        }
    }

    /// Once all were gone through: over, or to be gone through once more when
    /// no function can have an older publication any longer.
    #[must_use]
    pub fn through(&self, now: Timestamp) -> Telling {
        let is_early = self.looked_at.duration_since(self.begun_at) < Telling::STALE;
        match self.what {
            Tells::Edit if is_early => Telling {
                after: None,
                done: self.bookings,
                ..self.clone()
            },
            Tells::Edit | Tells::Joining | Tells::Message(_) => Telling {
                done: self.bookings,
                ended_at: Some(now),
                ..self.clone()
            },
        }
    }

    /// What those of a booking are told, as things are.
    #[must_use]
    pub fn tell(&self, booking: &Booking, facts: &Facts<'_>) -> Told {
        match &self.what {
            Tells::Edit => edit::tell(booking, facts),
            Tells::Joining => joining(booking, facts),
            Tells::Message(message) => Told {
                booking: None,
                letters: message.letters(booking, facts.now),
            },
        }
    }
}

impl Message {
    /// The letters to those of a booking whom it is for.
    #[must_use]
    pub fn letters(&self, booking: &Booking, now: Timestamp) -> Vec<Letter> {
        let meant = self.places.of(booking, now);
        readers::letters(booking, &meant, self.people, || PlaceAbout::Message {
            subject: self.subject.clone(),
            text: self.text.clone(),
        })
    }
}

/// How the event is joined: to those who have a place, each link once.
fn joining(booking: &Booking, facts: &Facts<'_>) -> Told {
    let Some(address) = &facts.joining.address else {
        return Told::default();
    };
    let is_over = booking.now(facts.event).ends().instant() <= facts.now;
    if is_over || facts.called_off {
        return Told::default();
    }
    let number = Some(facts.joining.number);
    let is_new = |one: &&Registration| one.state.has_place() && one.joining != number;
    let meant: Vec<&Registration> = booking.registrations.iter().filter(is_new).collect();
    if meant.is_empty() {
        return Told::default();
    }
    let is_another = meant.iter().any(|one| one.joining.is_some());
    let letters = readers::letters(booking, &meant, People::Both, || PlaceAbout::Joining {
        address: address.clone(),
        is_another,
    });
    let numbers: Vec<u8> = meant.iter().map(|one| one.number).collect();
    let mut next = booking.clone();
    for registration in &mut next.registrations {
        if numbers.contains(&registration.number) {
            registration.joining = number;
        }
    }
    Told {
        booking: Some(next),
        letters,
    }
}

/// What is told, as a letter about a booking has it.
fn news(about: PlaceAbout) -> impl FnOnce(crate::letter::Booked) -> News {
    move |booking| News::Place(PlaceNews { booking, about })
}

#[cfg(test)]
mod tests;
