//! What somebody asks about the data that is held of them, and the search for it.
//!
//! An index would find what somebody thought of when it was made. A search that
//! has to be complete reads the whole table; it is rare, bounded in time, and
//! goes on where it stopped. A person is known by the whole address, in any case
//! of letters, or by the digest of it that a key has.

use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::contact::EmailAddress;
use domain::reference::SubjectReference;
use domain::subject::{Place, SubjectRequest};
use domain::trail::Entry;
use jiff::Timestamp;
use serde_json::Value;

use super::accounts::person;
use super::fetch::AT_ONCE;
use super::item::{Item, Versioned, value_of, versioned};
use super::keys::Key;
use super::kinds::Kind;
use super::lapsed::own_key;
use super::purge::Purged;
use super::transaction::{first_version, in_list};
use super::{Guard, Store, StoreError, Transaction, keys};

/// What a part of the search came to.
#[derive(Debug)]
pub struct Looked {
    /// How many items were looked at.
    pub items: u64,
    /// Those that speak of the person.
    pub found: Vec<Place>,
    /// The last that was looked at, if there are more.
    pub after: Option<Place>,
}

/// An item that speaks of the person.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub value: Value,
}

/// The key of a place.
pub(super) fn key_of(place: &Place) -> Key {
    Key {
        pk: place.record.clone(),
        sk: place.item.clone(),
    }
}

fn place_of(key: Key) -> Place {
    Place {
        record: key.pk,
        item: key.sk,
    }
}

fn listed(request: &SubjectRequest) -> Item {
    let sort = format!("{}#{}", keys::sortable(request.asked_at), request.reference);
    in_list(keys::SUBJECT_REQUESTS, sort)
}

impl Spoken {
    /// The reference of its record.
    #[must_use]
    pub fn reference(&self) -> &str {
        let (begins, _) = self.kind.pattern();
        let record = self.place.record.as_str();
        match begins {
            "" => record.split_once('#').map_or(record, |(_, rest)| rest),
            begins => record.strip_prefix(begins).unwrap_or(record),
        }
    }
}

impl Transaction {
    /// A new request.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_subject_request(&mut self, request: &SubjectRequest) -> Result<(), StoreError> {
        let key = keys::subject_request(&request.reference);
        let mut extra = listed(request);
        extra.extend(first_version());
        self.put_new(&key, request, extra, Guard::Unchanged)?;
        self.audit(&key, "subject-request-entered", request.asked_at)
    }

    /// A request in place of the one that was read, and what was done; no entry
    /// names a value.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn subject_request(
        &mut self,
        read_version: u64,
        request: &SubjectRequest,
        what: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::subject_request(&request.reference);
        self.replace(&key, read_version, request, listed(request))?;
        match what {
            Some(what) => self.audit(&key, what, now),
            None => Ok(()),
        }
    }
}

impl Store {
    /// The request of that reference.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn subject_request(
        &self,
        reference: &SubjectReference,
    ) -> Result<Option<Versioned<SubjectRequest>>, StoreError> {
        let item = self.get(&keys::subject_request(reference)).await?;
        item.map(versioned).transpose()
    }

    /// The requests, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn subject_requests(&self) -> Result<Vec<SubjectRequest>, StoreError> {
        let items = self.list(keys::SUBJECT_REQUESTS, None).await?;
        items.into_iter().rev().map(value_of).collect()
    }

    /// What was done about a request, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn subject_request_trail(
        &self,
        reference: &SubjectReference,
    ) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::subject_request(reference)).await
    }

    /// Looks through the table for somebody, from where it was left, for so long.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn look_for(
        &self,
        email: &EmailAddress,
        after: Option<&Place>,
        patience: Duration,
    ) -> Result<Looked, StoreError> {
        let begun = Instant::now();
        let (plain, digest) = (email.plain(), person(email));
        let mut looked = Looked {
            items: 0,
            found: Vec::new(),
            after: after.cloned(),
        };
        loop {
            let start = looked
                .after
                .as_ref()
                .map(|place| key_of(place).attributes());
            let answer = self
                .client
                .scan()
                .table_name(&self.table)
                .consistent_read(true)
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(StoreError::database)?;
            for item in answer.items.unwrap_or_default() {
                looked.items += 1;
                let Some(key) = own_key(&item) else { continue };
                // What was asked before is no data of its own.
                let is_request = Kind::of(&key.pk, &key.sk) == Some(Kind::SubjectRequest);
                if !is_request && speaks_of(&item, &plain, &digest) {
                    looked.found.push(place_of(key));
                }
            }
            let last = answer.last_evaluated_key.filter(|key| !key.is_empty());
            looked.after = last.as_ref().and_then(own_key).map(place_of);
            if looked.after.is_none() || begun.elapsed() >= patience {
                return Ok(looked);
            }
        }
    }

    /// What speaks of somebody at these places now, in their order.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn spoken_at(
        &self,
        email: &EmailAddress,
        places: &[Place],
    ) -> Result<Vec<Spoken>, StoreError> {
        let (plain, digest) = (email.plain(), person(email));
        let mut spoken = Vec::with_capacity(places.len());
        for some in places.chunks(AT_ONCE) {
            let mut items = self.fetch(some.iter().map(key_of)).await?;
            items.retain(|item| speaks_of(item, &plain, &digest));
            for item in items {
                spoken.extend(of_item(item)?);
            }
        }
        spoken.sort_by(|one, other| one.place.cmp(&other.place));
        Ok(spoken)
    }

    /// Whether somebody holds the record that an item is of.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn holds_record_of(&self, place: &Place) -> Result<bool, StoreError> {
        Ok(self.get(&keys::hold(&key_of(place))).await?.is_some())
    }

    /// A record goes whole, as it is now.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn purge_whole(&self, place: &Place) -> Result<Purged, StoreError> {
        let key = key_of(place);
        match self.get(&key).await? {
            Some(item) => {
                let read: Versioned<Value> = versioned(item)?;
                self.take_away(&key, Some(read.version), &[]).await
            }
            None => Ok(Purged::Gone),
        }
    }

    /// What is beside a booking that tells of one of its registrations without an
    /// address: charges, and what was said about the event.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn of_registrations(
        &self,
        booking: &domain::booking::Booking,
        numbers: &[u8],
    ) -> Result<Vec<Spoken>, StoreError> {
        let mut spoken = Vec::new();
        let own = keys::booking(&booking.reference);
        for item in self.beside(&own, keys::BOOKINGS_CHARGE).await? {
            spoken.extend(of_item(item)?);
        }
        let event = keys::tally(&booking.event);
        for item in self.beside(&event, keys::EVENTS_FEEDBACK).await? {
            spoken.extend(of_item(item)?);
        }
        spoken.retain(|one| {
            let of = one.value["registration"].as_str();
            let of = of.or_else(|| one.value["from"]["registration"].as_str());
            let mut own = booking
                .registrations
                .iter()
                .filter(|registration| numbers.contains(&registration.number))
                .map(|registration| booking.id(registration).to_string());
            of.is_some_and(|of| own.any(|id| id == of))
        });
        Ok(spoken)
    }
}

/// An item as data, without what only the table needs.
fn of_item(mut item: Item) -> Result<Option<Spoken>, StoreError> {
    let Some(key) = own_key(&item) else {
        return Ok(None);
    };
    let Some(kind) = Kind::of(&key.pk, &key.sk) else {
        return Ok(None);
    };
    for own in ["pk", "sk", "list", "list_sort", "version", "expires_at"] {
        item.remove(own);
    }
    Ok(Some(Spoken {
        place: place_of(key),
        kind,
        value: value_of(item)?,
    }))
}

/// Whether an item speaks of a person: by the address in it, or by the digest
/// in its key.
fn speaks_of(item: &Item, plain: &str, digest: &str) -> bool {
    let names = |key: Key| key.pk.contains(digest) || key.sk.contains(digest);
    own_key(item).is_some_and(names) || item.values().any(|value| says(value, plain))
}

/// Whether a value is an address, in any case of letters, or holds it.
fn says(value: &AttributeValue, plain: &str) -> bool {
    match value {
        AttributeValue::S(text) => text.trim().to_lowercase() == plain,
        AttributeValue::L(values) => values.iter().any(|value| says(value, plain)),
        AttributeValue::M(values) => values.values().any(|value| says(value, plain)),
        _ => false,
    }
}
