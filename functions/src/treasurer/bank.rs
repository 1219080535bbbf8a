//! The bank's statement: lines are brought in, put to invoices by a person, set
//! aside, and undone.

use domain::bank::{Allocation, BankLine, BankLineId, Statement};
use domain::invoice::Means;
use domain::ledger::JournalEntry;
use sha2::{Digest as _, Sha256};

use super::Refused;
use crate::app::App;
use crate::instruction::Instruction;
use crate::invoicing;
use crate::store::{Guard, Outcome, StoreError, Tries, Versioned};

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Brought {
    /// Lines that are new.
    pub new: usize,
    /// Lines that were there.
    pub there: usize,
}

/// Brings the lines of a statement in; those that are there are left as they
/// are.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer; what is in stays in.
pub async fn bring_in(
    app: &App,
    by: &Instruction,
    statement: &Statement,
) -> Result<Brought, StoreError> {
    let now = app.clock.now();
    let mut brought = Brought::default();
    for line in &statement.lines {
        let id = BankLineId::of_digest(&Sha256::digest(line.identity()).into());
        let line = BankLine::new(id, line.clone(), now);
        match app.store.bring_in(by.transaction(), &line).await? {
            true => brought.new += 1,
            false => brought.there += 1,
        }
    }
    tracing::info!(new = brought.new, there = brought.there, "bank-statement");
    Ok(brought)
}

async fn read(
    app: &App,
    by: &Instruction,
    id: &BankLineId,
) -> Result<Versioned<BankLine>, Refused> {
    let read = app.store.bank_line(id).await?.ok_or(Refused::NoRecord)?;
    by.expect(read.version)?;
    Ok(read)
}

/// Puts all of a line to invoices, as a person has confirmed.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn match_line(
    app: &App,
    by: &Instruction,
    id: &BankLineId,
    to: &[Allocation],
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read = read(app, by, id).await?;
        let mut line = read.value.clone();
        line.match_to(to.to_vec())?;
        let mut transaction = by.transaction();
        for part in to {
            let read = app.store.invoice(part.invoice).await?;
            let read = read.ok_or(Refused::NoRecord)?;
            let mut invoice = read.value.clone();
            let by = Means::Bank { line: id.clone() };
            invoice.pay(part.pence, by, now)?;
            let time = (line.times, false);
            let mut entry = JournalEntry::bank(&invoice, id, part.pence, time, now);
            entry.on = line.line.on;
            transaction.ledger(&entry)?;
            let letter = invoicing::receipt(app, &mut invoice, part.pence, now);
            transaction.letter(letter, now)?;
            transaction.invoice(&read, &invoice, "invoice-paid", now)?;
        }
        transaction.bank_line(&read, &line, "bank-line-matched", now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(line = %id, "bank-line-matched");
            return Ok(());
        }
        tries.again().await?;
    }
}

/// Sets a line aside: it is not for an invoice.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn set_aside(
    app: &App,
    by: &Instruction,
    id: &BankLineId,
    reason: &str,
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read = read(app, by, id).await?;
        let mut line = read.value.clone();
        line.set_aside(reason)?;
        let mut transaction = by.transaction();
        transaction.bank_line(&read, &line, "bank-line-set-aside", now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            return Ok(());
        }
        tries.again().await?;
    }
}

/// Undoes what was done with a line: what it paid is owed again.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn undo(app: &App, by: &Instruction, id: &BankLineId) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read = read(app, by, id).await?;
        let mut line = read.value.clone();
        let parts = line.undo()?;
        let mut transaction = by.transaction();
        for part in parts {
            let read = app.store.invoice(part.invoice).await?;
            let read = read.ok_or(Refused::NoRecord)?;
            let mut invoice = read.value.clone();
            let by = Means::Bank { line: id.clone() };
            invoice.take_back(part.pence, by, now)?;
            let time = (line.times, true);
            let mut entry = JournalEntry::bank(&invoice, id, part.pence, time, now);
            entry.on = line.line.on;
            transaction.ledger(&entry)?;
            transaction.invoice(&read, &invoice, "payment-taken-back", now)?;
        }
        transaction.bank_line(&read, &line, "bank-line-undone", now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(line = %id, "bank-line-undone");
            return Ok(());
        }
        tries.again().await?;
    }
}
