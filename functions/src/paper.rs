//! An invoice, a credit note or a certificate on paper: an A4 document that an
//! office files, and that a screen reader reads in order.
//!
//! A `Paper` says what is on it, as plain values; `render` sets it and gives
//! the bytes of a tagged PDF that was held against PDF/UA-1 (ISO 14289-1). The
//! same values give the same bytes. Nothing here knows of an invoice in the
//! database, of a clock or of the network.
//!
//! Layout: `face` shapes text and breaks it into lines; `sheet` places lines
//! on pages and keeps the tree of what they are; the parts of the document, from
//! `opening` to `closing`, write on the sheet; `print` makes the file.

use domain::calendar::long_date;
use domain::money::Pence;
use jiff::civil::Date;

mod certificate;
mod closing;
mod columns;
mod face;
mod look;
mod opening;
mod print;
mod sheet;
mod table;

#[cfg(test)]
mod aloud;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use certificate::{Certificate, render_certificate};

/// What is on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Whether it asks for money or takes some off.
    pub kind: Kind,
    /// Its number, as people read it: `INV-00042`.
    pub number: String,
    /// The day it was issued.
    pub issued: Date,
    /// The first and the last day of what was supplied.
    pub supplied: Option<(Date, Date)>,
    /// What it is for, in a line.
    pub summary: String,
    /// Who issued it.
    pub seller: Seller,
    /// Whom it is issued to.
    pub customer: Customer,
    /// The customer's purchase order.
    pub purchase_order: Option<String>,
    /// What is charged or credited, line by line.
    pub rows: Vec<Row>,
    /// Whether VAT is in it.
    pub vat: Vat,
    /// What the rows and the VAT come to.
    pub total: Pence,
    /// What happened since to what is to be paid.
    pub since: Vec<Change>,
    /// By what it was worked out.
    pub basis: Option<String>,
    /// How it can be paid, while anything is owed.
    pub payment: Option<Payment>,
    /// What else is to be known.
    pub notes: Vec<Note>,
}

/// The kind of paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// It asks for money.
    Invoice {
        /// The day by which it is to be paid.
        due: Date,
        /// What is still to be paid.
        owed: Pence,
        /// Why nothing is owed, if nothing is: `Paid on 3 May 2017`.
        settled: Option<String>,
    },
    /// It takes off what an invoice asked.
    CreditNote {
        /// The number of that invoice.
        invoice: String,
    },
}

impl Kind {
    /// What the paper is called.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Kind::Invoice { .. } => "Invoice",
            Kind::CreditNote { .. } => "Credit note",
        }
    }
}

/// Who issues it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seller {
    /// The name, in full.
    pub name: String,
    /// What a company must say of itself on its paper: its registered office, its
    /// number, where it is registered; or that one of them is a placeholder.
    pub details: Vec<String>,
    /// The VAT number, if registered.
    pub vat_number: Option<String>,
    /// Where questions go.
    pub email: String,
}

/// Whom it is issued to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The name.
    pub name: String,
    /// The address, line by line.
    pub address: Vec<String>,
    /// The person who receives it.
    pub attention: Option<String>,
}

/// One thing that is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub description: String,
    /// How it was worked out.
    pub working: Option<String>,
    /// How many, with the word for them: `420 pupils`.
    pub quantity: Option<String>,
    /// What one costs.
    pub unit: Option<Pence>,
    /// The sum, without VAT.
    pub amount: Pence,
}

/// What happened to what is to be paid: a payment, a credit note, a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened, and when.
    pub words: String,
    /// How much less is to be paid, or how much more.
    pub by: By,
}

/// Less or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// So much less.
    Less(Pence),
    /// So much more.
    More(Pence),
}

/// Whether VAT is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vat {
    /// None is, and why.
    None {
        /// A sentence.
        because: String,
    },
    /// It is, at one rate.
    Charged {
        /// The rate in per cent.
        percent: u32,
        /// What it is charged on.
        net: Pence,
        /// What it comes to.
        tax: Pence,
    },
}

/// How an invoice can be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The account, once there is one.
    pub bank: Option<Bank>,
    /// What the payer quotes.
    pub reference: String,
    /// Where it can be paid by card.
    pub page: Option<String>,
    /// Where advice of a payment goes.
    pub remittance: String,
}

/// An account that money is sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bank {
    /// Whose it is.
    pub name: String,
    /// `12-34-56`.
    pub sort_code: String,
    /// Eight digits.
    pub number: String,
}

/// Something said at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub address: Option<String>,
}

/// A paper that could not be made. None is known that cannot: whoever meets one
/// has met a fault of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The document is not as PDF/UA-1 has it, or not a document at all.
    #[error("the PDF could not be made: {0}")]
    NotMade(String),
}

/// A time from its first day to its last.
pub(crate) fn period(first: Date, last: Date) -> String {
    match first == last {
        true => long_date(first),
        false => format!("{} to {}", long_date(first), long_date(last)),
    }
}

/// The PDF of a paper.
///
/// A character that the face lacks is drawn as a box, and the paper says so at
/// its end; the character itself stays in the text of the document, for a search,
/// for copying and for a screen reader.
///
/// # Errors
///
/// [`PaperError`] if the result is not valid, which would be a fault of ours.
pub fn render(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let mut sheet = sheet::Sheet::new();
    opening::write(&mut sheet, paper);
    table::write(&mut sheet, paper);
    closing::write(&mut sheet, paper);
    print::print(&sheet, &print::Imprint::of(paper))
}
