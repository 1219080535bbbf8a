//! What is written about an invoice once it is issued.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::LetterLink;
use crate::invoice::{CreditNoteNumber, InvoiceNumber};
use crate::money::Pence;

/// What a letter about money tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyNews {
    /// The invoice.
    pub number: InvoiceNumber,
    /// Who owes it.
    pub member: String,
    /// What it asked at first.
    pub total_pence: Pence,
    /// What is still to be paid.
    pub balance_pence: Pence,
    /// The day it is due.
    pub due_on: Date,
    /// Where it is seen and paid.
    pub link: LetterLink,
    /// What happened.
    pub about: MoneyAbout,
}

/// What happened to an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum MoneyAbout {
    /// Some of it was paid.
    PartPaid {
        /// How much.
        amount_pence: Pence,
    },
    /// It is overdue.
    Reminder {
        /// For how many days.
        days: u32,
    },
    /// Less is asked.
    Credited {
        /// The credit note.
        note: CreditNoteNumber,
        /// How much less.
        amount_pence: Pence,
        /// Why.
        reason: String,
    },
    /// Money goes back.
    Refunded {
        /// How much.
        amount_pence: Pence,
        /// Whether by card; else from our bank account.
        by_card: bool,
        /// Why.
        reason: String,
    },
    /// It is issued again: nothing is owed on the old one.
    Replaced {
        /// The new one.
        by: InvoiceNumber,
    },
    /// It is void.
    Void {
        /// Why.
        reason: String,
    },
}

impl MoneyNews {
    /// The name of its template in the theme, under `letters/`.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        match self.about {
            MoneyAbout::PartPaid { .. } => "invoice-part-paid",
            MoneyAbout::Reminder { .. } => "invoice-reminder",
            MoneyAbout::Credited { .. } => "invoice-credited",
            MoneyAbout::Refunded { .. } => "invoice-refunded",
            MoneyAbout::Replaced { .. } => "invoice-replaced",
            MoneyAbout::Void { .. } => "invoice-void",
        }
    }
}
