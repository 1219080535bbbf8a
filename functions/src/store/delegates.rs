//! What is kept of delegates besides their bookings: each name once at an event,
//! by a digest, and the places that are included in a membership.

use domain::booking::{Allowance, AllowanceOf, RegistrationId};
use domain::contact::EmailAddress;
use domain::event::EventSlug;
use domain::places::AddressKey;
use serde::{Deserialize, Serialize};

use super::item::{Item, Versioned, versioned};
use super::staff::digest;
use super::{Guard, Store, StoreError, Transaction, keys};

/// With which registration a delegate is booked.
#[derive(Debug, Serialize, Deserialize)]
struct Named {
    registration: RegistrationId,
}

impl Transaction {
    /// A delegate is booked with a registration; refused if with another since
    /// that version was read, nought being none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn named_at(
        &mut self,
        event: &EventSlug,
        email: &EmailAddress,
        read_version: u64,
        registration: &RegistrationId,
    ) -> Result<(), StoreError> {
        let key = keys::named_at(event, &Store::name_of(email));
        let registration = registration.clone();
        let named = Named { registration };
        let guard = Guard::Delegate;
        self.replace_guarded(&key, read_version, &named, (Item::new(), guard))
    }

    /// The included places of a member in place of those that were read.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if they cannot be written as an item.
    pub fn allowance(
        &mut self,
        of: &AllowanceOf,
        read_version: u64,
        allowance: &Allowance,
    ) -> Result<(), StoreError> {
        self.replace(&keys::allowance(of), read_version, allowance, Item::new())
    }
}

impl Store {
    /// What a delegate's name is known by: no key holds an address.
    #[must_use]
    pub fn name_of(email: &EmailAddress) -> String {
        digest(&email.plain())
    }

    /// What an address is known by where its places are counted.
    #[must_use]
    pub fn address_key(email: &EmailAddress) -> AddressKey {
        AddressKey::of_digest(Store::name_of(email))
    }

    /// The registration with which a delegate was booked last; another may have
    /// come instead since.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn named_at(
        &self,
        event: &EventSlug,
        email: &EmailAddress,
    ) -> Result<Option<Versioned<RegistrationId>>, StoreError> {
        let item = self
            .get(&keys::named_at(event, &Store::name_of(email)))
            .await?;
        let named: Option<Versioned<Named>> = item.map(versioned).transpose()?;
        Ok(named.map(|named| Versioned {
            version: named.version,
            value: named.value.registration,
        }))
    }

    /// The included places that a member has taken, in a year at the events of
    /// a service.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn allowance(&self, of: &AllowanceOf) -> Result<Versioned<Allowance>, StoreError> {
        let item = self.get(&keys::allowance(of)).await?;
        item.map_or_else(|| Ok(Versioned::unwritten()), versioned)
    }
}
