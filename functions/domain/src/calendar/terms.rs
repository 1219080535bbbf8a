//! Terms and school years, by which events are counted.
//!
//! A term here is a third of the calendar, from the day that it begins until
//! the next one does, so that every day is in one. The dates on which schools
//! open and close are the council's, and are not asked for.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};

/// When the terms begin, as `content/booking.yaml` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Terms {
    /// The first day of the autumn term, and so of the school year.
    pub autumn: DayOfYear,
    /// The first day of the spring term.
    pub spring: DayOfYear,
    /// The first day of the summer term.
    pub summer: DayOfYear,
    /// Where the rule stands, or why it is our default.
    pub source: String,
}

/// The terms as they are written, before they are known to follow one another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    autumn: DayOfYear,
    spring: DayOfYear,
    summer: DayOfYear,
    source: String,
}

/// Why terms cannot be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// They do not follow one another within a calendar year.
    #[error(
        "`spring`, `summer` and `autumn` must begin in that order within a year, such as `01-01`, `05-01`, `09-01`"
    )]
    Order,
}

impl TryFrom<Unchecked> for Terms {
    type Error = TermsError;

    fn try_from(written: Unchecked) -> Result<Terms, TermsError> {
        let Unchecked {
            autumn,
            spring,
            summer,
            source,
        } = written;
        if spring >= summer || summer >= autumn {
            return Err(TermsError::Order);
        }
        Ok(Terms {
            autumn,
            spring,
            summer,
            source,
        })
    }
}

impl Terms {
    /// September to December, January to April, May to August.
    #[must_use]
    pub fn usual(source: &str) -> Terms {
        let first = |month| DayOfYear { month, day: 1 };
        Terms {
            autumn: first(9),
            spring: first(1),
            summer: first(5),
            source: source.to_owned(),
        }
    }

    /// The term that a day is in.
    #[must_use]
    pub fn of(&self, day: Date) -> Term {
        let own = DayOfYear::of(day);
        let (begins, name) = if own >= self.autumn {
            (day.year(), TermName::Autumn)
        } else if own >= self.summer {
            (day.year() - 1, TermName::Summer)
        } else if own >= self.spring {
            (day.year() - 1, TermName::Spring)
        } else {
            // Before spring begins, the autumn of the year before goes on.
            (day.year() - 1, TermName::Autumn)
        };
        Term {
            year: SchoolYear(begins),
            name,
        }
    }
}

/// A day of every year: month and day, `09-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DayOfYear {
    month: i8,
    day: i8,
}

impl DayOfYear {
    fn of(day: Date) -> DayOfYear {
        DayOfYear {
            month: day.month(),
            day: day.day(),
        }
    }
}

impl From<DayOfYear> for String {
    fn from(day: DayOfYear) -> String {
        format!("{:02}-{:02}", day.month, day.day)
    }
}

/// Text that is no day of every year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day of every year: write month and day, such as `09-01`")]
pub struct NotADayOfYear(String);

impl TryFrom<String> for DayOfYear {
    type Error = NotADayOfYear;

    fn try_from(text: String) -> Result<DayOfYear, NotADayOfYear> {
        // A year without 29 February: such a day is not in every one.
        let day: Result<Date, _> = format!("2017-{text}").parse();
        match day {
            Ok(day) if text.len() == 5 => Ok(DayOfYear::of(day)),
            _ => Err(NotADayOfYear(text)),
        }
    }
}

/// A school year, by the calendar year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchoolYear(i16);

/// As people write it: `2027/28`.
impl fmt::Display for SchoolYear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

impl Serialize for SchoolYear {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A term of a school year. Terms are in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// The school year.
    pub year: SchoolYear,
    /// Which of its terms.
    pub name: TermName,
}

/// Which term of a school year, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermName {
    /// The first.
    Autumn,
    /// The second.
    Spring,
    /// The third.
    Summer,
}

/// As people write it: `Autumn 2027/28`.
impl fmt::Display for Term {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.name {
            TermName::Autumn => "Autumn",
            TermName::Spring => "Spring",
            TermName::Summer => "Summer",
        };
        write!(formatter, "{name} {}", self.year)
    }
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::Terms;

    #[test]
    fn every_day_is_in_one_term_of_one_school_year() {
        let terms = Terms::usual("a test");
        for (day, term) in [
            (date(2027, 8, 31), "Summer 2026/27"),
            (date(2027, 9, 1), "Autumn 2027/28"),
            (date(2027, 12, 31), "Autumn 2027/28"),
            (date(2028, 1, 1), "Spring 2027/28"),
            (date(2028, 4, 30), "Spring 2027/28"),
            (date(2028, 5, 1), "Summer 2027/28"),
            (date(1999, 9, 1), "Autumn 1999/00"),
        ] {
            assert_eq!(terms.of(day).to_string(), term);
        }
        let later =
            json!({ "autumn": "09-01", "spring": "01-08", "summer": "04-20", "source": "a test" });
        let later: Terms = serde_json::from_value(later).unwrap();
        assert_eq!(later.of(date(2028, 1, 7)).to_string(), "Autumn 2027/28");
        assert!(terms.of(date(2027, 9, 1)) < terms.of(date(2028, 1, 1)));
    }

    #[test]
    fn terms_that_cannot_be_meant_are_refused() {
        let read = |autumn: &str, spring: &str| {
            let written = json!({ "autumn": autumn, "spring": spring, "summer": "05-01", "source": "a test" });
            let read: Result<Terms, _> = serde_json::from_value(written);
            read.map_err(|error| error.to_string())
        };
        assert!(
            read("09-01", "06-01")
                .unwrap_err()
                .contains("in that order")
        );
        for wrong in ["02-29", "13-01", "1 September", "9-1"] {
            assert!(
                read(wrong, "01-01")
                    .unwrap_err()
                    .contains("no day of every year")
            );
        }
        assert_eq!(read("09-01", "01-01").unwrap(), Terms::usual("a test"));
    }
}
