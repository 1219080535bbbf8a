//! The bank's statement: what came in, what of it is whose, and what a person
//! has confirmed.
//!
//! A line is known by what it says, so that a statement which is brought in
//! twice, or overlaps another, adds nothing twice. What a line is put to is
//! proposed from references and amounts, and is only ever done by a person.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::invoice::{Invoice, InvoiceNumber};
use crate::money::Pence;

mod proposal;
mod statement;

pub use proposal::{Ground, Proposal, propose};
pub use statement::{Statement, StatementFault, read_statement};

/// How many invoices one line may be put to: each is some items of one
/// transaction, which holds a hundred.
pub const MOST_INVOICES: usize = 18;

/// Names a line of a statement: a digest of what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BankLineId(String);

impl BankLineId {
    /// The id that a digest makes.
    #[must_use]
    pub fn of_digest(digest: &[u8; 32]) -> BankLineId {
        BankLineId(
            digest[..10]
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }

    /// Reads an id: twenty hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<BankLineId> {
        let is_one = text.len() == 20 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_one.then(|| BankLineId(text.to_ascii_lowercase()))
    }
}

impl fmt::Display for BankLineId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Money that came in, as the bank says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    /// The day.
    pub on: Date,
    /// What the bank says of it: who paid, and with which reference.
    pub text: String,
    /// How much.
    pub pence: Pence,
    /// Which it is of those that say all the same in one statement: 1, 2…
    pub of_same: u32,
}

impl StatementLine {
    /// What its id is a digest of.
    #[must_use]
    pub fn identity(&self) -> String {
        format!(
            "{}\n{}\n{}\n{}",
            self.on,
            self.text,
            self.pence.get(),
            self.of_same
        )
    }
}

/// A line, and what was done with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankLine {
    /// Its name.
    pub id: BankLineId,
    /// What the bank says.
    pub line: StatementLine,
    /// When it was brought in.
    pub entered_at: Timestamp,
    /// What was done with it.
    pub state: BankLineState,
    /// How often it was put to invoices.
    pub times: u32,
}

/// What was done with a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum BankLineState {
    /// Nothing yet.
    Waiting,
    /// It is what invoices were paid with, to the penny.
    Matched {
        /// Which, and how much of it.
        to: Vec<Allocation>,
    },
    /// It is not for an invoice.
    SetAside {
        /// Why.
        reason: String,
    },
}

/// How much of a line is for which invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// Which.
    pub invoice: InvoiceNumber,
    /// How much.
    pub pence: Pence,
}

/// Why a line is not put to invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BankRefusal {
    /// Something was done with it.
    #[error("Something was done with this line already: undo that first")]
    Done,
    /// Nothing was done with it.
    #[error("Nothing was done with this line: there is nothing to undo")]
    NotDone,
    /// More or less than came.
    #[error("The parts come to {parts}, and the line is {line}: put all of it to invoices")]
    NotAll {
        /// What the parts come to.
        parts: Pence,
        /// What came.
        line: Pence,
    },
    /// More invoices than one change of state holds.
    #[error(
        "At the most {MOST_INVOICES} invoices can be paid by one line here: set it aside, and ask for help"
    )]
    TooMany,
    /// The same invoice is named twice, or none is.
    #[error("Name each invoice once, and at least one, with a sum more than nought")]
    Unclear,
}

impl BankLine {
    /// A line that was brought in.
    #[must_use]
    pub fn new(id: BankLineId, line: StatementLine, now: Timestamp) -> BankLine {
        BankLine {
            id,
            line,
            entered_at: now,
            state: BankLineState::Waiting,
            times: 0,
        }
    }

    /// Puts all of it to invoices.
    ///
    /// # Errors
    ///
    /// [`BankRefusal`] says why not.
    pub fn match_to(&mut self, to: Vec<Allocation>) -> Result<(), BankRefusal> {
        if self.state != BankLineState::Waiting {
            return Err(BankRefusal::Done);
        }
        let mut numbers: Vec<_> = to.iter().map(|part| part.invoice).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let is_clear = !to.is_empty() && numbers.len() == to.len();
        if !is_clear || to.iter().any(|part| part.pence.is_zero()) {
            return Err(BankRefusal::Unclear);
        }
        if to.len() > MOST_INVOICES {
            return Err(BankRefusal::TooMany);
        }
        let parts: Pence = to.iter().map(|part| part.pence).sum();
        if parts != self.line.pence {
            return Err(BankRefusal::NotAll {
                parts,
                line: self.line.pence,
            });
        }
        self.times = self.times.saturating_add(1);
        self.state = BankLineState::Matched { to };
        Ok(())
    }

    /// Sets it aside: it is not for an invoice.
    ///
    /// # Errors
    ///
    /// [`BankRefusal::Done`] if something was done with it.
    pub fn set_aside(&mut self, reason: &str) -> Result<(), BankRefusal> {
        if self.state != BankLineState::Waiting {
            return Err(BankRefusal::Done);
        }
        self.state = BankLineState::SetAside {
            reason: reason.to_owned(),
        };
        Ok(())
    }

    /// Undoes what was done with it; gives what is to be taken from invoices.
    ///
    /// # Errors
    ///
    /// [`BankRefusal::NotDone`] if nothing was.
    pub fn undo(&mut self) -> Result<Vec<Allocation>, BankRefusal> {
        match std::mem::replace(&mut self.state, BankLineState::Waiting) {
            BankLineState::Waiting => Err(BankRefusal::NotDone),
            BankLineState::Matched { to } => Ok(to),
            BankLineState::SetAside { .. } => Ok(Vec::new()),
        }
    }
}

/// Whether an invoice may be what a line is for.
fn is_open(invoice: &Invoice) -> bool {
    invoice.is_open()
}

#[cfg(test)]
mod tests;
