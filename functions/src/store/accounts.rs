//! Members' own pages: who may sign in, the links that were mailed to them,
//! their sessions, and what they declare.
//!
//! A person is found by the digest of the address: no key holds an address.
//! What a browser or a letter holds is not kept here, only its digest is.

use domain::account::{AccountLink, Asked, ContactId, Contacts, PupilReturn, Session};
use domain::contact::EmailAddress;
use domain::membership::Membership;
use domain::reference::MembershipReference;
use domain::trail::{Entry, Who};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::item::{Item, Versioned, value_of, versioned};
use super::staff::{digest, expiring};
use super::transaction::first_version;
use super::{Guard, Store, StoreError, Transaction, keys};

/// What leads from one record to another.
#[derive(Serialize, Deserialize)]
pub(super) struct Leads<R> {
    pub(super) reference: R,
}

/// Names for two contacts.
fn new_ids() -> Result<[ContactId; 2], StoreError> {
    let id = || ContactId::parse(&crate::entropy::key());
    let ids = id().zip(id()).ok_or(StoreError::Unreadable("a name"))?;
    Ok([ids.0, ids.1])
}

/// The key of whoever has an address.
pub(super) fn person(email: &EmailAddress) -> String {
    digest(&email.plain())
}

impl Transaction {
    /// The same, where a membership that begins in it goes on from another: with
    /// these people.
    pub fn carrying(mut self, contacts: Contacts) -> Transaction {
        self.carried = Some(contacts);
        self
    }

    /// The people of a new membership, who can sign in from now on: those who
    /// are carried on, or those whom its member names.
    pub(super) fn first_contacts(&mut self, membership: &Membership) -> Result<(), StoreError> {
        let carried = self
            .carried
            .clone()
            .filter(|known| !known.people.is_empty());
        let contacts = match carried {
            Some(known) => known,
            None => Contacts::of(&membership.member, new_ids()?, membership.entered_at),
        };
        let key = keys::contacts(&membership.reference);
        self.put_new(&key, &contacts, first_version(), Guard::Unchanged)?;
        for contact in &contacts.people {
            self.lead_to(&contact.person.email, &membership.reference)?;
        }
        Ok(())
    }

    fn lead_to(
        &mut self,
        email: &EmailAddress,
        reference: &MembershipReference,
    ) -> Result<(), StoreError> {
        let key = keys::membership_of(&person(email), reference);
        self.put_over(&key, &Leads { reference }, Item::new())
    }

    /// The people of a membership in place of those that were read, what of
    /// them changed, and where the member is written to now.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn contacts(
        &mut self,
        membership: &Versioned<Membership>,
        read: &Versioned<Contacts>,
        next: &Contacts,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.people(&membership.value.reference, read, next, what, now)?;
        let member = next.reached(&membership.value.member);
        if member == membership.value.member {
            return Ok(());
        }
        let written = Membership {
            member,
            ..membership.value.clone()
        };
        self.change_membership(membership, &written, "contact-changed", now)
    }

    fn people(
        &mut self,
        reference: &MembershipReference,
        read: &Versioned<Contacts>,
        next: &Contacts,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.replace(&keys::contacts(reference), read.version, next, Item::new())?;
        for contact in &next.people {
            if read.value.with_address(&contact.person.email).is_none() {
                self.lead_to(&contact.person.email, reference)?;
            }
        }
        for contact in &read.value.people {
            if next.with_address(&contact.person.email).is_none() {
                let key = keys::membership_of(&person(&contact.person.email), reference);
                self.delete(key.attributes(), None)?;
            }
        }
        self.audit_change(&keys::membership(reference), what, now, &read.value, next)
    }

    /// The people of a membership whom the member names now, where the office
    /// has corrected its details: whoever is written to can sign in.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn named_contacts(
        &mut self,
        membership: &Membership,
        read: &Versioned<Contacts>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let next = read.value.naming(&membership.member, new_ids()?, now);
        if next == read.value {
            return Ok(());
        }
        let what = "contact-named-by-office";
        self.people(&membership.reference, read, &next, what, now)
    }

    /// Notes that a link to an address was asked for.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn asked(
        &mut self,
        email: &EmailAddress,
        read_version: u64,
        asked: &Asked,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::person(&person(email));
        let until = now.saturating_add(Asked::WITHIN).unwrap_or(Timestamp::MAX);
        self.replace(&key, read_version, asked, expiring(until))
    }

    /// A new link.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_account_link(&mut self, link: &AccountLink) -> Result<(), StoreError> {
        let mut extra = expiring(link.until());
        extra.extend(first_version());
        self.put_new(&keys::account_link(&link.id), link, extra, Guard::Unchanged)
    }

    /// A link that is used now: refused if it was used meanwhile.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn use_account_link(
        &mut self,
        read: &Versioned<AccountLink>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let used = AccountLink {
            used_at: Some(now),
            ..read.value.clone()
        };
        let key = keys::account_link(&used.id);
        self.replace(&key, read.version, &used, expiring(used.until()))
    }

    /// A new session.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn account_session(&mut self, secret: &str, session: &Session) -> Result<(), StoreError> {
        let key = keys::account_session(&digest(secret));
        let extra = expiring(session.ends_at());
        self.put_new(&key, session, extra, Guard::Unchanged)
    }

    /// A session that is used; refused if it was ended meanwhile.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn account_session_used(
        &mut self,
        secret: &str,
        session: &Session,
    ) -> Result<(), StoreError> {
        let key = keys::account_session(&digest(secret));
        self.set(&key, "seen_at", &session.seen_at)
    }

    /// A pupil return, in place of an earlier one for the same year.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn pupil_return(
        &mut self,
        reference: &MembershipReference,
        before: Option<&PupilReturn>,
        declared: &PupilReturn,
    ) -> Result<(), StoreError> {
        let key = keys::pupil_return(reference, declared.year);
        self.put_over(&key, declared, Item::new())?;
        self.by = Who::Contact(declared.by.clone());
        let of = keys::membership(reference);
        self.audit_change(&of, "pupils-declared", declared.at, &before, declared)
    }
}

impl Store {
    /// The memberships that a person acts for.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn memberships_of(
        &self,
        email: &EmailAddress,
    ) -> Result<Vec<MembershipReference>, StoreError> {
        let of = keys::person(&person(email));
        let items = self.beside(&of, keys::PERSONS_MEMBERSHIP).await?;
        let leads = |item| value_of::<Leads<_>>(item).map(|leads| leads.reference);
        items.into_iter().map(leads).collect()
    }

    /// The people of a membership.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn contacts(
        &self,
        reference: &MembershipReference,
    ) -> Result<Versioned<Contacts>, StoreError> {
        let item = self.get(&keys::contacts(reference)).await?;
        item.map_or_else(|| Ok(Versioned::unwritten()), versioned)
    }

    /// When links to an address were asked for.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn asked(&self, email: &EmailAddress) -> Result<Versioned<Asked>, StoreError> {
        let item = self.get(&keys::person(&person(email))).await?;
        item.map_or_else(|| Ok(Versioned::unwritten()), versioned)
    }

    /// The link of that name.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn account_link(
        &self,
        id: &str,
    ) -> Result<Option<Versioned<AccountLink>>, StoreError> {
        let item = self.get(&keys::account_link(id)).await?;
        item.map(versioned).transpose()
    }

    /// The session of the browser with this secret, if it lasts still.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn account_session(
        &self,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let item = self.get(&keys::account_session(&digest(secret))).await?;
        let session: Option<Session> = item.map(value_of).transpose()?;
        Ok(session.filter(|session| session.is_open(now)))
    }

    /// Writes down that a session is used. One that was ended meanwhile stays
    /// ended.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn keep_account_session(
        &self,
        secret: &str,
        session: &Session,
    ) -> Result<(), StoreError> {
        let mut transaction = Transaction::new();
        transaction.account_session_used(secret, session)?;
        self.commit(transaction).await.map(|_| ())
    }

    /// Ends a session, though it is used at that very moment.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn end_account_session(&self, secret: &str) -> Result<(), StoreError> {
        self.let_go(&keys::account_session(&digest(secret))).await
    }

    /// The pupil returns of a membership, the earliest year first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn pupil_returns(
        &self,
        reference: &MembershipReference,
    ) -> Result<Vec<PupilReturn>, StoreError> {
        let of = keys::membership(reference);
        let items = self.beside(&of, keys::PUPIL_RETURN).await?;
        items.into_iter().map(value_of).collect()
    }

    /// What has happened to a membership and its people, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn account_trail(
        &self,
        reference: &MembershipReference,
    ) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::membership(reference)).await
    }
}
