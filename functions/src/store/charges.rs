//! Charges for places that nobody used, each beside its booking, whose trail
//! tells of them.

use domain::booking::RegistrationId;
use domain::charges::ProposedCharge;
use domain::trail::Entry;
use jiff::Timestamp;

use super::item::{Item, Versioned, value_of, versioned};
use super::transaction::in_list;
use super::{Store, StoreError, Transaction, keys};

impl Transaction {
    /// A charge that is proposed; refused if there is one for the registration.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_charge(
        &mut self,
        charge: &ProposedCharge,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::charge(&charge.registration);
        self.replace(&key, 0, charge, listed(charge))?;
        let before: Option<&ProposedCharge> = None;
        self.audit_change(&key, "charge-proposed", now, &before, charge)
    }

    /// A charge in place of the one that was read, and what happened to it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn charge(
        &mut self,
        read: &Versioned<ProposedCharge>,
        next: &ProposedCharge,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::charge(&next.registration);
        self.replace(&key, read.version, next, listed(next))?;
        self.audit_change(&key, what, now, &read.value, next)
    }
}

/// The list that a charge is in: of those that somebody has to look at, the
/// oldest first, or of the others.
pub(super) fn listed(charge: &ProposedCharge) -> Item {
    let list = match charge.needs_somebody() {
        true => keys::CHARGES_OPEN,
        false => keys::CHARGES_DONE,
    };
    let since = keys::sortable(charge.proposed_at);
    in_list(list, format!("{since}#{}", charge.registration))
}

impl Store {
    /// The charge for a registration, if one was proposed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn charge(
        &self,
        registration: &RegistrationId,
    ) -> Result<Option<Versioned<ProposedCharge>>, StoreError> {
        let item = self.get(&keys::charge(registration)).await?;
        item.map(versioned).transpose()
    }

    /// What has happened to the booking of a charge, and to the charge with it,
    /// the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn charge_trail(
        &self,
        registration: &RegistrationId,
    ) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::charge(registration)).await
    }

    /// The charges that somebody has to look at, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn open_charges(&self) -> Result<Vec<ProposedCharge>, StoreError> {
        let items = self.list(keys::CHARGES_OPEN, None).await?;
        items.into_iter().map(value_of).collect()
    }

    /// The charges about which nothing is to be done, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn charges_done(&self) -> Result<Vec<ProposedCharge>, StoreError> {
        let items = self.list(keys::CHARGES_DONE, None).await?;
        items.into_iter().rev().map(value_of).collect()
    }
}
