//! Money, in whole pence, so that no sum is ever a fraction that nobody owes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A sum in whole pence sterling, never negative.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Pence(u64);

impl Pence {
    /// Nothing owed.
    pub const ZERO: Pence = Pence(0);

    /// A sum of `pence`.
    #[must_use]
    pub const fn new(pence: u64) -> Pence {
        Pence(pence)
    }

    /// The sum as a number of pence.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Whether nothing is owed.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, more: Pence) -> Pence {
        Pence(self.0.saturating_add(more.0))
    }

    /// What is left when `less` is taken away; none if that is more.
    #[must_use]
    pub const fn minus(self, less: Pence) -> Option<Pence> {
        match self.0.checked_sub(less.0) {
            Some(left) => Some(Pence(left)),
            None => None,
        }
    }

    /// What is left when `less` is taken away, nought at the least.
    #[must_use]
    pub const fn less(self, less: Pence) -> Pence {
        Pence(self.0.saturating_sub(less.0))
    }

    /// `self × numerator ÷ denominator`, multiplied before it is divided and
    /// rounded once, half up, to the nearest penny.
    ///
    /// `None` when the denominator is nought or the sum is beyond any ledger.
    #[must_use]
    pub fn share(self, numerator: u64, denominator: u64) -> Option<Pence> {
        let whole = u128::from(self.0) * u128::from(numerator);
        let denominator = u128::from(denominator);
        let rounded = whole
            .checked_mul(2)?
            .checked_add(denominator)?
            .checked_div(denominator.checked_mul(2)?)?;
        u64::try_from(rounded).ok().map(Pence)
    }

    /// Reads a price as an editor writes it: `£45`, `£45.00`, `45.50`.
    ///
    /// # Errors
    ///
    /// [`NotMoney`] for anything else: a fraction of a penny, a sign, a comma
    /// in the pence.
    pub fn parse(text: &str) -> Result<Pence, NotMoney> {
        let refused = || NotMoney(text.to_owned());
        let figures = text.trim();
        let figures = figures.strip_prefix('£').unwrap_or(figures).trim_start();
        let (pounds, pence) = figures.split_once('.').unwrap_or((figures, "00"));
        let pounds = pounds.replace(',', "");
        if pence.len() != 2 || !digits(pence) || pounds.len() > 9 || !digits(&pounds) {
            return Err(refused());
        }
        let pounds: u64 = pounds.parse().map_err(|_| refused())?;
        let pence: u64 = pence.parse().map_err(|_| refused())?;
        Ok(Pence(pounds * 100 + pence))
    }
}

impl std::iter::Sum for Pence {
    fn sum<I: Iterator<Item = Pence>>(sums: I) -> Pence {
        sums.fold(Pence::ZERO, Pence::plus)
    }
}

/// One or more ASCII digits and nothing else.
fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Written as people read it: `£2,907.92`.
impl fmt::Display for Pence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pounds = (self.0 / 100).to_string();
        let mut grouped = String::with_capacity(pounds.len() + pounds.len() / 3);
        for (index, digit) in pounds.chars().enumerate() {
            if index > 0 && (pounds.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        write!(formatter, "£{grouped}.{:02}", self.0 % 100)
    }
}

/// Text that is not a sum of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a sum in pounds and pence, such as `£45.00`")]
pub struct NotMoney(String);

#[cfg(test)]
mod tests {
    use super::Pence;

    #[test]
    fn pounds_are_grouped_in_thousands_and_pence_keep_two_digits() {
        assert_eq!(Pence::new(290_792).to_string(), "£2,907.92");
        assert_eq!(Pence::new(5).to_string(), "£0.05");
        assert_eq!(Pence::new(123_456_789).to_string(), "£1,234,567.89");
    }

    #[test]
    fn a_half_penny_is_rounded_up_once() {
        assert_eq!(Pence::new(1).share(1, 2), Some(Pence::new(1)));
        assert_eq!(Pence::new(211 * 500).share(5, 12), Some(Pence::new(43_958)));
        assert_eq!(Pence::new(1).share(1, 0), None);
    }

    #[test]
    fn a_price_is_read_as_an_editor_writes_it() {
        for text in ["£45", "£45.00", "45.00", " £ 45 "] {
            assert_eq!(Pence::parse(text), Ok(Pence::new(4_500)), "{text}");
        }
        assert_eq!(Pence::parse("£1,250.50"), Ok(Pence::new(125_050)));
        for text in [
            "",
            "£",
            "-£4",
            "£4.5",
            "£4.505",
            "free",
            "£4.5O",
            "99999999999999999999",
        ] {
            assert!(Pence::parse(text).is_err(), "{text}");
        }
    }
}
