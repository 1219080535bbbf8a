//! A day as a person types it, in whichever of the usual ways.

use jiff::civil::Date;

use crate::calendar::month_name;

/// Reads `2017-04-01`, `1 April 2017`, `1 Apr 2017`, `1/4/2017` and `1.4.2017`.
///
/// The day comes before the month, as it does in England, unless the year
/// comes first. Years have four digits, so that no century is guessed.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '/' | '.' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    let (year, day) = if first.len() == 4 {
        (first, last)
    } else {
        (last, first)
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(number(year)?, month_number(month)?, number(day)?).ok()
}

/// Reads a day that has been; `said` is what it is the date of, such as
/// `the date of the decision`.
///
/// # Errors
///
/// [`DayError`] says what to do, beginning with what it is the date of.
pub fn past_day(text: &str, said: &'static str, today: Date) -> Result<Date, DayError> {
    match parse(text) {
        Some(day) if day > today => Err(DayError::InFuture(said)),
        Some(day) => Ok(day),
        None => Err(DayError::NotADay(said)),
    }
}

/// Why a text is not the day that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// It is none.
    #[error("Enter {0} with day, month and year, like 14 March 2017")]
    NotADay(&'static str),
    /// It is still to come.
    #[error("{} must be today or in the past", capital(.0))]
    InFuture(&'static str),
}

fn capital(said: &str) -> String {
    let mut letters = said.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A number in digits alone: `+4` is none.
fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// 4 of `4`, `04`, `April` and `apr`.
fn month_number(text: &str) -> Option<i8> {
    if let Some(month) = number(text) {
        return Some(month);
    }
    let wanted = text.to_lowercase();
    (1..=12).find(|month| {
        let first = Date::new(2000, *month, 1).ok();
        let name = first.map(month_name).unwrap_or_default().to_lowercase();
        wanted.len() >= 3 && name.starts_with(&wanted)
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_day_is_read_in_each_of_the_usual_ways() {
        for text in [
            "2017-04-01",
            "1 April 2017",
            " 01 apr 2017 ",
            "1/4/2017",
            "01.04.2017",
            "1-4-2017",
        ] {
            let day = parse(text).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some("2017-04-01"), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_or_could_be_two_is_refused() {
        for text in [
            "",
            "tomorrow",
            "2017-02-30",
            "1/4/17",
            "April 2017",
            "1 Ma 2017",
            "1 Apryl 2017",
            "2017-04-01T00:30Z",
            "+1 April 2017",
            "1 13 2017",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
