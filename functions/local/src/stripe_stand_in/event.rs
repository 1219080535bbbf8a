//! Events: what happened, as it was just after it happened, and whether the
//! webhook has been told.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::session::{Session, identifier};

/// For how long Stripe keeps an event, in seconds: 30 days.
pub(super) const KEPT_FOR: i64 = 30 * 24 * 60 * 60;

/// Something that happened, told to the webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) created: i64,
    /// Its place among those of one second.
    #[serde(default)]
    pub(super) number: u64,
    #[serde(default)]
    pub(super) delivery: Delivery,
    #[serde(default)]
    pub(super) api_version: Option<String>,
    /// As it was just after it happened.
    #[serde(alias = "session")]
    pub(super) about: Snapshot,
}

/// Whether the webhook has been told of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Delivery {
    /// It is still to be told.
    #[default]
    Pending,
    /// It has taken it.
    Delivered,
    /// It never took it.
    Failed,
}

/// An object at one moment. A session's address depends on where the stand-in
/// listens, so it is kept as a value; the others are as Stripe writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Snapshot {
    /// A Checkout Session.
    Session(Box<Session>),
    /// Any other object.
    Object(Value),
}

impl From<Session> for Snapshot {
    fn from(session: Session) -> Snapshot {
        Snapshot::Session(Box::new(session))
    }
}

impl From<Value> for Snapshot {
    fn from(object: Value) -> Snapshot {
        Snapshot::Object(object)
    }
}

impl Event {
    /// `kind`, happening to `about` at `now`.
    pub(super) fn new(
        kind: &str,
        about: impl Into<Snapshot>,
        api_version: Option<String>,
        now: i64,
    ) -> Event {
        Event {
            id: identifier("evt_1", 23),
            kind: kind.to_owned(),
            created: now,
            number: 0,
            delivery: Delivery::Pending,
            api_version,
            about: about.into(),
        }
    }
}
