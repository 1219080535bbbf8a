//! The trial balance: each account with its balance, and their sum, which is
//! nought; and the income of each month by its stream.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Account, Income, JournalEntry};

/// The balance of an account, below nought where it was credited more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// The account.
    pub account: Account,
    /// In pence.
    pub pence: i64,
}

/// All accounts with their balances.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrialBalance {
    accounts: BTreeMap<Account, i64>,
}

impl TrialBalance {
    /// The balances that entries lead to.
    #[must_use]
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e JournalEntry>) -> TrialBalance {
        let mut accounts = BTreeMap::new();
        for entry in entries {
            for (account, change) in entry.changes() {
                *accounts.entry(account).or_insert(0) += change;
            }
        }
        TrialBalance { accounts }
    }

    /// The accounts that were ever posted to.
    pub fn balances(&self) -> impl Iterator<Item = Balance> {
        let pairs = self.accounts.iter();
        pairs.map(|(account, pence)| Balance {
            account: *account,
            pence: *pence,
        })
    }

    /// The balance of one.
    #[must_use]
    pub fn balance(&self, account: Account) -> i64 {
        self.accounts.get(&account).copied().unwrap_or_default()
    }

    /// The sum of all: nought, or the ledger is broken.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.accounts.values().sum()
    }
}

/// The income of a month by its streams, in pence.
pub type MonthlyIncome = BTreeMap<(i16, i8), BTreeMap<Income, i64>>;

/// The income of each month from one day to another, both included.
#[must_use]
pub fn monthly_income<'e>(
    entries: impl IntoIterator<Item = &'e JournalEntry>,
    (from, to): (Date, Date),
) -> MonthlyIncome {
    let mut months = MonthlyIncome::new();
    for entry in entries {
        if entry.on < from || entry.on > to {
            continue;
        }
        for (account, change) in entry.changes() {
            if let Account::Income(income) = account {
                let month = months
                    .entry((entry.on.year(), entry.on.month()))
                    .or_default();
                *month.entry(income).or_insert(0) -= change;
            }
        }
    }
    months
}
