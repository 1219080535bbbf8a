//! Many items in one journey to the database, where asking for each on its own
//! would cost one for each.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::KeysAndAttributes;

use super::item::Item;
use super::keys::Key;
use super::{Store, StoreError, Tries};

/// How many items one journey fetches at most.
pub(super) const AT_ONCE: usize = 100;

impl Store {
    /// The items at these keys that are there, in no order; no more than
    /// [`AT_ONCE`], and none twice.
    pub(super) async fn fetch(
        &self,
        keys: impl Iterator<Item = Key>,
    ) -> Result<Vec<Item>, StoreError> {
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
