//! A map of many fields for a template. The library makes a value of a map by
//! filling in another, a field at a time; of what is serialised it makes one.

use serde::ser::{Serialize, SerializeStruct, Serializer};
use theme::Value;

/// Fields, in order.
pub(super) struct Record(Vec<(&'static str, Value)>);

impl Record {
    /// One that has room for so many fields.
    pub(super) fn with_capacity(fields: usize) -> Record {
        Record(Vec::with_capacity(fields))
    }

    /// Adds a field.
    pub(super) fn put(&mut self, name: &'static str, value: Value) {
        self.0.push((name, value));
    }

    /// As a template takes it.
    pub(super) fn value(&self) -> Value {
        Value::from_serializable(self)
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Record", self.0.len())?;
        for (name, value) in &self.0 {
            fields.serialize_field(name, value)?;
        }
        fields.end()
    }
}
