//! A sign-in that lasts: for how long, and how long without being used.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A sign-in of somebody's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session<Somebody> {
    /// Who.
    pub member: Somebody,
    /// Since when.
    pub begun_at: Timestamp,
    /// When it was last used, to within [`Session::STEP`].
    pub seen_at: Timestamp,
}

impl<Somebody: Clone> Session<Somebody> {
    /// It ends after so long, whatever is done: a long working day.
    pub const LONGEST: SignedDuration = SignedDuration::from_hours(10);
    /// It ends after so long without being used.
    pub const IDLE: SignedDuration = SignedDuration::from_hours(1);
    /// Uses closer together than this are not written down each.
    pub const STEP: SignedDuration = SignedDuration::from_mins(2);

    /// A new one.
    #[must_use]
    pub fn begin(member: Somebody, now: Timestamp) -> Session<Somebody> {
        Session {
            member,
            begun_at: now,
            seen_at: now,
        }
    }

    /// When it ends if it is not used again.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        let end = |from: Timestamp, after| from.saturating_add(after).unwrap_or(Timestamp::MAX);
        end(self.begun_at, Self::LONGEST).min(end(self.seen_at, Self::IDLE))
    }

    /// Whether it lasts still.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.ends_at()
    }

    /// It, used now; none if the last use that was written down will do.
    #[must_use]
    pub fn used(&self, now: Timestamp) -> Option<Session<Somebody>> {
        (now.duration_since(self.seen_at) >= Self::STEP).then(|| Session {
            seen_at: now,
            ..self.clone()
        })
    }
}
