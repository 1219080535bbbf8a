//! Lines of the bank's statement.

use domain::bank::{BankLine, BankLineId, BankLineState};
use domain::trail::Entry;
use jiff::Timestamp;

use super::item::{Item, Versioned, versioned};
use super::transaction::{first_version, in_list};
use super::{Guard, Outcome, Store, StoreError, Transaction, keys};

impl Transaction {
    /// A line in place of the one that was read.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn bank_line(
        &mut self,
        read: &Versioned<BankLine>,
        next: &BankLine,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::bank_line(&next.id);
        self.replace(&key, read.version, next, listed(next))?;
        self.audit(&key, what, now)
    }
}

fn listed(line: &BankLine) -> Item {
    let list = match line.state {
        BankLineState::Waiting => keys::BANK_WAITING,
        _ => keys::BANK_DONE,
    };
    in_list(list, format!("{}#{}", line.line.on, line.id))
}

impl Store {
    /// Brings a line in; whether it was not there.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer, or others wrote at the
    /// same moment: then it is not known to be in.
    pub async fn bring_in(
        &self,
        mut transaction: Transaction,
        line: &BankLine,
    ) -> Result<bool, StoreError> {
        let key = keys::bank_line(&line.id);
        let mut extra = listed(line);
        extra.extend(first_version());
        transaction.put_new(&key, line, extra, Guard::Command)?;
        transaction.audit(&key, "bank-line-brought-in", line.entered_at)?;
        match self.commit(transaction).await? {
            Outcome::Committed => Ok(true),
            refused if refused.is_refused_by(Guard::Command) => Ok(false),
            Outcome::Refused(_) => Err(StoreError::Busy),
        }
    }

    /// The line of that id.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn bank_line(
        &self,
        id: &BankLineId,
    ) -> Result<Option<Versioned<BankLine>>, StoreError> {
        let item = self.get(&keys::bank_line(id)).await?;
        item.map(versioned).transpose()
    }

    /// The lines that nothing was done with, the oldest day first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn bank_lines_waiting(&self) -> Result<Vec<Versioned<BankLine>>, StoreError> {
        let items = self.list(keys::BANK_WAITING, None).await?;
        items.into_iter().map(versioned).collect()
    }

    /// The lines that something was done with, the latest day first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn bank_lines_done(&self) -> Result<Vec<Versioned<BankLine>>, StoreError> {
        let items = self.list(keys::BANK_DONE, None).await?;
        items.into_iter().rev().map(versioned).collect()
    }

    /// What has happened to a line, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn bank_line_trail(&self, id: &BankLineId) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::bank_line(id)).await
    }
}
