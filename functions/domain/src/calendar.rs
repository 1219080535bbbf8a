//! Dates and times as London keeps them.
//!
//! A rule of the prospectus names a day, and a day begins and ends in
//! Tower Hamlets: 23.30 UTC on 31 August 2017 is already 1 September. The
//! time zone is compiled in, because a Lambda has no database of them.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

mod bank_holidays;
mod terms;

pub use bank_holidays::BankHolidays;
pub use terms::{DayOfYear, SchoolYear, Term, TermName, Terms, TermsError};

/// The London time zone, the one that the product knows.
fn london() -> TimeZone {
    static LONDON: TimeZone = jiff::tz::get!("Europe/London");
    LONDON.clone()
}

/// An instant as London's clocks show it.
#[must_use]
pub fn in_london(instant: Timestamp) -> ZonedDateTime {
    instant.to_zoned_datetime(london())
}

/// The day it is in London at an instant.
#[must_use]
pub fn london_date(instant: Timestamp) -> Date {
    in_london(instant).date()
}

/// The first instant of a day in London.
#[must_use]
pub fn day_begins(day: Date) -> Timestamp {
    let midnight = day.at(0, 0, 0, 0);
    // London's clocks do not change at midnight; were they to, the earlier
    // instant is the one at which the day begins.
    let midnight = london().to_ambiguous_zoned_datetime(midnight).earlier();
    midnight.map_or(Timestamp::MIN, |midnight| midnight.timestamp())
}

/// An instant as London's clocks show it, to the minute: `2028-03-14T16:35`.
#[must_use]
pub fn london_minute(instant: Timestamp) -> String {
    let zoned = in_london(instant);
    format!("{}T{:02}:{:02}", zoned.date(), zoned.hour(), zoned.minute())
}

/// A day as people write it: `1 April 2017`.
#[must_use]
pub fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

/// A time of day as people write it: `4pm`, `4.30pm`, `noon`, `midnight`.
#[must_use]
pub fn clock_time(time: Time) -> String {
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let hour = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "noon".to_owned(),
        (_, 0) => format!("{hour}{half}"),
        (_, minute) => format!("{hour}.{minute:02}{half}"),
    }
}

/// The month of a day: `April`.
#[must_use]
pub fn month_name(date: Date) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let index = usize::from(date.month().unsigned_abs()).saturating_sub(1);
    NAMES.get(index).copied().unwrap_or_default()
}

/// Reads a day as people write it: `14 March 2017`, `14/3/2017`, `14 3 17`,
/// `2017-03-14`. Day comes before month, as in England.
#[must_use]
pub fn read_day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let (day, year) = if first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit()) {
        (*third, *first)
    } else {
        (*first, *third)
    };
    let day: i8 = day
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .parse()
        .ok()?;
    let year: i16 = match year.len() {
        4 => year.parse().ok()?,
        2 => 2000 + year.parse::<i16>().ok()?,
        _ => return None,
    };
    Date::new(year, month(second)?, day).ok()
}

/// A month by its number, its name, or three letters of it or more.
fn month(text: &str) -> Option<i8> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text = text.to_lowercase();
    let named = |number: &i8| {
        Date::new(2000, *number, 1)
            .is_ok_and(|date| month_name(date).to_lowercase().starts_with(&text))
    };
    (text.len() >= 3).then(|| (1..=12).find(named)).flatten()
}

/// A local time in London that happens exactly once.
///
/// Twice a year an hour is missing or comes twice; a time within it is
/// refused, because nobody could say when a meeting starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LondonTime(DateTime);

impl LondonTime {
    /// Reads `2028-03-14 16:00` or `2028-03-14T16:00`.
    ///
    /// # Errors
    ///
    /// [`NotATime`] says whether the text is no time at all, or one that the
    /// change of the clocks leaves out or repeats.
    pub fn parse(text: &str) -> Result<LondonTime, NotATime> {
        let local: DateTime = match text.trim().len() {
            16 | 19 => text
                .trim()
                .parse()
                .map_err(|_| NotATime::Unreadable(text.to_owned()))?,
            _ => return Err(NotATime::Unreadable(text.to_owned())),
        };
        let time = london().to_ambiguous_zoned_datetime(local);
        match time.offset() {
            AmbiguousOffset::Unambiguous { .. } => Ok(LondonTime(local)),
            AmbiguousOffset::Gap { .. } => Err(NotATime::Skipped(local)),
            AmbiguousOffset::Fold { .. } => Err(NotATime::Repeated(local)),
        }
    }

    /// The time of day.
    #[must_use]
    pub fn time(self) -> Time {
        self.0.time()
    }

    /// The instant, the same everywhere on earth.
    #[must_use]
    pub fn instant(self) -> Timestamp {
        self.zoned().timestamp()
    }

    /// The day.
    #[must_use]
    pub fn date(self) -> Date {
        self.0.date()
    }

    fn zoned(self) -> ZonedDateTime {
        london()
            .to_ambiguous_zoned_datetime(self.0)
            .unambiguous()
            .expect("an ambiguous time was refused when it was parsed")
    }
}

/// Written as ISO 8601 without a zone: `2028-03-14T16:00`.
impl fmt::Display for LondonTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.0.date(), self.0.time());
        write!(formatter, "{date}T{:02}:{:02}", time.hour(), time.minute())
    }
}

impl From<LondonTime> for String {
    fn from(time: LondonTime) -> String {
        time.to_string()
    }
}

impl TryFrom<String> for LondonTime {
    type Error = NotATime;

    fn try_from(text: String) -> Result<LondonTime, NotATime> {
        LondonTime::parse(&text)
    }
}

/// Why a text is not a time in London.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotATime {
    /// It does not read as a date and a time.
    #[error("`{0}` is not a date and a time, such as `2028-03-14 16:00`")]
    Unreadable(String),
    /// The clocks go forward over it.
    #[error("{0} does not exist in London: the clocks go forward over it")]
    Skipped(DateTime),
    /// The clocks go back over it.
    #[error("{0} comes twice in London: the clocks go back over it")]
    Repeated(DateTime),
}

/// So many days, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// How many.
    pub days: u32,
    /// Where the rule stands.
    pub source: String,
}

#[cfg(test)]
mod tests {
    use super::{LondonTime, NotATime, london_date, read_day};

    #[test]
    fn a_day_is_read_as_people_write_it_day_before_month() {
        for text in [
            "14 March 2017",
            "14/3/2017",
            "14.03.17",
            "2017-03-14",
            " 14th mar 2017 ",
        ] {
            assert_eq!(read_day(text).unwrap().to_string(), "2017-03-14", "{text}");
        }
        for text in [
            "",
            "March 2017",
            "31 2 2017",
            "14 ma 2017",
            "3/14/2017",
            "14 3 217",
            "soon",
        ] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_london() {
        for (instant, date) in [
            ("2016-12-31T23:30:00Z", "2016-12-31"),
            ("2017-01-01T00:30:00Z", "2017-01-01"),
            ("2017-01-01T00:30:00+01:00", "2016-12-31"),
            ("2017-08-31T23:30:00Z", "2017-09-01"),
        ] {
            let instant = instant.parse().unwrap();
            assert_eq!(london_date(instant).to_string(), date);
        }
    }

    #[test]
    fn summer_time_is_an_hour_ahead_of_utc() {
        let time = LondonTime::parse("2028-06-14 16:00").unwrap();
        assert_eq!(time.instant().to_string(), "2028-06-14T15:00:00Z");
        assert_eq!(time.to_string(), "2028-06-14T16:00");
    }

    #[test]
    fn a_time_that_the_clocks_skip_or_repeat_is_refused() {
        assert!(matches!(
            LondonTime::parse("2028-03-26 01:30"),
            Err(NotATime::Skipped(_))
        ));
        assert!(matches!(
            LondonTime::parse("2028-10-29 01:30"),
            Err(NotATime::Repeated(_))
        ));
        assert!(matches!(
            LondonTime::parse("2028-10-29"),
            Err(NotATime::Unreadable(_))
        ));
        assert!(matches!(
            LondonTime::parse("2028-02-30 10:00"),
            Err(NotATime::Unreadable(_))
        ));
    }
}
