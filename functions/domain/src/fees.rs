//! Fees: what a school owes, and why.
//!
//! A [`FeeSchedule`] is read once from `content/fees.yaml`, and from then on
//! everything here is arithmetic. A sum is multiplied before it is divided
//! and rounded once, half up, to the nearest penny. What an associate pays is
//! absent: the prospectus sets no fee for one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::{long_date, month_name};
use crate::money::Pence;
use crate::school::PupilsOnRoll;

mod billing;
mod owed;
mod period;
mod schedule;

pub use billing::{Associate, Billing, PaymentTerms, Prices, Reminders, Vat, VatTreatment};
pub use period::{Period, Repeats};
pub use schedule::{FeeSchedule, Guarantee, Notice, PartYear, PartYearRule, Rate, ScheduleError};

/// What a school that joins on a day owes for the period it joins in, and
/// what it will owe next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Due now, in advance, for the rest of the period.
    pub pence: Pence,
    /// How `pence` was worked out.
    pub working: Vec<WorkingLine>,
    /// The next fee after that; none for a school without pupils.
    pub next_due: Option<Due>,
}

/// One line of the working of a [`Quote`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingLine {
    /// The first day that the line covers.
    pub from: Date,
    /// The last day that the line covers.
    pub to: Date,
    /// What the line comes to.
    pub pence: Pence,
    /// The sum in words.
    pub reason: String,
    /// The sum in figures, from which `pence` can be worked out again; none
    /// where nothing is charged, and on lines that were written by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum: Option<Sum>,
}

/// So many of something at a price, or a share of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// How many: pupils on roll, or places.
    pub quantity: u32,
    /// What one costs: for a pupil, the fee of a full academic year.
    pub unit: Pence,
    /// The share that is charged, upper part.
    pub numerator: u64,
    /// The share that is charged, lower part.
    pub denominator: u64,
}

impl Sum {
    /// What it comes to: multiplied before it is divided, and rounded once,
    /// half up. None beyond any ledger.
    #[must_use]
    pub fn total(&self) -> Option<Pence> {
        let times = self.unit.get().checked_mul(self.numerator)?;
        Pence::new(u64::from(self.quantity)).share(times, self.denominator)
    }
}

/// A fee that falls due on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The first day of the period that it pays for: fees are paid in advance.
    pub on: Date,
    /// What is due.
    pub pence: Pence,
}

/// Why no quote can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuoteError {
    /// The day lies beyond the calendar that dates can be reckoned in.
    #[error("{0} is too far ahead to say what will be charged")]
    TooFar(Date),
}

impl FeeSchedule {
    /// What a full member owes that joins on `joining` with `pupils` on roll.
    ///
    /// A school that joins part-way through a period pays for the months that
    /// remain, the month of joining included.
    ///
    /// # Errors
    ///
    /// [`QuoteError::TooFar`] near the end of the calendar (the year 9999).
    ///
    /// # Source
    ///
    /// Prospectus, section E2: £5 per pupil for a full academic year, payable
    /// in advance; nothing for 1 September 2016 to 31 March 2017; charged from
    /// 1 April 2017 for the period to 31 August 2017; in full from 1 September
    /// 2017. Charging part of a period by the month is our reading, not its
    /// words (`part_year` in `content/fees.yaml`).
    pub fn quote(&self, pupils: PupilsOnRoll, joining: Date) -> Result<Quote, QuoteError> {
        let Some(period) = self.period(joining)? else {
            let first = self.first_day();
            return Ok(Quote {
                pence: Pence::ZERO,
                working: vec![WorkingLine {
                    from: joining,
                    to: first.yesterday().unwrap_or(first),
                    pence: Pence::ZERO,
                    reason: format!("Nothing is charged before {}", long_date(first)),
                    sum: None,
                }],
                next_due: self.next_due(pupils, first)?,
            });
        };
        let line = self.line(&period, pupils, joining, period.to)?;
        let next = period
            .to
            .tomorrow()
            .map_err(|_| QuoteError::TooFar(joining))?;
        Ok(Quote {
            pence: line.pence,
            working: vec![line],
            next_due: self.next_due(pupils, next)?,
        })
    }

    /// The first charge on or after `from`, the first day of a period.
    fn next_due(&self, pupils: PupilsOnRoll, from: Date) -> Result<Option<Due>, QuoteError> {
        let mut on = from;
        // Every period is tried once, and the one that repeats once more.
        for _ in 0..=self.periods.len() {
            let Some(period) = self.period(on)? else {
                return Ok(None);
            };
            let pence = self.line(&period, pupils, on, period.to)?.pence;
            if !pence.is_zero() {
                return Ok(Some(Due { on, pence }));
            }
            on = period.to.tomorrow().map_err(|_| QuoteError::TooFar(on))?;
        }
        Ok(None)
    }
}

/// The months from one day to another: `April to August 2017`.
fn months(from: Date, to: Date) -> String {
    let last = format!("{} {}", month_name(to), to.year());
    if (from.year(), from.month()) == (to.year(), to.month()) {
        last
    } else if from.year() == to.year() {
        format!("{} to {last}", month_name(from))
    } else {
        format!("{} {} to {last}", month_name(from), from.year())
    }
}

#[cfg(test)]
mod tests;
