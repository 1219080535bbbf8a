//! Holds, each beside the record that it keeps from being erased.

use domain::retention::{Hold, Holdable};
use jiff::Timestamp;

use super::item::value_of;
use super::keys::Key;
use super::transaction::in_list;
use super::{Guard, Store, StoreError, Transaction, keys};

/// The record that is held.
fn record(of: &Holdable) -> Key {
    match of {
        Holdable::Application(reference) => keys::application(reference),
        Holdable::Membership(reference) => keys::membership(reference),
        Holdable::Booking(reference) => keys::booking(reference),
        Holdable::Enquiry(reference) => keys::enquiry(reference),
    }
}

impl Transaction {
    /// Holds a record that must be there; refused if it is held.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn hold(&mut self, hold: &Hold) -> Result<(), StoreError> {
        let of = record(&hold.record);
        self.present(&of)?;
        let listed = in_list(keys::HOLDS, keys::sortable(hold.since));
        self.put_new(&keys::hold(&of), hold, listed, Guard::Held)?;
        let before: Option<&Hold> = None;
        self.audit_change(&of, "held-from-erasure", hold.since, &before, hold)
    }

    /// Lets a record go; refused if it is not held.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn release(&mut self, hold: &Hold, now: Timestamp) -> Result<(), StoreError> {
        let of = record(&hold.record);
        self.delete_present(&keys::hold(&of))?;
        self.audit(&of, "hold-released", now)
    }
}

impl Store {
    /// What holds a record, if anything does.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn hold(&self, of: &Holdable) -> Result<Option<Hold>, StoreError> {
        let item = self.get(&keys::hold(&record(of))).await?;
        item.map(value_of).transpose()
    }

    /// All holds, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn holds(&self) -> Result<Vec<Hold>, StoreError> {
        let items = self.list(keys::HOLDS, None).await?;
        items.into_iter().map(value_of).collect()
    }

    /// Whether there is a record that can be held.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn is_there(&self, of: &Holdable) -> Result<bool, StoreError> {
        Ok(self.get(&record(of)).await?.is_some())
    }
}
