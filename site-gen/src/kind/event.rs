//! An event that schools can book.

use std::num::NonZeroU32;

use domain::calendar::LondonTime;
use domain::money::Pence;
use serde::Deserialize;

use super::KindName;
use super::content::content;
use super::form::{Money, PersonName, Sentence, ServiceName, Time};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::text::SourceText;
use crate::yaml::Placed;

content! {
/// An event that schools can book. Times are London’s.
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
    /// When it starts, in local time: year-month-day hour:minute.
    #[schemars(
        with = "Time",
        example = &"2028-06-08 16:00",
        extend("x-hint" = "write the day and the time in London, such as `2028-03-14 16:00`")
    )]
    pub starts: LondonTime,
    /// When it ends, written alike; after `starts`.
    #[schemars(
        with = "Time",
        example = &"2028-06-08 17:45",
        extend("x-hint" = "write the day and the time in London, such as `2028-03-14 16:00`")
    )]
    pub ends: Placed<LondonTime>,
    /// Where it is.
    #[schemars(
        example = &"Placeholder venue: no venue has been chosen",
        extend("x-hint" = "write where it is, such as `venue: Town Hall, Mulberry Place`")
    )]
    pub venue: String,
    /// How many places there are, a whole number; left out, there is no limit.
    #[schemars(
        example = 80,
        extend("x-hint" = "write the number of places, such as `120`, or leave the line out if there is no limit")
    )]
    pub capacity: Option<NonZeroU32>,
    /// What a place costs, in pounds and pence; left out, it is free.
    #[schemars(
        with = "Option<Money>",
        example = &"£45.00",
        extend("x-hint" = "write pounds and pence, such as `£45.00`, or leave the line out if it is free")
    )]
    pub price: Option<Placed<Price>>,
    /// Which service it belongs to: the name of a file in `services/`, without `.md`.
    #[schemars(
        with = "ServiceName",
        example = &"teachmeets-and-forums",
        extend("x-hint" = "write the name of the service’s file, such as `service: workshops-for-leaders`")
    )]
    pub service: Placed<String>,
    /// When booking ends, written like `starts`; left out, it ends when the event starts.
    #[schemars(
        with = "Option<Time>",
        example = &"2028-06-07 12:00",
        extend("x-hint" = "write the day and the time in London, such as `2028-03-14 16:00`")
    )]
    pub booking_closes: Option<Placed<LondonTime>>,
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

/// A price, as an editor writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Price(pub Pence);

impl TryFrom<String> for Price {
    type Error = domain::money::NotMoney;

    fn try_from(text: String) -> Result<Price, domain::money::NotMoney> {
        Pence::parse(&text).map(Price)
    }
}

impl EventFields {
    /// When booking closes.
    #[must_use]
    pub fn closes(&self) -> LondonTime {
        self.booking_closes
            .map_or(self.starts, |closes| closes.value)
    }

    /// What only shows when the fields are held against each other.
    pub(crate) fn check(&self, source: &SourceText) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.ends.value <= self.starts {
            let hint = "check the two dates and times".to_owned();
            let problem = source.problem(
                self.ends.place,
                "the event ends before it starts",
                Some(hint),
            );
            problems.push(problem.of(Rule::DateOrder));
        }
        if let Some(closes) = self
            .booking_closes
            .filter(|closes| closes.value > self.ends.value)
        {
            let hint = "leave the line out, and booking closes when the event starts".to_owned();
            let problem = source.problem(
                closes.place,
                "booking closes after the event has ended",
                Some(hint),
            );
            problems.push(problem.of(Rule::DateOrder));
        }
        problems
    }
}
