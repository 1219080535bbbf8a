//! What of an event is not what those who booked it know: it was moved, it is
//! published no more, or it is published again.
//!
//! It is told from what the booking knows and what is now. Whatever the content
//! said in between concerns nobody.

use super::readers::{People, letters};
use super::{Facts, Told};
use crate::booking::{About, Booking, Registration, RegistrationState, Since};
use crate::event::Charge;
use crate::letter::{Letter, PlaceAbout};

/// What those of a booking are told, and what it knows then.
pub(super) fn tell(booking: &Booking, facts: &Facts<'_>) -> Told {
    let is_live = |one: &&Registration| one.state.at(facts.now).is_live();
    let live: Vec<&Registration> = booking.registrations.iter().filter(is_live).collect();
    let has_ended = booking.known().ends().instant() <= facts.now;
    // Who was told that the event is cancelled has no place any more.
    if live.is_empty() || has_ended || facts.called_off {
        return Told::default();
    }
    let known = booking.known();
    let was_withdrawn = booking.since.withdrawn;
    let Some(event) = facts.event else {
        if was_withdrawn {
            return Told::default();
        }
        let since = Since {
            withdrawn: true,
            ..booking.since.clone()
        };
        return told(booking, since, &live, |has_place| PlaceAbout::Withdrawn {
            has_place,
        });
    };
    let is = About::of(event);
    match (known.is_same_meeting(&is), was_withdrawn) {
        (true, false) => Told::default(),
        (true, true) => {
            let since = Since {
                withdrawn: false,
                ..booking.since.clone()
            };
            told(booking, since, &live, |has_place| PlaceAbout::OnAgain {
                has_place,
            })
        }
        (false, was_withdrawn) => {
            let is_free = booking.was_moved(Some(event))
                && facts.rules.moved.charge == Charge::NOTHING
                && live.iter().any(|one| one.price.is_some());
            let since = Since {
                about: Some(is),
                moves: booking.since.moves + 1,
                withdrawn: false,
            };
            told(booking, since, &live, |has_place| PlaceAbout::Moved {
                was: known.clone(),
                has_place,
                was_withdrawn,
                is_free,
            })
        }
    }
}

/// One letter to whoever booked, and one to each delegate of a place that is
/// the delegate's. Whoever has yet to confirm an address has one letter
/// already, and sees the rest on the page that it leads to.
fn told(
    booking: &Booking,
    since: Since,
    live: &[&Registration],
    about: impl Fn(bool) -> PlaceAbout,
) -> Told {
    let next = Booking {
        since,
        ..booking.clone()
    };
    let given: Vec<&Registration> = live
        .iter()
        .copied()
        .filter(|one| one.state.has_place())
        .collect();
    let asked: Vec<&Registration> = live
        .iter()
        .copied()
        .filter(|one| !matches!(one.state, RegistrationState::Unconfirmed { .. }))
        .collect();
    let letters: Vec<Letter> = match given.is_empty() {
        true => letters(&next, &asked, People::Bookers, || about(false)),
        false => letters(&next, &given, People::Both, || about(true)),
    };
    Told {
        booking: Some(next),
        letters,
    }
}
