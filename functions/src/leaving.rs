//! What leaving comes to: shown to the member who gives notice, and to the
//! office that enters one from paper, out of the same papers and in the same
//! words.

use domain::account::{Leaving, PupilReturn, ReckonError, Reckoning, leaving};
use domain::calendar::long_date;
use domain::fees::{FeeSchedule, QuoteError};
use domain::invoice::Invoice;
use domain::membership::{Membership, Withdrawal};
use domain::reference::MembershipReference;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::store::{Store, StoreError};

/// All that the sum rests on besides the membership and the fees.
#[derive(Debug, Clone)]
pub struct Papers {
    returns: Vec<PupilReturn>,
    invoices: Vec<Invoice>,
}

impl Papers {
    /// Those of a membership.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn of(store: &Store, reference: &MembershipReference) -> Result<Papers, StoreError> {
        Ok(Papers {
            returns: store.pupil_returns(reference).await?,
            invoices: store.invoices_of(reference).await?,
        })
    }

    /// A notice with its day of receipt, and the last day that is asked for.
    ///
    /// # Errors
    ///
    /// [`ReckonError`] says why it cannot be given so.
    pub fn reckon(
        &self,
        membership: &Membership,
        notice: (Date, Option<Date>),
        fees: &FeeSchedule,
    ) -> Result<Reckoning, ReckonError> {
        Reckoning::of(membership, notice, fees, &self.returns, &self.invoices)
    }

    /// What is owed for a notice that was given.
    ///
    /// # Errors
    ///
    /// [`QuoteError`] near the end of the calendar.
    pub fn owed(
        &self,
        membership: &Membership,
        withdrawal: &Withdrawal,
        fees: &FeeSchedule,
    ) -> Result<Leaving, QuoteError> {
        leaving(membership, withdrawal, fees, &self.returns, &self.invoices)
    }
}

/// The sum, as the theme's component `leaving_figures` shows it.
#[must_use]
pub fn figures(leaving: &Leaving) -> Value {
    let lines: Vec<Value> = leaving
        .lines
        .iter()
        .map(|line| {
            json!({
                "from": long_date(line.working.from), "to": long_date(line.working.to),
                "reason": line.working.reason, "pence": line.working.pence,
                "invoice": line.invoice,
            })
        })
        .collect();
    json!({
        "lines": lines, "to_come_pence": leaving.to_come, "open_pence": leaving.open,
        "total_pence": leaving.total, "in_excess_pence": leaving.in_excess,
    })
}
