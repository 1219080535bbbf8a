//! A record is held from being erased, or let go.

use domain::passage::Passage;
use domain::retention::{Hold, Holdable};
use domain::staff::StaffId;

use super::Refused;
use crate::app::App;
use crate::instruction::Instruction;
use crate::store::{Guard, Outcome, Tries};

/// Holds a record, for a reason, until somebody lets it go.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn hold(
    app: &App,
    by: &Instruction,
    record: &Holdable,
    (reason, who): (&Passage, &StaffId),
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        if !app.store.is_there(record).await? {
            return Err(Refused::NoRecord);
        }
        let hold = Hold {
            record: record.clone(),
            reason: reason.clone(),
            by: who.clone(),
            since: app.clock.now(),
        };
        let mut transaction = by.transaction();
        transaction.hold(&hold)?;
        by.remember(&mut transaction, "", hold.since)?;
        match app.store.commit(transaction).await? {
            Outcome::Committed => {
                tracing::info!(record = %record, "held-from-erasure");
                return Ok(());
            }
            refused if refused.is_refused_by(Guard::Command) => return Ok(()),
            refused if refused.is_refused_by(Guard::Held) => return Err(Refused::AlreadyHeld),
            Outcome::Refused(_) => tries.again().await?,
        }
    }
}

/// Lets a record go: it is erased when its time has come. One that nobody holds
/// is let go already.
///
/// # Errors
///
/// [`Refused`] if the records do not answer.
pub async fn release(app: &App, by: &Instruction, record: &Holdable) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        let Some(hold) = app.store.hold(record).await? else {
            return Ok(());
        };
        let now = app.clock.now();
        let mut transaction = by.transaction();
        transaction.release(&hold, now)?;
        by.remember(&mut transaction, "", now)?;
        match app.store.commit(transaction).await? {
            Outcome::Committed => {
                tracing::info!(record = %record, "hold-released");
                return Ok(());
            }
            refused if refused.is_refused_by(Guard::Command) => return Ok(()),
            Outcome::Refused(_) => tries.again().await?,
        }
    }
}
