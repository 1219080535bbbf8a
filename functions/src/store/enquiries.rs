//! Enquiries: kept until they are closed, and found again after.

use domain::enquiry::{Enquiry, EnquiryState};
use domain::reference::EnquiryReference;
use domain::trail::Entry;
use jiff::Timestamp;

use super::item::{Item, Versioned, value_of, versioned};
use super::transaction::{first_version, in_list};
use super::{Guard, Store, StoreError, Transaction, keys};

impl Transaction {
    /// A new enquiry, in the list of those that wait.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn enquiry(&mut self, enquiry: &Enquiry) -> Result<(), StoreError> {
        let key = keys::enquiry(&enquiry.reference);
        let mut extra = listed(enquiry);
        extra.extend(first_version());
        self.put_new(&key, enquiry, extra, Guard::Unchanged)?;
        self.audit(&key, "enquiry-received", enquiry.received_at)
    }

    /// An enquiry in place of the one that was read, refused if that has
    /// changed; and what of it changed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn change_enquiry(
        &mut self,
        read: &Versioned<Enquiry>,
        next: &Enquiry,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::enquiry(&next.reference);
        self.replace(&key, read.version, next, listed(next))?;
        self.audit_change(&key, what, now, &read.value, next)
    }
}

/// The list that an enquiry is in: of those that are not closed by when they
/// came, of the others by when they were closed.
fn listed(enquiry: &Enquiry) -> Item {
    let (list, since) = match enquiry.state {
        EnquiryState::Received | EnquiryState::Answered { .. } => {
            (keys::ENQUIRIES, enquiry.received_at)
        }
        EnquiryState::Closed { at } => (keys::CLOSED_ENQUIRIES, at),
    };
    let sort = format!("{}#{}", keys::sortable(since), enquiry.reference);
    in_list(list, sort)
}

impl Store {
    /// The enquiry of that reference.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn enquiry(
        &self,
        reference: &EnquiryReference,
    ) -> Result<Option<Versioned<Enquiry>>, StoreError> {
        self.get(&keys::enquiry(reference))
            .await?
            .map(versioned)
            .transpose()
    }

    /// The enquiries that are not closed, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn open_enquiries(&self) -> Result<Vec<Enquiry>, StoreError> {
        let items = self.list(keys::ENQUIRIES, None).await?;
        items.into_iter().map(value_of).collect()
    }

    /// The enquiries that are closed, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn closed_enquiries(&self) -> Result<Vec<Enquiry>, StoreError> {
        let items = self.list(keys::CLOSED_ENQUIRIES, None).await?;
        items.into_iter().rev().map(value_of).collect()
    }

    /// What has happened to an enquiry, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn enquiry_trail(
        &self,
        reference: &EnquiryReference,
    ) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::enquiry(reference)).await
    }
}
