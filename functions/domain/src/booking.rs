//! A booking: one delegate, and the place that the delegate has or waits for.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar::LondonTime;
use crate::contact::{EmailAddress, Line, Person};
use crate::event::EventSlug;
use crate::form::FieldErrors;
use crate::money::Pence;
use crate::reference::{BookingReference, PaymentReference};
use crate::school::{Urn, UrnError};

/// A booking as it was asked for, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Its name.
    pub reference: BookingReference,
    /// The event.
    pub event: EventSlug,
    /// The event as it was published then: a booking says what it is for even
    /// when the event is published no more.
    pub about: About,
    /// Who comes.
    pub delegate: Delegate,
    /// What the place costs, as published when it was booked.
    pub price: Option<Pence>,
    /// How it is paid, if it costs anything.
    pub payment: Option<PaymentReference>,
    /// Where it stands.
    pub state: BookingState,
    /// When it was asked for.
    pub booked_at: Timestamp,
}

/// What a booking says of its event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The event's title.
    pub event_title: String,
    /// When it starts.
    pub starts: LondonTime,
    /// Where it is.
    pub venue: String,
}

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum BookingState {
    /// The place is the delegate's.
    Confirmed,
    /// The place is kept while it is paid for.
    Held {
        /// The instant from which it is kept no longer.
        until: Timestamp,
    },
    /// The event is full: the delegate waits.
    Waiting,
    /// A place came free, and is kept for this delegate for a time.
    Offered {
        /// The instant from which it is kept no longer.
        until: Timestamp,
    },
    /// The place was not paid for in time.
    Expired,
    /// The money came when the place had gone; it goes back.
    RefundDue,
}

impl BookingState {
    /// The state as time has left it: a hold that has lapsed is expired,
    /// whether or not anything has been written since.
    #[must_use]
    pub fn at(self, now: Timestamp) -> BookingState {
        match self {
            BookingState::Held { until } | BookingState::Offered { until } if until <= now => {
                BookingState::Expired
            }
            other => other,
        }
    }
}

/// Who comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// The name and the address.
    #[serde(flatten)]
    pub person: Person,
    /// The school or organisation.
    pub school_name: Line,
    /// The school's URN, if it was given.
    pub urn: Option<Urn>,
}

/// The booking form as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BookingForm {
    /// The delegate's name.
    pub name: String,
    /// The delegate's email address.
    pub email: String,
    /// The delegate's school or organisation.
    pub school_name: String,
    /// The school's URN; may be empty.
    pub urn: String,
}

impl BookingForm {
    /// Who comes.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(&self) -> Result<Delegate, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Line::parse(&self.name, "your name"));
        let email = errors.keep(
            "email",
            EmailAddress::parse(&self.email, "your email address"),
        );
        let school_name = errors.keep(
            "school_name",
            Line::parse(&self.school_name, "your school or organisation"),
        );
        let urn = match Urn::parse(&self.urn) {
            Err(UrnError::Missing) => Some(None),
            given => errors.keep("urn", given).map(Some),
        };
        match (name, email, school_name, urn) {
            (Some(name), Some(email), Some(school_name), Some(urn)) => Ok(Delegate {
                person: Person { name, email },
                school_name,
                urn,
            }),
            _ => Err(errors),
        }
    }
}

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
}

impl BookingRules {
    /// How long a place is kept while it is paid for.
    #[must_use]
    pub fn hold(&self) -> SignedDuration {
        self.checkout.duration() + self.grace.duration()
    }
}

/// The file as it is written, before anything is known to hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    checkout: Lasting,
    grace: Lasting,
    offer: Lasting,
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
    #[error("`offer` must be at least 1 minute")]
    Offer,
}

impl TryFrom<Unchecked> for BookingRules {
    type Error = BookingRulesError;

    fn try_from(file: Unchecked) -> Result<BookingRules, BookingRulesError> {
        let Unchecked {
            checkout,
            grace,
            offer,
        } = file;
        if !(30..=1_439).contains(&checkout.minutes) {
            return Err(BookingRulesError::Checkout);
        }
        if grace.minutes < 2 {
            return Err(BookingRulesError::Grace);
        }
        if offer.minutes == 0 {
            return Err(BookingRulesError::Offer);
        }
        Ok(BookingRules {
            checkout,
            grace,
            offer,
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
