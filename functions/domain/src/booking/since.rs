//! What a booking knows of its event: as it was booked, and as it is now.
//!
//! The first is kept as it was, since conditions are reckoned by it: nobody is
//! held to a day that was not the one that was booked. The second is what
//! people were told last, so that each change is told once.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Booking, BookingRules};
use crate::calendar::{LondonTime, clock_time, long_date};
use crate::event::{CancellationPolicy, Event, Session};
use crate::money::Pence;

/// What a booking says of its event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The event's title.
    pub event_title: String,
    /// When it starts.
    pub starts: LondonTime,
    /// When it ends; not known of what was booked before this was kept.
    #[serde(default)]
    pub ends: Option<LondonTime>,
    /// Its sessions in order; none where there is just one.
    #[serde(default)]
    pub sessions: Vec<Session>,
    /// Where it is.
    pub venue: String,
    /// Whether it can be joined from anywhere; not known of what was booked
    /// before this was kept.
    #[serde(default)]
    pub online: Option<bool>,
}

/// What has become of an event since it was booked, as people were told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Since {
    /// When and where it is now; as it was booked, if nothing else was told.
    pub about: Option<About>,
    /// How often it was moved: a calendar program takes the file that counts
    /// highest.
    pub moves: u32,
    /// Whether it was told that the event is published no more.
    pub withdrawn: bool,
}

impl About {
    /// Of an event as it is published.
    #[must_use]
    pub fn of(event: &Event) -> About {
        About {
            event_title: event.title.clone(),
            starts: event.starts,
            ends: Some(event.ends),
            sessions: event.sessions.clone(),
            venue: event.venue.clone(),
            online: Some(event.online),
        }
    }

    /// Whether it is at the same times and in the same place as another.
    #[must_use]
    pub fn is_same_meeting(&self, other: &About) -> bool {
        // What an old record does not say is not different.
        let is_old = self.ends.is_none() || other.ends.is_none();
        let same_times = is_old || (self.ends == other.ends && self.sessions == other.sessions);
        let same_way = is_old || self.online == other.online;
        self.starts == other.starts && self.venue == other.venue && same_times && same_way
    }

    /// The end of it; its start, where nothing else is known.
    #[must_use]
    pub fn ends(&self) -> LondonTime {
        self.ends.unwrap_or(self.starts)
    }

    /// When it meets: all of its sessions, or the one.
    #[must_use]
    pub fn meets(&self) -> Vec<Session> {
        Session::all_of(&self.sessions, (self.starts, self.ends()))
    }

    /// The day of its last session, on which those who came have a certificate.
    #[must_use]
    pub fn last_day(&self) -> Date {
        let sessions = self.meets();
        sessions
            .last()
            .map_or(self.starts, |last| last.starts)
            .date()
    }

    /// When it meets, in a line: `14 March 2028, 4pm to 5.15pm`, and so on for
    /// each session.
    #[must_use]
    pub fn when(&self) -> String {
        let one = |session: &Session| {
            let (starts, ends) = (session.starts, session.ends);
            let day = long_date(starts.date());
            let from = clock_time(starts.time());
            match (starts == ends, starts.date() == ends.date()) {
                (true, _) => format!("{day}, {from}"),
                (_, true) => format!("{day}, {from} to {}", clock_time(ends.time())),
                (_, false) => format!("{day}, {from} to {}", long_date(ends.date())),
            }
        };
        let sessions: Vec<String> = self.meets().iter().map(one).collect();
        sessions.join(", then ")
    }

    /// Where it is: `Town Hall and online`.
    #[must_use]
    pub fn place(&self) -> String {
        let online = match self.online {
            Some(true) if self.venue != "Online" => " and online",
            _ => "",
        };
        format!("{}{online}", self.venue)
    }

    /// In a line: `14 March 2028, 4pm to 5.15pm; Town Hall`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{}; {}", self.when(), self.place())
    }
}

impl Booking {
    /// The event as people were told last that it is.
    #[must_use]
    pub fn known(&self) -> &About {
        self.since.about.as_ref().unwrap_or(&self.about)
    }

    /// The event as it is: as it is published, or as people were told last
    /// where it is published no more.
    #[must_use]
    pub fn now(&self, event: Option<&Event>) -> About {
        event.map_or_else(|| self.known().clone(), About::of)
    }

    /// Whether the event is at other times, or in another place, than those
    /// that were booked.
    #[must_use]
    pub fn was_moved(&self, event: Option<&Event>) -> bool {
        !self.about.is_same_meeting(&self.now(event))
    }

    /// What giving up a place costs: as it was published when it was booked.
    #[must_use]
    pub fn policy<'p>(
        &'p self,
        event: &'p Event,
        rules: &'p BookingRules,
    ) -> &'p CancellationPolicy {
        self.terms.as_ref().unwrap_or_else(|| event.policy(rules))
    }

    /// What is charged for one of its places, of that price, that is given up
    /// now. Nothing at an event that was withdrawn; at one that was moved, no
    /// more than the rules say.
    #[must_use]
    pub fn charge(
        &self,
        price: Pence,
        event: Option<&Event>,
        rules: &BookingRules,
        now: Timestamp,
    ) -> Pence {
        let Some(event) = event else {
            return Pence::ZERO;
        };
        let policy = self.policy(event, rules);
        let usual = policy.charge(price, event.starts, now, &rules.bank_holidays);
        match self.was_moved(Some(event)) {
            true => usual.min(rules.moved.charge.of(price)),
            false => usual,
        }
    }
}
