//! A length for which something is kept: `30 days`, `12 months`, `6 years`,
//! `for ever`.

use std::fmt;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

/// So long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Keep {
    /// So many days.
    Days(u16),
    /// So many months.
    Months(u16),
    /// So many years.
    Years(u16),
    /// It is never erased.
    ForEver,
}

/// A text that is no length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a length such as `30 days`, `12 months`, `6 years` or `for ever`")]
pub struct NotALength(String);

impl Keep {
    /// The longest: a year has four digits.
    const MOST: u16 = 2_000;

    /// So many days.
    #[must_use]
    pub const fn of_days(days: u16) -> Keep {
        Keep::Days(days)
    }

    fn parse(text: &str) -> Option<Keep> {
        let mut words = text.split_whitespace();
        let (number, unit) = (words.next()?, words.next()?);
        if words.next().is_some() {
            return None;
        }
        if (number, unit) == ("for", "ever") {
            return Some(Keep::ForEver);
        }
        let number: u16 = number.parse().ok()?;
        if !(1..=Keep::MOST).contains(&number) {
            return None;
        }
        match unit.trim_end_matches('s') {
            "day" => Some(Keep::Days(number)),
            "month" => Some(Keep::Months(number)),
            "year" => Some(Keep::Years(number)),
            _ => None,
        }
    }

    /// How many days it is, if it is said in days.
    #[must_use]
    pub fn days(self) -> Option<u32> {
        match self {
            Keep::Days(days) => Some(days.into()),
            Keep::Months(_) | Keep::Years(_) | Keep::ForEver => None,
        }
    }

    /// Whether it is as long as so many years; a year is no shorter than twelve
    /// months and no longer than 366 days.
    #[must_use]
    pub fn is_at_least_years(self, years: u16) -> bool {
        match self {
            Keep::Days(days) => u32::from(days) >= u32::from(years) * 366,
            Keep::Months(months) => u32::from(months) >= u32::from(years) * 12,
            Keep::Years(own) => own >= years,
            Keep::ForEver => true,
        }
    }

    /// The first day that is kept still: what is of an earlier one may go. None
    /// if nothing ever may.
    #[must_use]
    pub fn first_kept(self, today: Date) -> Option<Date> {
        let span: Span = match self {
            Keep::Days(days) => i64::from(days).days(),
            Keep::Months(months) => i64::from(months).months(),
            Keep::Years(years) => i64::from(years).years(),
            Keep::ForEver => return None,
        };
        Some(today.saturating_sub(span))
    }
}

/// As people read it.
impl fmt::Display for Keep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self {
            Keep::Days(number) => (number, "day"),
            Keep::Months(number) => (number, "month"),
            Keep::Years(number) => (number, "year"),
            Keep::ForEver => return formatter.write_str("for ever"),
        };
        let plural = if *number == 1 { "" } else { "s" };
        write!(formatter, "{number} {unit}{plural}")
    }
}

impl From<Keep> for String {
    fn from(keep: Keep) -> String {
        keep.to_string()
    }
}

impl TryFrom<String> for Keep {
    type Error = NotALength;

    fn try_from(text: String) -> Result<Keep, NotALength> {
        Keep::parse(&text).ok_or(NotALength(text))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::Keep;

    fn keep(text: &str) -> Keep {
        Keep::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_length_is_read_as_people_write_it_and_written_so_again() {
        for text in ["30 days", "1 day", "12 months", "6 years", "for ever"] {
            assert_eq!(keep(text).to_string(), text);
        }
        assert_eq!(keep(" 1  years "), Keep::Years(1));
        for wrong in [
            "",
            "30",
            "0 days",
            "-1 days",
            "6 weeks",
            "two years",
            "ever",
        ] {
            let refused = Keep::try_from(wrong.to_owned()).unwrap_err().to_string();
            assert!(refused.contains("such as `30 days`"), "{refused}");
        }
    }

    #[test]
    fn what_is_of_an_earlier_day_than_the_first_kept_may_go() {
        let today: Date = "2020-02-29".parse().unwrap();
        for (text, day) in [
            ("30 days", "2020-01-30"),
            ("12 months", "2019-02-28"),
            ("3 years", "2017-02-28"),
        ] {
            assert_eq!(keep(text).first_kept(today), Some(day.parse().unwrap()));
        }
        assert_eq!(keep("for ever").first_kept(today), None);
    }

    #[test]
    fn six_years_are_told_from_less_in_every_unit() {
        for enough in ["6 years", "72 months", "2196 days", "for ever"] {
            let Ok(length) = Keep::try_from(enough.to_owned()) else {
                continue;
            };
            assert!(length.is_at_least_years(6), "{enough}");
        }
        for less in ["5 years", "71 months", "1999 days"] {
            assert!(!keep(less).is_at_least_years(6), "{less}");
        }
    }
}
