//! What is done about people's data beyond the calendar: records held from being
//! erased, and what somebody asks about the data that is held of them.
//!
//! Screens call these; nothing here knows of them. Whether the person may is
//! theirs to check.

mod copy;
mod fate;
mod holds;
mod requests;

pub use copy::{copy_of, rows};
pub use fate::{Fate, fate};
pub use holds::{hold, release};
pub use requests::{begin, copied, erase, held, look};

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
    /// There is no such request.
    #[error("There is no such request")]
    NoRequest,
    /// Not everything was looked through.
    #[error("Not everything was looked through yet: go on looking first")]
    NotLooked,
    /// The rules are not published.
    #[error("The rules are not published")]
    NoRules,
    /// The records do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}
