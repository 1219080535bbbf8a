//! Words of several lines that somebody typed: a message, a reason, a note.
//!
//! Kept as typed, line breaks included; only what cannot be seen is left out,
//! and how much there may be is bounded.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::contact::{ContactError, is_unseen};

/// Some lines of text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Passage(String);

impl Passage {
    /// Two pages of print; whoever has more to say can send a document.
    pub const MOST: usize = 4_000;

    /// Reads a passage: trimmed, line ends made alike.
    ///
    /// `label` completes the sentence of an error: `your message`.
    ///
    /// # Errors
    ///
    /// [`ContactError`] says what to enter.
    pub fn parse(text: &str, label: &'static str) -> Result<Passage, ContactError> {
        let passage: String = text
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .chars()
            .filter(|character| !is_unseen(*character))
            .collect();
        let passage = passage.trim();
        if passage.is_empty() {
            return Err(ContactError::Missing(label));
        }
        if passage.chars().count() > Passage::MOST {
            return Err(ContactError::TooLong(label, Passage::MOST));
        }
        let shown = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
        if !passage.chars().all(shown) {
            return Err(ContactError::Unseen(label));
        }
        Ok(Passage(passage.to_owned()))
    }

    /// Reads a passage that may be left out.
    ///
    /// # Errors
    ///
    /// [`ContactError`] says what to shorten.
    pub fn parse_optional(
        text: &str,
        label: &'static str,
    ) -> Result<Option<Passage>, ContactError> {
        match Passage::parse(text, label) {
            Ok(passage) => Ok(Some(passage)),
            Err(ContactError::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Passage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Passage;

    #[test]
    fn a_passage_keeps_its_lines_and_every_script() {
        let passage = Passage::parse(
            " Dear all,\r\n\r\nআমরা আগ্রহী\tمرحبا \u{200b}",
            "your message",
        );
        assert_eq!(passage.unwrap().as_str(), "Dear all,\n\nআমরা আগ্রহী\tمرحبا");
    }

    #[test]
    fn a_passage_that_is_empty_or_too_long_is_refused_with_what_to_do() {
        let message = |text: &str| {
            Passage::parse(text, "your message")
                .unwrap_err()
                .to_string()
        };
        assert_eq!(message(" \n\u{200b} "), "Enter your message");
        assert_eq!(
            message(&"x".repeat(10_000)),
            "Shorten your message to 4000 characters or fewer"
        );
        assert_eq!(Passage::parse_optional(" ", "your message"), Ok(None));
    }
}
