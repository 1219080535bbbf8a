//! What somebody asks for: who asks, what of the record was on the screen, and
//! the form's command, so that a form which arrives twice is carried out once.

use domain::staff::StaffMember;
use domain::trail::Who;
use jiff::Timestamp;

use crate::app::App;
use crate::store::{Command, StoreError, Transaction};

/// Somebody else has changed the record since it was on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Somebody else has changed this meanwhile")]
pub struct Changed;

/// Who asks, and on the strength of what.
#[derive(Debug, Clone)]
pub struct Instruction {
    /// Who.
    pub by: Who,
    /// The version of the record that was on the screen; whichever it is, if
    /// none is said.
    pub seen: Option<u64>,
    /// The form's command, if a form asks.
    pub command: Option<Command>,
}

impl Instruction {
    /// Asked for by somebody, whatever the record is and without a form.
    #[must_use]
    pub fn by(by: Who) -> Instruction {
        Instruction {
            by,
            seen: None,
            command: None,
        }
    }

    /// Asked for by a form, whatever the record is.
    #[must_use]
    pub fn of_form(by: Who, command: &Command) -> Instruction {
        Instruction {
            command: Some(command.clone()),
            ..Instruction::by(by)
        }
    }

    /// The same, of somebody of the staff’s.
    #[must_use]
    pub fn of_staff(member: &StaffMember, command: &Command) -> Instruction {
        Instruction::of_form(Who::Staff(member.id.clone()), command)
    }

    /// Whether it was carried out before.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn is_done(&self, app: &App) -> Result<bool, StoreError> {
        Ok(self.reply(app).await?.is_some())
    }

    /// What was remembered of it, if it was carried out before.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn reply(&self, app: &App) -> Result<Option<String>, StoreError> {
        let Some(command) = &self.command else {
            return Ok(None);
        };
        let record = app.store.command(command).await?;
        Ok(record.map(|record| record.reply))
    }

    /// Whether a record is still the one that was on the screen.
    #[must_use]
    pub fn has_seen(&self, version: u64) -> bool {
        self.seen.is_none_or(|seen| seen == version)
    }

    /// Refuses a record that is no longer the one that was on the screen.
    ///
    /// # Errors
    ///
    /// [`Changed`].
    pub fn expect(&self, version: u64) -> Result<(), Changed> {
        match self.has_seen(version) {
            true => Ok(()),
            false => Err(Changed),
        }
    }

    /// A transaction of whoever asks.
    pub fn transaction(&self) -> Transaction {
        Transaction::by(self.by.clone())
    }

    /// Writes down in a transaction that it carries this out, and what of it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn remember(
        &self,
        transaction: &mut Transaction,
        reply: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match &self.command {
            Some(command) => transaction.remember(command, reply, now),
            None => Ok(()),
        }
    }
}
