//! Applications for membership, one live one a school.

use domain::application::{Application, ApplicationState};
use domain::reference::{ApplicationReference, MembershipReference};
use domain::school::Urn;
use domain::trail::Entry;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::item::{Item, Versioned, value_of, versioned};
use super::purge::Purged;
use super::transaction::{first_version, in_list};
use super::{Guard, Store, StoreError, Transaction, keys};

/// What holds a school's URN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held<R> {
    /// By which record.
    pub reference: R,
}

impl Transaction {
    /// A new application. It holds no URN.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_application(&mut self, application: &Application) -> Result<(), StoreError> {
        self.new_application_as(application, "application-begun", application.started_at)
    }

    /// A new application, and what has happened for it to be there.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_application_as(
        &mut self,
        application: &Application,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::application(&application.reference);
        let mut extra = listed(application);
        extra.extend(first_version());
        self.put_new(&key, application, extra, Guard::Unchanged)?;
        self.audit(&key, what, now)
    }

    /// An application in place of the one that was read, and what happened to
    /// it; nothing is told of an edit, of which there are many.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn application(
        &mut self,
        read_version: u64,
        application: &Application,
        what: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::application(&application.reference);
        self.replace(&key, read_version, application, listed(application))?;
        match what {
            Some(what) => self.audit(&key, what, now),
            None => Ok(()),
        }
    }

    /// An application in place of the one that was read, and what of it
    /// changed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn change_application(
        &mut self,
        read: &Versioned<Application>,
        next: &Application,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::application(&next.reference);
        self.replace(&key, read.version, next, listed(next))?;
        self.audit_change(&key, what, now, &read.value, next)
    }

    /// Holds a school's URN for an application; refused if another holds it,
    /// or if the school is a member.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn hold_urn(
        &mut self,
        urn: &Urn,
        reference: &ApplicationReference,
    ) -> Result<(), StoreError> {
        let held = Held { reference };
        self.put_new(
            &keys::live_application(urn),
            &held,
            Item::new(),
            Guard::LiveApplication,
        )?;
        self.absent(&keys::live_membership(urn), Guard::Member)
    }

    /// Refused if an application holds a school's URN, or if the school is a member.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as a condition.
    pub fn urn_is_free(&mut self, urn: &Urn) -> Result<(), StoreError> {
        self.absent(&keys::live_application(urn), Guard::LiveApplication)?;
        self.absent(&keys::live_membership(urn), Guard::Member)
    }

    /// Lets a school's URN go; refused if another application holds it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as a condition.
    pub fn release_urn(
        &mut self,
        urn: &Urn,
        reference: &ApplicationReference,
    ) -> Result<(), StoreError> {
        self.delete_of(&keys::live_application(urn), reference)
    }
}

/// The list that an application waits in: to be finished or to expire, to be
/// decided, or nothing more.
fn listed(application: &Application) -> Item {
    let (list, since) = match application.state {
        ApplicationState::Draft => (keys::DRAFTS, application.edited_at),
        ApplicationState::Unconfirmed => (
            keys::DRAFTS,
            application.submitted_at.unwrap_or(application.edited_at),
        ),
        ApplicationState::Submitted
        | ApplicationState::UnderReview
        | ApplicationState::InformationRequested => (
            keys::APPLICATIONS,
            application.submitted_at.unwrap_or(application.edited_at),
        ),
        ApplicationState::Approved
        | ApplicationState::Declined
        | ApplicationState::Withdrawn
        | ApplicationState::Expired => (keys::DECIDED, application.edited_at),
    };
    let sort = format!("{}#{}", keys::sortable(since), application.reference);
    in_list(list, sort)
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
    ) -> Result<Option<Versioned<Application>>, StoreError> {
        self.get(&keys::application(reference))
            .await?
            .map(versioned)
            .transpose()
    }

    /// The application that holds a school's URN.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn live_application(
        &self,
        urn: &Urn,
    ) -> Result<Option<ApplicationReference>, StoreError> {
        let item = self.get(&keys::live_application(urn)).await?;
        let held: Option<Held<_>> = item.map(value_of).transpose()?;
        Ok(held.map(|held| held.reference))
    }

    /// The membership that a school has under its URN.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn live_membership(
        &self,
        urn: &Urn,
    ) -> Result<Option<MembershipReference>, StoreError> {
        let item = self.get(&keys::live_membership(urn)).await?;
        let held: Option<Held<_>> = item.map(value_of).transpose()?;
        Ok(held.map(|held| held.reference))
    }

    /// The applications that wait for a decision, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn open_applications(&self) -> Result<Vec<Versioned<Application>>, StoreError> {
        let items = self.list(keys::APPLICATIONS, None).await?;
        items.into_iter().map(versioned).collect()
    }

    /// The applications that wait for nothing more, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn settled_applications(&self) -> Result<Vec<Versioned<Application>>, StoreError> {
        let items = self.list(keys::DECIDED, None).await?;
        items.into_iter().rev().map(versioned).collect()
    }

    /// What has happened to an application, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn application_trail(
        &self,
        reference: &ApplicationReference,
    ) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::application(reference)).await
    }

    /// The drafts, and the applications that are not confirmed, that nobody
    /// has touched since an instant.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn idle_drafts(
        &self,
        since: Timestamp,
    ) -> Result<Vec<Versioned<Application>>, StoreError> {
        let items = self
            .list(keys::DRAFTS, Some(&keys::sortable(since)))
            .await?;
        items.into_iter().map(versioned).collect()
    }

    /// Takes an application away whole, with its audit trail, if it is still
    /// the one that was read and nobody holds it; whether it is gone.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn purge(&self, read: &Versioned<Application>) -> Result<bool, StoreError> {
        let key = keys::application(&read.value.reference);
        let purged = self.take_away(&key, Some(read.version), &[]).await?;
        Ok(purged == Purged::Gone)
    }
}
