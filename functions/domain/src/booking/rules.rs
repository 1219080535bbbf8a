//! How long places are kept, as `content/booking.yaml` states it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long places are kept, as `content/booking.yaml` states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct BookingRules {
    /// How long a school has to pay by card.
    pub checkout: Lasting,
    /// How much longer the place is kept, for a payment on its way.
    pub grace: Lasting,
    /// How long a place that came free is kept for the first in the waiting list.
    pub offer: Lasting,
    /// How long before the event it is kept for a shorter time only.
    pub near: Lasting,
    /// How long it is kept then.
    pub offer_near: Lasting,
    /// How long a place is kept until whoever booked has confirmed the address.
    pub confirmation: Lasting,
    /// How long until the school has approved the booking.
    pub approval: Lasting,
}

impl BookingRules {
    /// How long a place is kept while it is paid for.
    #[must_use]
    pub fn hold(&self) -> SignedDuration {
        self.checkout.duration() + self.grace.duration()
    }

    /// The instant from which a place that is offered at `now` is kept no
    /// longer: less is given near the event, and nothing beyond its start.
    #[must_use]
    pub fn offered_until(&self, starts: Timestamp, now: Timestamp) -> Timestamp {
        let is_near = after(now, self.near.duration()) >= starts;
        let lasts = if is_near {
            &self.offer_near
        } else {
            &self.offer
        };
        after(now, lasts.duration()).min(starts).max(now)
    }
}

/// A length of time from an instant.
pub(crate) fn after(now: Timestamp, lasts: SignedDuration) -> Timestamp {
    now.saturating_add(lasts).unwrap_or(Timestamp::MAX)
}

/// Our defaults, for a file that says nothing of them.
fn default_lasting(minutes: u32) -> Lasting {
    Lasting {
        minutes,
        source: "Our default".to_owned(),
    }
}

/// The file as it is written, before anything is known to hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    checkout: Lasting,
    grace: Lasting,
    offer: Lasting,
    #[serde(default = "near")]
    near: Lasting,
    #[serde(default = "offer_near")]
    offer_near: Lasting,
    #[serde(default = "confirmation")]
    confirmation: Lasting,
    #[serde(default = "approval")]
    approval: Lasting,
}

fn near() -> Lasting {
    default_lasting(7 * 24 * 60)
}

fn offer_near() -> Lasting {
    default_lasting(4 * 60)
}

fn confirmation() -> Lasting {
    default_lasting(60)
}

fn approval() -> Lasting {
    default_lasting(3 * 24 * 60)
}

/// Why the rules cannot work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BookingRulesError {
    /// The card provider keeps a page open for 30 minutes to 24 hours, and a
    /// minute is for the way to it.
    #[error("`checkout` must be 30 to 1439 minutes: the card provider keeps a page open that long")]
    Checkout,
    /// Shorter than the minute that is given for the way, and one more.
    #[error(
        "`grace` must be at least 2 minutes: the page to pay on must close before the place is let go"
    )]
    Grace,
    /// Nobody could answer.
    #[error("`{0}` must be at least 1 minute")]
    TooShort(&'static str),
}

impl TryFrom<Unchecked> for BookingRules {
    type Error = BookingRulesError;

    fn try_from(file: Unchecked) -> Result<BookingRules, BookingRulesError> {
        let Unchecked {
            checkout,
            grace,
            offer,
            near,
            offer_near,
            confirmation,
            approval,
        } = file;
        if !(30..=1_439).contains(&checkout.minutes) {
            return Err(BookingRulesError::Checkout);
        }
        if grace.minutes < 2 {
            return Err(BookingRulesError::Grace);
        }
        let answered = [
            ("offer", &offer),
            ("offer_near", &offer_near),
            ("confirmation", &confirmation),
            ("approval", &approval),
        ];
        if let Some((name, _)) = answered.into_iter().find(|(_, lasts)| lasts.minutes == 0) {
            return Err(BookingRulesError::TooShort(name));
        }
        Ok(BookingRules {
            checkout,
            grace,
            offer,
            near,
            offer_near,
            confirmation,
            approval,
        })
    }
}

/// A length of time, with the reason for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lasting {
    /// How long.
    pub minutes: u32,
    /// Where the rule stands, or why it is our default.
    pub source: String,
}

impl Lasting {
    /// As a duration.
    #[must_use]
    pub fn duration(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.minutes))
    }
}
