//! The outbox: letters that were decided with the change that they tell of,
//! and are to be sent.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::letter::{Letter, OutboxItem};
use jiff::Timestamp;

use super::item::{text, value_of};
use super::transaction::in_list;
use super::{Guard, Store, StoreError, Transaction, keys};

impl Transaction {
    /// A letter to be sent.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn letter(&mut self, letter: Letter, now: Timestamp) -> Result<(), StoreError> {
        // Whoever was erased has no address.
        if letter.to.is_erased() {
            return Ok(());
        }
        let id = crate::entropy::key();
        let sort = format!("{}#{id}", keys::sortable(now));
        let item = OutboxItem {
            id,
            created_at: now,
            letter,
        };
        self.put_new(
            &keys::letter(&item.id),
            &item,
            in_list(keys::OUTBOX, sort),
            Guard::Unchanged,
        )
    }
}

impl Store {
    /// The latest letters, the newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn letters(&self, most: usize) -> Result<Vec<OutboxItem>, StoreError> {
        let mut letters = Vec::new();
        let mut after: Option<std::collections::HashMap<String, AttributeValue>> = None;
        loop {
            let answer = self
                .client
                .query()
                .table_name(&self.table)
                .index_name(keys::BY_LIST)
                .key_condition_expression("#list = :list")
                .expression_attribute_names("#list", "list")
                .expression_attribute_values(":list", text(keys::OUTBOX))
                .scan_index_forward(false)
                .set_exclusive_start_key(after)
                .send()
                .await
                .map_err(StoreError::database)?;
            for item in answer.items.unwrap_or_default() {
                letters.push(value_of(item)?);
            }
            after = answer.last_evaluated_key.filter(|key| !key.is_empty());
            if after.is_none() || letters.len() >= most {
                letters.truncate(most);
                return Ok(letters);
            }
        }
    }
}
