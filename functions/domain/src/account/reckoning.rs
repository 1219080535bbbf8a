//! A notice reckoned before it is given: what becomes of the membership, and
//! what it comes to. Whoever gives it, the member or the office for one that
//! came on paper, is shown the same.

use jiff::civil::Date;

use super::{Leaving, PupilReturn, leaving};
use crate::fees::{FeeSchedule, QuoteError};
use crate::invoice::Invoice;
use crate::membership::{LeaveError, Membership, NotNow, Withdrawal};

/// A notice, reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoning {
    /// The membership as it is once the notice is given.
    pub next: Membership,
    /// The notice: its day, and the last day of membership.
    pub withdrawal: Withdrawal,
    /// What is owed to the last day.
    pub leaving: Leaving,
}

/// Why a notice cannot be reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReckonError {
    /// It cannot be given.
    #[error(transparent)]
    Leave(#[from] LeaveError),
    /// The fee cannot be worked out.
    #[error(transparent)]
    Quote(#[from] QuoteError),
}

impl Reckoning {
    /// Reckons a notice that was received on a day; `asked` is the last day
    /// that the member asks for, if it asks for one.
    ///
    /// # Errors
    ///
    /// [`ReckonError`] says why not.
    pub fn of(
        membership: &Membership,
        (received_on, asked): (Date, Option<Date>),
        schedule: &FeeSchedule,
        returns: &[PupilReturn],
        invoices: &[Invoice],
    ) -> Result<Reckoning, ReckonError> {
        let next = membership
            .give_notice(&schedule.notice, received_on, asked)
            .map_err(ReckonError::Leave)?;
        // One that is given has its days; without them nothing was given.
        let withdrawal = next.notice.ok_or(LeaveError::NotNow(NotNow {
            standing: membership.standing,
        }))?;
        let leaving = leaving(membership, &withdrawal, schedule, returns, invoices)?;
        Ok(Reckoning {
            next,
            withdrawal,
            leaving,
        })
    }
}
