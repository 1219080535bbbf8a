//! Letters to all who have booked an event, how the event is joined, and events
//! that are published no more.

use domain::booking::Booking;
use domain::event::{Event, EventSlug};
use domain::joining::Joining;
use domain::telling::Telling;
use jiff::Timestamp;

use super::item::{Item, Versioned, value_of, versioned};
use super::transaction::in_list;
use super::{Store, StoreError, Transaction, keys};

impl Transaction {
    /// How far letters have got, in place of what was read; an entry in the
    /// audit trail where they are begun, or come to their end.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn telling(
        &mut self,
        read_version: u64,
        telling: &Telling,
        what: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::telling(&telling.event, &telling.id);
        let extra = match telling.ended_at {
            Some(_) => Item::new(),
            None => in_list(
                keys::TELLINGS,
                format!(
                    "{}#{}#{}",
                    keys::sortable(telling.begun_at),
                    telling.event,
                    telling.id
                ),
            ),
        };
        self.replace(&key, read_version, telling, extra)?;
        match what {
            Some(what) => self.audit(&key, what, now),
            None => Ok(()),
        }
    }

    /// What a booking knows, in place of what it knew. Its places stay as they
    /// are, so that those of its event need not be written.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn booking_told(
        &mut self,
        read: &Versioned<Booking>,
        booking: &Booking,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.booking(read.version, booking, "booking-told", now)
    }

    /// How an event is joined, in place of what was read. The trail says that
    /// it changed, and never what it was.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn joining(
        &mut self,
        event: &EventSlug,
        read_version: u64,
        joining: &Joining,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::joining(event);
        self.replace(&key, read_version, joining, Item::new())?;
        let what = match joining.address {
            Some(_) => "joining-link-set",
            None => "joining-link-removed",
        };
        self.audit(&key, what, now)
    }

    /// An event as it was published last.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn withdrawn(&mut self, event: &Event) -> Result<(), StoreError> {
        let sort = format!("{}#{}", event.starts, event.slug);
        let extra = in_list(keys::WITHDRAWN, sort);
        self.put_over(&keys::withdrawn(&event.slug), event, extra)
    }
}

impl Store {
    /// Letters of an event by their name, if there are such.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn telling(
        &self,
        event: &EventSlug,
        id: &str,
    ) -> Result<Option<Versioned<Telling>>, StoreError> {
        let item = self.get(&keys::telling(event, id)).await?;
        item.map(versioned).transpose()
    }

    /// All letters to those who booked an event, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn tellings_of(&self, event: &EventSlug) -> Result<Vec<Telling>, StoreError> {
        let items = self
            .beside(&keys::tally(event), keys::EVENTS_TELLING)
            .await?;
        let tellings: Result<Vec<Telling>, StoreError> = items.into_iter().map(value_of).collect();
        let mut tellings = tellings?;
        tellings.sort_by_key(|telling| std::cmp::Reverse(telling.begun_at));
        Ok(tellings)
    }

    /// The letters that are not all written, whatever the event.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn tellings(&self) -> Result<Vec<Telling>, StoreError> {
        let items = self.list(keys::TELLINGS, None).await?;
        items.into_iter().map(value_of).collect()
    }

    /// How an event is joined.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn joining(&self, event: &EventSlug) -> Result<Versioned<Joining>, StoreError> {
        let item = self.get(&keys::joining(event)).await?;
        item.map_or_else(|| Ok(Versioned::unwritten()), versioned)
    }

    /// An event as it was published last, if it was taken off the site while
    /// somebody had booked it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn withdrawn(&self, event: &EventSlug) -> Result<Option<Event>, StoreError> {
        let item = self.get(&keys::withdrawn(event)).await?;
        item.map(value_of).transpose()
    }

    /// The events that were taken off the site while somebody had booked them,
    /// in the order of their starts.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn withdrawn_events(&self) -> Result<Vec<Event>, StoreError> {
        let items = self.list(keys::WITHDRAWN, None).await?;
        items.into_iter().map(value_of).collect()
    }
}
