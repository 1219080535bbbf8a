//! What is personal in the history of a record is erased once nothing is to be
//! worked out from it any more; that something happened, and when, stays.

use domain::enquiry::EnquiryState;

use super::Refused;
use crate::app::App;
use crate::instruction::Instruction;
use crate::store::{Guard, HistoryOf, Outcome, Tries};

/// Erases the personal values in a history.
///
/// # Errors
///
/// [`Refused::StillNeeded`] while an application or an enquiry is dealt with,
/// [`Refused::Held`] while somebody holds it.
pub async fn erase_history(app: &App, by: &Instruction, of: HistoryOf<'_>) -> Result<(), Refused> {
    if by.is_done(app).await? {
        return Ok(());
    }
    let mut tries = Tries::begin();
    loop {
        let version = erasable(app, of).await?;
        by.expect(version)?;
        let now = app.clock.now();
        let mut transaction = by.transaction();
        by.remember(&mut transaction, "", now)?;
        let outcome = app
            .store
            .erase_history(of, version, transaction, now)
            .await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!("personal-values-erased");
            return Ok(());
        }
        if outcome.is_refused_by(Guard::Held) {
            return Err(Refused::Held);
        }
        tries.again().await?;
    }
}

/// The version of a record whose history may be erased.
///
/// That of a membership may at any time: the member is what its record says
/// now, and its history names people who have left.
async fn erasable(app: &App, of: HistoryOf<'_>) -> Result<u64, Refused> {
    let (version, needed) = match of {
        HistoryOf::Application(reference) => {
            let read = app.store.application(reference).await?;
            let read = read.ok_or(Refused::NoRecord)?;
            (read.version, !read.value.state.is_settled())
        }
        HistoryOf::Enquiry(reference) => {
            let read = app.store.enquiry(reference).await?;
            let read = read.ok_or(Refused::NoRecord)?;
            let closed = matches!(read.value.state, EnquiryState::Closed { .. });
            (read.version, !closed)
        }
        HistoryOf::Membership(reference) => {
            let read = app.store.membership(reference).await?;
            (read.ok_or(Refused::NoRecord)?.version, false)
        }
    };
    match needed {
        true => Err(Refused::StillNeeded),
        false => Ok(version),
    }
}
