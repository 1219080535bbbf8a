//! What is to be paid for places that are kept.

use domain::booking::{Booking, RegistrationState};
use domain::money::Pence;
use domain::payment::{Payment, PaymentState, Purpose};
use domain::reference::{BookingReference, PaymentReference};
use jiff::Timestamp;

use super::Decision;
use crate::entropy;

impl Decision<'_> {
    /// Asks for payment of the places that are kept for it: one payment for all
    /// that are kept together, and one for each that is offered.
    pub(super) fn charge(&mut self, reference: &BookingReference) {
        let now = self.now;
        let Some(touched) = self.bookings.get_mut(reference) else {
            return;
        };
        let booking = &mut touched.read.value;
        let unasked = |booking: &Booking, is_kept: fn(RegistrationState) -> bool| -> Vec<u8> {
            let registrations = booking.registrations.iter();
            registrations
                .filter(|one| one.payment.is_none() && is_kept(one.state) && booking.asks_card(one))
                .map(|one| one.number)
                .collect()
        };
        let held = unasked(booking, |state| {
            matches!(state, RegistrationState::Held { .. })
        });
        let offered = unasked(booking, |state| {
            matches!(state, RegistrationState::Offered { .. })
        });
        let together = Some(held).filter(|held| !held.is_empty());
        let apart = offered.into_iter().map(|number| vec![number]);
        for numbers in together.into_iter().chain(apart) {
            let payment = new_payment(booking, &numbers, now);
            for number in numbers {
                if let Some(registration) = booking.registration_mut(number) {
                    registration.payment = Some(payment.reference.clone());
                }
            }
            self.payments.push(payment);
        }
    }
}

/// A payment for some places of a booking.
pub(super) fn new_payment(booking: &Booking, numbers: &[u8], now: Timestamp) -> Payment {
    let chosen = booking.registrations.iter();
    let chosen = chosen.filter(|one| numbers.contains(&one.number));
    let amount: Pence = chosen.filter_map(|one| one.price).sum();
    let description = described(booking, numbers.len());
    let purpose = Purpose::Booking {
        booking: booking.reference.clone(),
        event: booking.event.clone(),
    };
    let reference = PaymentReference::from_entropy(entropy::bytes());
    Payment::new(reference, purpose, amount, description, now)
}

/// A payment that nobody has begun, with one place less; none if it buys no
/// other, or somebody may be paying already: then the rest goes back.
pub fn without(payment: &Payment, booking: &Booking, gone: u8) -> Option<Payment> {
    if payment.state != PaymentState::Open || payment.attempt.is_some() {
        return None;
    }
    let left = booking.bought_by(&payment.reference);
    let left = left.filter(|one| one.number != gone && one.state.is_live());
    let prices: Vec<Pence> = left.filter_map(|one| one.price).collect();
    (!prices.is_empty()).then(|| Payment {
        amount: prices.iter().copied().sum(),
        description: described(booking, prices.len()),
        ..payment.clone()
    })
}

fn described(booking: &Booking, places: usize) -> String {
    let title = &booking.known().event_title;
    match places {
        1 => format!("A place at “{title}”"),
        many => format!("{many} places at “{title}”"),
    }
}
