//! What a booking needs to know, in one journey to the database: all of it is named
//! by the form that asks, and is read as it was at one instant.

use domain::account::{Asked, Contacts, Session};
use domain::booking::{Allowance, AllowanceOf};
use domain::contact::EmailAddress;
use domain::event::EventSlug;
use domain::joining::Joining;
use domain::membership::Membership;
use domain::places::Tally;
use domain::reference::MembershipReference;
use domain::school::Urn;

use super::accounts::person;
use super::applications::Held;
use super::item::{Item, Versioned, value_of, versioned};
use super::keys::{self, Key};
use super::staff::digest;
use super::{Store, StoreError};

/// The places of an event, with how it is joined where it is online: whoever sets
/// a link writes the places too, so the two are read together.
#[derive(Debug, Clone)]
pub struct PlacesRead {
    /// The places.
    pub tally: Versioned<Tally>,
    /// How it is joined.
    pub joining: Option<Joining>,
}

impl PlacesRead {
    /// The places of an event that nobody joins from elsewhere.
    #[must_use]
    pub fn offline(tally: Versioned<Tally>) -> PlacesRead {
        let joining = None;
        PlacesRead { tally, joining }
    }

    /// The keys of the two.
    pub(super) fn keys(event: &EventSlug) -> [Key; 2] {
        [keys::tally(event), keys::joining(event)]
    }

    /// Of the items at those keys.
    pub(super) fn of(tally: Option<Item>, joining: Option<Item>) -> Result<PlacesRead, StoreError> {
        Ok(PlacesRead {
            tally: read(tally)?,
            joining: joining.map(value_of).transpose()?,
        })
    }
}

/// Of an item that may not be written yet.
fn read<T: serde::de::DeserializeOwned + Default>(
    item: Option<Item>,
) -> Result<Versioned<T>, StoreError> {
    item.map_or_else(|| Ok(Versioned::unwritten()), versioned)
}

/// Who acts for a member, as far as a browser says so.
#[derive(Debug)]
pub struct MemberRead {
    /// The session, whether it lasts or not.
    pub session: Option<Session>,
    /// The member.
    pub membership: Option<Membership>,
    /// Its people.
    pub contacts: Contacts,
    /// What is included in the membership, where the event includes any.
    pub allowance: Option<Versioned<Allowance>>,
}

/// Who books without being signed in.
#[derive(Debug)]
pub struct AskerRead {
    /// How often the address was written to.
    pub asked: Versioned<Asked>,
    /// The membership under the URN that was given.
    pub membership: Option<MembershipReference>,
}

impl Store {
    /// The places of an event.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn places(&self, event: &EventSlug) -> Result<PlacesRead, StoreError> {
        let [tally, joining] = self.get_together(PlacesRead::keys(event)).await?;
        PlacesRead::of(tally, joining)
    }

    /// The places of an event, and who acts for a member there by a session.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn places_and_member(
        &self,
        event: &EventSlug,
        secret: &str,
        member: &MembershipReference,
        included: Option<&AllowanceOf>,
    ) -> Result<(PlacesRead, MemberRead), StoreError> {
        let mut keys = Vec::from(PlacesRead::keys(event));
        keys.push(keys::account_session(&digest(secret)));
        keys.push(keys::membership(member));
        keys.push(keys::contacts(member));
        keys.extend(included.map(keys::allowance));
        let mut items = self.together(keys).await?.into_iter();
        let mut next = || items.next().flatten();
        let places = PlacesRead::of(next(), next())?;
        let member = MemberRead {
            session: next().map(value_of).transpose()?,
            membership: next().map(value_of).transpose()?,
            contacts: read(next())?.value,
            allowance: included.map(|_| read(next())).transpose()?,
        };
        Ok((places, member))
    }

    /// The places of an event, and what is known of somebody who asks for some.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn places_and_asker(
        &self,
        event: &EventSlug,
        email: &EmailAddress,
        urn: Option<&Urn>,
    ) -> Result<(PlacesRead, AskerRead), StoreError> {
        let mut keys = Vec::from(PlacesRead::keys(event));
        keys.push(keys::person(&person(email)));
        keys.extend(urn.map(keys::live_membership));
        let mut items = self.together(keys).await?.into_iter();
        let mut next = || items.next().flatten();
        let places = PlacesRead::of(next(), next())?;
        let asked = read(next())?;
        let held: Option<Held<_>> = next().map(value_of).transpose()?;
        let membership = held.map(|held| held.reference);
        Ok((places, AskerRead { asked, membership }))
    }

    /// A membership and its people.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn member_and_people(
        &self,
        member: &MembershipReference,
    ) -> Result<Option<(Membership, Contacts)>, StoreError> {
        let keys = [keys::membership(member), keys::contacts(member)];
        let [membership, contacts] = self.get_together(keys).await?;
        let Some(membership) = membership else {
            return Ok(None);
        };
        Ok(Some((value_of(membership)?, read(contacts)?.value)))
    }
}
