//! What is charged for a place that is given up, or at which nobody came: a
//! table of deadlines and charges.
//!
//! A table that could not be meant is refused as it is read: deadlines out of
//! order, or a charge that falls as the event nears. Its words are made here as
//! well, so that the page, the form and the letter say what is charged.

mod charge;
mod deadline;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::{BankHolidays, LondonTime, long_date};
use crate::money::Pence;

pub use charge::{Charge, NotACharge};
pub use deadline::{Deadline, NotADeadline};

/// What is charged of a place's price when it is given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct CancellationPolicy {
    /// The deadlines, the one furthest from the event first.
    pub steps: Vec<Step>,
    /// What is charged after the last of them.
    pub late: Charge,
    /// What is charged where nobody came and nothing was said.
    pub no_show: Charge,
    /// Where the rule stands, or why it is our default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A deadline, and what is charged until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// How long before the event.
    pub until: Deadline,
    /// What is charged until then.
    pub charge: Charge,
}

impl CancellationPolicy {
    /// The policy of whoever has stated none: nothing is charged.
    #[must_use]
    pub fn free() -> CancellationPolicy {
        CancellationPolicy {
            steps: Vec::new(),
            late: Charge::NOTHING,
            no_show: Charge::NOTHING,
            source: None,
        }
    }

    /// What is charged for one place of that price that is given up now, at an
    /// event whose first session starts then. Never more than the price, unless
    /// the place is free.
    #[must_use]
    pub fn charge(
        &self,
        price: Pence,
        starts: LondonTime,
        now: Timestamp,
        holidays: &BankHolidays,
    ) -> Pence {
        let met = |step: &&Step| now < step.until.passes(starts, holidays);
        let step = self.steps.iter().find(met);
        step.map_or(self.late, |step| step.charge).of(price)
    }

    /// The line of the policy by which a place is charged that is given up now.
    #[must_use]
    pub fn line_at(
        &self,
        starts: LondonTime,
        now: Timestamp,
        holidays: &BankHolidays,
    ) -> PolicyLine {
        let met = |step: &Step| now < step.until.passes(starts, holidays);
        let index = self.steps.iter().position(met);
        let mut lines = self.lines(starts, holidays);
        // After the deadlines comes what is charged late.
        lines.swap_remove(index.unwrap_or(self.steps.len()))
    }

    /// The line by which a place is charged at which nobody came.
    #[must_use]
    pub fn no_show_line(&self) -> PolicyLine {
        PolicyLine {
            when: "If nobody comes".to_owned(),
            last_day: None,
            charged: self.no_show.words(),
        }
    }

    /// What is charged for one place of that price at which nobody came.
    #[must_use]
    pub fn no_show_charge(&self, price: Pence) -> Pence {
        self.no_show.of(price)
    }

    /// Whether anything is ever charged for a place of that price.
    #[must_use]
    pub fn ever_charges(&self, price: Pence) -> bool {
        let charges = self.steps.iter().map(|step| step.charge);
        let mut charges = charges.chain([self.late, self.no_show]);
        charges.any(|charge| !charge.of(price).is_zero())
    }

    /// Whether it hangs on which days are bank holidays.
    #[must_use]
    pub fn counts_working_days(&self) -> bool {
        self.steps
            .iter()
            .any(|step| step.until.is_in_working_days())
    }

    /// The policy in words, a line for each of its deadlines, one for what comes
    /// after them, and one for a place at which nobody came.
    #[must_use]
    pub fn lines(&self, starts: LondonTime, holidays: &BankHolidays) -> Vec<PolicyLine> {
        let step = |step: &Step| PolicyLine {
            when: format!("Up to {} before", step.until),
            last_day: Some(step.until.last_day(starts, holidays)),
            charged: step.charge.words(),
        };
        let other = |when: &str, charge: Charge| PolicyLine {
            when: when.to_owned(),
            last_day: None,
            charged: charge.words(),
        };
        let after = match self.steps.as_slice() {
            [] => "At any time before",
            _ => "After that",
        };
        let mut lines: Vec<PolicyLine> = self.steps.iter().map(step).collect();
        lines.push(other(after, self.late));
        lines.push(self.no_show_line());
        lines
    }
}

/// A line of a policy, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyLine {
    /// When the place is given up: `Up to 10 working days before`.
    pub when: String,
    /// The last day of that, where there is one.
    pub last_day: Option<Date>,
    /// What is charged: `50% of the price`.
    pub charged: String,
}

/// `Up to 10 working days before, until the end of 29 February 2028: nothing`.
impl fmt::Display for PolicyLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.when)?;
        if let Some(day) = self.last_day {
            write!(formatter, ", until the end of {}", long_date(day))?;
        }
        write!(formatter, ": {}", self.charged)
    }
}

/// The table as it is written, before anything is known to hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    #[serde(default)]
    steps: Vec<Step>,
    late: Charge,
    no_show: Charge,
    source: Option<String>,
}

/// Why a table cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CancellationError {
    /// Two deadlines in the wrong order, or one twice.
    #[error(
        "`{0}` is no nearer to the event than `{1}` above it; begin with the deadline that is furthest from the event"
    )]
    DeadlineOrder(Deadline, Deadline),
    /// Which of two deadlines comes first would hang on the weekday.
    #[error(
        "`{0}` and `{1}` cannot be put in order; count all deadlines in days, or all in working days"
    )]
    MixedDeadlines(Deadline, Deadline),
    /// It would pay to wait.
    #[error(
        "`{0}` is less than `{1}` before it; what is charged must not fall as the event nears, nor for a place at which nobody came"
    )]
    ChargeFalls(Charge, Charge),
    /// Which of two charges is more would hang on the price.
    #[error(
        "`{0}` and `{1}` cannot be held against each other; write all charges as shares of the price, or all as sums"
    )]
    MixedCharges(Charge, Charge),
}

impl TryFrom<Unchecked> for CancellationPolicy {
    type Error = CancellationError;

    fn try_from(table: Unchecked) -> Result<CancellationPolicy, CancellationError> {
        let Unchecked {
            steps,
            late,
            no_show,
            source,
        } = table;
        for pair in steps.windows(2) {
            let (first, next) = (pair[0].until, pair[1].until);
            match first.is_before(next) {
                Some(true) => {}
                Some(false) => return Err(CancellationError::DeadlineOrder(next, first)),
                None => return Err(CancellationError::MixedDeadlines(next, first)),
            }
        }
        let charges = steps.iter().map(|step| step.charge);
        let charges: Vec<Charge> = charges.chain([late, no_show]).collect();
        for pair in charges.windows(2) {
            let (first, next) = (pair[0], pair[1]);
            match first.is_at_most(next) {
                Some(true) => {}
                Some(false) => return Err(CancellationError::ChargeFalls(next, first)),
                None => return Err(CancellationError::MixedCharges(next, first)),
            }
        }
        Ok(CancellationPolicy {
            steps,
            late,
            no_show,
            source,
        })
    }
}

#[cfg(test)]
mod tests;
