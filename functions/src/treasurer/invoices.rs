//! Invoices: written by hand, credited, made void, issued again, and what was
//! overpaid on one put to another.

use domain::calendar::london_date;
use domain::contact::Person;
use domain::invoice::{
    BillTo, ByHand, CreditNoteNumber, Dates, Invoice, InvoiceDraft, InvoiceNumber, Means, Subject,
};
use domain::ledger::JournalEntry;
use domain::letter::MoneyAbout;
use domain::membership::Membership;
use domain::money::Pence;

use super::Refused;
use crate::app::App;
use crate::instruction::Instruction;
use crate::invoicing;
use crate::site::Published;
use crate::store::{Guard, Outcome, Tries, Versioned};

/// The invoice of that number, as it is on the screen of whoever asks.
async fn read(
    app: &App,
    by: &Instruction,
    number: InvoiceNumber,
) -> Result<Versioned<Invoice>, Refused> {
    let read = app.store.invoice(number).await?.ok_or(Refused::NoRecord)?;
    by.expect(read.version)?;
    Ok(read)
}

/// Money that is on its way would come to an invoice that takes none.
async fn expect_not_promised(app: &App, invoice: &Invoice) -> Result<(), Refused> {
    match invoicing::promised_at(app, invoice).await? {
        Some(_) => Err(Refused::Promised),
        None => Ok(()),
    }
}

/// Whether a transaction is done with: written, or written before.
fn is_over(outcome: &Outcome) -> bool {
    *outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command)
}

/// Issues an invoice that the treasurer wrote; gives its number.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn by_hand(
    app: &App,
    site: &Published,
    by: &Instruction,
    written: &ByHand,
    member: Option<&Membership>,
) -> Result<InvoiceNumber, Refused> {
    let fees = &site.publication.fees;
    let mut tries = Tries::begin();
    loop {
        let known = by.reply(app).await?;
        if let Some(number) = known.and_then(|reply| InvoiceNumber::parse(&reply)) {
            return Ok(number);
        }
        let now = app.clock.now();
        let draft = written.clone().draft(fees, member).ok_or(Refused::NoSum)?;
        let dates = Dates::by_terms(fees, london_date(now));
        let mut transaction = by.transaction();
        let invoice = invoicing::issue(app, &mut transaction, draft, dates, now).await?;
        by.remember(&mut transaction, &invoice.number.to_string(), now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(invoice = %invoice.number, "invoice-issued-by-hand");
            return Ok(invoice.number);
        }
        tries.again().await?;
    }
}

/// Asks for less on an invoice, with a credit note.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn credit(
    app: &App,
    by: &Instruction,
    number: InvoiceNumber,
    pence: Pence,
    reason: &str,
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read = read(app, by, number).await?;
        let issued = app.store.credit_notes_issued().await?;
        let next = CreditNoteNumber::after(issued.value.last);
        let note = read
            .value
            .credit_note(next, pence, reason, london_date(now));
        let mut invoice = read.value.clone();
        invoice.credit(pence, next, now)?;
        let mut transaction = by.transaction();
        let about = MoneyAbout::Credited {
            note: next,
            amount_pence: pence,
            reason: reason.to_owned(),
        };
        let letter = invoicing::letter(app, &mut invoice, about, now);
        transaction.letter(letter, now)?;
        transaction.new_credit_note(&issued, &note, now)?;
        transaction.ledger(&JournalEntry::credit(&note, now))?;
        transaction.invoice(&read, &invoice, "invoice-credited", now)?;
        by.remember(&mut transaction, "", now)?;
        if is_over(&app.store.commit(transaction).await?) {
            tracing::info!(invoice = %number, note = %next, "invoice-credited");
            return Ok(());
        }
        tries.again().await?;
    }
}

/// Makes an invoice void on which nothing was paid or credited.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn void(
    app: &App,
    by: &Instruction,
    number: InvoiceNumber,
    reason: &str,
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read = read(app, by, number).await?;
        let mut invoice = read.value.clone();
        if matches!(invoice.says.subject, Subject::Places { .. }) {
            return Err(Refused::PlacesGiven);
        }
        expect_not_promised(app, &invoice).await?;
        invoice.void(reason, now)?;
        let mut transaction = by.transaction();
        let about = MoneyAbout::Void {
            reason: reason.to_owned(),
        };
        let letter = invoicing::letter(app, &mut invoice, about, now);
        transaction.letter(letter, now)?;
        transaction.release_fee(&invoice)?;
        transaction.ledger(&JournalEntry::void(&invoice, now))?;
        transaction.invoice(&read, &invoice, "invoice-void", now)?;
        by.remember(&mut transaction, "", now)?;
        if is_over(&app.store.commit(transaction).await?) {
            tracing::info!(invoice = %number, "invoice-void");
            return Ok(());
        }
        tries.again().await?;
    }
}

/// What an invoice that is issued again says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reissue {
    /// Who owes it.
    pub to: BillTo,
    /// Who receives it.
    pub sent_to: Person,
}

/// Issues an invoice again, to another address or with another purchase order:
/// the old one is credited in full, and each leads to the other.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn reissue(
    app: &App,
    by: &Instruction,
    number: InvoiceNumber,
    says: &Reissue,
) -> Result<InvoiceNumber, Refused> {
    let mut tries = Tries::begin();
    loop {
        let known = by.reply(app).await?;
        if let Some(number) = known.and_then(|reply| InvoiceNumber::parse(&reply)) {
            return Ok(number);
        }
        let now = app.clock.now();
        let read = read(app, by, number).await?;
        let mut old = read.value.clone();
        expect_not_promised(app, &old).await?;
        let draft = InvoiceDraft {
            to: says.to.clone(),
            sent_to: says.sent_to.clone(),
            replaces: Some(number),
            ..old.says.clone()
        };
        let dates = Dates {
            issued_on: london_date(now),
            // A change of words is no new time to pay.
            due_on: old.due_on,
        };
        let mut transaction = by.transaction();
        let issued = app.store.credit_notes_issued().await?;
        let note_number = CreditNoteNumber::after(issued.value.last);
        let reason = "Issued again with other words";
        let mut note = old.credit_note(note_number, old.says.total, reason, london_date(now));
        let new = invoicing::issue(app, &mut transaction, draft, dates, now).await?;
        old.replace(new.number, note_number, now)?;
        note.replaced_by = Some(new.number);
        let about = MoneyAbout::Replaced { by: new.number };
        let letter = invoicing::letter(app, &mut old, about, now);
        transaction.letter(letter, now)?;
        transaction.new_credit_note(&issued, &note, now)?;
        transaction.ledger(&JournalEntry::credit(&note, now))?;
        transaction.invoice(&read, &old, "invoice-replaced", now)?;
        by.remember(&mut transaction, &new.number.to_string(), now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(invoice = %number, by = %new.number, "invoice-replaced");
            return Ok(new.number);
        }
        tries.again().await?;
    }
}

/// Puts what was overpaid on one invoice to another of the same member.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn give_on(
    app: &App,
    by: &Instruction,
    from: InvoiceNumber,
    to: InvoiceNumber,
    pence: Pence,
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read_from = read(app, by, from).await?;
        let read_to = app.store.invoice(to).await?.ok_or(Refused::NoRecord)?;
        let is_same = read_from.value.says.membership.is_some()
            && read_from.value.says.membership == read_to.value.says.membership;
        if from == to || !is_same {
            return Err(Refused::AnotherPayer);
        }
        let (mut giving, mut taking) = (read_from.value.clone(), read_to.value.clone());
        giving.give_on(pence, to, now)?;
        taking.pay(pence, Means::Invoice { other: from }, now)?;
        let mut transaction = by.transaction();
        let letter = invoicing::receipt(app, &mut taking, pence, now);
        transaction.letter(letter, now)?;
        transaction.ledger(&JournalEntry::given_on(&giving, to, pence, now))?;
        transaction.invoice(&read_from, &giving, "overpayment-given-on", now)?;
        transaction.invoice(&read_to, &taking, "invoice-paid", now)?;
        by.remember(&mut transaction, "", now)?;
        if is_over(&app.store.commit(transaction).await?) {
            return Ok(());
        }
        tries.again().await?;
    }
}
