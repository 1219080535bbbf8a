//! What a member owes when it leaves: shown before it is confirmed.
//!
//! The fee runs to the last day, the last year by months. What was invoiced
//! already is not asked for again; where an invoice reaches beyond the last
//! day, the difference is said, and is the treasurer's to settle.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{PupilReturn, pupils_on};
use crate::fees::{FeeSchedule, QuoteError, WorkingLine};
use crate::invoice::{Invoice, InvoiceNumber};
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
    for line in working {
        let invoiced = invoices.iter().find_map(|invoice| {
            let covers = |known: &&WorkingLine| known.from <= line.from && line.from <= known.to;
            let known = invoice.says.lines.iter().find(covers)?;
            invoice
                .closed
                .is_none()
                .then(|| (invoice.number, known.pence.get()))
        });
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
    let open = invoices.iter().map(|invoice| invoice.balance().get()).sum();
    Ok(Leaving {
        lines,
        to_come: Pence::new(to_come),
        open: Pence::new(open),
        total: Pence::new(to_come.saturating_add(open)),
        in_excess: Pence::new(in_excess),
    })
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
