//! What is done about people's data beyond the calendar: records held from being
//! erased, and what somebody asks about the data that is held of them.
//!
//! Screens call these; nothing here knows of them. Whether the person may is
//! theirs to check.

mod holds;

pub use holds::{hold, release};

use crate::store::StoreError;

/// Why something was not done; each says it as a sentence to whoever asked.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such record.
    #[error("There is no application, membership, booking or enquiry with that reference")]
    NoRecord,
    /// Somebody holds the record already.
    #[error("This record is held already: its reason stands in the list")]
    AlreadyHeld,
    /// The records do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}
