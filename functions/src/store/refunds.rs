//! Refunds: commands that the function which speaks to the card provider
//! carries out, and the record of what became of them.

use domain::reference::RefundReference;
use domain::refund::Refund;
use jiff::Timestamp;

use super::item::{Item, Versioned, value_of, versioned};
use super::transaction::{first_version, in_list};
use super::{Guard, Store, StoreError, Transaction, keys};

impl Transaction {
    /// A new refund.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_refund(&mut self, refund: &Refund, now: Timestamp) -> Result<(), StoreError> {
        let key = keys::refund(&refund.reference);
        let mut extra = listed(refund);
        extra.extend(first_version());
        self.put_new(&key, refund, extra, Guard::Unchanged)?;
        self.audit(&key, "refund-asked", now)
    }

    /// A refund in place of the one that was read.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn refund(
        &mut self,
        read: &Versioned<Refund>,
        next: &Refund,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::refund(&next.reference);
        self.replace(&key, read.version, next, listed(next))?;
        self.audit_change(&key, what, now, &read.value, next)
    }
}

/// The list that a refund is in.
fn listed(refund: &Refund) -> Item {
    let list = match refund.is_over() {
        true => keys::REFUNDS_OVER,
        false => keys::REFUNDS_UNDER_WAY,
    };
    let since = keys::sortable(refund.asked_at);
    in_list(list, format!("{since}#{}", refund.reference))
}

impl Store {
    /// The refund of that reference.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn refund(
        &self,
        reference: &RefundReference,
    ) -> Result<Option<Versioned<Refund>>, StoreError> {
        let item = self.get(&keys::refund(reference)).await?;
        item.map(versioned).transpose()
    }

    /// The refunds that are not over, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn refunds_under_way(&self) -> Result<Vec<Refund>, StoreError> {
        let items = self.list(keys::REFUNDS_UNDER_WAY, None).await?;
        items.into_iter().map(value_of).collect()
    }

    /// The refunds that are over, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn refunds_over(&self) -> Result<Vec<Refund>, StoreError> {
        let items = self.list(keys::REFUNDS_OVER, None).await?;
        items.into_iter().rev().map(value_of).collect()
    }
}
