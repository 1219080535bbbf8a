//! The audit trail: an entry with every change, in the same transaction, and
//! the personal values of it in an item of their own beside it.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::trail::{Entry, Field, Values, Who, is_open};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::item::{Item, value_of};
use super::keys::{self, Key};
use super::{Guard, Store, StoreError, Transaction};

/// The personal values of an entry, by the names of their fields.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Personal {
    values: BTreeMap<String, Values>,
}

impl Transaction {
    /// A transaction of somebody's: its audit entries say so.
    pub fn by(who: Who) -> Transaction {
        let mut transaction = Transaction::new();
        transaction.by = who;
        transaction
    }

    /// The same, made by somebody: its audit entries from here on say so.
    pub fn made_by(mut self, who: Who) -> Transaction {
        self.by = who;
        self
    }

    /// An entry in the audit trail of the record at `of`, without values.
    pub(super) fn audit(&mut self, of: &Key, what: &str, at: Timestamp) -> Result<(), StoreError> {
        self.note(of, what, at, BTreeMap::new())
    }

    /// An entry in the audit trail of the record at `of`: what of it changed.
    pub(super) fn audit_change(
        &mut self,
        of: &Key,
        what: &str,
        at: Timestamp,
        before: &impl Serialize,
        after: &impl Serialize,
    ) -> Result<(), StoreError> {
        let before = fields(before)?;
        let after = fields(after)?;
        let names = before.keys().chain(after.keys());
        let changed: BTreeMap<String, Values> = names
            .filter(|name| before.get(*name) != after.get(*name) && !is_inner(name))
            .map(|name| {
                let values = Values {
                    before: before.get(name).cloned(),
                    after: after.get(name).cloned(),
                };
                (name.clone(), values)
            })
            .collect();
        self.note(of, what, at, changed)
    }

    fn note(
        &mut self,
        of: &Key,
        what: &str,
        at: Timestamp,
        changed: BTreeMap<String, Values>,
    ) -> Result<(), StoreError> {
        let id = crate::entropy::key();
        let (open, personal): (BTreeMap<_, _>, BTreeMap<_, _>) =
            changed.into_iter().partition(|(name, _)| is_open(name));
        let apart = personal.keys().map(|name| Field {
            name: name.clone(),
            values: None,
        });
        let stated = open.iter().map(|(name, values)| Field {
            name: name.clone(),
            values: Some(values.clone()),
        });
        let entry = Entry {
            what: what.to_owned(),
            at,
            by: self.by.clone(),
            fields: stated.chain(apart).collect(),
        };
        self.put_new(
            &keys::audit(of, at, &id),
            &entry,
            Item::new(),
            Guard::Unchanged,
        )?;
        if personal.is_empty() {
            return Ok(());
        }
        let values = Personal { values: personal };
        self.put_new(
            &keys::audit_values(of, at, &id),
            &values,
            Item::new(),
            Guard::Unchanged,
        )
    }
}

impl Store {
    /// The audit trail of the record at `of`, the newest entry first, with the
    /// personal values that are not erased.
    pub(super) async fn trail(&self, of: &Key) -> Result<Vec<Entry>, StoreError> {
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        let mut apart: BTreeMap<String, Personal> = BTreeMap::new();
        for item in self.beside(of, keys::AUDIT).await? {
            let Some(AttributeValue::S(sort)) = item.get("sk").cloned() else {
                continue;
            };
            if let Some(id) = sort.strip_prefix(keys::AUDIT_VALUES) {
                apart.insert(id.to_owned(), value_of(item)?);
            } else if let Some(id) = sort.strip_prefix(keys::AUDIT_ENTRY) {
                entries.insert(id.to_owned(), value_of(item)?);
            }
        }
        for (id, personal) in apart {
            let Some(entry) = entries.get_mut(&id) else {
                continue;
            };
            for field in &mut entry.fields {
                if field.values.is_none() {
                    field.values = personal.values.get(&field.name).cloned();
                }
            }
        }
        Ok(entries.into_values().rev().collect())
    }
}

/// Whether a field is how a record is kept, and says nothing of its own: the
/// digests of links, what has happened anyway, which edit saved which page.
fn is_inner(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or(name);
    matches!(
        first,
        "grants" | "history" | "saved" | "edits" | "edited_at"
    )
}

/// The fields of a value by their names, a part in a part with dots between.
fn fields(value: &impl Serialize) -> Result<BTreeMap<String, String>, StoreError> {
    fn gather(name: &str, value: &Value, into: &mut BTreeMap<String, String>) {
        let below = |part: &str| {
            if name.is_empty() {
                part.to_owned()
            } else {
                format!("{name}.{part}")
            }
        };
        match value {
            Value::Null => {}
            Value::Object(parts) => {
                for (part, value) in parts {
                    gather(&below(part), value, into);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    gather(&below(&(index + 1).to_string()), item, into);
                }
            }
            Value::String(text) => {
                into.insert(name.to_owned(), text.clone());
            }
            other => {
                into.insert(name.to_owned(), other.to_string());
            }
        }
    }
    let value = serde_json::to_value(value).map_err(StoreError::unreadable)?;
    let mut all = BTreeMap::new();
    gather("", &value, &mut all);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::fields;

    #[test]
    fn the_fields_of_a_record_are_named_by_the_way_to_them() {
        let record = json!({ "state": { "is": "closed" }, "replies": [{ "text": "Yes" }], "gone": null, "n": 2 });
        let all: Vec<_> = fields(&record).unwrap().into_iter().collect();
        let expected = [
            ("n", "2"),
            ("replies.1.text", "Yes"),
            ("state.is", "closed"),
        ];
        assert_eq!(
            all,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
