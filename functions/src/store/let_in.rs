//! Requests to be let in to a member's own page, kept until they are answered
//! and found again after.

use domain::account::{LetIn, LetInState};
use domain::reference::AccessReference;
use domain::trail::Entry;
use jiff::Timestamp;

use super::item::{Item, Versioned, value_of, versioned};
use super::transaction::{first_version, in_list};
use super::{Guard, Store, StoreError, Transaction, keys};

impl Transaction {
    /// A new request.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_let_in(&mut self, asked: &LetIn) -> Result<(), StoreError> {
        let key = keys::let_in(&asked.reference);
        let mut extra = listed(asked);
        extra.extend(first_version());
        self.put_new(&key, asked, extra, Guard::Unchanged)?;
        self.audit(&key, "let-in-asked", asked.asked_at)
    }

    /// A request with its answer, in place of the one that was read.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn answer_let_in(
        &mut self,
        read: &Versioned<LetIn>,
        answered: &LetIn,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::let_in(&answered.reference);
        self.replace(&key, read.version, answered, listed(answered))?;
        self.audit_change(&key, what, now, &read.value, answered)
    }
}

fn listed(asked: &LetIn) -> Item {
    let (list, since) = match asked.state {
        LetInState::Waiting => (keys::LET_IN, asked.asked_at),
        LetInState::Granted { at, .. } | LetInState::Refused { at } => (keys::LET_IN_ANSWERED, at),
    };
    let sort = format!("{}#{}", keys::sortable(since), asked.reference);
    in_list(list, sort)
}

impl Store {
    /// The request of that reference.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn let_in(
        &self,
        reference: &AccessReference,
    ) -> Result<Option<Versioned<LetIn>>, StoreError> {
        let item = self.get(&keys::let_in(reference)).await?;
        item.map(versioned).transpose()
    }

    /// The requests that wait, the oldest first; or those that are answered,
    /// the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn let_ins(&self, answered: bool) -> Result<Vec<LetIn>, StoreError> {
        let list = if answered {
            keys::LET_IN_ANSWERED
        } else {
            keys::LET_IN
        };
        let items = self.list(list, None).await?.into_iter();
        let mut asked: Vec<LetIn> = items.map(value_of).collect::<Result<_, _>>()?;
        if answered {
            asked.reverse();
        }
        Ok(asked)
    }

    /// What has happened to a request, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn let_in_trail(
        &self,
        reference: &AccessReference,
    ) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::let_in(reference)).await
    }
}
