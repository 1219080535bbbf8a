//! What is charged for a place that nobody used: a share of its price, or a sum.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::Pence;

/// What is charged: a share of the price in whole per cent, or a sum.
///
/// A sum is never more than the price of a place that has one. A place that is
/// free can cost a sum when it is not used; a share of nothing is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Charge(Amount);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Amount {
    /// So many hundredths, 100 at the most.
    Share(u8),
    /// A sum, not nought.
    Sum(Pence),
}

impl Charge {
    /// Nothing is charged.
    pub const NOTHING: Charge = Charge(Amount::Share(0));

    /// The whole price.
    pub const ALL: Charge = Charge(Amount::Share(100));

    /// Reads `50%`, `£35.00` or `nothing`.
    ///
    /// # Errors
    ///
    /// [`NotACharge`] says whether it is none, or more than the price.
    pub fn parse(text: &str) -> Result<Charge, NotACharge> {
        let written = text.trim();
        let refused = || NotACharge::Unreadable(text.to_owned());
        if written == "nothing" {
            return Ok(Charge::NOTHING);
        }
        if let Some(share) = written.strip_suffix('%') {
            let share = share.trim_end();
            if share.is_empty() || !share.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(refused());
            }
            return match share.parse() {
                Ok(share @ 0..=100) => Ok(Charge(Amount::Share(share))),
                _ => Err(NotACharge::OverThePrice(text.to_owned())),
            };
        }
        // A bare number could be meant as either.
        if !written.starts_with('£') {
            return Err(refused());
        }
        let sum = Pence::parse(written).map_err(|_| refused())?;
        Ok(match sum {
            Pence::ZERO => Charge::NOTHING,
            sum => Charge(Amount::Sum(sum)),
        })
    }

    /// What it comes to for a place of that price, nought for a free one. A
    /// share is rounded once, half up, to the nearest penny.
    #[must_use]
    pub fn of(self, price: Pence) -> Pence {
        match self.0 {
            Amount::Share(share) => price.share(u64::from(share), 100).unwrap_or(price),
            Amount::Sum(sum) if price.is_zero() => sum,
            Amount::Sum(sum) => sum.min(price),
        }
    }

    /// Whether it is never more than another, whatever a place costs; none
    /// where that depends on the price.
    pub(super) fn is_at_most(self, other: Charge) -> Option<bool> {
        match (self.0, other.0) {
            (Amount::Share(0), _) => Some(true),
            (_, Amount::Share(0)) => Some(false),
            (Amount::Share(share), Amount::Share(other)) => Some(share <= other),
            (Amount::Sum(sum), Amount::Sum(other)) => Some(sum <= other),
            (Amount::Share(_), Amount::Sum(_)) | (Amount::Sum(_), Amount::Share(_)) => None,
        }
    }

    /// In a sentence: `50% of the price`.
    #[must_use]
    pub fn words(self) -> String {
        match self.0 {
            Amount::Share(0) => "nothing".to_owned(),
            Amount::Share(100) => "the whole price".to_owned(),
            Amount::Share(share) => format!("{share}% of the price"),
            Amount::Sum(sum) => {
                format!("{sum}, but no more than the price of a place that has one")
            }
        }
    }
}

/// As it is written: `50%`.
impl fmt::Display for Charge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Amount::Share(0) => formatter.write_str("nothing"),
            Amount::Share(share) => write!(formatter, "{share}%"),
            Amount::Sum(sum) => sum.fmt(formatter),
        }
    }
}

impl From<Charge> for String {
    fn from(charge: Charge) -> String {
        charge.to_string()
    }
}

impl TryFrom<String> for Charge {
    type Error = NotACharge;

    fn try_from(text: String) -> Result<Charge, NotACharge> {
        Charge::parse(&text)
    }
}

/// Why a text is not a charge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotACharge {
    /// It is neither a share nor a sum.
    #[error("`{0}` is neither a share of the price, such as `50%`, nor a sum, such as `£35.00`")]
    Unreadable(String),
    /// More than all of it.
    #[error("`{0}` is more than the price of a place")]
    OverThePrice(String),
}
