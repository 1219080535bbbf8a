//! What the treasurer does with invoices, payments, refunds, the bank's
//! statement and fee runs, each as one conditional transaction that may be
//! asked for twice.
//!
//! Screens and jobs call these; nothing here knows of them. Whether the person
//! may is theirs to check. Nothing here speaks to the card provider: a refund
//! is written down, and [`crate::settlements`] carries it out.

use domain::bank::BankRefusal;
use domain::charges::NotOpen;
use domain::fees::QuoteError;
use domain::invoice::InvoiceRefusal;
use domain::payment::RefundRefusal;

use crate::instruction::Changed;
use crate::store::StoreError;

mod bank;
mod charges;
mod fee_run;
mod invoices;
mod places;
mod refunds;

pub use bank::{Brought, bring_in, match_line, set_aside, undo};
pub use charges::{invoice_charges, payer, waive_charge};
pub use fee_run::{Progress, advance, freeze, preview, start_issuing};
pub use invoices::{Reissue, by_hand, credit, give_on, reissue, void};
pub use places::invoice_places;
pub use refunds::{refund_by_bank, refund_by_card, refund_payment_by_bank};

/// Why something was not done; each says it as a sentence to whoever asked.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such record.
    #[error("There is no such record")]
    NoRecord,
    /// Somebody else has changed the record since it was on the screen.
    #[error(transparent)]
    Changed(#[from] Changed),
    /// The invoice cannot be changed so.
    #[error(transparent)]
    Invoice(#[from] InvoiceRefusal),
    /// The money cannot be given back.
    #[error(transparent)]
    Refund(#[from] RefundRefusal),
    /// The line of the statement cannot be put there.
    #[error(transparent)]
    Bank(#[from] BankRefusal),
    /// No fee can be reckoned.
    #[error("{0}")]
    Quote(#[from] QuoteError),
    /// The schedule has no period that begins on that day.
    #[error("The fee schedule has no period that begins on that day")]
    NoPeriod,
    /// It is too early for the run.
    #[error("The fees of this period can be invoiced from {0}")]
    TooEarly(String),
    /// The run is not where it would have to be for that.
    #[error("The fee run is {0}")]
    FeeRun(&'static str),
    /// The invoices are not one payer's.
    #[error("Only an invoice of the same member can take what was overpaid")]
    AnotherPayer,
    /// The invoice asks for nothing, or for more than a ledger holds.
    #[error("The sum must be more than nought, and less than a thousand million pounds")]
    NoSum,
    /// The invoice is for places that were given.
    #[error("Its places are the delegates’ already: issue a credit note instead")]
    PlacesGiven,
    /// The money is on an invoice.
    #[error("It was paid on an invoice: give it back on the page of the invoice")]
    OnInvoice,
    /// A Direct Debit for it is on its way.
    #[error("A Direct Debit for it is on its way: wait until the bank has paid, or has not")]
    Promised,
    /// A place is not kept any more, or was paid for.
    #[error("One of the places is not kept any more, or was paid for: look at the list again")]
    NoPlace,
    /// No place is chosen, or too many are.
    #[error("Choose from one to twelve places")]
    HowManyPlaces,
    /// What is charged is not one payer's.
    #[error("Choose charges of one payer: an invoice has one")]
    TwoPayers,
    /// The charge is decided.
    #[error(transparent)]
    Charge(#[from] NotOpen),
    /// The records do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}
