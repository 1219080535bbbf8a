//! What becomes of a letter once it is written: it waits, it is being sent, it
//! has gone, or it goes nowhere.
//!
//! A letter goes at least once. Whoever sends it takes it for a short time
//! first, so that two do not send it together; whoever falls over meanwhile
//! leaves it to the next. No provider of letters promises to send a letter once
//! if it is asked twice: the letter's own id is in it, by which two are told to
//! be one.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a letter is somebody's who sends it: far longer than one letter takes.
pub const TAKEN_FOR: SignedDuration = SignedDuration::from_mins(2);

/// How often a letter is tried before it is left to people: with the pauses
/// between, a day and a half.
pub const MOST_TRIES: u32 = 10;

/// The longest pause between two tries.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(6);

/// Where a letter is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Delivery {
    /// It is to be sent.
    Waiting {
        /// How often it was tried.
        tries: u32,
        /// From when on it is tried again; at once if not said.
        #[serde(default)]
        not_before: Option<Timestamp>,
    },
    /// Somebody is sending it.
    Taken {
        /// How often it was tried, this time too.
        tries: u32,
        /// The instant from which it is anybody's again.
        until: Timestamp,
    },
    /// The provider has it.
    Sent {
        /// When.
        at: Timestamp,
        /// The provider's name for it.
        message_id: String,
    },
    /// It does not go, unless somebody says so.
    Stopped {
        /// Since when.
        at: Timestamp,
        /// Why.
        why: Stopped,
    },
    /// It went, and has come back.
    Returned {
        /// When.
        at: Timestamp,
        /// Why.
        why: Returned,
    },
}

impl Default for Delivery {
    fn default() -> Delivery {
        Delivery::Waiting {
            tries: 0,
            not_before: None,
        }
    }
}

/// Why a letter does not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stopped {
    /// The provider will not have it.
    Refused,
    /// It was tried as often as letters are.
    GivenUp,
    /// Letters to the address have come back, or its reader wants none.
    NoPost,
}

/// Why a letter came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Returned {
    /// There is no such address, or it takes nothing.
    Bounced,
    /// Its reader has called it unwanted.
    Unwanted,
}

/// How a try went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// For now: another try may go well.
    Passing,
    /// For good: no try goes better.
    Lasting,
}

impl Delivery {
    /// The instant from which it may be sent; none if nobody has to send it.
    #[must_use]
    pub fn due(&self, written: Timestamp) -> Option<Timestamp> {
        match self {
            Delivery::Waiting { not_before, .. } => Some(not_before.unwrap_or(written)),
            Delivery::Taken { until, .. } => Some(*until),
            Delivery::Sent { .. } | Delivery::Stopped { .. } | Delivery::Returned { .. } => None,
        }
    }

    /// Takes the letter to send it; none if that is not the time, or it is
    /// somebody else's.
    #[must_use]
    pub fn take(&self, now: Timestamp) -> Option<Delivery> {
        let tries = match self {
            Delivery::Waiting {
                not_before: Some(from),
                ..
            } if *from > now => return None,
            Delivery::Taken { until, .. } if *until > now => return None,
            Delivery::Waiting { tries, .. } | Delivery::Taken { tries, .. } => *tries,
            _ => return None,
        };
        Some(Delivery::Taken {
            tries: tries.saturating_add(1),
            until: after(now, TAKEN_FOR),
        })
    }

    /// What follows when a try went wrong; itself where nobody was sending.
    #[must_use]
    pub fn failed(&self, fault: Fault, now: Timestamp) -> Delivery {
        let Delivery::Taken { tries, .. } = *self else {
            return self.clone();
        };
        match fault {
            Fault::Lasting => Delivery::stopped(Stopped::Refused, now),
            Fault::Passing if tries >= MOST_TRIES => Delivery::stopped(Stopped::GivenUp, now),
            Fault::Passing => Delivery::Waiting {
                tries,
                not_before: Some(after(now, pause(tries))),
            },
        }
    }

    /// It does not go.
    #[must_use]
    pub const fn stopped(why: Stopped, at: Timestamp) -> Delivery {
        Delivery::Stopped { at, why }
    }

    /// What follows when it has come back: a letter that waits for another try
    /// goes nowhere either. None if that is known.
    #[must_use]
    pub fn returned(&self, why: Returned, at: Timestamp) -> Option<Delivery> {
        match self {
            Delivery::Returned { .. } => None,
            _ => Some(Delivery::Returned { at, why }),
        }
    }

    /// Somebody says that it is to go again; none if it is on its way, or there.
    #[must_use]
    pub fn again(&self) -> Option<Delivery> {
        match self {
            Delivery::Stopped { .. } | Delivery::Returned { .. } => Some(Delivery::default()),
            _ => None,
        }
    }
}

/// How long to wait after so many tries: a minute, then four times as long each
/// time.
fn pause(tries: u32) -> SignedDuration {
    let minutes = 4_i64.saturating_pow(tries.saturating_sub(1));
    SignedDuration::from_mins(minutes.min(LONGEST_PAUSE.as_mins()))
}

fn after(now: Timestamp, time: SignedDuration) -> Timestamp {
    now.saturating_add(time).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Delivery, Fault, MOST_TRIES, Returned, Stopped, TAKEN_FOR};
    use jiff::{SignedDuration, Timestamp, ToSpan as _};

    fn now() -> Timestamp {
        "2026-09-01T09:00Z".parse().unwrap()
    }

    #[test]
    fn a_letter_that_somebody_is_sending_is_nobody_elses_until_the_time_is_over() {
        let taken = Delivery::default().take(now()).unwrap();
        assert_eq!(taken.take(now() + 1.minute()), None);
        let later = now() + TAKEN_FOR;
        let Some(Delivery::Taken { tries: 2, .. }) = taken.take(later) else {
            panic!("{:?}", taken.take(later));
        };
    }

    #[test]
    fn each_try_waits_longer_and_the_last_leaves_it_to_people() {
        let mut letter = Delivery::default();
        let mut at = now();
        let mut pauses = Vec::new();
        loop {
            let failed = letter.take(at).unwrap().failed(Fault::Passing, at);
            let Delivery::Waiting {
                not_before: Some(from),
                ..
            } = failed
            else {
                assert_eq!(failed, Delivery::stopped(Stopped::GivenUp, at));
                break;
            };
            assert_eq!(failed.take(from - 1.second()), None, "not before its time");
            pauses.push(from.duration_since(at).as_mins());
            (letter, at) = (failed, from);
        }
        assert_eq!(pauses, [1, 4, 16, 64, 256, 360, 360, 360, 360]);
        assert_eq!(pauses.len() + 1, MOST_TRIES as usize);
        assert!(at.duration_since(now()) < SignedDuration::from_hours(36));
    }

    #[test]
    fn what_the_provider_will_not_have_is_not_tried_again() {
        let taken = Delivery::default().take(now()).unwrap();
        let stopped = taken.failed(Fault::Lasting, now());
        assert_eq!(stopped, Delivery::stopped(Stopped::Refused, now()));
        assert_eq!(stopped.take(now() + 100.hours()), None);
        assert_eq!(stopped.again(), Some(Delivery::default()));
    }

    #[test]
    fn a_letter_that_came_back_is_told_once_and_goes_again_only_if_somebody_says_so() {
        let sent = Delivery::Sent {
            at: now(),
            message_id: "1".into(),
        };
        assert_eq!((sent.take(now()), sent.again()), (None, None));
        let back = sent.returned(Returned::Bounced, now()).unwrap();
        assert_eq!(back.returned(Returned::Unwanted, now()), None);
        assert_eq!(back.take(now() + 100.hours()), None);
        assert!(back.again().is_some());
    }
}
