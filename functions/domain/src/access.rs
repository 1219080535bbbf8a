//! Links that give access: what each is for, and until when.
//!
//! The secret in a link is never kept: only its digest is, so that a copy of
//! the records opens nothing. It is derived anew, from a key that the records
//! do not hold and from the random number kept here, when a letter is sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::application::Task;

/// What a link is for: it opens that and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", content = "task", rename_all = "kebab-case")]
pub enum Purpose {
    /// To go on with an application.
    Draft,
    /// To do one task of an application.
    Task(Task),
    /// To confirm the address that an application came from.
    Confirm,
    /// To see where an application stands, reply, or take it back.
    Status,
    /// To see an invoice and pay it.
    Invoice,
    /// To sign in to a member's own page.
    SignIn,
    /// To confirm a contact's new address.
    Address,
    /// To see and change a booking.
    Booking,
    /// To confirm the address that a booking came from.
    BookingAddress,
    /// To approve a booking for the school, or not.
    BookingApproval,
    /// To say what an event was like, for one registration.
    Feedback,
}

impl Purpose {
    /// Its name, as it goes into the derivation of a secret.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Purpose::Draft => "draft",
            Purpose::Task(task) => task.slug(),
            Purpose::Confirm => "confirm",
            Purpose::Status => "status",
            Purpose::Invoice => "invoice",
            Purpose::SignIn => "sign-in",
            Purpose::Address => "address",
            Purpose::Booking => "booking",
            Purpose::BookingAddress => "booking-address",
            Purpose::BookingApproval => "booking-approval",
            Purpose::Feedback => "feedback",
        }
    }
}

/// A link that was given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// What it is for.
    pub purpose: Purpose,
    /// The random number that its secret is derived from, with the key.
    pub nonce: String,
    /// The digest of its secret.
    pub digest: String,
    /// When it was given out.
    pub given_at: Timestamp,
}
