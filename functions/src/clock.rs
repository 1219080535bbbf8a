//! The two clocks: the business's, which may be set to any day to see what
//! the rules say then, and the system's, which alone counts for signatures
//! and for whatever another company keeps time of.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// A clock that ticks, perhaps ahead of the system's or behind it.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    ahead_milliseconds: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that shows the time.
    #[must_use]
    pub fn system() -> Clock {
        Clock::default()
    }

    /// A clock that shows `start` now, and ticks from there.
    #[must_use]
    pub fn starting_at(start: Timestamp) -> Clock {
        let clock = Clock::system();
        clock.advance(start.duration_since(Timestamp::now()));
        clock
    }

    /// The time in business: what a rule is asked about.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.ahead_milliseconds.load(Ordering::Relaxed));
        Timestamp::now()
            .saturating_add(ahead)
            .unwrap_or(Timestamp::MAX)
    }

    /// The time by the system's clock.
    #[must_use]
    pub fn system_now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Puts the clock on, for all who share it.
    pub fn advance(&self, by: SignedDuration) {
        let milliseconds = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.ahead_milliseconds
            .fetch_add(milliseconds, Ordering::Relaxed);
    }
}
