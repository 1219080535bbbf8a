//! Leaving: when a membership ends once notice has been received.
//!
//! A notice counts from the day it is received in London, not from the day
//! that somebody types it in. The figures (`months`, `free_until`) are those
//! of `content/fees.yaml`.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::long_date;
use crate::fees::Notice;

/// What a notice comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The day that the notice was received.
    pub received_on: Date,
    /// The last day of membership. It decides the roll of voters and the fee,
    /// whether or not a daily job has run.
    pub ends_on: Date,
    /// Whether it was received in the founding window: no notice has to run,
    /// and nothing is due.
    pub free: bool,
}

/// Why a last day cannot be the one that a school asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// It asks for a day before the notice, or beyond the window.
    #[error("The last day must be from {} to {}", long_date(*.from), long_date(*.to))]
    OutsideWindow {
        /// The day of the notice.
        from: Date,
        /// The last day of the window.
        to: Date,
    },
    /// The year of notice has to run: no day is to be chosen.
    #[error("After {} a year’s notice is due, so the last day is {}", long_date(*.window), long_date(*.ends_on))]
    NothingToChoose {
        /// The last day of the window.
        window: Date,
        /// The last day of membership.
        ends_on: Date,
    },
    /// The day lies beyond the calendar.
    #[error("{0} is too far ahead")]
    TooFar(Date),
}

impl Notice {
    /// What a notice that is received on a day comes to; `asked` is the last
    /// day that the school asks for, if it asks for one.
    ///
    /// # Errors
    ///
    /// [`NoticeError`] if that day cannot be the last one.
    ///
    /// # Source
    ///
    /// Prospectus, section E2: a year's notice; up to 31 December 2016 a
    /// school may withdraw at any time without it. That the window includes
    /// its last day, that a school may choose a day within it, and that a year
    /// is counted to the same date (29 February to 28 February) is our
    /// reading.
    pub fn withdrawal(
        &self,
        received_on: Date,
        asked: Option<Date>,
    ) -> Result<Withdrawal, NoticeError> {
        if received_on <= self.free_until {
            let ends_on = asked.unwrap_or(received_on);
            if ends_on < received_on || ends_on > self.free_until {
                return Err(NoticeError::OutsideWindow {
                    from: received_on,
                    to: self.free_until,
                });
            }
            return Ok(Withdrawal {
                received_on,
                ends_on,
                free: true,
            });
        }
        let ends_on = received_on
            .checked_add(i64::from(self.months).months())
            .map_err(|_| NoticeError::TooFar(received_on))?;
        match asked {
            Some(day) if day != ends_on => Err(NoticeError::NothingToChoose {
                window: self.free_until,
                ends_on,
            }),
            _ => Ok(Withdrawal {
                received_on,
                ends_on,
                free: false,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{NoticeError, Withdrawal};
    use crate::calendar::london_date;
    use crate::fees::Notice;

    /// As `content/fees.yaml` has it.
    fn rule() -> Notice {
        Notice {
            months: 12,
            free_until: "2016-12-31".parse().unwrap(),
            source: "E2".into(),
        }
    }

    fn received(instant: &str) -> Withdrawal {
        let instant: Timestamp = instant.parse().unwrap();
        rule().withdrawal(london_date(instant), None).unwrap()
    }

    fn on(day: &str, asked: Option<&str>) -> Result<Withdrawal, NoticeError> {
        let asked = asked.map(|day| day.parse().unwrap());
        rule().withdrawal(day.parse().unwrap(), asked)
    }

    #[test]
    fn notice_in_the_window_ends_membership_that_day_without_a_fee() {
        let withdrawal = on("2016-11-05", None).unwrap();
        assert!(withdrawal.free);
        assert_eq!(withdrawal.ends_on.to_string(), "2016-11-05");
    }

    #[test]
    fn notice_in_the_window_ends_on_the_day_that_the_school_asks_for() {
        let ends = |asked| on("2016-11-05", Some(asked)).unwrap().ends_on.to_string();
        assert_eq!(ends("2016-12-01"), "2016-12-01");
        assert_eq!(ends("2016-12-31"), "2016-12-31");
        assert_eq!(ends("2016-11-05"), "2016-11-05");
    }

    #[test]
    fn a_day_before_the_notice_or_beyond_the_window_cannot_be_asked_for() {
        for asked in ["2016-11-04", "2017-01-01"] {
            let refused = on("2016-11-05", Some(asked)).unwrap_err();
            assert_eq!(
                refused.to_string(),
                "The last day must be from 5 November 2016 to 31 December 2016"
            );
        }
    }

    #[test]
    fn notice_on_the_last_day_of_the_window_is_free() {
        assert!(on("2016-12-31", None).unwrap().free);
    }

    #[test]
    fn notice_on_1_january_2017_ends_on_1_january_2018() {
        let withdrawal = on("2017-01-01", None).unwrap();
        assert!(!withdrawal.free);
        assert_eq!(withdrawal.ends_on.to_string(), "2018-01-01");
    }

    #[test]
    fn half_past_eleven_at_night_in_utc_on_31_december_2016_is_inside() {
        assert!(received("2016-12-31T23:30:00Z").free);
    }

    #[test]
    fn half_past_midnight_in_utc_on_1_january_2017_is_outside() {
        let withdrawal = received("2017-01-01T00:30:00Z");
        assert!(!withdrawal.free);
        assert_eq!(withdrawal.ends_on.to_string(), "2018-01-01");
    }

    #[test]
    fn half_past_midnight_an_hour_east_is_still_31_december_in_london() {
        assert!(received("2017-01-01T00:30:00+01:00").free);
    }

    #[test]
    fn half_past_eleven_an_hour_west_on_31_december_is_outside() {
        assert!(!received("2016-12-31T23:30:00-01:00").free);
    }

    #[test]
    fn half_past_eleven_in_utc_on_31_august_2017_is_1_september_in_london() {
        let withdrawal = received("2017-08-31T23:30:00Z");
        assert_eq!(withdrawal.received_on.to_string(), "2017-09-01");
        assert_eq!(withdrawal.ends_on.to_string(), "2018-09-01");
    }

    #[test]
    fn notice_on_29_february_ends_on_28_february() {
        assert_eq!(
            on("2020-02-29", None).unwrap().ends_on.to_string(),
            "2021-02-28"
        );
    }

    #[test]
    fn after_the_window_there_is_no_last_day_to_choose() {
        let refused = on("2017-01-15", Some("2017-06-01")).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "After 31 December 2016 a year’s notice is due, so the last day is 15 January 2018"
        );
        assert!(on("2017-01-15", Some("2018-01-15")).is_ok());
    }
}
