//! A booking whose people are forgotten: how many there were, what became of
//! their places and what they cost is kept, and who they were is not.

use super::{Booking, Needs};
use crate::contact::{Line, Person};

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
