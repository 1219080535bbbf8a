//! Fee runs, and what each member owes in one.

use domain::fee_run::{FeeRun, FeeRunRow};
use domain::reference::MembershipReference;
use domain::trail::Entry;
use jiff::Timestamp;
use jiff::civil::Date;

use super::item::{Item, Versioned, versioned};
use super::transaction::in_list;
use super::{Store, StoreError, Transaction, keys};

impl Transaction {
    /// A fee run in place of the one that was read; of version nought where
    /// there was none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn fee_run(
        &mut self,
        read_version: u64,
        run: &FeeRun,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::fee_run(run.period);
        let list = in_list(keys::FEE_RUNS, run.period.to_string());
        self.replace(&key, read_version, run, list)?;
        self.audit(&key, what, now)
    }

    /// What a member owes in a run, in place of what was read.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn fee_run_row(
        &mut self,
        period: Date,
        read_version: u64,
        row: &FeeRunRow,
    ) -> Result<(), StoreError> {
        let key = keys::fee_run_member(period, &row.membership);
        self.replace(&key, read_version, row, Item::new())
    }

    /// The same, whatever was there: while the run is being frozen.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn freeze_row(&mut self, period: Date, row: &FeeRunRow) -> Result<(), StoreError> {
        let key = keys::fee_run_member(period, &row.membership);
        self.put_over(&key, row, super::transaction::first_version())
    }
}

impl Store {
    /// The fee run of a period.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn fee_run(&self, period: Date) -> Result<Option<Versioned<FeeRun>>, StoreError> {
        let item = self.get(&keys::fee_run(period)).await?;
        item.map(versioned).transpose()
    }

    /// All fee runs, the latest period first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn fee_runs(&self) -> Result<Vec<Versioned<FeeRun>>, StoreError> {
        let items = self.list(keys::FEE_RUNS, None).await?;
        items.into_iter().rev().map(versioned).collect()
    }

    /// What each member owes in a run.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn fee_run_rows(
        &self,
        period: Date,
    ) -> Result<Vec<Versioned<FeeRunRow>>, StoreError> {
        let of = keys::fee_run(period);
        let items = self.beside(&of, keys::FEE_RUN_MEMBER).await?;
        items.into_iter().map(versioned).collect()
    }

    /// What one member owes in a run.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn fee_run_row(
        &self,
        period: Date,
        membership: &MembershipReference,
    ) -> Result<Option<Versioned<FeeRunRow>>, StoreError> {
        let key = keys::fee_run_member(period, membership);
        self.get(&key).await?.map(versioned).transpose()
    }

    /// What has happened to a fee run, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn fee_run_trail(&self, period: Date) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::fee_run(period)).await
    }
}
