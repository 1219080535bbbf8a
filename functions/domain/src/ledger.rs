//! The ledger: double entry, appended to and never changed.
//!
//! An entry is made of postings, each of which moves one sum from one account
//! to another: no entry can be out of balance, and so neither can the ledger.
//! Every entry has a cause, and a cause is entered once: that is its key.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::money::Pence;
use crate::reference::MembershipReference;

mod causes;
mod entries;
mod reconciliation;
mod trial_balance;

pub use causes::Cause;
pub use reconciliation::{Difference, Reconciliation, differences};
pub use trial_balance::{Balance, MonthlyIncome, TrialBalance, monthly_income};

/// The streams of income, exactly those of the prospectus (section E4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Income {
    /// Members' fees.
    Subscriptions,
    /// Contracts with the local authority or with central government.
    Contracts,
    /// Services that are sold.
    TradedServices,
    /// Bespoke assignments.
    BespokeAssignments,
    /// Grants or awards.
    Grants,
    /// Payment in kind: never cash, never an invoice.
    InKind,
    /// Seed funding and support of the local authority.
    SeedFunding,
}

impl Income {
    /// All of them, in the order of the prospectus.
    pub const ALL: [Income; 7] = [
        Income::Subscriptions,
        Income::Contracts,
        Income::TradedServices,
        Income::BespokeAssignments,
        Income::Grants,
        Income::InKind,
        Income::SeedFunding,
    ];

    /// What people call it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Income::Subscriptions => "Subscriptions",
            Income::Contracts => "Contracts with local or central government",
            Income::TradedServices => "Traded services",
            Income::BespokeAssignments => "Bespoke assignments",
            Income::Grants => "Grants or awards",
            Income::InKind => "Payment in kind",
            Income::SeedFunding => "Seed funding and in-kind support from the local authority",
        }
    }

    /// Its name in an address or a file.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Income::Subscriptions => "subscriptions",
            Income::Contracts => "contracts",
            Income::TradedServices => "traded-services",
            Income::BespokeAssignments => "bespoke-assignments",
            Income::Grants => "grants",
            Income::InKind => "in-kind",
            Income::SeedFunding => "seed-funding",
        }
    }

    /// The stream of that name.
    #[must_use]
    pub fn of_slug(slug: &str) -> Option<Income> {
        Income::ALL.into_iter().find(|income| income.slug() == slug)
    }

    /// Whether it can be invoiced: what comes in kind is not cash.
    #[must_use]
    pub const fn is_invoiced(self) -> bool {
        !matches!(self, Income::InKind)
    }
}

/// An account of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Account {
    /// Money in our bank account.
    Bank,
    /// Money that the card provider holds for us.
    CardProvider,
    /// What is owed on invoices.
    Receivable,
    /// Money of payers' that goes back to them.
    RefundsDue,
    /// VAT that was charged.
    Vat,
    /// What the card provider keeps.
    ProviderFees,
    /// What came in kind, and was used.
    UsedInKind,
    /// What was owed or in credit before the ledger began.
    BroughtForward,
    /// A stream of income.
    Income(Income),
}

impl Account {
    /// What people call it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Account::Bank => "Bank",
            Account::CardProvider => "Card provider",
            Account::Receivable => "Owed on invoices",
            Account::RefundsDue => "Due back to payers",
            Account::Vat => "VAT",
            Account::ProviderFees => "Card provider’s fees",
            Account::UsedInKind => "Used in kind",
            Account::BroughtForward => "Brought forward",
            Account::Income(income) => income.words(),
        }
    }

    /// Its code in a file for an accounts package.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Account::Bank => "1200",
            Account::CardProvider => "1210",
            Account::Receivable => "1100",
            Account::RefundsDue => "2110",
            Account::Vat => "2200",
            Account::ProviderFees => "7900",
            Account::UsedInKind => "7910",
            Account::BroughtForward => "3000",
            Account::Income(Income::Subscriptions) => "4000",
            Account::Income(Income::Contracts) => "4010",
            Account::Income(Income::TradedServices) => "4020",
            Account::Income(Income::BespokeAssignments) => "4030",
            Account::Income(Income::Grants) => "4040",
            Account::Income(Income::InKind) => "4050",
            Account::Income(Income::SeedFunding) => "4060",
        }
    }
}

/// One sum moved from one account to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The account that has it afterwards.
    pub debit: Account,
    /// The account that had it.
    pub credit: Account,
    /// How much.
    pub pence: Pence,
}

/// An entry: postings that belong together, and why they were made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Why; entered once.
    pub cause: Cause,
    /// The day it counts on, in London.
    pub on: Date,
    /// When it was entered.
    pub at: Timestamp,
    /// The member whose statement it is on, if it is a member's.
    pub membership: Option<MembershipReference>,
    /// What people read.
    pub words: String,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl JournalEntry {
    /// What an account changed by: up where it was debited.
    #[must_use]
    pub fn change(&self, account: Account) -> i64 {
        let change = |posting: &Posting| {
            let pence = i64::try_from(posting.pence.get()).unwrap_or(i64::MAX);
            match (posting.debit == account, posting.credit == account) {
                (true, false) => pence,
                (false, true) => -pence,
                _ => 0,
            }
        };
        self.postings.iter().map(change).sum()
    }

    /// What each account changed by.
    #[must_use]
    pub fn changes(&self) -> BTreeMap<Account, i64> {
        let mut all = BTreeMap::new();
        for posting in &self.postings {
            for account in [posting.debit, posting.credit] {
                all.insert(account, self.change(account));
            }
        }
        all
    }
}

/// A sum that may be below nought, as people read it: `−£4.50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed(pub i64);

impl fmt::Display for Signed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            formatter.write_str("−")?;
        }
        write!(formatter, "{}", Pence::new(self.0.unsigned_abs()))
    }
}

#[cfg(test)]
mod tests;
