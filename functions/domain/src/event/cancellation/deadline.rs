//! Until when a place can be given up on some terms: so many days before the
//! event.

use std::fmt;
use std::num::NonZeroU16;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::calendar::{BankHolidays, LondonTime, day_begins};

/// The end of the day that is so many days, or so many working days, before the
/// day of the first session.
///
/// Days are London's, and counted in the calendar: one of 23 or 25 hours, at
/// which the clocks change, is one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Deadline {
    count: NonZeroU16,
    of: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    WorkingDays,
}

/// Nobody is bound longer than a year before.
const MOST: u16 = 365;

impl Deadline {
    /// Reads `10 working days` or `7 days`.
    ///
    /// # Errors
    ///
    /// [`NotADeadline`] for anything else, and for more than 365.
    pub fn parse(text: &str) -> Result<Deadline, NotADeadline> {
        let refused = || NotADeadline(text.to_owned());
        let words: Vec<&str> = text.split_whitespace().collect();
        let (count, of) = match words.as_slice() {
            [count, "day" | "days"] => (count, Unit::Days),
            [count, "working", "day" | "days"] => (count, Unit::WorkingDays),
            _ => return Err(refused()),
        };
        let digits = count.bytes().all(|byte| byte.is_ascii_digit());
        let count = count.parse().ok().filter(|_| digits);
        let count: NonZeroU16 = count
            .filter(|count: &NonZeroU16| count.get() <= MOST)
            .ok_or_else(refused)?;
        Ok(Deadline { count, of })
    }

    /// The last day on which it is met.
    #[must_use]
    pub fn last_day(self, starts: LondonTime, holidays: &BankHolidays) -> Date {
        let (day, count) = (starts.date(), self.count.get());
        match self.of {
            Unit::Days => day.saturating_sub(i32::from(count).days()),
            Unit::WorkingDays => holidays.working_days_before(day, count),
        }
    }

    /// The first instant at which it is missed: the end of its last day.
    #[must_use]
    pub fn passes(self, starts: LondonTime, holidays: &BankHolidays) -> Timestamp {
        let last = self.last_day(starts, holidays);
        last.tomorrow().map_or(Timestamp::MAX, day_begins)
    }

    /// Whether it hangs on which days are bank holidays.
    pub(super) fn is_in_working_days(self) -> bool {
        self.of == Unit::WorkingDays
    }

    /// Whether it is further from the event than another; none where that
    /// depends on the weekday of the event.
    pub(super) fn is_before(self, other: Deadline) -> Option<bool> {
        (self.of == other.of).then_some(self.count > other.count)
    }
}

/// As it is written: `10 working days`.
impl fmt::Display for Deadline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let working = match self.of {
            Unit::Days => "",
            Unit::WorkingDays => "working ",
        };
        let plural = if self.count.get() == 1 { "" } else { "s" };
        write!(formatter, "{} {working}day{plural}", self.count)
    }
}

impl From<Deadline> for String {
    fn from(deadline: Deadline) -> String {
        deadline.to_string()
    }
}

impl TryFrom<String> for Deadline {
    type Error = NotADeadline;

    fn try_from(text: String) -> Result<Deadline, NotADeadline> {
        Deadline::parse(&text)
    }
}

/// Text that is not so many days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a number of days from 1 to {MOST}, such as `10 working days` or `7 days`")]
pub struct NotADeadline(String);
