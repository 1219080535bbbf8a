//! People, and how they are reached: parsed once from what somebody types.
//!
//! Names are kept as typed. Nobody's name has a wrong character in it, but
//! for those that cannot be seen.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A line of text that somebody typed: a name, a role, a school.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Line(String);

impl Line {
    /// Longer than any name of a person, role or school that is one.
    pub const MOST: usize = 200;

    /// Reads a line: trimmed, runs of blanks made one.
    ///
    /// `label` completes the sentence of an error: `the headteacher’s name`.
    ///
    /// # Errors
    ///
    /// [`ContactError`] says what to enter.
    pub fn parse(text: &str, label: &'static str) -> Result<Line, ContactError> {
        let seen: String = text
            .chars()
            .filter(|character| !is_unseen(*character))
            .collect();
        let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            return Err(ContactError::Missing(label));
        }
        if line.chars().count() > Line::MOST {
            return Err(ContactError::TooLong(label, Line::MOST));
        }
        if line.chars().any(char::is_control) {
            return Err(ContactError::Unseen(label));
        }
        Ok(Line(line))
    }

    /// Reads a line that may be left out.
    ///
    /// # Errors
    ///
    /// [`ContactError`] says what to enter instead.
    pub fn parse_optional(text: &str, label: &'static str) -> Result<Option<Line>, ContactError> {
        given(Line::parse(text, label))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What was given, if anything was.
fn given<T>(parsed: Result<T, ContactError>) -> Result<Option<T>, ContactError> {
    match parsed {
        Ok(value) => Ok(Some(value)),
        Err(ContactError::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Characters that show nothing and turn or hide what is around them: they
/// come with text that was copied, and are left out. The joiners that some
/// scripts need inside a word (U+200C, U+200D) stay.
pub(crate) fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// An address that a letter can be sent to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The most that a mail server takes (RFC 5321, section 4.5.3.1.3).
    pub const MOST: usize = 254;

    /// Reads an address. Only a letter that arrives proves it, so no more is
    /// asked here than one `@` with something sensible on either side.
    ///
    /// # Errors
    ///
    /// [`ContactError`] says what to enter.
    pub fn parse(text: &str, label: &'static str) -> Result<EmailAddress, ContactError> {
        let address = text.trim();
        if address.is_empty() {
            return Err(ContactError::Missing(label));
        }
        if address.len() > EmailAddress::MOST {
            return Err(ContactError::TooLong(label, EmailAddress::MOST));
        }
        let plain = |text: &str| {
            !text.is_empty()
                && !text.starts_with('.')
                && !text.ends_with('.')
                && !text.contains("..")
                && !text
                    .chars()
                    .any(|c| c.is_whitespace() || c.is_control() || "@<>(),;:\"[]\\".contains(c))
        };
        match address.split_once('@') {
            Some((person, host)) if plain(person) && plain(host) && host.contains('.') => {
                Ok(EmailAddress(address.to_owned()))
            }
            _ => Err(ContactError::NotAnAddress(label)),
        }
    }

    /// Reads an address that may be left out.
    ///
    /// # Errors
    ///
    /// [`ContactError`] says what to enter instead.
    pub fn parse_optional(
        text: &str,
        label: &'static str,
    ) -> Result<Option<EmailAddress>, ContactError> {
        given(EmailAddress::parse(text, label))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as it is compared: no mail server of today tells capitals
    /// from small letters.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.to_lowercase()
    }

    /// Whether both reach the same person.
    #[must_use]
    pub fn is_same(&self, other: &EmailAddress) -> bool {
        self.plain() == other.plain()
    }
}

/// A telephone number, kept as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Telephone(String);

impl Telephone {
    /// Reads a number with spaces, brackets, hyphens and a `+` as people use
    /// them; 7 to 15 digits (ITU-T E.164), and an extension if there is one.
    ///
    /// # Errors
    ///
    /// [`ContactError`] says what to enter.
    pub fn parse(text: &str, label: &'static str) -> Result<Telephone, ContactError> {
        let number = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if number.is_empty() {
            return Err(ContactError::Missing(label));
        }
        let lower = number.to_ascii_lowercase();
        let (main, extension) = lower.split_once("ext").unwrap_or((&lower, ""));
        let digits = main.bytes().filter(u8::is_ascii_digit).count();
        let readable = main
            .chars()
            .all(|c| c.is_ascii_digit() || " ()-+.".contains(c))
            && extension
                .chars()
                .all(|c| c.is_ascii_digit() || " .:".contains(c));
        if readable && (7..=15).contains(&digits) && number.len() <= 40 {
            Ok(Telephone(number))
        } else {
            Err(ContactError::NotANumber(label))
        }
    }

    /// Reads a number that may be left out.
    ///
    /// # Errors
    ///
    /// [`ContactError`] says what to enter instead.
    pub fn parse_optional(
        text: &str,
        label: &'static str,
    ) -> Result<Option<Telephone>, ContactError> {
        given(Telephone::parse(text, label))
    }

    /// The number, as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Line {
    /// What stands in the place of a name that was erased.
    #[must_use]
    pub fn erased() -> Line {
        Line("Name erased".to_owned())
    }
}

/// A person and an address to write to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name.
    pub name: Line,
    /// Where letters go.
    pub email: EmailAddress,
}

impl Person {
    /// What stands in the place of somebody who was erased. The address is one
    /// that nobody can have (RFC 2606).
    #[must_use]
    pub fn erased() -> Person {
        Person {
            name: Line::erased(),
            email: EmailAddress("erased@erased.invalid".to_owned()),
        }
    }

    /// Whether somebody was erased here.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        *self == Person::erased()
    }
}

/// What is wrong with a field about a person, as that person reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    /// Nothing was typed.
    #[error("Enter {0}")]
    Missing(&'static str),
    /// It is longer than it can be.
    #[error("Shorten {0} to {1} characters or fewer")]
    TooLong(&'static str, usize),
    /// It has characters that cannot be seen.
    #[error("Type {0} again: it has characters that cannot be shown")]
    Unseen(&'static str),
    /// It is not an email address.
    #[error("Enter {0} in the correct format, like name@example.sch.uk")]
    NotAnAddress(&'static str),
    /// It is not a telephone number.
    #[error("Enter {0} as digits, like 020 7946 0000")]
    NotANumber(&'static str),
}

#[cfg(test)]
mod tests {
    use super::{ContactError, EmailAddress, Line, Telephone};

    #[test]
    fn names_of_every_script_are_kept_as_typed() {
        for name in [
            "Zoë O’Brien-Núñez",
            "আজিজ চৌধুরী",
            "محمد",
            "李 小龍",
            "X Æ A-12",
        ] {
            assert_eq!(
                Line::parse(&format!("  {name} "), "your name")
                    .unwrap()
                    .as_str(),
                name
            );
        }
    }

    #[test]
    fn a_line_that_is_empty_too_long_or_unseen_is_refused_with_what_to_do() {
        let message = |text: &str| {
            Line::parse(text, "the headteacher’s name")
                .unwrap_err()
                .to_string()
        };
        assert_eq!(message(" \u{3000} "), "Enter the headteacher’s name");
        assert_eq!(
            message(&"x".repeat(10_000)),
            "Shorten the headteacher’s name to 200 characters or fewer"
        );
        assert_eq!(message("\u{200b}\u{202e}"), "Enter the headteacher’s name");
        assert!(message("a\u{0}b").contains("cannot be shown"));
    }

    #[test]
    fn an_address_has_one_at_sign_and_a_host() {
        for text in ["head@bow.sch.uk", " o'neil+joe@a-b.co ", "用户@例子.公司"] {
            assert!(
                EmailAddress::parse(text, "your email address").is_ok(),
                "{text}"
            );
        }
        for text in [
            "head",
            "head@",
            "@bow.sch.uk",
            "a b@c.uk",
            "a@b",
            "a@b@c.uk",
            "a@.uk",
            "a@b..uk",
            "a@b.uk\nBcc: c@d.uk",
        ] {
            let refused = EmailAddress::parse(text, "your email address");
            assert!(
                matches!(refused, Err(ContactError::NotAnAddress(_))),
                "{text}"
            );
        }
    }

    #[test]
    fn a_telephone_number_is_taken_as_people_write_it() {
        for text in [
            "020 7946 0000",
            "+44 (0)20 7946-0000",
            "020 7946 0000 ext. 12",
        ] {
            assert!(
                Telephone::parse(text, "a telephone number").is_ok(),
                "{text}"
            );
        }
        for text in ["none", "0207", "1234567890123456", "020 7946 0000; drop"] {
            assert!(
                Telephone::parse(text, "a telephone number").is_err(),
                "{text}"
            );
        }
    }
}
