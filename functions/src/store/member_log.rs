//! What stands beside a membership: the log of contacts, and its history.

use domain::membership::LogEntry;
use domain::reference::MembershipReference;
use domain::trail::Entry;

use super::item::{Item, value_of};
use super::{Guard, Store, StoreError, Transaction, keys};

impl Transaction {
    /// A new entry in the log of contacts with a member.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn log(
        &mut self,
        reference: &MembershipReference,
        entry: &LogEntry,
    ) -> Result<(), StoreError> {
        let id = crate::entropy::key();
        let key = keys::log_entry(reference, entry.on, entry.entered_at, &id);
        self.put_new(&key, entry, Item::new(), Guard::Unchanged)
    }
}

impl Store {
    /// The log of contacts with a member, the latest day first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn member_log(
        &self,
        reference: &MembershipReference,
    ) -> Result<Vec<LogEntry>, StoreError> {
        let of = keys::membership(reference);
        let items = self.beside(&of, keys::LOG).await?;
        items.into_iter().rev().map(value_of).collect()
    }

    /// What has happened to a membership, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn membership_trail(
        &self,
        reference: &MembershipReference,
    ) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::membership(reference)).await
    }
}
