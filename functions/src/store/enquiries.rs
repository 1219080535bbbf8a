//! Enquiries: kept until they are closed.

use domain::enquiry::Enquiry;
use domain::reference::EnquiryReference;

use super::item::value_of;
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
        let sort = format!(
            "{}#{}",
            keys::sortable(enquiry.received_at),
            enquiry.reference
        );
        let mut extra = in_list(keys::ENQUIRIES, sort);
        extra.extend(first_version());
        self.put_new(&key, enquiry, extra, Guard::Unchanged)?;
        self.audit(&key, "enquiry-received", enquiry.received_at)
    }
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
    ) -> Result<Option<Enquiry>, StoreError> {
        self.get(&keys::enquiry(reference))
            .await?
            .map(value_of)
            .transpose()
    }
}
