//! An event as it is published, whether it can be booked, and what a place costs.

mod cancellation;
mod copy;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::booking::BookingRules;
use crate::calendar::LondonTime;
use crate::money::Pence;

pub use cancellation::{
    CancellationError, CancellationPolicy, Charge, Deadline, NotACharge, NotADeadline, PolicyLine,
    Step,
};
pub use copy::TO_BE_SET;

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
    /// When it starts: its first session.
    pub starts: LondonTime,
    /// When it ends: its last session.
    pub ends: LondonTime,
    /// Its sessions in order; none where there is just one.
    #[serde(default)]
    pub sessions: Vec<Session>,
    /// Where it is: `Online` where nothing else is said of one that is.
    pub venue: String,
    /// Whether it can be joined from anywhere. How is said on a staff screen,
    /// and never in the content.
    #[serde(default)]
    pub online: bool,
    /// How many places there are; no limit if not set.
    pub capacity: Option<u32>,
    /// When booking opens, if not at once.
    #[serde(default)]
    pub booking_opens: Option<LondonTime>,
    /// When booking closes.
    pub booking_closes: LondonTime,
    /// What a place costs whoever is no member; nothing if not set.
    pub price: Option<Pence>,
    /// What it costs a member, if less.
    #[serde(default)]
    pub member_price: Option<Pence>,
    /// How many places a year, at events of the same service, cost a member nothing.
    #[serde(default)]
    pub included_places: u32,
    /// The slug of the service that it belongs to.
    #[serde(default)]
    pub service: String,
    /// Whom it is for.
    #[serde(default)]
    pub audience: Option<String>,
    /// How many places one member school can have, and anybody else with one
    /// address; whoever else they send waits.
    #[serde(default)]
    pub limit_per_school: Option<u32>,
    /// Whether the school's budget holder must approve a booking.
    #[serde(default)]
    pub needs_approval: bool,
    /// What giving up a place costs, where that is not the usual.
    #[serde(default)]
    pub cancellation: Option<CancellationPolicy>,
    /// What whoever comes is asked.
    #[serde(default)]
    pub asks: Vec<Question>,
    /// Whom to ask about it.
    #[serde(default)]
    pub contact: Option<String>,
    /// Whether it only shows what an event looks like.
    pub sample: bool,
}

/// One meeting of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// When it starts.
    pub starts: LondonTime,
    /// When it ends.
    pub ends: LondonTime,
}

impl Session {
    /// All of them: those that are listed, or the one from when until when.
    pub(crate) fn all_of(
        listed: &[Session],
        (starts, ends): (LondonTime, LondonTime),
    ) -> Vec<Session> {
        match listed {
            [] => vec![Session { starts, ends }],
            listed => listed.to_vec(),
        }
    }
}

/// What whoever comes is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// What somebody cannot eat.
    Dietary,
    /// What somebody needs to take part.
    Access,
}

impl Event {
    /// Whether it can be booked now.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.has_opened(now) && now < self.booking_closes.instant()
    }

    /// Whether places are given now: who waits is served after booking has
    /// closed too, until it starts.
    #[must_use]
    pub fn gives(&self, now: Timestamp) -> bool {
        self.has_opened(now) && (self.is_open(now) || now < self.starts.instant())
    }

    /// Whether booking has opened, be it closed again.
    #[must_use]
    pub fn has_opened(&self, now: Timestamp) -> bool {
        self.booking_opens
            .is_none_or(|opens| opens.instant() <= now)
    }

    /// When it meets: all of its sessions, or the one.
    #[must_use]
    pub fn meets(&self) -> Vec<Session> {
        Session::all_of(&self.sessions, (self.starts, self.ends))
    }

    /// What a place costs whoever is no member, if anything: a price of nought
    /// is none.
    #[must_use]
    pub fn charge(&self) -> Option<Pence> {
        self.price.filter(|price| !price.is_zero())
    }

    /// What a place costs a member or whoever is none, if anything. What is
    /// included in a membership is not known here.
    #[must_use]
    pub fn price_for(&self, member: bool) -> Option<Pence> {
        let reduced = self.member_price.filter(|_| member);
        let price = reduced.or(self.price);
        price.filter(|price| !price.is_zero())
    }

    /// Whether a member pays less than whoever is none.
    #[must_use]
    pub fn is_cheaper_for_members(&self) -> bool {
        let member = self.price_for(true);
        member != self.price_for(false) || (self.included_places > 0 && member.is_some())
    }

    /// What giving up a place costs: its own rule, or else the usual one.
    #[must_use]
    pub fn policy<'e>(&'e self, rules: &'e BookingRules) -> &'e CancellationPolicy {
        self.cancellation.as_ref().unwrap_or(&rules.cancellation)
    }
}

#[cfg(test)]
mod tests;
