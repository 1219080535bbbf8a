//! The people of many members at once, for whoever looks for a person.
//!
//! A search reads all of them anyway; asking for each member's on its own would
//! cost a journey to the database a member.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::account::Contacts;
use domain::reference::MembershipReference;

use super::fetch::AT_ONCE;
use super::item::value_of;
use super::{Store, StoreError, keys};

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
}
