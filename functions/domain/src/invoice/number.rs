//! Numbers without gaps: one series for invoices, one for credit notes.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A series of numbers.
pub trait Series {
    /// What stands before the hyphen.
    const PREFIX: &'static str;
    /// What people call a number of it.
    const EXAMPLE: &'static str;
}

/// The series of invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Invoices {}
/// The series of credit notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreditNotes {}

impl Series for Invoices {
    const PREFIX: &'static str = "INV";
    const EXAMPLE: &'static str = "an invoice has a number such as INV-00042";
}
impl Series for CreditNotes {
    const PREFIX: &'static str = "CRN";
    const EXAMPLE: &'static str = "a credit note has a number such as CRN-00042";
}

/// The number of an invoice: `INV-00042`.
pub type InvoiceNumber = Number<Invoices>;
/// The number of a credit note: `CRN-00042`.
pub type CreditNoteNumber = Number<CreditNotes>;

/// A number of one series: the first is 1, and none is left out.
pub struct Number<S> {
    number: u32,
    series: PhantomData<S>,
}

impl<S: Series> Number<S> {
    const fn new(number: u32) -> Number<S> {
        Number {
            number,
            series: PhantomData,
        }
    }

    /// The one after `issued` of its series.
    #[must_use]
    pub const fn after(issued: u32) -> Number<S> {
        Number::new(issued.saturating_add(1))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.number
    }

    /// Reads `INV-00042` as people copy it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Number<S>> {
        let upper = text.trim().to_ascii_uppercase();
        let digits = upper
            .strip_prefix(S::PREFIX)
            .and_then(|rest| rest.strip_prefix('-'))
            .unwrap_or(&upper);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|number| plain && *number > 0)?;
        Some(Number::new(number))
    }
}

impl<S: Series> fmt::Display for Number<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{:05}", S::PREFIX, self.number)
    }
}

impl<S: Series> fmt::Debug for Number<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl<S> Clone for Number<S> {
    fn clone(&self) -> Number<S> {
        *self
    }
}
impl<S> Copy for Number<S> {}
impl<S> PartialEq for Number<S> {
    fn eq(&self, other: &Number<S>) -> bool {
        self.number == other.number
    }
}
impl<S> Eq for Number<S> {}
impl<S> PartialOrd for Number<S> {
    fn partial_cmp(&self, other: &Number<S>) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<S> Ord for Number<S> {
    fn cmp(&self, other: &Number<S>) -> std::cmp::Ordering {
        self.number.cmp(&other.number)
    }
}
impl<S> std::hash::Hash for Number<S> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl<S: Series> Serialize for Number<S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, S: Series> Deserialize<'de> for Number<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Number<S>, D::Error> {
        let text = String::deserialize(deserializer)?;
        Number::parse(&text).ok_or_else(|| serde::de::Error::custom(S::EXAMPLE))
    }
}

#[cfg(test)]
mod tests {
    use super::{CreditNoteNumber, InvoiceNumber};

    #[test]
    fn a_number_is_read_however_it_is_copied() {
        let number = InvoiceNumber::after(41);
        assert_eq!(number.to_string(), "INV-00042");
        for copy in ["INV-00042", " inv-42 ", "42"] {
            assert_eq!(InvoiceNumber::parse(copy), Some(number), "{copy}");
        }
        for wrong in [
            "",
            "INV-",
            "0",
            "-1",
            "INV-4x",
            "99999999999",
            "+42",
            "CRN-00042",
        ] {
            assert_eq!(InvoiceNumber::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_credit_note_is_no_invoice() {
        let number = CreditNoteNumber::after(0);
        assert_eq!(number.to_string(), "CRN-00001");
        let json = serde_json::to_value(number).unwrap();
        assert!(serde_json::from_value::<InvoiceNumber>(json).is_err());
    }
}
