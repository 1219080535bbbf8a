//! The audit trail of a record: who changed what, and when.
//!
//! The trail names the fields that changed. What is not about a person (a
//! state, a day, a category) stands in it, before and after; all else is
//! personal, and its values are kept apart, where they can be erased without
//! the trail losing an entry. A field is personal unless it is listed here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::account::ContactId;
use crate::staff::StaffId;

/// Who made a change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "is", content = "id", rename_all = "kebab-case")]
pub enum Who {
    /// Somebody at the public pages: an applicant, a school, a delegate.
    #[default]
    Visitor,
    /// A contact of a member's, signed in.
    Contact(ContactId),
    /// A member of staff.
    Staff(StaffId),
    /// Nobody: its time had come.
    Clock,
}

/// An entry, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What happened, in a word: `enquiry-answered`.
    pub what: String,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    #[serde(default)]
    pub by: Who,
    /// The fields that changed, by their names.
    #[serde(default)]
    pub fields: Vec<Field>,
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name, with dots between a part and what is in it.
    pub name: String,
    /// Its values, unless they are kept apart.
    pub values: Option<Values>,
}

/// The values of a field; none where there was, or is, no such field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values {
    /// Before the change.
    pub before: Option<String>,
    /// After it.
    pub after: Option<String>,
}

/// The fields that say nothing about a person, by the first part of their names.
const OPEN: [&str; 14] = [
    "reference",
    "state",
    "standing",
    "category",
    "about",
    "notice",
    "application",
    "joined_on",
    "ends_on",
    "before",
    "after",
    "received_at",
    "submitted_at",
    "roles",
];

/// Whether the values of a field may stand in the trail itself.
#[must_use]
pub fn is_open(field: &str) -> bool {
    let first = field.split('.').next().unwrap_or(field);
    OPEN.contains(&first)
}

#[cfg(test)]
mod tests {
    use super::is_open;

    #[test]
    fn a_field_is_personal_unless_it_is_listed() {
        for open in ["state.is", "joined_on", "notice.ends_on"] {
            assert!(is_open(open), "{open}");
        }
        for personal in ["asked.person.email", "member.name", "stateless", ""] {
            assert!(!is_open(personal), "{personal}");
        }
    }
}
