//! The ledger: entries are written and read, and nothing of them is changed.

use domain::ledger::{Cause, JournalEntry, Reconciliation};
use jiff::civil::Date;

use super::item::{item_at, value_of};
use super::transaction::in_list;
use super::{Guard, Store, StoreError, Transaction, keys};

impl Transaction {
    /// A new entry; refused if the ledger has one with its cause.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn ledger(&mut self, entry: &JournalEntry) -> Result<(), StoreError> {
        let key = keys::ledger_entry(&entry.cause);
        let sort = format!("{}#{}#{}", entry.on, keys::sortable(entry.at), entry.cause);
        self.put_new(&key, entry, in_list(keys::LEDGER, sort), Guard::Cause)
    }
}

impl Store {
    /// The entries of the days before one, in the order of their days; all of
    /// them without one.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn ledger(&self, before: Option<Date>) -> Result<Vec<JournalEntry>, StoreError> {
        let until = before.map(|day| day.to_string());
        let items = self.list(keys::LEDGER, until.as_deref()).await?;
        items.into_iter().map(value_of).collect()
    }

    /// Whether something was entered.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn is_entered(&self, cause: &Cause) -> Result<bool, StoreError> {
        Ok(self.get(&keys::ledger_entry(cause)).await?.is_some())
    }

    /// Keeps what the latest comparison with the card provider's balance gave.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn keep_reconciliation(&self, found: &Reconciliation) -> Result<(), StoreError> {
        self.put_item(item_at(&keys::reconciliation(), found)?)
            .await
    }

    /// What the latest comparison with the card provider's balance gave.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn reconciliation(&self) -> Result<Option<Reconciliation>, StoreError> {
        let item = self.get(&keys::reconciliation()).await?;
        item.map(value_of).transpose()
    }
}
