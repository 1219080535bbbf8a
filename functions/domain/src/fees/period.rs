//! One period of the fee schedule: whole months, and the share of a year's
//! fee that they cost.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A run of whole months for which one charge is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// What the treasurer calls it: `Fee holiday`.
    pub name: String,
    /// Its first day, the first of a month.
    pub from: Date,
    /// Its last day, the last of a month.
    pub to: Date,
    /// The share of the yearly fee that the whole period costs, upper part.
    pub numerator: u32,
    /// The share of the yearly fee that the whole period costs, lower part.
    pub denominator: u32,
    /// Whether the period comes round again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<Repeats>,
    /// Where the rule stands.
    pub source: String,
}

/// How a period comes round again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repeats {
    /// A year later, and so on.
    Yearly,
}

impl Period {
    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// How many months it lasts.
    #[must_use]
    pub fn months(&self) -> u32 {
        months_between(self.from, self.to)
    }

    /// The share of the yearly fee for the months from that of one day to that
    /// of another, both counted, as numerator and denominator.
    #[must_use]
    pub fn share_between(&self, first: Date, last: Date) -> (u64, u64) {
        let left = months_between(first.max(self.from), last.min(self.to));
        let length = u64::from(self.months());
        let numerator = u64::from(self.numerator) * u64::from(left);
        if numerator.is_multiple_of(length) {
            (numerator / length, u64::from(self.denominator))
        } else {
            (numerator, u64::from(self.denominator) * length)
        }
    }

    /// The same period `years` later, `None` beyond the calendar.
    pub(super) fn years_later(&self, years: i16) -> Option<Period> {
        let from = self.from.checked_add(years.years()).ok()?;
        let to = self.to.checked_add(years.years()).ok()?.last_of_month();
        Some(Period {
            from,
            to,
            ..self.clone()
        })
    }
}

/// The months from that of `first` to that of `last`, both counted.
fn months_between(first: Date, last: Date) -> u32 {
    let index = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    u32::try_from(index(last) - index(first) + 1).unwrap_or(0)
}
