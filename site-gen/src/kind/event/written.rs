//! How the values of an event are written, and what its front matter needs or
//! refuses as a whole.

use domain::calendar::LondonTime;
use domain::event::{Question, Session};
use domain::money::Pence;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::kind::form::{ChargeText, DeadlineText, Time};
use crate::yaml::{Placed, Written};

/// The fields that must be there, unless another stands for them.
pub(crate) fn needed(written: &Written<'_, '_>) -> Vec<&'static str> {
    let mut needed = Vec::new();
    if written("sessions").is_none() {
        needed.extend(["starts", "ends"]);
    }
    if written("online") != Some("true") {
        needed.push("venue");
    }
    needed
}

/// The same, as a schema says it.
pub(super) fn either() -> Value {
    json!([
        { "anyOf": [{ "required": ["starts", "ends"] }, { "required": ["sessions"] }] },
        { "anyOf": [{ "required": ["venue"] }, { "required": ["online"] }] },
    ])
}

/// What to do with a field that an event does not have because everybody could
/// read it.
pub(crate) fn elsewhere(field: &str) -> Option<&'static str> {
    let is_link = matches!(
        field,
        "joining_link" | "join_link" | "joining_url" | "join_url" | "meeting_link" | "meeting_url"
    );
    is_link
        .then_some("set it on the event’s staff screen: what is written here, everybody can read")
}

/// One session of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionFields {
    /// When it starts, in local time: year-month-day hour:minute.
    #[schemars(
        with = "Time",
        example = &"2028-06-08 16:00",
        extend("x-hint" = "write the day and the time in London, such as `2028-03-14 16:00`")
    )]
    pub starts: Placed<LondonTime>,
    /// When it ends, written alike.
    #[schemars(
        with = "Time",
        example = &"2028-06-08 17:45",
        extend("x-hint" = "write the day and the time in London, such as `2028-03-14 16:00`")
    )]
    pub ends: Placed<LondonTime>,
}

impl SessionFields {
    /// The session.
    #[must_use]
    pub fn session(&self) -> Session {
        Session {
            starts: self.starts.value,
            ends: self.ends.value,
        }
    }
}

/// What `sessions` may be.
pub(super) fn sessions_example() -> Value {
    json!([
        { "starts": "2028-06-08 16:00", "ends": "2028-06-08 17:45" },
        { "starts": "2028-06-22 16:00", "ends": "2028-06-22 17:45" },
    ])
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

/// What whoever comes is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// What somebody cannot eat.
    Dietary,
    /// What somebody needs to take part.
    Access,
}

impl From<Asked> for Question {
    fn from(asked: Asked) -> Question {
        match asked {
            Asked::Dietary => Question::Dietary,
            Asked::Access => Question::Access,
        }
    }
}

/// How `cancellation` is written; the rules’ own type reads it.
#[derive(JsonSchema)]
#[allow(dead_code)]
pub struct CancellationForm {
    /// The deadlines, the one furthest from the event first.
    steps: Vec<StepForm>,
    /// What is charged after the last of them: a share of the price, `50%`; a sum, `£35.00`; or `nothing`.
    #[schemars(
        with = "ChargeText",
        example = &"100%",
        extend("x-hint" = CHARGE)
    )]
    late: String,
    /// What is charged where nobody came, written alike.
    #[schemars(
        with = "ChargeText",
        example = &"100%",
        extend("x-hint" = CHARGE)
    )]
    no_show: String,
    /// Where the rule stands, or why it is so.
    source: Option<String>,
}

/// One deadline of several.
#[derive(JsonSchema)]
#[allow(dead_code)]
pub struct StepForm {
    /// How long before the day of the first session: `10 working days`, or `7 days`.
    #[schemars(
        with = "DeadlineText",
        example = &"10 working days",
        extend("x-hint" = DEADLINE)
    )]
    until: String,
    /// What is charged until the end of that day, written like `late`.
    #[schemars(
        with = "ChargeText",
        example = &"nothing",
        extend("x-hint" = CHARGE)
    )]
    charge: String,
}

/// How a charge is written.
pub(crate) const CHARGE: &str =
    "write a share of the price, such as `50%`, a sum, such as `£35.00`, or `nothing`";

/// How a deadline is written.
pub(crate) const DEADLINE: &str = "write `10 working days`, or `7 days`";

/// What `cancellation` may be.
pub(super) fn cancellation_example() -> Value {
    json!({
        "steps": [{ "until": "10 working days", "charge": "nothing" }],
        "late": "50%", "no_show": "100%",
    })
}
