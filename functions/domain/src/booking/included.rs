//! Places that are included in a membership: so many a year, at events of the
//! same service, cost a member nothing.
//!
//! Each is counted in the [`Allowance`] of its year, which everybody who takes
//! one has to change, so that no more are taken than there are.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Booking, Registration, RegistrationId, RegistrationState};
use crate::account::academic_year;
use crate::event::Event;
use crate::reference::MembershipReference;

/// Which places are counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AllowanceOf {
    /// Whose they are.
    pub membership: MembershipReference,
    /// The slug of the service that the events belong to.
    pub service: String,
    /// The year in which the academic year of the events begins.
    pub year: i16,
}

impl AllowanceOf {
    /// The allowance that a member's places at an event are counted in; none
    /// where the event includes none.
    #[must_use]
    pub fn at(event: &Event, membership: &MembershipReference) -> Option<AllowanceOf> {
        let has_some = event.included_places > 0 && event.price_for(true).is_some();
        has_some.then(|| AllowanceOf {
            membership: membership.clone(),
            service: event.service.clone(),
            year: academic_year(event.starts.date()),
        })
    }
}

/// The included places that a member has taken, in one year at the events of
/// one service.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Allowance {
    /// By which registrations.
    pub taken: BTreeSet<RegistrationId>,
}

impl Allowance {
    /// How many of so many are left.
    #[must_use]
    pub fn left(&self, included: u32) -> u32 {
        included.saturating_sub(u32::try_from(self.taken.len()).unwrap_or(u32::MAX))
    }

    /// Enters what became of the places of a booking that stood so `before`;
    /// whether that changed anything.
    pub fn enter(&mut self, booking: &Booking, before: &[Registration]) -> bool {
        let was = self.taken.clone();
        for registration in before {
            self.taken.remove(&booking.id(registration));
        }
        let counted = booking.registrations.iter().filter(|one| one.is_counted());
        self.taken.extend(counted.map(|one| booking.id(one)));
        self.taken != was
    }
}

impl Registration {
    /// Whether it is counted among the places that are included: from when it is
    /// known whose it is, as long as it has or waits for a place, and after it.
    /// Given up too late it stays counted; in time it is included no more.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        self.included
            && !matches!(
                self.state,
                RegistrationState::Unconfirmed { .. }
                    | RegistrationState::Expired
                    | RegistrationState::Lapsed
                    | RegistrationState::Left
                    | RegistrationState::Declined
                    | RegistrationState::RefundDue
                    | RegistrationState::CalledOff
            )
    }
}

impl Booking {
    /// Lets as many of its places as are left cost nothing, the first first.
    pub fn include(&mut self, of: AllowanceOf, left: u32) {
        let priced = self
            .registrations
            .iter_mut()
            .filter(|one| one.price.is_some() && one.payment.is_none());
        for registration in priced.take(usize::try_from(left).unwrap_or(usize::MAX)) {
            registration.included = true;
            registration.price = None;
        }
        self.allowance = Some(of);
    }

    /// How many of its places are included in the membership.
    #[must_use]
    pub fn included(&self) -> usize {
        self.registrations.iter().filter(|one| one.included).count()
    }
}
