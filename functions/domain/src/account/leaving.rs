//! What a member owes when it leaves: shown before it is confirmed.
//!
//! The fee runs to the last day, the last year by months. What was invoiced
//! already is not asked for again; where an invoice reaches beyond the last
//! day, the difference is said, and is the treasurer's to settle.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{PupilReturn, pupils_on};
use crate::calendar::london_date;
use crate::fees::{FeeSchedule, QuoteError, WorkingLine};
use crate::invoice::{Invoice, InvoiceNumber, Subject};
use crate::membership::{Category, Membership, Withdrawal};
use crate::money::Pence;

/// What leaving comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// The fee to the last day, period by period: those that are invoiced and
    /// over are left out.
    pub lines: Vec<LeavingLine>,
    /// What is still to be invoiced.
    pub to_come: Pence,
    /// What is invoiced and not paid.
    pub open: Pence,
    /// Both together.
    pub total: Pence,
    /// What was invoiced for days after the last one.
    pub in_excess: Pence,
}

/// The fee for a period, or for what of it is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingLine {
    /// How it was worked out.
    pub working: WorkingLine,
    /// The invoice that it is on already.
    pub invoice: Option<InvoiceNumber>,
}

/// What a membership owes if it ends as a withdrawal says.
///
/// # Errors
///
/// [`QuoteError`] near the end of the calendar.
///
/// # Source
///
/// Prospectus, section E2: one year's notice; nothing is due for a notice
/// within the founding window. That the fee runs through the notice is our
/// default (see [`FeeSchedule::owed`]). No fee is set for an associate.
pub fn leaving(
    membership: &Membership,
    withdrawal: &Withdrawal,
    schedule: &FeeSchedule,
    returns: &[PupilReturn],
    invoices: &[Invoice],
) -> Result<Leaving, QuoteError> {
    let working = match (membership.category, withdrawal.free) {
        (Category::Full, false) => fee(membership, withdrawal.ends_on, schedule, returns)?,
        _ => Vec::new(),
    };
    let (mut to_come, mut in_excess) = (0, 0);
    let mut lines = Vec::new();
    let before = settled_before(membership);
    for line in working {
        if before.is_some_and(|day| line.to < day) {
            continue;
        }
        let invoiced = invoices.iter().find_map(|invoice| billed(invoice, &line));
        let (invoice, billed) = invoiced.map_or((None, 0), |(number, pence)| (Some(number), pence));
        to_come += line.pence.get().saturating_sub(billed);
        in_excess += billed.saturating_sub(line.pence.get());
        let over = line.to < withdrawal.received_on;
        let settled = invoice.is_some() || line.pence.is_zero();
        if !(over && settled) {
            lines.push(LeavingLine {
                working: line,
                invoice,
            });
        }
    }
    let open = invoices.iter().map(Invoice::balance).sum::<Pence>();
    let open = open.plus(owed_before(membership)).get();
    Ok(Leaving {
        lines,
        to_come: Pence::new(to_come),
        open: Pence::new(open),
        total: Pence::new(to_come.saturating_add(open)),
        in_excess: Pence::new(in_excess),
    })
}

/// The number of the invoice that a line of the fee is on, and what it asks for
/// that; none if it is another.
fn billed(invoice: &Invoice, line: &WorkingLine) -> Option<(InvoiceNumber, u64)> {
    let is_fee = matches!(invoice.says.subject, Subject::Fee { .. });
    let covers = |known: &&WorkingLine| known.from <= line.from && line.from <= known.to;
    let known = invoice.says.lines.iter().find(covers)?;
    let asks = known.pence.less(invoice.credited());
    (is_fee && invoice.closed.is_none()).then_some((invoice.number, asks.get()))
}

/// The day before which all was settled by the list that was kept before, for
/// a member that was brought in from it: what it owed then is its balance.
fn settled_before(membership: &Membership) -> Option<Date> {
    if let Some(forward) = membership.brought_forward {
        return forward.as_at.tomorrow().ok();
    }
    let is_brought_in = membership.application.is_none() && membership.before.is_none();
    is_brought_in.then(|| london_date(membership.entered_at))
}

/// What it owed by that list.
fn owed_before(membership: &Membership) -> Pence {
    match membership.brought_forward {
        Some(forward) if !forward.in_credit => forward.pence,
        _ => Pence::ZERO,
    }
}

/// The fee from the first day to the last, each academic year by its pupils.
fn fee(
    membership: &Membership,
    ends_on: Date,
    schedule: &FeeSchedule,
    returns: &[PupilReturn],
) -> Result<Vec<WorkingLine>, QuoteError> {
    let mut lines = Vec::new();
    let mut day = membership.joined_on;
    while day <= ends_on {
        let next = Date::new(super::academic_year(day).saturating_add(1), 9, 1)
            .map_err(|_| QuoteError::TooFar(day))?;
        let last = next.yesterday().map_err(|_| QuoteError::TooFar(day))?;
        if let Some(pupils) = pupils_on(day, returns, membership.member.pupils) {
            lines.extend(schedule.owed(pupils, day, last.min(ends_on))?);
        }
        day = next;
    }
    Ok(lines)
}

#[cfg(test)]
mod tests;
