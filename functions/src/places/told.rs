//! What people are told of a decision about places.

use domain::booking::{Booking, Registration, RegistrationState};
use domain::letter::{Booked, Letter, News, PlaceDue};
use domain::reference::BookingReference;

use super::{Decision, letter_about};

impl Decision<'_> {
    /// What became of a booking that was asked for: a letter for each place,
    /// and one for all that are to be paid for together.
    pub(super) fn tell_asked(&mut self, reference: &BookingReference) {
        let Some(touched) = self.bookings.get(reference) else {
            return;
        };
        let booking = &touched.read.value;
        let mut letters: Vec<Letter> = self.to_pay(booking).into_iter().collect();
        for registration in &booking.registrations {
            letters.extend(self.told(booking, registration));
        }
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
        let letter = Letter {
            to: booking.booker.clone(),
            news: News::PlaceOffered {
                booking: Booked::of(booking, registration),
                payment: registration.payment.clone(),
                amount_pence: registration.price,
                hold_until: until,
            },
        };
        self.letters.push(letter);
    }

    /// What is to be paid for the places that are kept together.
    fn to_pay(&self, booking: &Booking) -> Option<Letter> {
        let held = |one: &&Registration| matches!(one.state, RegistrationState::Held { .. });
        let first = booking.registrations.iter().find(held)?;
        let RegistrationState::Held { until } = first.state else {
            return None;
        };
        let payment = first.payment.as_ref()?;
        let mut asked = self.payments.iter();
        let asked = asked.find(|asked| asked.reference == *payment)?;
        Some(Letter {
            to: booking.booker.clone(),
            news: News::PlaceHeld {
                booking: Booked::of(booking, first),
                due: PlaceDue {
                    payment: payment.clone(),
                    amount_pence: asked.amount,
                    hold_until: until,
                },
            },
        })
    }

    /// Where one place stands.
    fn told(&self, booking: &Booking, registration: &Registration) -> Option<Letter> {
        match registration.state {
            RegistrationState::Confirmed => Some(letter_about(booking, registration, |booking| {
                News::BookingConfirmed {
                    booking,
                    paid_pence: None,
                }
            })),
            RegistrationState::Waiting => {
                let tally = self.tally();
                let position = tally.position(&booking.id(registration));
                let position = position.unwrap_or(tally.waiting.len());
                Some(letter_about(booking, registration, |booking| {
                    News::BookingWaiting { position, booking }
                }))
            }
            _ => None,
        }
    }
}
