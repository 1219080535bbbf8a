//! Commands: what somebody asked for, done once however often it arrives.
//!
//! A form carries a random key; a command is that key and what was typed, so
//! that going back, changing a word and sending again is another command. The
//! transaction that carries it out writes it beside the records; a second
//! arrival finds it, and is given the first one's answer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::item::{Item, number, value_of};
use super::keys;
use super::{Guard, Store, StoreError, Transaction};

/// How long a command is remembered, in seconds: longer than a form stays open.
const REMEMBERED: i64 = 30 * 24 * 60 * 60;

/// A command, known by its form's key and by what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command(String);

impl Command {
    /// The command of a form: its key if it has a proper one, a new one if
    /// not, and what was typed.
    #[must_use]
    pub fn of_form(key: &str, typed: &impl Serialize) -> Command {
        let proper = key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
        let key = if proper {
            key.to_ascii_lowercase()
        } else {
            crate::entropy::key()
        };
        let typed = serde_json::to_vec(typed).unwrap_or_default();
        let words: String = Sha256::digest(&typed)
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Command(format!("{key}#{words}"))
    }
}

/// A command that was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandRecord {
    /// Where the person was sent.
    pub reply: String,
}

impl Transaction {
    /// Remembers a command and its answer; refused if it was carried out.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn remember(
        &mut self,
        command: &Command,
        reply: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let record = CommandRecord {
            reply: reply.to_owned(),
        };
        let forgotten = now.as_second().saturating_add(REMEMBERED);
        let extra = Item::from([("expires_at".into(), number(forgotten))]);
        self.put_new(&keys::command(&command.0), &record, extra, Guard::Command)
    }
}

impl Store {
    /// What became of a command, if it was carried out.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn command(&self, command: &Command) -> Result<Option<CommandRecord>, StoreError> {
        self.get(&keys::command(&command.0))
            .await?
            .map(value_of)
            .transpose()
    }
}
