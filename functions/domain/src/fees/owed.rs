//! What a member owes up to its last day, period by period.

use jiff::civil::Date;

use super::{FeeSchedule, Period, QuoteError, Sum, WorkingLine, months};
use crate::calendar::long_date;
use crate::school::PupilsOnRoll;

/// More academic years than anybody's notice runs over.
const MOST_PERIODS: usize = 64;

impl FeeSchedule {
    /// What `pupils` cost from one day to another, both included: a line for
    /// each period between them.
    ///
    /// The last period is charged by the month, the month of the end included,
    /// as the first is from the month of joining.
    ///
    /// # Errors
    ///
    /// [`QuoteError::TooFar`] near the end of the calendar.
    ///
    /// # Source
    ///
    /// Prospectus, section E2. That the fee runs through the notice, and the
    /// last year by months, is our default.
    pub fn owed(
        &self,
        pupils: PupilsOnRoll,
        from: Date,
        to: Date,
    ) -> Result<Vec<WorkingLine>, QuoteError> {
        let mut lines = Vec::new();
        let mut day = from.max(self.first_day());
        for _ in 0..MOST_PERIODS {
            if day > to {
                return Ok(lines);
            }
            let Some(period) = self.period(day)? else {
                return Ok(lines);
            };
            let last = to.min(period.to);
            lines.push(self.line(&period, pupils, day, last)?);
            day = period.to.tomorrow().map_err(|_| QuoteError::TooFar(day))?;
        }
        Err(QuoteError::TooFar(day))
    }

    /// The charge for the months of a period from one day to another.
    pub(super) fn line(
        &self,
        period: &Period,
        pupils: PupilsOnRoll,
        from: Date,
        to: Date,
    ) -> Result<WorkingLine, QuoteError> {
        let (numerator, denominator) = period.share_between(from, to);
        let sum = Sum {
            quantity: pupils.get(),
            unit: self.rate.pence_per_pupil,
            numerator,
            denominator,
        };
        Ok(WorkingLine {
            from,
            to,
            pence: sum.total().ok_or(QuoteError::TooFar(from))?,
            reason: self.said(period, pupils, from, to),
            sum: (numerator != 0).then_some(sum),
        })
    }

    /// The working of a charge in words.
    fn said(&self, period: &Period, pupils: PupilsOnRoll, from: Date, to: Date) -> String {
        let (numerator, denominator) = period.share_between(from, to);
        if numerator == 0 {
            return format!(
                "{}: nothing is charged from {} to {}",
                period.name,
                long_date(period.from),
                long_date(period.to)
            );
        }
        let share = if numerator == denominator {
            String::new()
        } else {
            format!(" × {numerator}/{denominator}")
        };
        let rate = self.rate.pence_per_pupil;
        let noun = if pupils.get() == 1 { "pupil" } else { "pupils" };
        format!("{pupils} {noun} × {rate}{share}, {}", months(from, to))
    }
}
