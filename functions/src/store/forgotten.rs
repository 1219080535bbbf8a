//! Bookings whose people are forgotten, and the events of which all are.

use domain::booking::{Booking, Needs};
use domain::charges::ProposedCharge;
use domain::event::EventSlug;
use domain::trail::Who;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::charges::listed;
use super::item::{Item, Versioned, versioned};
use super::purge::Purged;
use super::{Store, StoreError, Transaction, keys};

/// That nobody is named in any booking of an event.
#[derive(Debug, Serialize, Deserialize)]
struct Forgotten {
    at: Timestamp,
}

impl Store {
    /// Whether nobody is named any more in the bookings of an event.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn is_forgotten(&self, event: &EventSlug) -> Result<bool, StoreError> {
        Ok(self.get(&keys::forgotten(event)).await?.is_some())
    }

    /// Notes that nobody is named any more in the bookings of an event.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn all_forgotten(&self, event: &EventSlug, at: Timestamp) -> Result<(), StoreError> {
        let mut transaction = Transaction::new();
        transaction.put_over(&keys::forgotten(event), &Forgotten { at }, Item::new())?;
        self.commit(transaction).await.map(|_| ())
    }

    /// Forgets what the delegates of a booking needed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn forget_needs(
        &self,
        read: &Versioned<Booking>,
        now: Timestamp,
    ) -> Result<Purged, StoreError> {
        let next = Booking {
            needs: Needs::default(),
            ..read.value.clone()
        };
        let mut transaction = Transaction::by(Who::Clock);
        transaction.not_held(&keys::booking(&next.reference))?;
        transaction.booking(read.version, &next, "needs-forgotten", now)?;
        Ok(Purged::of(&self.commit(transaction).await?))
    }

    /// Forgets the people of a booking: their names, their certificates, what
    /// they are known by at the event, the values in its history. What is left
    /// says how many there were. Not while a charge waits for somebody.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn forget_booking(
        &self,
        read: &Versioned<Booking>,
        by: Who,
        now: Timestamp,
    ) -> Result<Purged, StoreError> {
        let booking = &read.value;
        let key = keys::booking(&booking.reference);
        let charges = self.beside(&key, keys::BOOKINGS_CHARGE).await?;
        let charges: Result<Vec<Versioned<ProposedCharge>>, StoreError> =
            charges.into_iter().map(versioned).collect();
        let charges = charges?;
        if charges.iter().any(|charge| charge.value.needs_somebody()) {
            return Ok(Purged::Changed);
        }
        let mut last = Transaction::by(by);
        last.not_held(&key)?;
        last.booking(read.version, &booking.forgotten(), "people-forgotten", now)?;
        for charge in charges {
            let next = ProposedCharge {
                delegate: None,
                ..charge.value
            };
            let key = keys::charge(&next.registration);
            last.replace(&key, charge.version, &next, listed(&next))?;
        }
        for registration in &booking.registrations {
            if let Some(delegate) = &registration.delegate {
                let digest = Store::name_of(&delegate.person.email);
                let key = keys::named_at(&booking.event, &digest);
                last.delete(key.attributes(), None)?;
            }
            if let Some(code) = &registration.certificate {
                last.delete(keys::certificate(code).attributes(), None)?;
            }
        }
        // They may be many: they go before it, in transactions of their own.
        let values = self.beside(&key, keys::AUDIT_VALUES).await?;
        if !values.is_empty() {
            let mut first = Transaction::new();
            first.unchanged(&key, read.version)?;
            let dropped = self
                .delete_beside(&key, Some(read.version), values, first)
                .await?;
            if let kept @ (Purged::Held | Purged::Changed) = Purged::of(&dropped) {
                return Ok(kept);
            }
        }
        Ok(Purged::of(&self.commit(last).await?))
    }
}
