//! Events that are called off, booking by booking.

use domain::event::EventSlug;
use domain::places::CallOff;
use jiff::Timestamp;

use super::item::{Item, Versioned, value_of, versioned};
use super::transaction::in_list;
use super::{Store, StoreError, Transaction, keys};

impl Transaction {
    /// How far the calling off of an event has come, in place of what was read.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn call_off(
        &mut self,
        read_version: u64,
        call_off: &CallOff,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::call_off(&call_off.event);
        let extra = match call_off.ended_at {
            Some(_) => Item::new(),
            None => in_list(
                keys::CALL_OFFS,
                format!("{}#{}", keys::sortable(call_off.begun_at), call_off.event),
            ),
        };
        self.replace(&key, read_version, call_off, extra)?;
        match (read_version, call_off.ended_at) {
            (0, _) => self.audit(&key, "event-called-off", now),
            (_, Some(_)) => self.audit(&key, "event-call-off-ended", now),
            _ => Ok(()),
        }
    }
}

impl Store {
    /// The calling off of an event, if it was decided.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn call_off(
        &self,
        event: &EventSlug,
    ) -> Result<Option<Versioned<CallOff>>, StoreError> {
        let item = self.get(&keys::call_off(event)).await?;
        item.map(versioned).transpose()
    }

    /// The callings off that have not come to their ends.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn call_offs(&self) -> Result<Vec<CallOff>, StoreError> {
        let items = self.list(keys::CALL_OFFS, None).await?;
        items.into_iter().map(value_of).collect()
    }
}
