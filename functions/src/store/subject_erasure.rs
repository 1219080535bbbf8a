//! What is held of one person goes: an item of its own, a contact of a member, a
//! person of a booking. Each is one transaction, which asks that nobody holds
//! the record; its entry in the history names no value.

use domain::account::Contacts;
use domain::booking::{Booking, Without};
use domain::charges::ProposedCharge;
use domain::contact::{EmailAddress, Person};
use domain::feedback::Feedback;
use domain::membership::{Membership, Standing};
use domain::subject::Place;
use domain::trail::Who;
use jiff::Timestamp;

use super::accounts::person;
use super::charges::listed;
use super::item::{Item, Versioned, value_of, versioned};
use super::keys;
use super::lapsed::{own_key, text_of};
use super::purge::Purged;
use super::subjects::key_of;
use super::transaction::in_list;
use super::{Store, StoreError, Transaction};

impl Store {
    /// An item goes that is nobody else’s, such as the values of an entry.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn erase_item(&self, place: &Place) -> Result<Purged, StoreError> {
        let key = key_of(place);
        let mut transaction = Transaction::new();
        transaction.not_held(&key)?;
        transaction.delete(key.attributes(), None)?;
        Ok(Purged::of(&self.commit(transaction).await?))
    }

    /// A contact of a member goes, with what let the person in; where the member
    /// has left, from the membership itself as well.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn erase_contact(
        &self,
        by: Who,
        membership: &Versioned<Membership>,
        email: &EmailAddress,
        now: Timestamp,
    ) -> Result<Purged, StoreError> {
        let reference = &membership.value.reference;
        let key = keys::membership(reference);
        let contacts = self.contacts(reference).await?;
        let mut transaction = Transaction::by(by);
        transaction.not_held(&key)?;
        let mut people = contacts.value.people.clone();
        people.retain(|one| !one.person.email.is_same(email));
        if people.len() < contacts.value.people.len() {
            let next = Contacts { people };
            let of = keys::contacts(reference);
            transaction.replace(&of, contacts.version, &next, Item::new())?;
        }
        let lead = keys::membership_of(&person(email), reference);
        transaction.delete(lead.attributes(), None)?;
        let next = without(&membership.value, email);
        if next == membership.value {
            transaction.unchanged(&key, membership.version)?;
            transaction.audit(&key, "person-erased", now)?;
        } else {
            transaction.replace_membership(membership, &next, "person-erased", now)?;
        }
        Ok(Purged::of(&self.commit(transaction).await?))
    }

    /// A person of a booking goes: the name, the certificate, what the person is
    /// known by at the event, and what the person said about it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn forget_in_booking(
        &self,
        by: Who,
        read: &Versioned<Booking>,
        email: &EmailAddress,
        now: Timestamp,
    ) -> Result<Purged, StoreError> {
        let Without { booking, numbers } = read.value.without(email);
        let key = keys::booking(&booking.reference);
        let mut transaction = Transaction::by(by);
        transaction.not_held(&key)?;
        transaction.booking(read.version, &booking, "person-erased", now)?;
        let digest = Store::name_of(email);
        let named = keys::named_at(&booking.event, &digest);
        transaction.delete(named.attributes(), None)?;
        for registration in &read.value.registrations {
            if let Some(code) = &registration.certificate
                && numbers.contains(&registration.number)
            {
                transaction.delete(keys::certificate(code).attributes(), None)?;
            }
        }
        let is_theirs = |number| numbers.contains(&number);
        for item in self.beside(&key, keys::BOOKINGS_CHARGE).await? {
            let charge: Versioned<ProposedCharge> = versioned(item)?;
            if is_theirs(charge.value.registration.number) {
                let next = ProposedCharge {
                    delegate: None,
                    ..charge.value
                };
                let key = keys::charge(&next.registration);
                transaction.replace(&key, charge.version, &next, listed(&next))?;
            }
        }
        let event = keys::tally(&booking.event);
        for item in self.beside(&event, keys::EVENTS_FEEDBACK).await? {
            let (Some(key), Some(sort)) = (own_key(&item), text_of(&item, "list_sort")) else {
                continue;
            };
            let answer: Feedback = value_of(item)?;
            let from = answer.from.as_ref().map(|from| &from.registration);
            if from.is_some_and(|of| of.booking == booking.reference && is_theirs(of.number)) {
                let listed = in_list(keys::FEEDBACK, sort);
                transaction.put_over(&key, &answer.forgotten(), listed)?;
            }
        }
        Ok(Purged::of(&self.commit(transaction).await?))
    }
}

/// A membership that has ended, without a person whom nobody writes to any more;
/// the register has names of its own.
fn without(membership: &Membership, email: &EmailAddress) -> Membership {
    let mut next = membership.clone();
    let is_theirs = |person: &Person| person.email.is_same(email);
    if next.link.as_ref().is_some_and(is_theirs) {
        next.link = None;
    }
    if membership.standing == Standing::Ended {
        if is_theirs(&next.member.contact) {
            next.member.contact = Person::erased();
        }
        if next.member.finance.as_ref().is_some_and(is_theirs) {
            next.member.finance = None;
        }
    }
    next
}
