//! The outbox: letters that were decided with the change that they tell of,
//! are to be sent, and are kept for a while once they have gone.

use domain::delivery::Delivery;
use domain::letter::{Letter, OutboxItem};
use jiff::Timestamp;

use super::item::{Item, value_of, versioned};
use super::lapsed::own_key;
use super::transaction::{first_version, in_list};
use super::{Guard, Outcome, Store, StoreError, Transaction, Versioned, keys};

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

    /// A letter that goes on its way, or stops.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn delivery(
        &mut self,
        read: &Versioned<OutboxItem>,
        next: Delivery,
    ) -> Result<(), StoreError> {
        let item = OutboxItem {
            delivery: next,
            ..read.value.clone()
        };
        self.replace(&keys::letter(&item.id), read.version, &item, listed(&item))
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
        Ok(items.into_iter().filter_map(readable).collect())
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
        Ok(items.into_iter().filter_map(readable).collect())
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
    ) -> Result<bool, StoreError> {
        let mut transaction = Transaction::new();
        transaction.delivery(read, next)?;
        Ok(self.commit(transaction).await? == Outcome::Committed)
    }
}

/// A letter that this version can read: one that it cannot hides no other, and
/// waits for the version that wrote it.
fn readable(item: Item) -> Option<Versioned<OutboxItem>> {
    let key = own_key(&item);
    versioned(item)
        .inspect_err(|error| {
            let letter = key.map(|key| key.pk).unwrap_or_default();
            tracing::error!(%letter, "a letter cannot be read: {error}");
        })
        .ok()
}
