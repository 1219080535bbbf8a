//! A hold: a record that is not to be erased, and why.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::passage::Passage;
use crate::reference::{
    ApplicationReference, BookingReference, EnquiryReference, MembershipReference,
};
use crate::staff::StaffId;

/// A record that can be held.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "is", content = "reference", rename_all = "kebab-case")]
pub enum Holdable {
    /// An application.
    Application(ApplicationReference),
    /// A membership.
    Membership(MembershipReference),
    /// A booking.
    Booking(BookingReference),
    /// An enquiry.
    Enquiry(EnquiryReference),
}

impl Holdable {
    /// The record of that reference, whichever kind it is of.
    #[must_use]
    pub fn parse(reference: &str) -> Option<Holdable> {
        let application = ApplicationReference::parse(reference).map(Holdable::Application);
        application
            .or_else(|_| MembershipReference::parse(reference).map(Holdable::Membership))
            .or_else(|_| BookingReference::parse(reference).map(Holdable::Booking))
            .or_else(|_| EnquiryReference::parse(reference).map(Holdable::Enquiry))
            .ok()
    }

    /// What kind of record it is.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self {
            Holdable::Application(_) => "application",
            Holdable::Membership(_) => "membership",
            Holdable::Booking(_) => "booking",
            Holdable::Enquiry(_) => "enquiry",
        }
    }
}

/// Its reference.
impl fmt::Display for Holdable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Holdable::Application(reference) => reference.fmt(formatter),
            Holdable::Membership(reference) => reference.fmt(formatter),
            Holdable::Booking(reference) => reference.fmt(formatter),
            Holdable::Enquiry(reference) => reference.fmt(formatter),
        }
    }
}

/// That a record is not to be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Which.
    pub record: Holdable,
    /// Why.
    pub reason: Passage,
    /// Who says so.
    pub by: StaffId,
    /// Since when.
    pub since: Timestamp,
}
