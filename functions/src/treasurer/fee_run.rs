//! A fee run: previewed, frozen and issued. Freezing and issuing are taken up
//! where they were left, however often they are cut off.

use std::time::{Duration, Instant};

use domain::calendar::{london_date, long_date};
use domain::fee_run::{FeeRun, FeeRunRow, FeeRunState, RowFee, RowState};
use domain::fees::{FeeSchedule, Period};
use domain::invoice::{Dates, InvoiceNumber};
use domain::membership::Membership;
use domain::money::Pence;
use domain::trail::Who;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Refused;
use crate::app::App;
use crate::instruction::Instruction;
use crate::invoicing;
use crate::site::Published;
use crate::store::{Guard, Outcome, Transaction, Tries, Versioned};

/// How many rows are written together: far below what one transaction holds.
const TOGETHER: usize = 40;

/// What each member owes for the period that begins on a day, as of now.
///
/// # Errors
///
/// [`Refused::NoPeriod`] if no period begins on that day.
pub async fn preview(app: &App, site: &Published, period: Date) -> Result<Vec<FeeRunRow>, Refused> {
    let fees = &site.publication.fees;
    let period = period_of(fees, period)?;
    let now = app.clock.now();
    let mut rows = Vec::new();
    for read in app.store.memberships().await? {
        let membership = read.value;
        if membership.ends_on.is_some_and(|last| last < period.from) {
            continue;
        }
        let invoiced = invoiced(app, &membership, period.from).await?;
        let returns = app.store.pupil_returns(&membership.reference).await?;
        rows.push(FeeRunRow::of(
            &membership,
            &returns,
            invoiced,
            (fees, &period),
            now,
        )?);
    }
    rows.sort_by(|one, other| (&one.name, &one.membership).cmp(&(&other.name, &other.membership)));
    Ok(rows)
}

fn period_of(fees: &FeeSchedule, from: Date) -> Result<Period, Refused> {
    let period = fees.period(from)?;
    period
        .filter(|period| period.from == from)
        .ok_or(Refused::NoPeriod)
}

/// The invoice of a member's fee for a period, or of that of the membership
/// that it carries on under another URN.
async fn invoiced(
    app: &App,
    membership: &Membership,
    period: Date,
) -> Result<Option<InvoiceNumber>, Refused> {
    let mut reference = Some(membership.reference.clone());
    while let Some(at) = reference {
        if let Some(number) = app.store.fee_of(&at, period).await? {
            return Ok(Some(number));
        }
        let read = app.store.membership(&at).await?;
        reference = read.and_then(|read| read.value.before);
    }
    Ok(None)
}

/// Writes down what each member owes for a period, for the run to go by. It
/// may be frozen again until its invoices are being issued, and once they are.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn freeze(
    app: &App,
    site: &Published,
    by: &Instruction,
    from: Date,
) -> Result<(), Refused> {
    let fees = &site.publication.fees;
    let period = period_of(fees, from)?;
    let now = app.clock.now();
    let days = i64::from(fees.billing.fee_run.days);
    let earliest = from.checked_sub(days.days()).unwrap_or(from);
    if london_date(now) < earliest {
        return Err(Refused::TooEarly(long_date(earliest)));
    }
    if by.is_done(app).await? {
        return Ok(());
    }
    let known = app.store.fee_run(from).await?;
    let version = known.as_ref().map_or(0, |known| known.version);
    by.expect(version)?;
    match known.map(|known| known.value.state) {
        // Of one that is issued, those that have no invoice yet are frozen: a
        // school that joined since, or whose invoice was void.
        None | Some(FeeRunState::Freezing | FeeRunState::Frozen | FeeRunState::Issued { .. }) => {}
        Some(FeeRunState::Issuing) => return Err(Refused::FeeRun("being issued")),
    }
    let rows = preview(app, site, from).await?;
    let mut run = FeeRun {
        period: from,
        to: period.to,
        name: period.name,
        schedule: fees.version.clone(),
        state: FeeRunState::Freezing,
        members: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        total: rows.iter().map(FeeRunRow::pence).sum(),
        frozen_at: rows.first().map_or(now, |row| row.frozen_at),
    };
    let mut transaction = by.transaction();
    transaction.fee_run(version, &run, "fee-run-begun", now)?;
    expect_first(app.store.commit(transaction).await?)?;
    for some in rows.chunks(TOGETHER) {
        let mut transaction = by.transaction();
        for row in some {
            transaction.freeze_row(from, row)?;
        }
        expect_first(app.store.commit(transaction).await?)?;
    }
    run.state = FeeRunState::Frozen;
    let mut transaction = by.transaction();
    transaction.fee_run(version + 1, &run, "fee-run-frozen", now)?;
    by.remember(&mut transaction, "", now)?;
    expect_first(app.store.commit(transaction).await?)?;
    tracing::info!(period = %from, members = run.members, "fee-run-frozen");
    Ok(())
}

fn expect_first(outcome: Outcome) -> Result<(), Refused> {
    match outcome {
        Outcome::Committed => Ok(()),
        Outcome::Refused(_) => Err(Refused::Changed(crate::instruction::Changed)),
    }
}

/// Gives the word: the invoices of a frozen run may be issued.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn start_issuing(app: &App, by: &Instruction, period: Date) -> Result<(), Refused> {
    if by.is_done(app).await? {
        return Ok(());
    }
    let now = app.clock.now();
    let read = app.store.fee_run(period).await?.ok_or(Refused::NoRecord)?;
    by.expect(read.version)?;
    match read.value.state {
        FeeRunState::Frozen => {}
        FeeRunState::Freezing => return Err(Refused::FeeRun("not frozen yet: freeze it again")),
        FeeRunState::Issuing => return Err(Refused::FeeRun("being issued")),
        FeeRunState::Issued { .. } => return Err(Refused::FeeRun("issued")),
    }
    let rows = app.store.fee_run_rows(period).await?;
    let of_it = rows
        .iter()
        .filter(|row| row.value.frozen_at == read.value.frozen_at);
    // Two who freeze at once leave a run that is not whole.
    if u32::try_from(of_it.count()).ok() != Some(read.value.members) {
        return Err(Refused::FeeRun("not frozen whole: freeze it again"));
    }
    let mut run = read.value;
    run.state = FeeRunState::Issuing;
    let mut transaction = by.transaction();
    transaction.fee_run(read.version, &run, "fee-run-issuing", now)?;
    by.remember(&mut transaction, "", now)?;
    expect_first(app.store.commit(transaction).await?)
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Invoices that were issued.
    pub issued: usize,
    /// Invoices that are to be issued.
    pub waiting: usize,
    /// What the issued ones come to.
    pub total: Pence,
}

/// Issues what is left of a run for at most so long; each member's invoice is
/// one transaction. Says how far it is.
///
/// # Errors
///
/// [`Refused`] if the records do not answer; the next call goes on.
pub async fn advance(
    app: &App,
    site: &Published,
    period: Date,
    patience: Duration,
) -> Result<Progress, Refused> {
    let begun = Instant::now();
    let run = app.store.fee_run(period).await?.ok_or(Refused::NoRecord)?;
    let is_issuing = run.value.state == FeeRunState::Issuing;
    let mut progress = Progress::default();
    for read in app.store.fee_run_rows(period).await? {
        if read.value.frozen_at != run.value.frozen_at {
            continue;
        }
        let pence = read.value.pence();
        let state = match read.value.state {
            RowState::Waiting if is_issuing && begun.elapsed() < patience => {
                issue(app, site, period, read).await?
            }
            state => state,
        };
        match state {
            RowState::Waiting => progress.waiting += 1,
            RowState::Issued { .. } => {
                progress.issued += 1;
                progress.total = progress.total.plus(pence);
            }
            RowState::Nothing => {}
        }
    }
    if is_issuing && progress.waiting == 0 {
        let now = app.clock.now();
        let mut done = run.value;
        done.state = FeeRunState::Issued { at: now };
        let mut transaction = Transaction::by(Who::Clock);
        transaction.fee_run(run.version, &done, "fee-run-issued", now)?;
        // Somebody else who was at it may have said so first.
        app.store.commit(transaction).await?;
        tracing::info!(%period, issued = progress.issued, "fee-run-issued");
    }
    Ok(progress)
}

/// Issues the invoice of one row, unless somebody has.
async fn issue(
    app: &App,
    site: &Published,
    period: Date,
    mut read: Versioned<FeeRunRow>,
) -> Result<RowState, Refused> {
    let fees = &site.publication.fees;
    let mut tries = Tries::begin();
    loop {
        let (RowState::Waiting, RowFee::Due { draft }) = (read.value.state, &read.value.owed)
        else {
            return Ok(read.value.state);
        };
        let now = app.clock.now();
        let dates = Dates::by_terms(fees, london_date(now));
        let mut transaction = Transaction::by(Who::Clock);
        let draft = (**draft).clone();
        let invoice = invoicing::issue(app, &mut transaction, draft, dates, now).await?;
        let mut row = read.value.clone();
        row.state = RowState::Issued {
            invoice: invoice.number,
        };
        transaction.fee_run_row(period, read.version, &row)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            return Ok(row.state);
        }
        let membership = &read.value.membership;
        if outcome.is_refused_by(Guard::Fee)
            && let Some(invoice) = app.store.fee_of(membership, period).await?
        {
            // Its fee was invoiced otherwise: the approval did, or the treasurer.
            let mut row = read.value.clone();
            row.owed = RowFee::Invoiced { invoice };
            row.state = RowState::Nothing;
            let mut transaction = Transaction::by(Who::Clock);
            transaction.fee_run_row(period, read.version, &row)?;
            if app.store.commit(transaction).await? == Outcome::Committed {
                return Ok(row.state);
            }
        }
        tries.again().await?;
        let again = app.store.fee_run_row(period, membership).await?;
        read = again.ok_or(Refused::NoRecord)?;
    }
}
