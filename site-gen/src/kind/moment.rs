//! When something begins or ends to be published: a day, or a day and a time,
//! as London's clocks show it.

use std::fmt;

use domain::calendar::{LondonTime, NotATime};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

/// A day, or a day and a time, in London.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum Moment {
    /// The whole of a day.
    Day(Date),
    /// A minute of it.
    Time(LondonTime),
}

impl Moment {
    /// Its first instant.
    #[must_use]
    pub fn begins(self) -> Timestamp {
        match self {
            Moment::Day(day) => domain::calendar::day_begins(day),
            Moment::Time(time) => time.instant(),
        }
    }

    /// The first instant that is after it: a day is over when the next begins.
    #[must_use]
    pub fn ends(self) -> Timestamp {
        match self {
            Moment::Day(day) => domain::calendar::day_begins(day.tomorrow().unwrap_or(day)),
            Moment::Time(time) => time.instant(),
        }
    }
}

/// As it is written: `2028-03-14`, or `2028-03-14 16:00`.
impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Day(day) => day.fmt(formatter),
            Moment::Time(time) => formatter.write_str(&time.to_string().replacen('T', " ", 1)),
        }
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Moment, String> {
        if let Ok(day) = text.parse::<Date>()
            && text.len() == 10
        {
            return Ok(Moment::Day(day));
        }
        match LondonTime::parse(&text) {
            Ok(time) => Ok(Moment::Time(time)),
            Err(NotATime::Unreadable(_)) => Err(format!(
                "`{text}` is not a day, such as `2028-03-14`, and not a day with a time"
            )),
            Err(clocks) => Err(clocks.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    fn moment(text: &str) -> Moment {
        Moment::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_day_begins_and_ends_at_midnight_in_london() {
        let summer = moment("2028-07-01");
        assert_eq!(summer.begins().to_string(), "2028-06-30T23:00:00Z");
        assert_eq!(summer.ends().to_string(), "2028-07-01T23:00:00Z");
        // The clocks go forward on this day, which has 23 hours.
        let short = moment("2028-03-26");
        assert_eq!(short.begins().to_string(), "2028-03-26T00:00:00Z");
        assert_eq!(short.ends().to_string(), "2028-03-26T23:00:00Z");
    }

    #[test]
    fn a_time_is_one_instant() {
        let noon = moment("2028-07-01 12:00");
        assert_eq!(noon.begins(), noon.ends());
        assert_eq!(noon.to_string(), "2028-07-01 12:00");
        let refused = Moment::try_from("2028-03-26 01:30".to_owned());
        assert!(refused.unwrap_err().contains("the clocks go forward"));
    }
}
