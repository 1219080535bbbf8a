//! A booking whose people are forgotten: how many there were, what became of
//! their places and what they cost is kept, and who they were is not.

use super::{Booking, Needs};
use crate::contact::{EmailAddress, Line, Person};

impl Booking {
    /// It, without anybody’s name, address or words. The links that opened it
    /// open nothing any more; a school is still known by its URN.
    #[must_use]
    pub fn forgotten(&self) -> Booking {
        let mut next = Booking {
            booker: Person::erased(),
            approvers: Vec::new(),
            purchase_order: None,
            invoice_address: None,
            needs: Needs::default(),
            grants: Vec::new(),
            address_key: None,
            ..self.clone()
        };
        if next.school.urn.is_none() {
            next.school.name = Line::erased();
        }
        for registration in &mut next.registrations {
            registration.delegate = None;
            registration.certificate = None;
        }
        next
    }

    /// Whether nobody is named in it any more.
    #[must_use]
    pub fn is_forgotten(&self) -> bool {
        *self == self.forgotten()
    }
}

/// What a booking is without one of its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Without {
    /// The booking.
    pub booking: Booking,
    /// The registrations that were the person’s, by their numbers.
    pub numbers: Vec<u8>,
}

impl Booking {
    /// It, without one person: whoever booked, came, or approved it.
    #[must_use]
    pub fn without(&self, email: &EmailAddress) -> Without {
        let mut booking = self.clone();
        let mut numbers = Vec::new();
        if booking.booker.email.is_same(email) {
            booking.booker = Person::erased();
            booking.needs = Needs::default();
            booking.grants = Vec::new();
            booking.address_key = None;
        }
        booking
            .approvers
            .retain(|approver| !approver.email.is_same(email));
        for registration in &mut booking.registrations {
            let delegate = registration.delegate.as_ref();
            if delegate.is_some_and(|delegate| delegate.person.email.is_same(email)) {
                registration.delegate = None;
                registration.certificate = None;
                numbers.push(registration.number);
            }
        }
        Without { booking, numbers }
    }
}
