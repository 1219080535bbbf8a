//! The fee schedule as `content/fees.yaml` states it, checked as it is read.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::period::{Period, Repeats};
use super::{Billing, QuoteError};
use crate::calendar::long_date;
use crate::money::Pence;

/// The dated rules of what a member pays and how it leaves.
///
/// The periods are whole months, in order and without a gap, and the last
/// repeats every year: so every day from the first has exactly one charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct FeeSchedule {
    /// Changes whenever a figure changes; kept with all that is charged by it.
    pub version: String,
    /// What a pupil costs.
    pub rate: Rate,
    /// What a school pays that joins part-way through a period.
    pub part_year: PartYear,
    /// The charges, in order.
    pub periods: Vec<Period>,
    /// How a member leaves.
    pub notice: Notice,
    /// What a member promises if THE Partnership is wound up.
    pub guarantee: Guarantee,
    /// How fees are billed.
    #[serde(default)]
    pub billing: Billing,
}

/// The yearly fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// For one pupil and a full academic year.
    pub pence_per_pupil: Pence,
    /// Where the rule stands.
    pub source: String,
}

/// What is charged for a part of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartYear {
    /// The rule.
    pub rule: PartYearRule,
    /// Where the rule stands.
    pub source: String,
}

/// The ways to charge for a part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartYearRule {
    /// By the months that remain, the month of joining included.
    Months,
}

/// How a member leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// How long before the last day a school must say so, in months.
    pub months: u32,
    /// The last day on which a school may leave without notice.
    pub free_until: Date,
    /// Where the rule stands.
    pub source: String,
}

/// What a member promises to pay if THE Partnership is wound up in debt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guarantee {
    /// At the most.
    pub pence: Pence,
    /// Where the rule stands.
    pub source: String,
}

impl FeeSchedule {
    /// The first day that the schedule speaks of.
    pub(crate) fn first_day(&self) -> Date {
        self.periods
            .first()
            .expect("a schedule without a period was refused")
            .from
    }

    /// The period that a day lies in; none before the first.
    ///
    /// # Errors
    ///
    /// [`QuoteError::TooFar`] near the end of the calendar.
    pub fn period(&self, day: Date) -> Result<Option<Period>, QuoteError> {
        if let Some(period) = self.periods.iter().find(|period| period.contains(day)) {
            return Ok(Some(period.clone()));
        }
        let last = self
            .periods
            .last()
            .expect("a schedule without a period was refused");
        if day < last.from {
            return Ok(None);
        }
        let years = day.year() - last.from.year();
        [years - 1, years]
            .into_iter()
            .filter_map(|years| last.years_later(years))
            .find(|period| period.contains(day))
            .map(Some)
            .ok_or(QuoteError::TooFar(day))
    }
}

/// The file as it is written, before anything is known to hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    version: String,
    rate: Rate,
    part_year: PartYear,
    periods: Vec<Period>,
    notice: Notice,
    guarantee: Guarantee,
    #[serde(default)]
    billing: Billing,
}

/// Why a fee schedule cannot be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// There is no period.
    #[error("`periods` is empty: write at least the one that repeats every year")]
    Empty,
    /// A period does not begin with a month, or does not end with one.
    #[error("the period `{0}` must begin on the first and end on the last day of a month")]
    NotWholeMonths(String),
    /// A period ends before it begins.
    #[error("the period `{0}` ends before it begins")]
    Backwards(String),
    /// The denominator is nought, or the share is more than a whole year.
    #[error(
        "the period `{0}` must cost from 0 to 1 of the yearly fee: check `numerator` and `denominator`"
    )]
    BadShare(String),
    /// There is a gap or an overlap before a period.
    #[error("the period `{name}` must begin on {}, the day after the one before it", long_date(*expected))]
    NotNext {
        /// The period.
        name: String,
        /// When it ought to begin.
        expected: Date,
    },
    /// The last period does not repeat, or another does, or not a year long.
    #[error(
        "only the last period repeats (`repeats: yearly`), it must, and it lasts twelve months"
    )]
    Endless,
}

impl TryFrom<Unchecked> for FeeSchedule {
    type Error = ScheduleError;

    fn try_from(file: Unchecked) -> Result<FeeSchedule, ScheduleError> {
        let mut expected = None;
        for period in &file.periods {
            let name = || period.name.clone();
            if period.to < period.from {
                return Err(ScheduleError::Backwards(name()));
            }
            if period.from.day() != 1 || period.to != period.to.last_of_month() {
                return Err(ScheduleError::NotWholeMonths(name()));
            }
            if period.denominator == 0 || period.numerator > period.denominator {
                return Err(ScheduleError::BadShare(name()));
            }
            match expected {
                Some(expected) if expected != period.from => {
                    return Err(ScheduleError::NotNext {
                        name: name(),
                        expected,
                    });
                }
                _ => expected = period.to.tomorrow().ok(),
            }
        }
        let (last, others) = file.periods.split_last().ok_or(ScheduleError::Empty)?;
        let yearly = |period: &Period| period.repeats == Some(Repeats::Yearly);
        if !yearly(last) || last.months() != 12 || others.iter().any(yearly) {
            return Err(ScheduleError::Endless);
        }
        let Unchecked {
            version,
            rate,
            part_year,
            periods,
            notice,
            guarantee,
            billing,
        } = file;
        Ok(FeeSchedule {
            version,
            rate,
            part_year,
            periods,
            notice,
            guarantee,
            billing,
        })
    }
}
