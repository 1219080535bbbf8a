//! Feedback on events. An item holds what was answered and nothing of when: its
//! name is random, so the order of the items is not that of the answers.

use domain::event::EventSlug;
use domain::feedback::Feedback;

use super::item::value_of;
use super::transaction::in_list;
use super::{Guard, Store, StoreError, Transaction, keys};

impl Transaction {
    /// An answer. It has no entry in any trail of its own: that of the booking
    /// says that there was one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn feedback(&mut self, answer: &Feedback) -> Result<(), StoreError> {
        let id = crate::entropy::key();
        let key = keys::feedback(&answer.event, &id);
        let sort = format!("{}#{}#{id}", answer.starts, answer.event);
        let listed = in_list(keys::FEEDBACK, sort);
        self.put_new(&key, answer, listed, Guard::Unchanged)
    }
}

impl Store {
    /// What was answered about an event, in no order.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn feedback_on(&self, event: &EventSlug) -> Result<Vec<Feedback>, StoreError> {
        let of = keys::tally(event);
        let items = self.beside(&of, keys::EVENTS_FEEDBACK).await?;
        items.into_iter().map(value_of).collect()
    }

    /// What was answered about all events, by when they started.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn feedback(&self) -> Result<Vec<Feedback>, StoreError> {
        let items = self.list(keys::FEEDBACK, None).await?;
        items.into_iter().map(value_of).collect()
    }
}
