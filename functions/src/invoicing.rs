//! An invoice is issued: with its number, its entry in the ledger, the link
//! that opens it, and the letter to whoever receives it, all in the
//! transaction of whatever makes it due.

use domain::access::Purpose;
use domain::invoice::{Closed, Dates, Invoice, InvoiceDraft, InvoiceNumber};
use domain::ledger::JournalEntry;
use domain::letter::{Letter, LetterLink, MoneyAbout, MoneyNews, News};
use domain::money::Pence;
use domain::payment::PaymentState;
use jiff::Timestamp;

use crate::app::App;
use crate::store::{StoreError, Transaction, Versioned};

/// Issues an invoice in a transaction, under the number that is next.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn issue(
    app: &App,
    transaction: &mut Transaction,
    draft: InvoiceDraft,
    dates: Dates,
    now: Timestamp,
) -> Result<Invoice, StoreError> {
    let issued = app.store.invoices_issued().await?;
    let mut invoice = draft.issue(InvoiceNumber::after(issued.value.last), dates);
    let link = link(app, &mut invoice, now);
    let letter = Letter {
        to: invoice.says.sent_to.clone(),
        news: News::InvoiceIssued {
            number: invoice.number,
            member: invoice.says.to.name.to_string(),
            description: invoice.says.description.clone(),
            amount_pence: invoice.says.total,
            due_on: invoice.due_on,
            purchase_order: invoice
                .says
                .to
                .purchase_order
                .as_ref()
                .map(ToString::to_string),
            link,
        },
    };
    transaction.new_invoice(&issued, &invoice, now)?;
    transaction.ledger(&JournalEntry::invoice(&invoice, now))?;
    transaction.letter(letter, now)?;
    Ok(invoice)
}

/// The invoice of that number, or the one that stands in its place: who asked
/// for another purchase order owes by that.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn standing(
    app: &App,
    number: InvoiceNumber,
) -> Result<Option<Versioned<Invoice>>, StoreError> {
    let mut found = app.store.invoice(number).await?;
    while let Some(Closed::Replaced { by, .. }) =
        found.as_ref().and_then(|read| read.value.closed.as_ref())
    {
        found = app.store.invoice(*by).await?;
    }
    Ok(found)
}

/// How many of an invoice's links are kept: more than anybody has letters of.
const LINKS: usize = 24;

/// A new link to an invoice, kept with it.
pub fn link(app: &App, invoice: &mut Invoice, now: Timestamp) -> LetterLink {
    let subject = invoice.number.to_string();
    let (grant, _) = app.links.give(Purpose::Invoice, &subject, now);
    let link = LetterLink::of(&grant);
    invoice.grants.push(grant);
    let over = invoice.grants.len().saturating_sub(LINKS);
    invoice.grants.drain(..over);
    link
}

/// A letter that says what has happened to an invoice, as the invoice is now.
pub fn letter(app: &App, invoice: &mut Invoice, about: MoneyAbout, now: Timestamp) -> Letter {
    let link = link(app, invoice, now);
    Letter {
        to: invoice.says.sent_to.clone(),
        news: News::Money(MoneyNews {
            number: invoice.number,
            member: invoice.says.to.name.to_string(),
            total_pence: invoice.says.total,
            balance_pence: invoice.balance(),
            due_on: invoice.due_on,
            link,
            about,
        }),
    }
}

/// The letter that says that money came for an invoice, as the invoice is now.
pub fn receipt(app: &App, invoice: &mut Invoice, pence: Pence, now: Timestamp) -> Letter {
    if invoice.is_open() {
        let about = MoneyAbout::PartPaid {
            amount_pence: pence,
        };
        return letter(app, invoice, about, now);
    }
    let link = link(app, invoice, now);
    Letter {
        to: invoice.says.sent_to.clone(),
        news: News::InvoicePaid {
            number: invoice.number,
            member: invoice.says.to.name.to_string(),
            amount_pence: pence,
            link,
        },
    }
}

/// Since when a Direct Debit for an invoice is on its way, if one is.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn promised_at(app: &App, invoice: &Invoice) -> Result<Option<Timestamp>, StoreError> {
    let Some(reference) = &invoice.payment else {
        return Ok(None);
    };
    let payment = app.store.payment(reference).await?;
    Ok(payment
        .filter(|payment| payment.state == PaymentState::Open)
        .and_then(|payment| payment.attempt)
        .and_then(|attempt| attempt.promised_at))
}
