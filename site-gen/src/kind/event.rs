//! An event that schools can book.

use std::num::NonZeroU32;

use domain::calendar::LondonTime;
use domain::money::Pence;
use serde::Deserialize;

use super::{common_hint, usual_weight};
use crate::problem::Problem;
use crate::text::SourceText;
use crate::yaml::{Described, Placed};

/// The front matter of an event. Times are London's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventFields {
    /// The event's name.
    pub title: String,
    /// One sentence that says what it is.
    pub description: String,
    /// When it starts, such as `2028-03-14 16:00`.
    pub starts: LondonTime,
    /// When it ends.
    pub ends: Placed<LondonTime>,
    /// Where it is.
    pub venue: String,
    /// How many places there are; no limit if left out.
    pub capacity: Option<NonZeroU32>,
    /// What a place costs, such as `£45.00`; free if left out.
    pub price: Option<Price>,
    /// The service that it belongs to: the name of its file, without `.md`.
    pub service: Placed<String>,
    /// When booking closes; at the start if left out.
    pub booking_closes: Option<Placed<LondonTime>>,
    /// Whether it only shows what an event looks like.
    #[serde(default)]
    pub sample: bool,
    /// Whom to ask about it.
    pub contact: Option<String>,
    /// Its place among events of the same time: smaller numbers come first.
    #[serde(default = "usual_weight")]
    pub weight: i32,
    /// Whether it is left out of the site.
    #[serde(default)]
    pub draft: bool,
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
            problems.push(source.problem(
                self.ends.place,
                "the event ends before it starts",
                Some(hint),
            ));
        }
        if let Some(closes) = self
            .booking_closes
            .filter(|closes| closes.value > self.ends.value)
        {
            let hint = "leave the line out, and booking closes when the event starts".to_owned();
            problems.push(source.problem(
                closes.place,
                "booking closes after the event has ended",
                Some(hint),
            ));
        }
        problems
    }
}

impl Described for EventFields {
    const SUBJECT: &'static str = "an event";
    const REQUIRED: &'static [&'static str] =
        &["title", "description", "starts", "ends", "venue", "service"];

    fn hint(field: &str) -> Option<&'static str> {
        match field {
            "starts" | "ends" | "booking_closes" => {
                Some("write the day and the time in London, such as `2028-03-14 16:00`")
            }
            "venue" => Some("write where it is, such as `venue: Town Hall, Mulberry Place`"),
            "capacity" => Some(
                "write the number of places, such as `120`, or leave the line out if there is no limit",
            ),
            "price" => Some(
                "write pounds and pence, such as `£45.00`, or leave the line out if it is free",
            ),
            "service" => Some(
                "write the name of the service’s file, such as `service: workshops-for-leaders`",
            ),
            "sample" => Some("write `sample: true`, or leave the line out"),
            other => common_hint(other),
        }
    }
}
