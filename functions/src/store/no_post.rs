//! Addresses that letters come back from: none is sent there again until
//! somebody has looked.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::contact::EmailAddress;
use domain::delivery::Returned;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::accounts::person;
use super::fetch::AT_ONCE;
use super::item::{Item, value_of};
use super::{Store, StoreError, Transaction, keys};

/// That letters to an address come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoPost {
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub why: Returned,
}

impl Transaction {
    /// Letters to an address come back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn no_post(&mut self, to: &EmailAddress, known: NoPost) -> Result<(), StoreError> {
        self.put_over(&keys::no_post(&person(to)), &known, Item::new())
    }

    /// An address is to be written to again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`], never: a key is always one.
    pub fn post_again(&mut self, to: &EmailAddress) -> Result<(), StoreError> {
        self.delete(keys::no_post(&person(to)).attributes(), None)
    }
}

impl Store {
    /// Whether letters to an address come back.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn no_post(&self, to: &EmailAddress) -> Result<Option<NoPost>, StoreError> {
        let item = self.get(&keys::no_post(&person(to))).await?;
        item.map(value_of).transpose()
    }

    /// Those of some addresses that letters come back from, as they stand in the
    /// key: [`EmailAddress::plain`].
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn without_post(
        &self,
        addresses: impl IntoIterator<Item = &EmailAddress>,
    ) -> Result<HashMap<String, NoPost>, StoreError> {
        let people: BTreeMap<String, &EmailAddress> = addresses
            .into_iter()
            .map(|email| (keys::no_post(&person(email)).pk, email))
            .collect();
        let all: Vec<&EmailAddress> = people.values().copied().collect();
        let mut found = HashMap::new();
        for some in all.chunks(AT_ONCE) {
            let keys = some.iter().map(|email| keys::no_post(&person(email)));
            for item in self.fetch(keys).await? {
                let Some(AttributeValue::S(partition)) = item.get("pk") else {
                    continue;
                };
                if let Some(email) = people.get(partition) {
                    found.insert(email.plain(), value_of(item)?);
                }
            }
        }
        Ok(found)
    }
}
