//! Who of a booking is written to: whoever booked, those who come, or both; each
//! once, however many places the person has.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::booking::{Booking, Registration, RegistrationState};
use crate::letter::{Letter, PlaceAbout, letter_about, letter_to_booker};

/// Of which places somebody is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Places {
    /// Of those that are somebody's.
    Confirmed,
    /// Of those that are waited for, or offered.
    Waiting,
    /// Of both.
    Both,
}

/// Who is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum People {
    /// Those who come; whoever booked where nobody is named.
    Delegates,
    /// Whoever booked.
    Bookers,
    /// All of them.
    Both,
}

impl Places {
    /// The places of a booking that are meant.
    #[must_use]
    pub fn of(self, booking: &Booking, now: Timestamp) -> Vec<&Registration> {
        let is_meant = |one: &&Registration| {
            let is_given = one.state.has_place();
            let waits = matches!(
                one.state.at(now),
                RegistrationState::Waiting | RegistrationState::Offered { .. }
            );
            match self {
                Places::Confirmed => is_given,
                Places::Waiting => waits,
                Places::Both => is_given || waits,
            }
        };
        booking.registrations.iter().filter(is_meant).collect()
    }

    /// As a form has it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Places> {
        [Places::Confirmed, Places::Waiting, Places::Both]
            .into_iter()
            .find(|places| places.name() == text)
    }

    /// Its name in a form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Places::Confirmed => "confirmed",
            Places::Waiting => "waiting",
            Places::Both => "both",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Places::Confirmed => "Those who have a place",
            Places::Waiting => "Those who wait for one",
            Places::Both => "Those who have a place, and those who wait",
        }
    }
}

impl People {
    /// As a form has it.
    #[must_use]
    pub fn parse(text: &str) -> Option<People> {
        [People::Delegates, People::Bookers, People::Both]
            .into_iter()
            .find(|people| people.name() == text)
    }

    /// Its name in a form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            People::Delegates => "delegates",
            People::Bookers => "bookers",
            People::Both => "both",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            People::Delegates => "The delegates",
            People::Bookers => "Whoever booked",
            People::Both => "The delegates, and whoever booked",
        }
    }
}

/// A letter to each of those who are written to about some places.
pub(super) fn letters(
    booking: &Booking,
    places: &[&Registration],
    people: People,
    about: impl Fn() -> PlaceAbout,
) -> Vec<Letter> {
    let Some(first) = places.first() else {
        return Vec::new();
    };
    let mut letters: Vec<Letter> = Vec::new();
    let mut add = |letter: Letter| {
        let known = |other: &Letter| other.to.email.is_same(&letter.to.email);
        if !letters.iter().any(known) {
            letters.push(letter);
        }
    };
    if people != People::Delegates {
        let own = places.iter().find(|one| booking.is_for_booker(one));
        add(letter_to_booker(
            booking,
            own.unwrap_or(first),
            super::news(about()),
        ));
    }
    if people != People::Bookers {
        for one in places {
            add(letter_about(booking, one, super::news(about())));
        }
    }
    letters
}
