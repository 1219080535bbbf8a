//! The log of contacts with a member: who spoke with whom, when, and of what.
//!
//! Entries are added and never changed: what turns out wrong is put right by
//! another entry. A decision of the Board about a membership stands here too.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::contact::Line;
use crate::day::past_day;
use crate::form::FieldErrors;
use crate::passage::Passage;

/// How two people were in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// By telephone.
    Telephone,
    /// By email.
    Email,
    /// By letter.
    Letter,
    /// Somebody went to the school.
    Visit,
    /// At a meeting elsewhere.
    Meeting,
    /// The Board decided or agreed.
    Board,
}

impl Channel {
    /// All of them, in the order of the form.
    pub const ALL: [Channel; 6] = [
        Channel::Telephone,
        Channel::Email,
        Channel::Letter,
        Channel::Visit,
        Channel::Meeting,
        Channel::Board,
    ];

    /// Its name in a form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Channel::Telephone => "telephone",
            Channel::Email => "email",
            Channel::Letter => "letter",
            Channel::Visit => "visit",
            Channel::Meeting => "meeting",
            Channel::Board => "board",
        }
    }

    /// It in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Channel::Telephone => "By telephone",
            Channel::Email => "By email",
            Channel::Letter => "By letter",
            Channel::Visit => "At the school",
            Channel::Meeting => "At a meeting",
            Channel::Board => "Decision of the Board",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// The day of it.
    pub on: Date,
    /// How.
    pub channel: Channel,
    /// With whom.
    pub with: Option<Line>,
    /// Of what.
    pub note: Passage,
    /// Who entered it.
    pub by: Line,
    /// When it was entered.
    pub entered_at: Timestamp,
}

/// The form of an entry as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LogForm {
    /// The day of it.
    pub logged_on: String,
    /// The name of the channel.
    pub channel: String,
    /// With whom.
    pub logged_with: String,
    /// Of what.
    pub note: String,
}

impl LogForm {
    /// The entry, as somebody makes it now.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(&self, by: Line, today: Date, now: Timestamp) -> Result<LogEntry, FieldErrors> {
        let mut errors = FieldErrors::default();
        let on = errors.keep(
            "logged_on",
            past_day(&self.logged_on, "the date of the contact", today),
        );
        let channel = Channel::of_name(&self.channel);
        if channel.is_none() {
            errors.note("channel", "Choose how you were in touch");
        }
        let with = errors.keep(
            "logged_with",
            Line::parse_optional(&self.logged_with, "whom it was with"),
        );
        let note = errors.keep("note", Passage::parse(&self.note, "what it was about"));
        match (on, channel, with, note) {
            (Some(on), Some(channel), Some(with), Some(note)) => Ok(LogEntry {
                on,
                channel,
                with,
                note,
                by,
                entered_at: now,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::{Channel, Line, LogForm};

    #[test]
    fn an_entry_needs_its_day_its_channel_and_what_it_was_about() {
        let by = || Line::parse("The secretary", "").unwrap();
        let today = date(2017, 4, 3);
        let errors = LogForm::default()
            .parse(by(), today, Timestamp::UNIX_EPOCH)
            .unwrap_err();
        assert_eq!(errors.iter().count(), 3);
        let form = LogForm {
            logged_on: "2 April 2017".into(),
            channel: "visit".into(),
            note: "The roof.".into(),
            ..LogForm::default()
        };
        let entry = form.parse(by(), today, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((entry.channel, entry.with), (Channel::Visit, None));
    }
}
