//! Many items in one journey to the database, where asking for each on its own
//! would cost one for each: some of them as they are, or as they were together.

use std::collections::HashMap;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsError;
use aws_sdk_dynamodb::types::{Get, KeysAndAttributes, TransactGetItem};

use super::item::Item;
use super::keys::Key;
use super::transaction::passes;
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

    /// The items at these keys, in their order, all as they were at one instant.
    ///
    /// Where one of them is being written just then, they are read one after another,
    /// each as it is: in a rush that goes on, and waiting would be in vain. Of two that
    /// are written together the one comes first whose version tells of it.
    pub(super) async fn together(&self, keys: Vec<Key>) -> Result<Vec<Option<Item>>, StoreError> {
        let mut request = self.client.transact_get_items();
        for key in &keys {
            let get = Get::builder()
                .table_name(&self.table)
                .set_key(Some(key.attributes()));
            let get = get.build().map_err(StoreError::unreadable)?;
            request = request.transact_items(TransactGetItem::builder().get(get).build());
        }
        match request.send().await {
            Ok(answer) => {
                let all = answer.responses.unwrap_or_default().into_iter();
                Ok(all.map(|response| response.item).collect())
            }
            Err(error) if is_passing(&error) => {
                let mut items = Vec::with_capacity(keys.len());
                for key in &keys {
                    items.push(self.get(key).await?);
                }
                Ok(items)
            }
            Err(error) => Err(StoreError::database(error)),
        }
    }

    /// The same, for as many as are named.
    pub(super) async fn get_together<const N: usize>(
        &self,
        keys: [Key; N],
    ) -> Result<[Option<Item>; N], StoreError> {
        let mut items = self.together(keys.into()).await?.into_iter();
        Ok(std::array::from_fn(|_| items.next().flatten()))
    }
}

fn is_passing<R>(error: &SdkError<TransactGetItemsError, R>) -> bool {
    let Some(TransactGetItemsError::TransactionCanceledException(cancelled)) =
        error.as_service_error()
    else {
        return false;
    };
    let mut reasons = cancelled.cancellation_reasons().iter();
    reasons.any(passes)
}
