//! A registration: one delegate of a booking, and the place that the delegate
//! has or waits for.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{CertificateCode, Delegate};
use crate::feedback::FeedbackAsked;
use crate::money::Pence;
use crate::reference::{BookingReference, PaymentReference};

/// One delegate's registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Its number within the booking, from 1.
    pub number: u8,
    /// Who comes; nobody as long as no name is given.
    pub delegate: Option<Delegate>,
    /// What the place costs, as published when it was booked; nothing if none.
    pub price: Option<Pence>,
    /// Whether it costs nothing because it is included in the membership.
    #[serde(default)]
    pub included: bool,
    /// The payment that buys it, once one was asked for.
    pub payment: Option<PaymentReference>,
    /// What was kept of its price when it was given up, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Pence>,
    /// Where it stands.
    pub state: RegistrationState,
    /// What its certificate of attendance is known by, since the delegate came.
    #[serde(default)]
    pub certificate: Option<CertificateCode>,
    /// That the delegate was asked what the event was like.
    #[serde(default)]
    pub feedback: Option<FeedbackAsked>,
    /// Which of the event's joining links it was told of, the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joining: Option<u32>,
}

impl Registration {
    /// The payment by which it is to be paid, while the place is kept for that or
    /// on offer.
    #[must_use]
    pub fn to_pay(&self, now: Timestamp) -> Option<&PaymentReference> {
        let is_kept = matches!(
            self.state.at(now),
            RegistrationState::Held { .. } | RegistrationState::Offered { .. }
        );
        self.payment.as_ref().filter(|_| is_kept)
    }
}

/// The name of a registration: its booking, and its number within it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegistrationId {
    /// The booking.
    pub booking: BookingReference,
    /// The number, from 1.
    pub number: u8,
}

impl fmt::Display for RegistrationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.booking, self.number)
    }
}

impl Serialize for RegistrationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RegistrationId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RegistrationId, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parts = text.rsplit_once('/').and_then(|(booking, number)| {
            Some((BookingReference::parse(booking).ok()?, number.parse().ok()?))
        });
        let Some((booking, number)) = parts else {
            return Err(serde::de::Error::custom("that names no registration"));
        };
        Ok(RegistrationId { booking, number })
    }
}

/// Where a registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum RegistrationState {
    /// Whoever booked has yet to confirm the address. A place is kept for that
    /// time, if one was left.
    Unconfirmed {
        /// The instant from which nothing is kept.
        until: Timestamp,
    },
    /// The school's budget holder has yet to approve it, likewise.
    Unapproved {
        /// The instant from which nothing is kept.
        until: Timestamp,
    },
    /// The place is kept while it is paid for.
    Held {
        /// The instant from which it is kept no longer.
        until: Timestamp,
    },
    /// The place is the delegate's.
    Confirmed,
    /// The event is full: the delegate waits.
    Waiting,
    /// A place came free, and is kept for this delegate for a time.
    Offered {
        /// The instant from which it is kept no longer.
        until: Timestamp,
    },
    /// What it was kept for did not come in time.
    Expired,
    /// The offer was not answered in time.
    Lapsed,
    /// The delegate waits no more.
    Left,
    /// It was given up.
    Cancelled,
    /// The offer, or the approval, was declined.
    Declined,
    /// The money came when the place had gone; it goes back.
    RefundDue,
    /// The event was cancelled.
    CalledOff,
    /// The delegate came.
    Attended,
    /// The delegate did not come.
    Absent,
}

/// What is done to a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistrationCommand {
    /// The address is confirmed.
    ConfirmAddress,
    /// The budget holder approves.
    Approve,
    /// The budget holder does not.
    Refuse,
    /// The money is there, or the place is put on an invoice.
    Pay,
    /// The offer is accepted.
    Accept,
    /// The offer is declined.
    Decline,
    /// The waiting list is left.
    Leave,
    /// The place is given up.
    Cancel,
    /// Another delegate comes instead.
    Swap,
    /// The delegate came.
    Attend,
    /// The delegate did not come.
    MissOut,
    /// The event is cancelled.
    CallOff,
}

impl RegistrationCommand {
    /// All of them.
    pub const ALL: [RegistrationCommand; 12] = [
        RegistrationCommand::ConfirmAddress,
        RegistrationCommand::Approve,
        RegistrationCommand::Refuse,
        RegistrationCommand::Pay,
        RegistrationCommand::Accept,
        RegistrationCommand::Decline,
        RegistrationCommand::Leave,
        RegistrationCommand::Cancel,
        RegistrationCommand::Swap,
        RegistrationCommand::Attend,
        RegistrationCommand::MissOut,
        RegistrationCommand::CallOff,
    ];
}

/// Why something cannot be done to a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", state.refusal())]
pub struct Forbidden {
    /// Where it stands.
    pub state: RegistrationState,
}

impl RegistrationState {
    /// The state as time has left it: what has lapsed is expired, whether or
    /// not anything has been written since.
    #[must_use]
    pub fn at(self, now: Timestamp) -> RegistrationState {
        match self {
            RegistrationState::Unconfirmed { until }
            | RegistrationState::Unapproved { until }
            | RegistrationState::Held { until }
                if until <= now =>
            {
                RegistrationState::Expired
            }
            RegistrationState::Offered { until } if until <= now => RegistrationState::Lapsed,
            other => other,
        }
    }

    /// Whether something may be done to a registration that stands so: the
    /// table of states, row by row.
    ///
    /// # Errors
    ///
    /// [`Forbidden`] says where it stands.
    pub const fn allows(self, command: RegistrationCommand) -> Result<(), Forbidden> {
        use RegistrationCommand as Do;
        use RegistrationState as Is;
        let allowed = match self {
            Is::Unconfirmed { .. } => matches!(
                command,
                Do::ConfirmAddress | Do::Cancel | Do::Swap | Do::CallOff
            ),
            Is::Unapproved { .. } => matches!(
                command,
                Do::Approve | Do::Refuse | Do::Cancel | Do::Swap | Do::CallOff
            ),
            Is::Held { .. } => {
                matches!(command, Do::Pay | Do::Cancel | Do::Swap | Do::CallOff)
            }
            Is::Confirmed => matches!(
                command,
                Do::Cancel | Do::Swap | Do::Attend | Do::MissOut | Do::CallOff
            ),
            Is::Waiting => matches!(command, Do::Leave | Do::Swap | Do::CallOff),
            Is::Offered { .. } => matches!(
                command,
                Do::Accept | Do::Pay | Do::Decline | Do::Swap | Do::CallOff
            ),
            // A payment that arrives late may still find a place.
            Is::Expired | Is::Lapsed => matches!(command, Do::Pay),
            // Who was marked is marked again, when it was a slip. A series may be
            // called off after its first session.
            Is::Attended => matches!(command, Do::MissOut | Do::CallOff),
            Is::Absent => matches!(command, Do::Attend),
            Is::Left | Is::Cancelled | Is::Declined | Is::RefundDue | Is::CalledOff => false,
        };
        if allowed {
            Ok(())
        } else {
            Err(Forbidden { state: self })
        }
    }

    /// Whether the delegate has a place. Whoever came to a first session has it
    /// still: a later one is to come, or may be cancelled.
    #[must_use]
    pub const fn has_place(self) -> bool {
        matches!(
            self,
            RegistrationState::Confirmed | RegistrationState::Attended
        )
    }

    /// Whether it takes one of the event's places: that of a delegate who did
    /// not come is nobody else's.
    #[must_use]
    pub const fn fills_place(self) -> bool {
        self.has_place() || matches!(self, RegistrationState::Absent)
    }

    /// Whether it has, is kept or waits for a place.
    #[must_use]
    pub const fn is_live(self) -> bool {
        self.has_place()
            || matches!(
                self,
                RegistrationState::Unconfirmed { .. }
                    | RegistrationState::Unapproved { .. }
                    | RegistrationState::Held { .. }
                    | RegistrationState::Waiting
                    | RegistrationState::Offered { .. }
            )
    }

    /// The instant from which nothing is kept for it, if there is one.
    #[must_use]
    pub const fn until(self) -> Option<Timestamp> {
        match self {
            RegistrationState::Unconfirmed { until }
            | RegistrationState::Unapproved { until }
            | RegistrationState::Held { until }
            | RegistrationState::Offered { until } => Some(until),
            _ => None,
        }
    }

    /// Its name, as in addresses, files and the audit trail.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            RegistrationState::Unconfirmed { .. } => "unconfirmed",
            RegistrationState::Unapproved { .. } => "unapproved",
            RegistrationState::Held { .. } => "held",
            RegistrationState::Confirmed => "confirmed",
            RegistrationState::Waiting => "waiting",
            RegistrationState::Offered { .. } => "offered",
            RegistrationState::Expired => "expired",
            RegistrationState::Lapsed => "lapsed",
            RegistrationState::Left => "left",
            RegistrationState::Cancelled => "cancelled",
            RegistrationState::Declined => "declined",
            RegistrationState::RefundDue => "refund-due",
            RegistrationState::CalledOff => "called-off",
            RegistrationState::Attended => "attended",
            RegistrationState::Absent => "absent",
        }
    }

    /// Where it stands, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            RegistrationState::Unconfirmed { .. } => "Waits for the address to be confirmed",
            RegistrationState::Unapproved { .. } => "Waits for the school’s approval",
            RegistrationState::Held { .. } => "To be paid for",
            RegistrationState::Confirmed => "Booked",
            RegistrationState::Waiting => "On the waiting list",
            RegistrationState::Offered { .. } => "A place is offered",
            RegistrationState::Expired => "Not kept",
            RegistrationState::Lapsed => "Offer not answered in time",
            RegistrationState::Left => "Left the waiting list",
            RegistrationState::Cancelled => "Cancelled",
            RegistrationState::Declined => "Declined",
            RegistrationState::RefundDue => "Money goes back",
            RegistrationState::CalledOff => "The event was cancelled",
            RegistrationState::Attended => "Attended",
            RegistrationState::Absent => "Did not attend",
        }
    }

    const fn refusal(self) -> &'static str {
        match self {
            RegistrationState::Unconfirmed { .. } => {
                "The address that booked has yet to be confirmed"
            }
            RegistrationState::Unapproved { .. } => "The school has yet to approve this booking",
            RegistrationState::Held { .. } => "This place is kept while it is paid for",
            RegistrationState::Confirmed => "This place is booked already",
            RegistrationState::Waiting => "This delegate is on the waiting list",
            RegistrationState::Offered { .. } => "This place is on offer",
            RegistrationState::Expired => "This place was not kept: its time has passed",
            RegistrationState::Lapsed => "This offer was not answered in time",
            RegistrationState::Left => "This delegate has left the waiting list",
            RegistrationState::Cancelled => "This place was given up",
            RegistrationState::Declined => "This place was declined",
            RegistrationState::RefundDue => "The money for this place goes back",
            RegistrationState::CalledOff => "The event was cancelled",
            RegistrationState::Attended => "This delegate has attended",
            RegistrationState::Absent => "This delegate did not attend",
        }
    }
}
