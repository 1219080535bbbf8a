//! The bank holidays of England, and the working days between them.
//!
//! They are data: most follow from the calendar, but one is moved or added by
//! proclamation now and then, at a year's notice or less.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// The bank holidays, as `content/booking.yaml` lists them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankHolidays {
    /// The days.
    pub days: BTreeSet<Date>,
    /// Where the list is from.
    pub source: String,
}

impl BankHolidays {
    /// Whether people work in an office on that day: Monday to Friday, unless
    /// it is a bank holiday.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !weekend && !self.days.contains(&day)
    }

    /// Whether those of a year are listed: every year has some.
    #[must_use]
    pub fn covers(&self, year: i16) -> bool {
        self.days.iter().any(|day| day.year() == year)
    }

    /// The working day that is so many before a day; the day itself for none.
    /// Whether the day itself is a working day plays no part.
    #[must_use]
    pub fn working_days_before(&self, day: Date, count: u16) -> Date {
        let Some(index) = usize::from(count).checked_sub(1) else {
            return day;
        };
        let before = std::iter::successors(day.yesterday().ok(), |day| day.yesterday().ok());
        let mut working = before.filter(|day| self.is_working_day(*day));
        working.nth(index).unwrap_or(Date::MIN)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::BankHolidays;

    fn easter_2028() -> BankHolidays {
        BankHolidays {
            days: [date(2028, 4, 14), date(2028, 4, 17)].into(),
            source: "a test".to_owned(),
        }
    }

    #[test]
    fn working_days_leave_out_weekends_and_bank_holidays() {
        let holidays = easter_2028();
        // From Wednesday back: Tuesday, then over Easter to Thursday.
        let wednesday = date(2028, 4, 19);
        for (count, day) in [
            (0, wednesday),
            (1, date(2028, 4, 18)),
            (2, date(2028, 4, 13)),
            (3, date(2028, 4, 12)),
            (5, date(2028, 4, 10)),
            (6, date(2028, 4, 7)),
        ] {
            assert_eq!(
                holidays.working_days_before(wednesday, count),
                day,
                "{count}"
            );
        }
    }

    #[test]
    fn a_year_of_which_no_day_is_listed_is_not_covered() {
        assert!(easter_2028().covers(2028));
        assert!(!easter_2028().covers(2029));
    }

    #[test]
    fn one_working_day_before_a_saturday_a_sunday_and_a_monday_is_friday() {
        let holidays = BankHolidays::default();
        for day in [11, 12, 13] {
            let day = date(2028, 3, day);
            assert_eq!(holidays.working_days_before(day, 1), date(2028, 3, 10));
        }
    }
}
