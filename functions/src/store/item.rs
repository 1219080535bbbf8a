//! Values as items, and items as values.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::keys::Key;

/// An item as the SDK has it.
pub(super) type Item = HashMap<String, AttributeValue>;

/// A value, and how often it has been written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Versioned<T> {
    /// Nought: never.
    pub version: u64,
    /// The value.
    pub value: T,
}

impl Key {
    /// The key alone, as attributes.
    pub(super) fn attributes(&self) -> Item {
        Item::from([("pk".into(), text(&self.pk)), ("sk".into(), text(&self.sk))])
    }
}

/// A text attribute.
pub(super) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A whole-number attribute.
pub(super) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// One value as an attribute.
pub(super) fn attribute(value: &impl Serialize) -> Result<AttributeValue, StoreError> {
    serde_dynamo::to_attribute_value(value).map_err(StoreError::unreadable)
}

/// A value as an item at a key.
pub(super) fn item_at(key: &Key, value: &impl Serialize) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::to_item(value).map_err(StoreError::unreadable)?;
    item.extend(key.attributes());
    Ok(item)
}

/// The value in an item.
pub(super) fn value_of<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    serde_dynamo::from_item(item).map_err(|_| StoreError::Unreadable(std::any::type_name::<T>()))
}

/// The value in an item that counts its writes.
pub(super) fn versioned<T: DeserializeOwned>(item: Item) -> Result<Versioned<T>, StoreError> {
    let version = match item.get("version") {
        Some(AttributeValue::N(version)) => version.parse().map_err(StoreError::unreadable)?,
        _ => 0,
    };
    Ok(Versioned {
        version,
        value: value_of(item)?,
    })
}
