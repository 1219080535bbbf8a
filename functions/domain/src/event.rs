//! An event as it is published, and whether it can be booked.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::LondonTime;
use crate::money::Pence;

/// The last part of an event's address: lower-case letters, digits, hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventSlug(String);

impl EventSlug {
    /// Reads a slug.
    ///
    /// # Errors
    ///
    /// [`NotASlug`] for anything that cannot be a file's name in `content/events`.
    pub fn parse(text: &str) -> Result<EventSlug, NotASlug> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if text.is_empty() || text.len() > 100 || !text.bytes().all(plain) {
            return Err(NotASlug(text.to_owned()));
        }
        Ok(EventSlug(text.to_owned()))
    }

    /// The slug.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EventSlug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<EventSlug> for String {
    fn from(slug: EventSlug) -> String {
        slug.0
    }
}

impl TryFrom<String> for EventSlug {
    type Error = NotASlug;

    fn try_from(text: String) -> Result<EventSlug, NotASlug> {
        EventSlug::parse(&text)
    }
}

/// Text that cannot name an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` cannot name an event: use up to 100 lower-case letters, digits and hyphens")]
pub struct NotASlug(String);

/// An event that schools can book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its name in addresses and records.
    pub slug: EventSlug,
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// When it starts.
    pub starts: LondonTime,
    /// When it ends.
    pub ends: LondonTime,
    /// Where it is.
    pub venue: String,
    /// How many places there are; no limit if not set.
    pub capacity: Option<u32>,
    /// What a place costs; nothing if not set.
    pub price: Option<Pence>,
    /// When booking closes.
    pub booking_closes: LondonTime,
    /// How many places one school can have, as long as it is limited; its
    /// further delegates wait.
    #[serde(default)]
    pub limit_per_school: Option<u32>,
    /// Whether it only shows what an event looks like.
    pub sample: bool,
}

impl Event {
    /// Whether it can be booked now.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.booking_closes.instant()
    }

    /// What a place costs, if anything: a price of nought is none.
    #[must_use]
    pub fn charge(&self) -> Option<Pence> {
        self.price.filter(|price| !price.is_zero())
    }
}
