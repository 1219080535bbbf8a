//! Places that are included in a membership: counted in the transaction that
//! takes them or lets them go, so that no more are taken than there are.

use std::collections::BTreeMap;

use domain::booking::{Allowance, AllowanceOf, Booking, RegistrationId};
use domain::reference::BookingReference;

use super::Decision;
use crate::store::{StoreError, Transaction, Versioned};

/// The allowances that a decision has read.
pub(super) type Allowances = BTreeMap<AllowanceOf, Versioned<Allowance>>;

impl Decision<'_> {
    /// Lets the places of a member's booking cost nothing, as far as what is
    /// included in its membership goes.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn include(&mut self, booking: &mut Booking) -> Result<(), StoreError> {
        let event = self.event().zip(booking.membership.as_ref());
        let of = event.and_then(|(event, membership)| {
            Some((AllowanceOf::at(event, membership)?, event.included_places))
        });
        if let Some((of, included)) = of {
            let left = self.allowance(&of).await?.value.left(included);
            booking.include(of, left);
        }
        Ok(())
    }

    /// Does that for a booking that was taken in, before its places are asked
    /// for in earnest.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn include_taken(&mut self, reference: &BookingReference) -> Result<(), StoreError> {
        let taken = self.bookings.get(reference);
        let Some(mut booking) = taken.map(|touched| touched.read.value.clone()) else {
            return Ok(());
        };
        self.include(&mut booking).await?;
        if let Some(touched) = self.bookings.get_mut(reference) {
            touched.read.value = booking;
        }
        Ok(())
    }

    /// Lets the member use an included place that was given up in time again.
    pub fn include_no_more(&mut self, id: &RegistrationId) {
        if let Some(touched) = self.bookings.get_mut(&id.booking)
            && let Some(registration) = touched.read.value.registration_mut(id.number)
        {
            registration.included = false;
        }
    }

    async fn allowance(&mut self, of: &AllowanceOf) -> Result<&Versioned<Allowance>, StoreError> {
        if !self.allowances.contains_key(of) {
            let read = self.app.store.allowance(of).await?;
            self.allowances.insert(of.clone(), read);
        }
        self.allowances
            .get(of)
            .ok_or(StoreError::Unreadable("an allowance"))
    }

    /// Counts what became of included places.
    pub(super) async fn count_included(
        &mut self,
        transaction: &mut Transaction,
    ) -> Result<(), StoreError> {
        let concerned = self.bookings.values().filter_map(|touched| {
            let of = touched.read.value.allowance.clone()?;
            Some((of, touched.read.value.clone(), touched.before.clone()))
        });
        let concerned: Vec<_> = concerned.collect();
        let mut changed: Allowances = BTreeMap::new();
        for (of, booking, before) in concerned {
            let mut read = match changed.remove(&of) {
                Some(read) => read,
                None => self.allowance(&of).await?.clone(),
            };
            let was_changed = read.value.enter(&booking, &before);
            let is_known = self.allowances.get(&of);
            if was_changed || is_known.is_some_and(|known| known.value != read.value) {
                changed.insert(of, read);
            }
        }
        for (of, read) in &changed {
            transaction.allowance(of, read.version, &read.value)?;
        }
        Ok(())
    }
}
