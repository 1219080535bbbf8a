//! What people are told of a decision about places: each delegate of a place
//! that is theirs, and whoever booked of what there is to do.

use domain::access::Purpose as LinkFor;
use domain::booking::{Booking, Registration, RegistrationState};
use domain::letter::{Booked, Letter, News, PlaceAbout, PlaceDue, PlaceNews};
use domain::money::Pence;
use domain::reference::BookingReference;
use jiff::Timestamp;

use super::{Decision, letter_to_booker, letters_of_confirmed};

impl Decision<'_> {
    /// What became of the places of a booking: a letter for each, and one for
    /// all that are to be confirmed, approved or paid for together.
    pub(super) fn tell_asked(&mut self, reference: &BookingReference, before: &[Registration]) {
        let Some(touched) = self.bookings.get(reference) else {
            return;
        };
        let booking = &touched.read.value;
        let moved: Vec<&Registration> = booking
            .registrations
            .iter()
            .filter(|one| {
                let was = before.iter().find(|was| was.number == one.number);
                was.is_none_or(|was| was.state != one.state)
            })
            .collect();
        let mut letters = together(booking, &moved);
        letters.extend(self.to_pay(booking, &moved));
        let confirmed: Vec<&Registration> = moved
            .iter()
            .filter(|one| one.state == RegistrationState::Confirmed)
            .copied()
            .collect();
        letters.extend(letters_of_confirmed(booking, &confirmed, None));
        letters.extend(self.to_wait(booking, &moved));
        self.letters.extend(letters);
    }

    /// A place came free for somebody who waited.
    pub(super) fn tell_offer(&mut self, reference: &BookingReference, number: u8) {
        let Some(touched) = self.bookings.get(reference) else {
            return;
        };
        let booking = &touched.read.value;
        let Some(registration) = booking.registration(number) else {
            return;
        };
        let RegistrationState::Offered { until } = registration.state else {
            return;
        };
        let letter = letter_to_booker(booking, registration, |booking| News::PlaceOffered {
            booking,
            payment: registration.payment.clone(),
            amount_pence: registration.price,
            hold_until: until,
        });
        self.letters.push(letter);
    }

    /// What is to be paid for the places that are kept together.
    fn to_pay(&self, booking: &Booking, moved: &[&Registration]) -> Option<Letter> {
        let (first, until) = moved.iter().find_map(|one| match one.state {
            RegistrationState::Held { until } => Some((one, until)),
            _ => None,
        })?;
        let payment = first.payment.as_ref()?;
        let mut asked = self.payments.iter();
        let asked = asked.find(|asked| asked.reference == *payment)?;
        Some(letter_to_booker(booking, first, |booking| {
            News::PlaceHeld {
                booking,
                due: PlaceDue {
                    payment: payment.clone(),
                    amount_pence: asked.amount,
                    hold_until: until,
                },
            }
        }))
    }

    /// Where the first of those stands who wait.
    fn to_wait(&self, booking: &Booking, moved: &[&Registration]) -> Option<Letter> {
        let waits = |one: &&&Registration| one.state == RegistrationState::Waiting;
        let first = moved.iter().find(waits)?;
        let tally = self.tally();
        let position = tally.position(&booking.id(first));
        let position = position.unwrap_or(tally.waiting.len());
        Some(letter_to_booker(booking, first, |booking| {
            News::BookingWaiting { position, booking }
        }))
    }
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
                    .opened_by(booking.link(LinkFor::BookingAddress)),
                about: PlaceAbout::ToConfirm { places, until },
            }),
        });
    }
    if let Some((first, until)) = until_of(|state| match state {
        RegistrationState::Unapproved { until } => Some(until),
        _ => None,
    }) {
        let price: Pence = booking.price();
        let to_approver = |approver: &domain::contact::Person| Letter {
            to: approver.clone(),
            news: News::Place(PlaceNews {
                booking: Booked::of(booking, first)
                    .opened_by(booking.link(LinkFor::BookingApproval)),
                about: PlaceAbout::ToApprove {
                    booker: booking.booker.name.to_string(),
                    school: booking.school.name.to_string(),
                    places,
                    price_pence: Some(price).filter(|price| !price.is_zero()),
                    until,
                },
            }),
        };
        letters.extend(booking.approvers.iter().map(to_approver));
    }
    letters
}
