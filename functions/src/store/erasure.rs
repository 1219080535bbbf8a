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
        let values = self.beside(&key, keys::AUDIT_VALUES).await?;
        last.unchanged(&key, version)?;
        last.audit(&key, "personal-values-erased", now)?;
        self.delete_beside(&key, Some(version), values, last).await
    }
}
