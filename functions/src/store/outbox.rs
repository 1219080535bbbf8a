//! The outbox: letters that were decided with the change that they tell of,
//! are to be sent, and are kept for a while once they have gone.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::delivery::Delivery;
use domain::letter::{Letter, OutboxItem};
use jiff::Timestamp;

use super::item::{Item, number, text, value_of, versioned};
use super::transaction::{first_version, in_list};
use super::{Guard, Outcome, Store, StoreError, Transaction, Versioned, keys};

impl Transaction {
    /// A letter to be sent.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn letter(&mut self, letter: Letter, now: Timestamp) -> Result<(), StoreError> {
        let item = OutboxItem {
            id: crate::entropy::key(),
            created_at: now,
            letter,
            delivery: Delivery::default(),
        };
        let mut extra = listed(&item);
        extra.extend(first_version());
        self.put_new(&keys::letter(&item.id), &item, extra, Guard::Unchanged)
    }

    /// A letter that goes on its way, or stops. Once it has gone, it is forgotten
    /// from `kept_until` on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn delivery(
        &mut self,
        read: &Versioned<OutboxItem>,
        next: Delivery,
        kept_until: Timestamp,
    ) -> Result<(), StoreError> {
        let item = OutboxItem {
            delivery: next,
            ..read.value.clone()
        };
        let mut extra = listed(&item);
        if !matches!(
            item.delivery,
            Delivery::Waiting { .. } | Delivery::Taken { .. }
        ) {
            extra.insert("expires_at".into(), number(kept_until.as_second()));
        }
        self.replace(&keys::letter(&item.id), read.version, &item, extra)
    }
}

impl Transaction {
    /// Somebody has done something about a letter.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn letter_noted(&mut self, id: &str, what: &str, at: Timestamp) -> Result<(), StoreError> {
        self.audit(&keys::letter(id), what, at)
    }
}

/// The list that a letter is in, and where.
fn listed(item: &OutboxItem) -> Item {
    let (list, at) = match &item.delivery {
        Delivery::Sent { at, .. } => (keys::LETTERS_SENT, *at),
        Delivery::Stopped { at, .. } | Delivery::Returned { at, .. } => {
            (keys::LETTERS_STOPPED, *at)
        }
        Delivery::Waiting { .. } | Delivery::Taken { .. } => {
            let due = item.delivery.due(item.created_at);
            (keys::OUTBOX, due.unwrap_or(item.created_at))
        }
    };
    in_list(list, format!("{}#{}", keys::sortable(at), item.id))
}

impl Store {
    /// A letter, to see or to send.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn letter(&self, id: &str) -> Result<Option<Versioned<OutboxItem>>, StoreError> {
        let item = self.get(&keys::letter(id)).await?;
        item.map(versioned).transpose()
    }

    /// The letters that can be sent by now, those first that could be first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn letters_due(
        &self,
        now: Timestamp,
    ) -> Result<Vec<Versioned<OutboxItem>>, StoreError> {
        // Greater than the sort key of any letter of that very instant.
        let until = format!("{}$", keys::sortable(now));
        let items = self.list(keys::OUTBOX, Some(&until)).await?;
        items.into_iter().map(versioned).collect()
    }

    /// The letters that do not go or have come back, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn letters_stopped(
        &self,
        most: usize,
    ) -> Result<Vec<Versioned<OutboxItem>>, StoreError> {
        let items = self.latest(keys::LETTERS_STOPPED, most).await?;
        items.into_iter().map(versioned).collect()
    }

    /// The latest letters, whatever became of them, the newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn letters(&self, most: usize) -> Result<Vec<OutboxItem>, StoreError> {
        let mut letters: Vec<OutboxItem> = Vec::new();
        for list in [keys::OUTBOX, keys::LETTERS_SENT, keys::LETTERS_STOPPED] {
            for item in self.latest(list, most).await? {
                letters.push(value_of(item)?);
            }
        }
        letters.sort_by_key(|letter| std::cmp::Reverse(letter.created_at));
        letters.truncate(most);
        Ok(letters)
    }

    /// What stands last in a list, the last first.
    async fn latest(&self, list: &str, most: usize) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut after: Option<HashMap<String, AttributeValue>> = None;
        loop {
            let answer = self
                .client
                .query()
                .table_name(&self.table)
                .index_name(keys::BY_LIST)
                .key_condition_expression("#list = :list")
                .expression_attribute_names("#list", "list")
                .expression_attribute_values(":list", text(list))
                .scan_index_forward(false)
                .set_exclusive_start_key(after)
                .send()
                .await
                .map_err(StoreError::database)?;
            items.extend(answer.items.unwrap_or_default());
            after = answer.last_evaluated_key.filter(|key| !key.is_empty());
            if after.is_none() || items.len() >= most {
                items.truncate(most);
                return Ok(items);
            }
        }
    }

    /// Writes down what becomes of a letter, if it is still as it was read;
    /// whether it was.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database did not say.
    pub async fn move_letter(
        &self,
        read: &Versioned<OutboxItem>,
        next: Delivery,
        kept_until: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = Transaction::new();
        transaction.delivery(read, next, kept_until)?;
        Ok(self.commit(transaction).await? == Outcome::Committed)
    }
}
