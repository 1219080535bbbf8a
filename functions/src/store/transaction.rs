//! One change of state: all of its items, with their conditions, or none.
//!
//! Each item that can be refused carries a [`Guard`], so that a refusal says
//! what stood in the way, and the caller decides again or answers.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError as Refusal;
use aws_sdk_dynamodb::types::builders::{
    ConditionCheckBuilder, DeleteBuilder, PutBuilder, UpdateBuilder,
};
use aws_sdk_dynamodb::types::{
    CancellationReason, ConditionCheck, Delete, Put, TransactWriteItem, Update,
};
use domain::account::Contacts;
use domain::trail::Who;
use serde::Serialize;

use super::item::{Item, Versioned, attribute, item_at, number, text};
use super::keys::Key;
use super::{Store, StoreError};

/// What a condition protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// The command was not carried out before.
    Command,
    /// The delegate is not booked at the event.
    Delegate,
    /// The school has no live application.
    LiveApplication,
    /// The school is no member.
    Member,
    /// The member's fee for the period was not invoiced.
    Fee,
    /// The ledger has no entry with this cause.
    Cause,
    /// Nobody holds the record.
    Held,
    /// What was read is still so: decide again.
    Unchanged,
}

/// What became of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// All of it is written.
    Committed,
    /// None of it is, because of these.
    Refused(Vec<Guard>),
}

impl Outcome {
    /// Whether a guard stood in the way.
    #[must_use]
    pub fn is_refused_by(&self, guard: Guard) -> bool {
        matches!(self, Outcome::Refused(guards) if guards.contains(&guard))
    }
}

/// The items of one change of state, gathered before they are sent.
#[must_use]
#[derive(Debug, Default)]
pub struct Transaction {
    /// Who makes the change.
    pub(super) by: Who,
    /// The people of a membership that goes on in another.
    pub(super) carried: Option<Contacts>,
    writes: Vec<TransactWriteItem>,
    guards: Vec<Guard>,
}

impl Transaction {
    /// A transaction without items.
    pub fn new() -> Transaction {
        Transaction::default()
    }

    /// A new item, refused if there is one at its key.
    pub(super) fn put_new(
        &mut self,
        key: &Key,
        value: &impl Serialize,
        extra: Item,
        guard: Guard,
    ) -> Result<(), StoreError> {
        let mut item = item_at(key, value)?;
        item.extend(extra);
        let put = Put::builder()
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)");
        self.put(put, guard)
    }

    /// A value in place of the one that was read, refused if it has changed.
    pub(super) fn replace<T: Serialize>(
        &mut self,
        key: &Key,
        read_version: u64,
        value: &T,
        extra: Item,
    ) -> Result<(), StoreError> {
        self.replace_guarded(key, read_version, value, (extra, Guard::Unchanged))
    }

    /// The same, with what it protects.
    pub(super) fn replace_guarded<T: Serialize>(
        &mut self,
        key: &Key,
        read_version: u64,
        value: &T,
        (extra, guard): (Item, Guard),
    ) -> Result<(), StoreError> {
        let mut item = item_at(key, value)?;
        item.extend(extra);
        item.insert("version".into(), number(read_version + 1));
        let put = Put::builder().set_item(Some(item));
        let put = if read_version == 0 {
            put.condition_expression("attribute_not_exists(pk)")
        } else {
            put.condition_expression("#version = :version")
                .expression_attribute_names("#version", "version")
                .expression_attribute_values(":version", number(read_version))
        };
        self.put(put, guard)
    }

    /// One attribute of an item that must be there.
    pub(super) fn set(
        &mut self,
        key: &Key,
        name: &str,
        value: &impl Serialize,
    ) -> Result<(), StoreError> {
        let update = Update::builder()
            .set_key(Some(key.attributes()))
            .condition_expression("attribute_exists(pk)")
            .update_expression("SET #name = :value")
            .expression_attribute_names("#name", name)
            .expression_attribute_values(":value", attribute(value)?);
        self.writes
            .push(TransactWriteItem::builder().update(named(update)?).build());
        self.guards.push(Guard::Unchanged);
        Ok(())
    }

    /// A value, whatever was there: for what is only ever the latest, or stands
    /// beside a record whose version guards both.
    pub(super) fn put_over(
        &mut self,
        key: &Key,
        value: &impl Serialize,
        extra: Item,
    ) -> Result<(), StoreError> {
        let mut item = item_at(key, value)?;
        item.extend(extra);
        self.put(Put::builder().set_item(Some(item)), Guard::Unchanged)
    }

    /// The item that says which publication is current, refused if another was
    /// published than the one that was read.
    pub(super) fn pointer(&mut self, item: Item, read: Option<&str>) -> Result<(), StoreError> {
        let put = Put::builder().set_item(Some(item));
        let put = match read {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(version) => put
                .condition_expression("publication_version = :version")
                .expression_attribute_values(":version", text(version)),
        };
        self.put(put, Guard::Unchanged)
    }

    /// Nothing is written, but all of it is refused if there is an item.
    pub(super) fn absent(&mut self, key: &Key, guard: Guard) -> Result<(), StoreError> {
        let check = ConditionCheck::builder().condition_expression("attribute_not_exists(pk)");
        self.check(key, check, guard)
    }

    /// Nothing is written, but all of it is refused if there is no item.
    pub(super) fn present(&mut self, key: &Key) -> Result<(), StoreError> {
        let check = ConditionCheck::builder().condition_expression("attribute_exists(pk)");
        self.check(key, check, Guard::Unchanged)
    }

    /// Nothing is written, but all of it is refused if a record has not this
    /// version any more.
    pub(super) fn unchanged(&mut self, key: &Key, version: u64) -> Result<(), StoreError> {
        let check = ConditionCheck::builder()
            .condition_expression("#version = :version")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":version", number(version));
        self.check(key, check, Guard::Unchanged)
    }

    fn check(
        &mut self,
        key: &Key,
        check: ConditionCheckBuilder,
        guard: Guard,
    ) -> Result<(), StoreError> {
        let check = check.set_key(Some(key.attributes())).table_name("");
        let check = check.build().map_err(StoreError::unreadable)?;
        let check = TransactWriteItem::builder().condition_check(check);
        self.writes.push(check.build());
        self.guards.push(guard);
        Ok(())
    }

    /// An item is taken away, refused if there is none.
    pub(super) fn delete_present(&mut self, key: &Key) -> Result<(), StoreError> {
        let delete = Delete::builder().condition_expression("attribute_exists(pk)");
        self.take(key.attributes(), delete)
    }

    /// An item is taken away, refused if it is not that of `reference`.
    pub(super) fn delete_of(
        &mut self,
        key: &Key,
        reference: &impl Serialize,
    ) -> Result<(), StoreError> {
        let delete = Delete::builder()
            .condition_expression("#reference = :reference")
            .expression_attribute_names("#reference", "reference")
            .expression_attribute_values(":reference", attribute(reference)?);
        self.take(key.attributes(), delete)
    }

    /// An item is taken away, whatever it is; or only if it has this version.
    pub(super) fn delete(&mut self, key: Item, version: Option<u64>) -> Result<(), StoreError> {
        let delete = Delete::builder();
        let delete = match version {
            Some(version) => delete
                .condition_expression("#version = :version")
                .expression_attribute_names("#version", "version")
                .expression_attribute_values(":version", number(version)),
            None => delete,
        };
        self.take(key, delete)
    }

    fn take(&mut self, key: Item, delete: DeleteBuilder) -> Result<(), StoreError> {
        let delete = delete.set_key(Some(key)).table_name("");
        let delete = delete.build().map_err(StoreError::unreadable)?;
        self.writes
            .push(TransactWriteItem::builder().delete(delete).build());
        self.guards.push(Guard::Unchanged);
        Ok(())
    }

    fn put(&mut self, put: PutBuilder, guard: Guard) -> Result<(), StoreError> {
        // The table's name is the store's to know: it is filled in on commit.
        let put = put.table_name("").build().map_err(StoreError::unreadable)?;
        self.writes
            .push(TransactWriteItem::builder().put(put).build());
        self.guards.push(guard);
        Ok(())
    }
}

fn named(update: UpdateBuilder) -> Result<Update, StoreError> {
    update
        .table_name("")
        .build()
        .map_err(StoreError::unreadable)
}

impl Store {
    /// Writes all of a transaction, or nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database did not say what became of it.
    pub async fn commit(&self, transaction: Transaction) -> Result<Outcome, StoreError> {
        let Transaction {
            mut writes, guards, ..
        } = transaction;
        for write in &mut writes {
            if let Some(put) = &mut write.put {
                put.table_name.clone_from(&self.table);
            }
            if let Some(update) = &mut write.update {
                update.table_name.clone_from(&self.table);
            }
            if let Some(check) = &mut write.condition_check {
                check.table_name.clone_from(&self.table);
            }
            if let Some(delete) = &mut write.delete {
                delete.table_name.clone_from(&self.table);
            }
        }
        let sent = self
            .client
            .transact_write_items()
            .set_transact_items(Some(writes))
            .send()
            .await;
        let Err(error) = sent else {
            return Ok(Outcome::Committed);
        };
        match error.as_service_error() {
            Some(Refusal::TransactionCanceledException(cancelled)) => {
                let mut refused = Vec::new();
                for (reason, guard) in cancelled.cancellation_reasons().iter().zip(&guards) {
                    if reason.code() == Some("ConditionalCheckFailed") {
                        refused.push(*guard);
                    } else if passes(reason) {
                        refused.push(Guard::Unchanged);
                    }
                }
                if refused.is_empty() {
                    Err(StoreError::database(error))
                } else {
                    Ok(Outcome::Refused(refused))
                }
            }
            Some(Refusal::TransactionInProgressException(_)) => {
                Ok(Outcome::Refused(vec![Guard::Unchanged]))
            }
            Some(other) if other.code() == Some("TransactionConflictException") => {
                Ok(Outcome::Refused(vec![Guard::Unchanged]))
            }
            _ => Err(StoreError::database(error)),
        }
    }
}

/// Whether what a database gave a transaction up for is over in a moment: it
/// met another, or came too quickly after others.
pub(super) fn passes(reason: &CancellationReason) -> bool {
    let passing = [
        "TransactionConflict",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
    ];
    reason.code().is_some_and(|code| passing.contains(&code))
}

/// The attributes that put an item in a list.
pub(super) fn in_list(list: impl Into<String>, sort: impl Into<String>) -> Item {
    Item::from([
        ("list".into(), text(list)),
        ("list_sort".into(), text(sort)),
    ])
}

/// The first version of a value that counts its writes.
pub(super) fn first_version() -> Item {
    Item::from([("version".into(), number(1))])
}

/// A value that was never written.
impl<T: Default> Versioned<T> {
    /// The value as it is before anything was written.
    #[must_use]
    pub fn unwritten() -> Versioned<T> {
        Versioned::default()
    }
}
