//! The people of many members at once, for whoever looks for a person.
//!
//! A search reads all of them anyway; asking for each member's on its own would
//! cost a journey to the database a member.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use domain::account::Contacts;
use domain::reference::MembershipReference;

use super::item::{Item, value_of};
use super::keys::{self, Key};
use super::{Store, StoreError, Tries};

/// How many items one journey fetches at most.
const AT_ONCE: usize = 100;

impl Store {
    /// The people of these memberships, in the same order.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn contacts_of(
        &self,
        references: &[MembershipReference],
    ) -> Result<Vec<Contacts>, StoreError> {
        let mut found = HashMap::with_capacity(references.len());
        for some in references.chunks(AT_ONCE) {
            let keys = some.iter().map(keys::contacts);
            for item in self.fetch(keys).await? {
                let Some(AttributeValue::S(partition)) = item.get("pk").cloned() else {
                    continue;
                };
                found.insert(partition, value_of::<Contacts>(item)?);
            }
        }
        let mut of = |reference| found.remove(&keys::contacts(reference).pk);
        Ok(references
            .iter()
            .map(|reference| of(reference).unwrap_or_default())
            .collect())
    }

    /// The items at these keys that are there, in no order; no more than
    /// [`AT_ONCE`], and none twice.
    async fn fetch(&self, keys: impl Iterator<Item = Key>) -> Result<Vec<Item>, StoreError> {
        let keys = keys.map(|key| key.attributes()).collect();
        let asked = KeysAndAttributes::builder()
            .set_keys(Some(keys))
            .consistent_read(true)
            .build()
            .map_err(StoreError::unreadable)?;
        let mut items = Vec::new();
        let mut rest = HashMap::from([(self.table.clone(), asked)]);
        let mut tries = Tries::begin();
        loop {
            let answer = self
                .client
                .batch_get_item()
                .set_request_items(Some(rest))
                .send()
                .await
                .map_err(StoreError::database)?;
            items.extend(answer.responses.unwrap_or_default().into_values().flatten());
            // What did not fit into one answer is asked for again.
            rest = answer.unprocessed_keys.unwrap_or_default();
            if rest.is_empty() {
                return Ok(items);
            }
            tries.again().await?;
        }
    }
}
