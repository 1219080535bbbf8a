//! What is personal in the history of a record is erased: the items that hold
//! the values go, the entries stay.
//!
//! A history may hold more than one transaction does. The last of them has the
//! entry that says so, and the command; whoever was cut off before it asks once
//! more, and what is left goes then.

use domain::reference::{ApplicationReference, EnquiryReference, MembershipReference};
use jiff::Timestamp;

use super::keys::{self, Key};
use super::{Outcome, Store, StoreError, Transaction};

/// How many items go at once; a transaction holds a hundred, and the last has
/// an entry, a condition and a command besides.
const AT_ONCE: usize = 90;

/// A record with a history.
#[derive(Debug, Clone, Copy)]
pub enum HistoryOf<'r> {
    /// An application’s.
    Application(&'r ApplicationReference),
    /// An enquiry’s.
    Enquiry(&'r EnquiryReference),
    /// A membership’s, with its people’s.
    Membership(&'r MembershipReference),
}

impl HistoryOf<'_> {
    fn key(self) -> Key {
        match self {
            HistoryOf::Application(reference) => keys::application(reference),
            HistoryOf::Enquiry(reference) => keys::enquiry(reference),
            HistoryOf::Membership(reference) => keys::membership(reference),
        }
    }
}

impl Store {
    /// Erases the personal values in a history, and says so in it, in the last
    /// of its transactions; refused if the record has not this version, or is held.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn erase_history(
        &self,
        of: HistoryOf<'_>,
        version: u64,
        mut last: Transaction,
        now: Timestamp,
    ) -> Result<Outcome, StoreError> {
        let key = of.key();
        let mut held = self.beside(&key, keys::AUDIT_VALUES).await?;
        while held.len() > AT_ONCE {
            let mut some = Transaction::new();
            some.not_held(&key)?;
            some.unchanged(&key, version)?;
            let rest = held.split_off(AT_ONCE);
            some.delete_items(held)?;
            held = rest;
            match self.commit(some).await? {
                Outcome::Committed => {}
                refused => return Ok(refused),
            }
        }
        last.not_held(&key)?;
        last.unchanged(&key, version)?;
        last.delete_items(held)?;
        last.audit(&key, "personal-values-erased", now)?;
        self.commit(last).await
    }
}
