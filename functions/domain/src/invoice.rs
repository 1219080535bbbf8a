//! Invoices: a number without gaps, a sum with its working, the inputs that it
//! was worked out from, and an account of what was paid, credited and returned.
//!
//! An issued invoice is frozen: what it says never changes, and a later fee
//! schedule changes nothing of it. What happens to it is entered in its account,
//! and where it stands is derived from that: nothing is stored that could
//! contradict it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::access::Grant;
use crate::booking::RegistrationId;
use crate::contact::Line;
use crate::event::EventSlug;
use crate::fees::VatTreatment;
use crate::ledger::Income;
use crate::money::Pence;
use crate::passage::Passage;
use crate::reference::{BookingReference, PaymentReference};

mod account;
mod changes;
mod charges;
mod credit_note;
mod draft;
mod number;
mod payer;
mod places;
mod raise;
mod reminder;

pub use account::{Closed, InvoiceRefusal, Means, Move, Standing, What};
pub use charges::for_charges;
pub use credit_note::CreditNote;
pub use draft::{Dates, InvoiceDraft};
pub use number::{CreditNoteNumber, InvoiceNumber, Number};
pub use payer::Payer;
pub use places::{MOST_PLACES, for_places};
pub use raise::{ByHand, Fee, NoFee, fee_for, first_fee};

/// An invoice as it was issued, and what has happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its number.
    pub number: InvoiceNumber,
    /// What it says.
    pub says: InvoiceDraft,
    /// The day it was issued.
    pub issued_on: Date,
    /// The day it is due.
    pub due_on: Date,
    /// What was paid, credited and returned, in the order in which it was
    /// entered.
    pub account: Vec<Move>,
    /// How it came to ask for nothing, if it was not by being paid.
    pub closed: Option<Closed>,
    /// The reminders that went, in days after the day it was due.
    pub reminded: Vec<u32>,
    /// The payment by card, once one was begun.
    pub payment: Option<PaymentReference>,
    /// The links that open it.
    pub grants: Vec<Grant>,
}

/// What an invoice is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Subject {
    /// The fee for a period of the schedule: one invoice a member and period.
    Fee {
        /// The first day of the period.
        period: Date,
    },
    /// Places at events, of one school.
    Places {
        /// The bookings.
        bookings: Vec<(EventSlug, BookingReference)>,
    },
    /// Places at events that nobody used.
    Charges {
        /// The registrations.
        registrations: Vec<RegistrationId>,
    },
    /// Something that the treasurer wrote an invoice for.
    ByHand {
        /// The stream of income that it belongs to.
        income: Income,
    },
}

impl Subject {
    /// The stream of income that an invoice belongs to.
    #[must_use]
    pub const fn income(&self) -> Income {
        match self {
            Subject::Fee { .. } => Income::Subscriptions,
            Subject::Places { .. } | Subject::Charges { .. } => Income::TradedServices,
            Subject::ByHand { income } => *income,
        }
    }
}

/// The VAT of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vat {
    /// How the supply was treated.
    pub treatment: VatTreatment,
    /// The rate in per cent, if VAT was charged.
    pub percent: Option<u32>,
    /// How much of the total it is.
    pub tax: Pence,
}

/// Who owes an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillTo {
    /// The name.
    pub name: Line,
    /// The address.
    pub address: Option<Passage>,
    /// What the purchase order calls it.
    pub purchase_order: Option<Line>,
}

#[cfg(test)]
pub(crate) mod tests;
