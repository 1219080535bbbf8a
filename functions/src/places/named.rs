//! Each delegate once at an event: whoever is named takes the name of the event,
//! in the transaction that names them. Who has it is looked up only once that
//! was refused, since hardly anybody is booked twice.

use domain::booking::{Registration, RegistrationId, RegistrationState};
use domain::contact::Person;

use super::Decision;
use crate::store::{Store, StoreError, Transaction};

/// Somebody is booked at the event already.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} has a place at this event already, or waits for one: each delegate is booked once")]
pub struct BookedTwice(String);

impl Decision<'_> {
    /// Looks who of those who are named is booked already: to be called once
    /// that stood in the way.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn look_for_named(&mut self) -> Result<Result<(), BookedTwice>, StoreError> {
        for (person, id) in self.newly_named() {
            let Some(known) = self.app.store.named_at(&self.slug, &person.email).await? else {
                continue;
            };
            // The same registration may have had the name before.
            if known.value != id {
                let now = self.now;
                let booking = self.booking(&known.value.booking).await?;
                let other = booking.and_then(|booking| booking.registration(known.value.number));
                let other = other.filter(|other| keeps_name(other.state.at(now)));
                let delegate = other.and_then(|other| other.delegate.as_ref());
                if delegate.is_some_and(|one| one.person.email.is_same(&person.email)) {
                    // As it was typed here: nobody learns a name from an address.
                    return Ok(Err(BookedTwice(person.name.to_string())));
                }
            }
            self.named
                .insert(Store::name_of(&person.email), known.version);
        }
        Ok(Ok(()))
    }

    /// Takes the names of those who are named now.
    pub(super) fn take_names(&self, transaction: &mut Transaction) -> Result<(), StoreError> {
        for (Person { email, .. }, id) in self.newly_named() {
            let version = self.named.get(&Store::name_of(&email)).copied();
            transaction.named_at(&self.slug, &email, version.unwrap_or_default(), &id)?;
        }
        Ok(())
    }

    /// Those who were not named before, with their registrations.
    fn newly_named(&self) -> Vec<(Person, RegistrationId)> {
        let mut named = Vec::new();
        for touched in self.bookings.values() {
            let booking = &touched.read.value;
            for registration in &booking.registrations {
                let mut before = touched.before.iter();
                let was = before.find(|was| was.number == registration.number);
                let person = name(registration);
                let had = was.and_then(name);
                if let Some(person) = person
                    && had.is_none_or(|had| !had.email.is_same(&person.email))
                {
                    named.push((person.clone(), booking.id(registration)));
                }
            }
        }
        named
    }
}

/// Who has the name of a registration, by the address, if somebody has.
fn name(registration: &Registration) -> Option<&Person> {
    let delegate = registration.delegate.as_ref();
    delegate
        .filter(|_| keeps_name(registration.state))
        .map(|delegate| &delegate.person)
}

/// Whether a delegate is booked who stands so. An address that nobody has
/// confirmed keeps nobody else away.
fn keeps_name(state: RegistrationState) -> bool {
    let is_confirmed = !matches!(state, RegistrationState::Unconfirmed { .. });
    (state.is_live() && is_confirmed) || state.fills_place()
}
