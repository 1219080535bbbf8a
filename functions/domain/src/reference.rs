//! Short references that people read aloud, and that notice a slip.
//!
//! Eight characters of Crockford's base 32 (no I, L, O or U) and a check
//! character, in threes behind the series: `APP-7K3-M9Q-XD2`. A reference
//! names a record; it opens nothing. What grants access is a separate secret.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Crockford's alphabet: digits and letters that are not taken for others.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Forty bits: at a hundred thousand records the next one collides by chance
/// once in ten million, and a collision is refused by the store.
const BODY: usize = 8;

/// A series of references, one a kind of record.
pub trait Series {
    /// What stands before the hyphen.
    const PREFIX: &'static str;
}

/// The series of requests to be let in to a member's own page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Accesses {}
/// The series of applications for membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applications {}
/// The series of bookings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bookings {}
/// The series of enquiries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Enquiries {}
/// The series of memberships.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Memberships {}
/// The series of payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Payments {}
/// The series of refunds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refunds {}
/// The series of what people ask about their data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subjects {}

impl Series for Accesses {
    const PREFIX: &'static str = "ACC";
}
impl Series for Applications {
    const PREFIX: &'static str = "APP";
}
impl Series for Bookings {
    const PREFIX: &'static str = "BKG";
}
impl Series for Enquiries {
    const PREFIX: &'static str = "ENQ";
}
impl Series for Memberships {
    const PREFIX: &'static str = "MEM";
}
impl Series for Payments {
    const PREFIX: &'static str = "PAY";
}
impl Series for Refunds {
    const PREFIX: &'static str = "RFD";
}
impl Series for Subjects {
    const PREFIX: &'static str = "DPR";
}

/// Names a request to be let in.
pub type AccessReference = Reference<Accesses>;
/// Names an application.
pub type ApplicationReference = Reference<Applications>;
/// Names a booking.
pub type BookingReference = Reference<Bookings>;
/// Names an enquiry.
pub type EnquiryReference = Reference<Enquiries>;
/// Names a membership.
pub type MembershipReference = Reference<Memberships>;
/// Names a payment.
pub type PaymentReference = Reference<Payments>;
/// Names a refund.
pub type RefundReference = Reference<Refunds>;
/// Names what somebody asks about data.
pub type SubjectReference = Reference<Subjects>;

/// A checked reference of one series.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference<S> {
    /// The body and its check character, without hyphens.
    characters: String,
    series: PhantomData<S>,
}

impl<S: Series> Reference<S> {
    /// A reference from forty random bits, the caller's.
    #[must_use]
    pub fn from_entropy(entropy: [u8; 5]) -> Reference<S> {
        let mut bits = entropy
            .iter()
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let mut digits = [0_usize; BODY];
        for digit in digits.iter_mut().rev() {
            *digit = usize::try_from(bits & 31).unwrap_or_default();
            bits >>= 5;
        }
        let mut characters: String = digits
            .iter()
            .map(|digit| char::from(ALPHABET[*digit]))
            .collect();
        characters.push(char::from(ALPHABET[check(&digits)]));
        Reference {
            characters,
            series: PhantomData,
        }
    }

    /// Reads a reference as people copy it: any case, with or without the
    /// series, hyphens and spaces, `O` for nought and `I` or `L` for one.
    ///
    /// # Errors
    ///
    /// [`NotAReference`] when a character was lost, added, changed or swapped.
    pub fn parse(text: &str) -> Result<Reference<S>, NotAReference> {
        let upper = text.trim().to_ascii_uppercase();
        let rest = upper.strip_prefix(S::PREFIX).unwrap_or(&upper);
        let mut digits = Vec::with_capacity(BODY + 1);
        for character in rest
            .chars()
            .filter(|character| !matches!(character, '-' | ' '))
        {
            let character = match character {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let digit = ALPHABET
                .iter()
                .position(|known| char::from(*known) == character);
            digits.push(digit.ok_or(NotAReference)?);
        }
        match digits.split_last() {
            Some((last, body)) if body.len() == BODY && check(body) == *last => Ok(Reference {
                characters: digits
                    .iter()
                    .map(|digit| char::from(ALPHABET[*digit]))
                    .collect(),
                series: PhantomData,
            }),
            _ => Err(NotAReference),
        }
    }
}

/// The check digit of Luhn's method for base 32: finds every single slip, and
/// every swap of neighbours but `0Z` for `Z0`.
fn check(digits: &[usize]) -> usize {
    let sum: usize = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let doubled = if index % 2 == 0 { digit * 2 } else { *digit };
            doubled / 32 + doubled % 32
        })
        .sum();
    (32 - sum % 32) % 32
}

impl<S: Series> fmt::Display for Reference<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(S::PREFIX)?;
        for (index, character) in self.characters.chars().enumerate() {
            if index % 3 == 0 {
                formatter.write_str("-")?;
            }
            write!(formatter, "{character}")?;
        }
        Ok(())
    }
}

impl<S: Series> Serialize for Reference<S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, S: Series> Deserialize<'de> for Reference<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Reference<S>, D::Error> {
        let text = String::deserialize(deserializer)?;
        Reference::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Text that is not a reference, or one with a slip in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that is not one of our references: check it against the letter or the page")]
pub struct NotAReference;

#[cfg(test)]
mod tests {
    use super::{ApplicationReference, BookingReference};

    #[test]
    fn a_reference_is_read_however_it_was_copied() {
        let reference = ApplicationReference::from_entropy([1, 2, 3, 4, 250]);
        let text = reference.to_string();
        assert_eq!(text.len(), "APP-000-000-000".len());
        for copy in [
            text.clone(),
            text.to_lowercase(),
            text.replace('-', " "),
            text[4..].to_owned(),
            text.replace('0', "o"),
        ] {
            assert_eq!(
                ApplicationReference::parse(&copy),
                Ok(reference.clone()),
                "{copy}"
            );
        }
    }

    #[test]
    fn any_one_wrong_character_is_noticed() {
        let text = BookingReference::from_entropy([9, 99, 199, 0, 31]).to_string();
        for (place, right) in text.char_indices().skip(4).filter(|(_, c)| *c != '-') {
            for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
                .chars()
                .filter(|c| *c != right)
            {
                let mut copy = text.clone();
                copy.replace_range(place..=place, &wrong.to_string());
                assert!(BookingReference::parse(&copy).is_err(), "{copy}");
            }
        }
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        for text in [
            "",
            "BKG",
            "BKG-000",
            "APP-000-000-000",
            "BKG-000-000-0000",
            "BKG-ÀÀÀ-000-000",
            "BKG-UUU-000-000",
        ] {
            assert!(BookingReference::parse(text).is_err(), "{text}");
        }
    }
}
