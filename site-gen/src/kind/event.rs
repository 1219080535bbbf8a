//! An event that schools can book.

mod check;
mod written;

use std::num::NonZeroU32;

use domain::calendar::LondonTime;
use domain::event::{CancellationPolicy, Session};

use super::KindName;
use super::content::content;
use super::form::{Money, PersonName, Sentence, ServiceName, Time};
use crate::yaml::Placed;

pub use written::{Asked, CancellationForm, Price, SessionFields, StepForm};
pub(crate) use written::{CHARGE, DEADLINE, elsewhere, needed};

/// Where an event is that is online and nowhere else.
pub(crate) const ONLINE: &str = "Online";

content! {
/// An event that schools can book. Times are London’s.
#[schemars(extend("allOf" = written::either()))]
pub struct EventFields is KindName::Event, "an event" {
    /// Its name.
    #[schemars(
        example = &"Teachmeet",
        extend("x-hint" = "write the page’s heading, such as `title: How to join`")
    )]
    pub title: String,
    /// One sentence that says what it is.
    #[schemars(
        with = "Sentence",
        example = &"Ten short talks by teachers.",
        extend("x-hint" = "write one sentence that says what the page is, such as `description: How a school joins.`")
    )]
    pub description: String,
    /// When it starts, in local time: year-month-day hour:minute; needed unless `sessions` are listed.
    #[schemars(
        with = "Option<Time>",
        example = &"2028-06-08 16:00",
        extend("x-hint" = "write the day and the time in London, such as `2028-03-14 16:00`")
    )]
    pub starts: Option<Placed<LondonTime>>,
    /// When it ends, written alike; after `starts`.
    #[schemars(
        with = "Option<Time>",
        example = &"2028-06-08 17:45",
        extend("x-hint" = "write the day and the time in London, such as `2028-03-14 16:00`")
    )]
    pub ends: Option<Placed<LondonTime>>,
    /// For an event that meets more than once, instead of `starts` and `ends`: when each session
    /// starts and ends, in order.
    #[serde(default)]
    #[schemars(
        example = written::sessions_example(),
        extend("x-hint" = "write a list, such as `- { starts: 2028-03-14 16:00, ends: 2028-03-14 17:30 }`")
    )]
    pub sessions: Vec<SessionFields>,
    /// Where it is; needed unless it is `online`.
    #[schemars(
        example = &"Placeholder venue: no venue has been chosen",
        extend("x-hint" = "write where it is, such as `venue: Town Hall, Mulberry Place`")
    )]
    pub venue: Option<Placed<String>>,
    /// `true` if it can be joined from anywhere; with a `venue`, from both. The joining link is set
    /// on the event’s staff screen, never here.
    #[serde(default)]
    #[schemars(
        example = true,
        extend("x-hint" = "write `online: true`, or leave the line out")
    )]
    pub online: bool,
    /// How many places there are, a whole number; left out, there is no limit.
    #[schemars(
        example = 80,
        extend("x-hint" = "write the number of places, such as `120`, or leave the line out if there is no limit")
    )]
    pub capacity: Option<NonZeroU32>,
    /// How many places one member school can have, and anybody else with one address; whoever else they send waits. Left out, there is no limit.
    #[schemars(
        example = 4,
        extend("x-hint" = "write a number of places, such as `4`, or leave the line out if there is no limit")
    )]
    pub limit_per_school: Option<Placed<NonZeroU32>>,
    /// What a place costs whoever is no member, in pounds and pence; left out, it is free.
    #[schemars(
        with = "Option<Money>",
        example = &"£45.00",
        extend("x-hint" = "write pounds and pence, such as `£45.00`, or leave the line out if it is free")
    )]
    pub price: Option<Placed<Price>>,
    /// What it costs a member, if less than `price`; `£0.00` if nothing.
    #[schemars(
        with = "Option<Money>",
        example = &"£30.00",
        extend("x-hint" = "write pounds and pence, such as `£30.00`, or leave the line out if members pay the price")
    )]
    pub member_price: Option<Placed<Price>>,
    /// How many places in a school year (from 1 September, by the day of the event) cost a member nothing, counted over all events of the same service; one that is given up in time can be taken again.
    #[schemars(
        example = 2,
        extend("x-hint" = "write a number of places, such as `2`, or leave the line out if none are included")
    )]
    pub included_places: Option<Placed<NonZeroU32>>,
    /// Which service it belongs to: the name of a file in `services/`, without `.md`.
    #[schemars(
        with = "ServiceName",
        example = &"teachmeets-and-forums",
        extend("x-hint" = "write the name of the service’s file, such as `service: workshops-for-leaders`")
    )]
    pub service: Placed<String>,
    /// Whom it is for, in a few words.
    #[schemars(example = &"Teachers of any subject")]
    pub audience: Option<String>,
    /// When booking begins, written like `starts`; left out, it begins at once.
    #[schemars(
        with = "Option<Time>",
        example = &"2028-05-02 09:00",
        extend("x-hint" = "write the day and the time in London, such as `2028-03-14 16:00`")
    )]
    pub booking_opens: Option<Placed<LondonTime>>,
    /// When booking ends, written like `starts`; left out, it ends when the event starts.
    #[schemars(
        with = "Option<Time>",
        example = &"2028-06-07 12:00",
        extend("x-hint" = "write the day and the time in London, such as `2028-03-14 16:00`")
    )]
    pub booking_closes: Option<Placed<LondonTime>>,
    /// `true` if the budget holder of a school must approve its booking.
    #[serde(default)]
    #[schemars(
        example = true,
        extend("x-hint" = "write `needs_approval: true`, or leave the line out")
    )]
    pub needs_approval: bool,
    /// What whoever comes is asked.
    #[serde(default)]
    #[schemars(
        example = ["dietary", "access"],
        extend("x-hint" = "write a list, such as `asks: [dietary]`")
    )]
    pub asks: Vec<Asked>,
    /// What giving up a place costs here; left out, what `booking.yaml` says.
    #[schemars(
        with = "Option<CancellationForm>",
        example = written::cancellation_example(),
        extend("x-hint" = "write `steps` as a list, such as `- { until: 5 working days, charge: nothing }`, then `late` and `no_show`")
    )]
    pub cancellation: Option<CancellationPolicy>,
    /// `true` shows it as a sample, at which nothing will take place.
    #[serde(default)]
    #[schemars(
        example = true,
        extend("x-hint" = "write `sample: true`, or leave the line out")
    )]
    pub sample: bool,
    /// The people of the Board who take part: names of files in `board/`, without `.md`.
    #[serde(default)]
    #[schemars(
        with = "Vec<PersonName>",
        example = ["christine-gilbert"],
        extend("x-hint" = "write a list of names of people’s files, such as `people: [christine-gilbert]`")
    )]
    pub people: Vec<Placed<String>>,
    /// Whom to ask about it.
    #[schemars(example = &"The events team")]
    pub contact: Option<String>,
}
}

impl EventFields {
    /// When it meets, in order; empty only where that could not be read.
    #[must_use]
    pub fn meets(&self) -> Vec<Session> {
        if !self.sessions.is_empty() {
            return self.sessions.iter().map(SessionFields::session).collect();
        }
        let (starts, ends) = (self.starts, self.ends);
        let only = starts.zip(ends).map(|(starts, ends)| Session {
            starts: starts.value,
            ends: ends.value,
        });
        only.into_iter().collect()
    }

    /// When it starts, and where that is written.
    #[must_use]
    pub fn first(&self) -> Option<Placed<LondonTime>> {
        let first = self.sessions.first();
        first.map(|first| first.starts).or(self.starts)
    }

    /// When it starts.
    #[must_use]
    pub fn starts(&self) -> Option<LondonTime> {
        self.first().map(|starts| starts.value)
    }

    /// When it ends, and where that is written.
    #[must_use]
    pub fn ends(&self) -> Option<Placed<LondonTime>> {
        let last = self.sessions.last();
        last.map(|last| last.ends).or(self.ends)
    }

    /// When booking closes.
    #[must_use]
    pub fn closes(&self) -> Option<LondonTime> {
        let closes = self.booking_closes.map(|closes| closes.value);
        closes.or(self.starts())
    }

    /// Where it is, in words.
    #[must_use]
    pub fn place(&self) -> &str {
        let venue = self.venue.as_ref().map(|venue| venue.value.as_str());
        venue.unwrap_or(if self.online { ONLINE } else { "" })
    }
}
