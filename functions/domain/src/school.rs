//! What a school is known by, parsed once from what a person types.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A Unique Reference Number: the six digits that the Department for
/// Education knows a school by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Urn(String);

impl Urn {
    /// Reads a URN, with spaces wherever somebody put them.
    ///
    /// # Errors
    ///
    /// [`UrnError`] says what to enter instead.
    pub fn parse(text: &str) -> Result<Urn, UrnError> {
        let digits: String = text
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect();
        if digits.is_empty() {
            return Err(UrnError::Missing);
        }
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(UrnError::NotSixDigits);
        }
        Ok(Urn(digits))
    }
}

impl fmt::Display for Urn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<Urn> for String {
    fn from(urn: Urn) -> String {
        urn.0
    }
}

impl TryFrom<String> for Urn {
    type Error = UrnError;

    fn try_from(text: String) -> Result<Urn, UrnError> {
        Urn::parse(&text)
    }
}

/// Why a text is not a URN, as the applicant reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrnError {
    /// Nothing was typed.
    #[error("Enter your school’s URN")]
    Missing,
    /// It has other characters, or too few or many.
    #[error("URN must be 6 digits")]
    NotSixDigits,
}

/// How many pupils are on a school's roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct PupilsOnRoll(u32);

impl PupilsOnRoll {
    /// More than four digits is a slip of the finger: no school in England
    /// has half as many pupils.
    pub const MOST: u32 = 9_999;

    /// A roll of `pupils`.
    ///
    /// # Errors
    ///
    /// [`PupilsError::TooMany`] above [`PupilsOnRoll::MOST`].
    pub const fn new(pupils: u32) -> Result<PupilsOnRoll, PupilsError> {
        if pupils > PupilsOnRoll::MOST {
            Err(PupilsError::TooMany)
        } else {
            Ok(PupilsOnRoll(pupils))
        }
    }

    /// Reads a number as people type it: `420`, ` 1,050 `.
    ///
    /// # Errors
    ///
    /// [`PupilsError`] says what to enter instead.
    pub fn parse(text: &str) -> Result<PupilsOnRoll, PupilsError> {
        let digits: String = text
            .chars()
            .filter(|character| !character.is_whitespace() && *character != ',')
            .collect();
        if digits.is_empty() {
            return Err(PupilsError::Missing);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PupilsError::NotANumber);
        }
        digits
            .parse()
            .map_or(Err(PupilsError::TooMany), PupilsOnRoll::new)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for PupilsOnRoll {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl From<PupilsOnRoll> for u32 {
    fn from(pupils: PupilsOnRoll) -> u32 {
        pupils.0
    }
}

impl TryFrom<u32> for PupilsOnRoll {
    type Error = PupilsError;

    fn try_from(pupils: u32) -> Result<PupilsOnRoll, PupilsError> {
        PupilsOnRoll::new(pupils)
    }
}

/// Why a text is not a number of pupils, as the applicant reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PupilsError {
    /// Nothing was typed.
    #[error("Enter the number of pupils on your school’s roll")]
    Missing,
    /// It is not a whole number.
    #[error("Number of pupils must be a whole number, such as 420")]
    NotANumber,
    /// It is beyond any school.
    #[error("Number of pupils must be 9,999 or fewer")]
    TooMany,
}

#[cfg(test)]
mod tests {
    use super::{PupilsError, PupilsOnRoll, Urn, UrnError};

    #[test]
    fn a_urn_is_six_digits_with_spaces_wherever_somebody_put_them() {
        assert_eq!(Urn::parse(" 900 001 ").unwrap().to_string(), "900001");
        assert_eq!(Urn::parse(""), Err(UrnError::Missing));
        for text in ["90000", "9000011", "90000a", "９０００００", "-90001"] {
            assert_eq!(Urn::parse(text), Err(UrnError::NotSixDigits), "{text}");
        }
    }

    #[test]
    fn a_roll_is_a_whole_number_of_at_most_four_digits() {
        assert_eq!(PupilsOnRoll::parse(" 1,050 ").unwrap().get(), 1_050);
        assert_eq!(PupilsOnRoll::parse("420.5"), Err(PupilsError::NotANumber));
        assert_eq!(PupilsOnRoll::parse("-1"), Err(PupilsError::NotANumber));
        assert_eq!(PupilsOnRoll::parse("10000"), Err(PupilsError::TooMany));
        assert_eq!(
            PupilsOnRoll::parse("99999999999999999999"),
            Err(PupilsError::TooMany)
        );
    }
}
