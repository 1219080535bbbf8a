//! Refunds: by card they are written down for the function that speaks to the
//! provider; from the bank account they are recorded as they were made.

use domain::calendar::london_date;
use domain::invoice::{CreditNoteNumber, Invoice, InvoiceNumber};
use domain::ledger::{Account, JournalEntry};
use domain::letter::MoneyAbout;
use domain::money::Pence;
use domain::payment::{Purpose, RefundRefusal};
use domain::reference::{PaymentReference, RefundReference};
use domain::refund::{Refund, RefundState, RefundWay};
use domain::settlement::{Asked, Identity, ask_refund};
use jiff::civil::Date;

use super::Refused;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::invoicing;
use crate::store::{Guard, Outcome, Tries, Versioned};

/// Asks for money to be given back the way it came. The version that was on
/// the screen is that of the payment, or of the invoice if `on_invoice`.
///
/// # Errors
///
/// [`Refused`] says why not; [`RefundRefusal::TooMuch`] if less is left, so
/// that a stale screen gives nothing back twice.
pub async fn refund_by_card(
    app: &App,
    by: &Instruction,
    payment: &PaymentReference,
    asked: &Asked,
    on_invoice: bool,
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read = app.store.payment_to_change(payment).await?;
        let read = read.ok_or(Refused::NoRecord)?;
        let invoice = match &read.value.purpose {
            Purpose::Invoice { invoice } => app.store.invoice(*invoice).await?,
            Purpose::Booking { .. } => None,
        };
        match (&invoice, on_invoice) {
            (Some(invoice), true) => by.expect(invoice.version)?,
            _ => by.expect(read.version)?,
        }
        let issued = app.store.credit_notes_issued().await?;
        let identity = Identity {
            refund: RefundReference::from_entropy(entropy::bytes()),
            note: CreditNoteNumber::after(issued.value.last),
        };
        let value = invoice.as_ref().map(|read| &read.value);
        let settled = ask_refund(&read.value, value, asked, identity, now)?;
        let mut transaction = by.transaction();
        if let Some(note) = &settled.note {
            transaction.new_credit_note(&issued, note, now)?;
            transaction.ledger(&JournalEntry::credit(note, now))?;
        }
        if let Some(entry) = &settled.entry {
            transaction.ledger(entry)?;
        }
        if let (Some(read), Some(mut next)) = (&invoice, settled.invoice) {
            let about = MoneyAbout::Refunded {
                amount_pence: asked.pence,
                by_card: true,
                reason: asked.reason.clone(),
            };
            let letter = invoicing::letter(app, &mut next, about, now);
            transaction.letter(letter, now)?;
            transaction.invoice(read, &next, "invoice-refunded", now)?;
        }
        if let Some(refund) = &settled.new {
            transaction.new_refund(refund, now)?;
        }
        transaction.payment(read.version, &settled.payment, "refund-asked", now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(%payment, "refund-asked");
            return Ok(());
        }
        tries.again().await?;
    }
}

/// Records that money was given back from the bank account.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn refund_by_bank(
    app: &App,
    by: &Instruction,
    number: InvoiceNumber,
    pence: Pence,
    (on, reason): (Date, &str),
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read = app.store.invoice(number).await?.ok_or(Refused::NoRecord)?;
        by.expect(read.version)?;
        let issued = app.store.credit_notes_issued().await?;
        let reference = RefundReference::from_entropy(entropy::bytes());
        let note_number = CreditNoteNumber::after(issued.value.last);
        let mut invoice = read.value.clone();
        let credit = invoice.to_credit(pence);
        let mut transaction = by.transaction();
        let mut noted = None;
        if !credit.is_zero() {
            let mut note = invoice.credit_note(note_number, credit, reason, london_date(now));
            note.refund = Some(reference.clone());
            transaction.new_credit_note(&issued, &note, now)?;
            transaction.ledger(&JournalEntry::credit(&note, now))?;
            noted = Some(note_number);
        }
        expect_not_by_card(app, &read, pence).await?;
        invoice.refund(pence, reference.clone(), noted, now)?;
        let refund = Refund {
            reference: reference.clone(),
            way: RefundWay::Bank { on },
            invoice: Some(number),
            membership: invoice.says.membership.clone(),
            pence,
            reason: reason.to_owned(),
            credit_note: noted,
            asked_at: now,
            state: RefundState::Made { at: now },
        };
        let toward = [(Account::Receivable, pence)];
        let member = invoice.says.membership.clone();
        let mut entry = JournalEntry::refund(&reference, &toward, Account::Bank, member, now);
        entry.on = on;
        transaction.ledger(&entry)?;
        transaction.new_refund(&refund, now)?;
        let about = MoneyAbout::Refunded {
            amount_pence: pence,
            by_card: false,
            reason: reason.to_owned(),
        };
        let letter = invoicing::letter(app, &mut invoice, about, now);
        transaction.letter(letter, now)?;
        transaction.invoice(&read, &invoice, "invoice-refunded", now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(invoice = %number, refund = %reference, "invoice-refunded");
            return Ok(());
        }
        tries.again().await?;
    }
}

/// Records that money which was paid by card, and is on no invoice, was given
/// back from the bank account: a place, a payment made twice, one for nothing.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn refund_payment_by_bank(
    app: &App,
    by: &Instruction,
    payment: &PaymentReference,
    asked: &Asked,
    on: Date,
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read = app.store.payment_to_change(payment).await?;
        let read = read.ok_or(Refused::NoRecord)?;
        by.expect(read.version)?;
        let toward = read.value.account_of(&asked.session);
        if toward == Account::Receivable {
            return Err(Refused::OnInvoice);
        }
        let reference = RefundReference::from_entropy(entropy::bytes());
        let mut next = read.value.clone();
        next.given_back(reference.clone(), &asked.session, asked.pence)?;
        let sums = [(toward, asked.pence)];
        let mut entry = JournalEntry::refund(&reference, &sums, Account::Bank, None, now);
        entry.on = on;
        let refund = Refund {
            reference,
            way: RefundWay::Bank { on },
            invoice: None,
            membership: None,
            pence: asked.pence,
            reason: asked.reason.clone(),
            credit_note: None,
            asked_at: now,
            state: RefundState::Made { at: now },
        };
        let mut transaction = by.transaction();
        transaction.ledger(&entry)?;
        transaction.new_refund(&refund, now)?;
        transaction.payment(read.version, &next, "refunded-by-bank", now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(%payment, "refunded-by-bank");
            return Ok(());
        }
        tries.again().await?;
    }
}

/// What is disputed by card is with the payer's bank: giving it back as well
/// would give it twice.
async fn expect_not_by_card(
    app: &App,
    invoice: &Versioned<Invoice>,
    pence: Pence,
) -> Result<(), Refused> {
    let Some(reference) = &invoice.value.payment else {
        return Ok(());
    };
    let Some(payment) = app.store.payment(reference).await? else {
        return Ok(());
    };
    let held: Pence = payment
        .disputes
        .iter()
        .filter(|dispute| dispute.standing == domain::payment::DisputeStanding::Open)
        .map(|dispute| dispute.pence)
        .sum();
    let most = invoice.value.paid().less(held);
    match pence > most {
        true => Err(RefundRefusal::TooMuch(most).into()),
        false => Ok(()),
    }
}
