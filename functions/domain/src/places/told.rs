//! Who is told what of a decision about places: each delegate of a place that
//! is theirs, and whoever booked of what there is to do.
//!
//! It is told from what a place was before the decision and what it is after
//! it: whatever it was in between concerns nobody, so each delegate has one
//! letter of one change.

use jiff::Timestamp;

use super::{Asker, Tally};
use crate::access::Purpose;
use crate::booking::{Booking, PaysBy, Registration, RegistrationState};
use crate::contact::Person;
use crate::event::Event;
use crate::letter::{
    Booked, Letter, News, PlaceAbout, PlaceDue, PlaceNews, Returned, letter_about,
    letter_to_booker, letters_of_confirmed,
};
use crate::money::Pence;
use crate::payment::Payment;

/// What became of the places of a booking that stood otherwise `before`: a
/// letter for each, and one for all that are to be confirmed, approved or paid
/// for together. `asked` are the payments that were asked for with it; `event`
/// is none where it was withdrawn.
#[must_use]
pub fn told(
    booking: &Booking,
    before: &[Registration],
    (tally, event): (&Tally, Option<&Event>),
    asked: &[Payment],
) -> Vec<Letter> {
    let moved: Vec<&Registration> = booking
        .registrations
        .iter()
        .filter(|one| {
            let was = before.iter().find(|was| was.number == one.number);
            was.is_none_or(|was| was.state != one.state)
        })
        .collect();
    let mut letters = together(booking, &moved);
    letters.extend(to_pay(booking, &moved, asked));
    let confirmed = moved.iter().copied();
    let confirmed: Vec<&Registration> = confirmed
        .filter(|one| one.state == RegistrationState::Confirmed)
        .collect();
    letters.extend(letters_of_confirmed(booking, &confirmed, None));
    letters.extend(to_wait(booking, &moved, (tally, event)));
    letters.extend(moved.iter().filter_map(|one| offered(booking, one)));
    letters
}

/// What giving a place up comes to, as people are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reckoned {
    /// What goes back of what was paid, or is asked for no more.
    pub back: Pence,
    /// Which of the two.
    pub returned: Returned,
    /// What is charged all the same.
    pub charge: Pence,
    /// What of that was not paid for the place.
    pub due: Pence,
}

/// What people are told of a place that is given up, or of a list that is left:
/// `registration` is as it was before. `is_waited_for` is whether somebody else
/// waits.
#[must_use]
pub fn told_given_up(
    booking: &Booking,
    registration: &Registration,
    reckoned: Reckoned,
    is_waited_for: bool,
) -> Vec<Letter> {
    let some = |pence: Pence| Some(pence).filter(|pence| !pence.is_zero());
    let state = registration.state;
    let waited = state == RegistrationState::Waiting;
    let about = PlaceAbout::GivenUp {
        waited,
        was_offered: matches!(state, RegistrationState::Offered { .. }),
        goes_on: is_waited_for && !waited,
        refund_pence: some(reckoned.back),
        returned: reckoned.returned,
        charge_pence: some(reckoned.charge),
        due_pence: some(reckoned.due),
    };
    let news = |about| move |booking| News::Place(PlaceNews { booking, about });
    let mut letters = vec![letter_to_booker(booking, registration, news(about))];
    if state.has_place() && !booking.is_for_booker(registration) {
        let about = PlaceAbout::GivenUp {
            waited: false,
            was_offered: false,
            goes_on: false,
            refund_pence: None,
            returned: Returned::default(),
            charge_pence: None,
            due_pence: None,
        };
        letters.push(letter_about(booking, registration, news(about)));
    }
    letters
}

/// What whoever booked, or the school, has to do for all of the places.
fn together(booking: &Booking, moved: &[&Registration]) -> Vec<Letter> {
    let places = booking.registrations.len();
    let until_of = |is_so: fn(RegistrationState) -> Option<Timestamp>| {
        moved.iter().find_map(|one| Some((*one, is_so(one.state)?)))
    };
    let mut letters = Vec::new();
    if let Some((first, until)) = until_of(|state| match state {
        RegistrationState::Unconfirmed { until } => Some(until),
        _ => None,
    }) {
        letters.push(Letter {
            to: booking.booker.clone(),
            news: News::Place(PlaceNews {
                booking: Booked::of(booking, first)
                    .opened_by(booking.link(Purpose::BookingAddress)),
                about: PlaceAbout::ToConfirm { places, until },
            }),
        });
    }
    if let Some((first, until)) = until_of(|state| match state {
        RegistrationState::Unapproved { until } => Some(until),
        _ => None,
    }) {
        let price: Pence = booking.price();
        let to_approver = |approver: &Person| Letter {
            to: approver.clone(),
            news: News::Place(PlaceNews {
                booking: Booked::of(booking, first)
                    .opened_by(booking.link(Purpose::BookingApproval)),
                about: PlaceAbout::ToApprove {
                    booker: booking.booker.name.to_string(),
                    school: booking.school.name.to_string(),
                    places,
                    price_pence: Some(price).filter(|price| !price.is_zero()),
                    on_invoice: booking.pays_by == PaysBy::Invoice,
                    until,
                },
            }),
        };
        letters.extend(booking.approvers.iter().map(to_approver));
    }
    letters
}

/// What is to be paid for the places that are kept together. Who accepts an
/// offer knows it from the offer.
fn to_pay(booking: &Booking, moved: &[&Registration], asked: &[Payment]) -> Vec<Letter> {
    let to_pay = |payment: &Payment| {
        let (first, hold_until) = moved.iter().find_map(|one| match one.state {
            RegistrationState::Held { until }
                if one.payment.as_ref() == Some(&payment.reference) =>
            {
                Some((one, until))
            }
            _ => None,
        })?;
        let due = PlaceDue {
            payment: payment.reference.clone(),
            amount_pence: payment.amount,
            hold_until,
        };
        Some(letter_to_booker(booking, first, |booking| {
            News::PlaceHeld { booking, due }
        }))
    };
    asked.iter().filter_map(to_pay).collect()
}

/// Where the first of those stands who wait, and for what: that a place is
/// free, or that the party has fewer than one may have.
fn to_wait(
    booking: &Booking,
    moved: &[&Registration],
    (tally, event): (&Tally, Option<&Event>),
) -> Option<Letter> {
    let waits = |one: &&&Registration| one.state == RegistrationState::Waiting;
    let first = moved.iter().find(waits)?;
    let position = tally.position(&booking.id(first));
    let position = position.unwrap_or(tally.waiting.len());
    let party = Asker::of(booking, first).party;
    let at_limit = event.filter(|event| tally.waits_for_limit(event, party.as_ref()));
    let limit = at_limit.and_then(|event| event.limit_per_school);
    Some(letter_to_booker(booking, first, |booking| {
        News::BookingWaiting {
            position,
            booking,
            limit,
        }
    }))
}

/// A place that came free for somebody who waited.
fn offered(booking: &Booking, registration: &Registration) -> Option<Letter> {
    let RegistrationState::Offered { until } = registration.state else {
        return None;
    };
    Some(letter_to_booker(booking, registration, |booking| {
        News::PlaceOffered {
            booking,
            payment: registration.payment.clone(),
            amount_pence: registration.price,
            hold_until: until,
        }
    }))
}
