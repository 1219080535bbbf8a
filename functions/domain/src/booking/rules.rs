//! How long places are kept and what giving one up costs, as
//! `content/booking.yaml` states it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar::{BankHolidays, Terms};
use crate::event::{CancellationPolicy, Charge};

/// How long places are kept and what giving one up costs, as
/// `content/booking.yaml` states it.
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
    /// How long after the event feedback on it is taken.
    pub feedback: Lasting,
    /// What giving a place up costs at an event that does not say otherwise.
    pub cancellation: CancellationPolicy,
    /// What it costs at most once the event was moved.
    pub moved: Moved,
    /// The days that are no working days.
    pub bank_holidays: BankHolidays,
    /// When the terms begin, by which events are counted.
    pub terms: Terms,
}

impl BookingRules {
    /// How long a place is kept while it is paid for.
    #[must_use]
    pub fn hold(&self) -> SignedDuration {
        self.checkout.duration() + self.grace.duration()
    }

    /// The instant from which a place that is offered at `now` is kept no
    /// longer: less is given near the end of offers, which is when the event
    /// starts or booking closes, and nothing beyond it.
    #[must_use]
    pub fn offered_until(&self, ends: Timestamp, now: Timestamp) -> Timestamp {
        let is_near = after(now, self.near.duration()) >= ends;
        let lasts = if is_near {
            &self.offer_near
        } else {
            &self.offer
        };
        after(now, lasts.duration()).min(ends).max(now)
    }

    /// The instant from which no feedback is taken on an event that ended then.
    #[must_use]
    pub fn feedback_until(&self, ends: Timestamp) -> Timestamp {
        after(ends, self.feedback.duration())
    }
}

/// A length of time from an instant.
pub(crate) fn after(now: Timestamp, lasts: SignedDuration) -> Timestamp {
    now.saturating_add(lasts).unwrap_or(Timestamp::MAX)
}

/// The file as it is written, before anything is known to hold. What was not
/// asked for at first may be left out: an older publication has not got it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    checkout: Lasting,
    grace: Lasting,
    offer: Lasting,
    near: Option<Lasting>,
    offer_near: Option<Lasting>,
    confirmation: Option<Lasting>,
    approval: Option<Lasting>,
    feedback: Option<Lasting>,
    cancellation: Option<CancellationPolicy>,
    moved: Option<Moved>,
    #[serde(default)]
    bank_holidays: BankHolidays,
    terms: Option<Terms>,
}

/// The reason for what a file does not say.
const UNSAID: &str = "our default, for a site whose booking.yaml does not say";

/// A length of time that a file does not say.
fn usual(minutes: u32) -> Lasting {
    Lasting {
        minutes,
        source: UNSAID.to_owned(),
    }
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
    /// Who is offered a place late would have longer than who is offered one early.
    #[error("`offer_near` must not be longer than `offer`: near the event there is less time")]
    OfferNear,
    /// Nobody knows whose rule it is.
    #[error("`cancellation` needs a `source`: where the rule stands, or why it is our default")]
    NoSource,
}

impl TryFrom<Unchecked> for BookingRules {
    type Error = BookingRulesError;

    fn try_from(file: Unchecked) -> Result<BookingRules, BookingRulesError> {
        let rules = BookingRules {
            near: file.near.unwrap_or_else(|| usual(7 * 24 * 60)),
            offer_near: file
                .offer_near
                .unwrap_or_else(|| usual(file.offer.minutes.min(4 * 60))),
            confirmation: file.confirmation.unwrap_or_else(|| usual(30)),
            approval: file.approval.unwrap_or_else(|| usual(2 * 24 * 60)),
            feedback: file.feedback.unwrap_or_else(|| usual(60 * 24 * 60)),
            cancellation: file.cancellation.unwrap_or_else(unstated),
            moved: file.moved.unwrap_or_else(Moved::free),
            bank_holidays: file.bank_holidays,
            terms: file.terms.unwrap_or_else(|| Terms::usual(UNSAID)),
            checkout: file.checkout,
            grace: file.grace,
            offer: file.offer,
        };
        if !(30..=1_439).contains(&rules.checkout.minutes) {
            return Err(BookingRulesError::Checkout);
        }
        if rules.grace.minutes < 2 {
            return Err(BookingRulesError::Grace);
        }
        let answered = [
            ("offer", &rules.offer),
            ("offer_near", &rules.offer_near),
            ("confirmation", &rules.confirmation),
            ("approval", &rules.approval),
            ("feedback", &rules.feedback),
        ];
        if let Some((name, _)) = answered.into_iter().find(|(_, lasts)| lasts.minutes == 0) {
            return Err(BookingRulesError::TooShort(name));
        }
        if rules.offer_near.minutes > rules.offer.minutes {
            return Err(BookingRulesError::OfferNear);
        }
        if rules.cancellation.source.is_none() {
            return Err(BookingRulesError::NoSource);
        }
        Ok(rules)
    }
}

/// Nobody is charged by a rule that was never published.
fn unstated() -> CancellationPolicy {
    CancellationPolicy {
        source: Some(UNSAID.to_owned()),
        ..CancellationPolicy::free()
    }
}

/// What giving up a place costs at most, at an event that was moved to another
/// day, time or place after the place was booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// What is charged.
    pub charge: Charge,
    /// Where the rule stands, or why it is our default.
    pub source: String,
}

impl Moved {
    /// Nobody is held to a day that somebody else chose.
    fn free() -> Moved {
        Moved {
            charge: Charge::NOTHING,
            source: UNSAID.to_owned(),
        }
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

#[cfg(test)]
mod tests;
