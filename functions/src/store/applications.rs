//! Applications for membership, one live one a school.

use domain::application::Application;
use domain::reference::ApplicationReference;
use jiff::Timestamp;
use serde::Serialize;

use super::item::{Item, value_of};
use super::{Guard, Store, StoreError, Transaction, keys};

/// Which application holds a school's URN.
#[derive(Serialize)]
struct LiveApplication<'a> {
    reference: &'a ApplicationReference,
}

impl Transaction {
    /// A new application; refused if its school has a live one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn application(&mut self, application: &Application) -> Result<(), StoreError> {
        let key = keys::application(&application.reference);
        let at = application.submitted_at;
        self.put_new(&key, application, Item::new(), Guard::Unchanged)?;
        let live = LiveApplication {
            reference: &application.reference,
        };
        let urn = keys::live_application(&application.details.urn);
        self.put_new(&urn, &live, Item::new(), Guard::LiveApplication)?;
        self.audit(&key, "application-submitted", at)
    }

    /// An entry in the audit trail of a record: what happened, and when. No
    /// personal data: that is in the record.
    pub(super) fn audit(
        &mut self,
        of: &keys::Key,
        what: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        #[derive(Serialize)]
        struct Entry<'a> {
            what: &'a str,
            at: Timestamp,
        }
        let key = keys::audit(of, at, &crate::entropy::key());
        self.put_new(&key, &Entry { what, at }, Item::new(), Guard::Unchanged)
    }
}

impl Store {
    /// The application of that reference.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn application(
        &self,
        reference: &ApplicationReference,
    ) -> Result<Option<Application>, StoreError> {
        self.get(&keys::application(reference))
            .await?
            .map(value_of)
            .transpose()
    }
}
