//! How an online event is joined: set, replaced or taken away, and told to all
//! who have a place.

use domain::event::Event;
use domain::joining::JoiningAddress;
use domain::telling::{Telling, Tells};

use super::NotDone;
use crate::app::App;
use crate::instruction::Instruction;
use crate::store::{Outcome, Tries};

/// Sets how an event is joined, or takes it away. Those who have a place are
/// told of a new address; who gets one later has it in the letter that says so.
///
/// # Errors
///
/// [`NotDone`] if the records do not answer.
pub async fn set_joining(
    app: &App,
    by: &Instruction,
    event: &Event,
    address: Option<JoiningAddress>,
) -> Result<(), NotDone> {
    let slug = &event.slug;
    let _turn = app.store.turn(slug).await;
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read = app.store.joining(slug).await?;
        let next = read.value.replaced(address.clone());
        if next == read.value {
            return Ok(());
        }
        let tally = app.store.tally(slug).await?;
        let mut transaction = by.transaction();
        transaction.joining(slug, read.version, &next, now)?;
        // Whoever is given a place at this moment decides again, and so knows
        // the address or is among those who are told.
        transaction.tally(slug, tally.version, &tally.value)?;
        if next.number != read.value.number {
            let bookings = app.store.bookings_at(slug).await?.len();
            let telling = Telling::begun(Telling::JOINING, slug, Tells::Joining, bookings, now);
            let known = app.store.telling(slug, Telling::JOINING).await?;
            let version = known.map_or(0, |known| known.version);
            transaction.telling(version, &telling, Some("joining-to-be-told"), now)?;
        }
        by.remember(&mut transaction, "", now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(event = %slug, number = next.number, "joining-link-changed");
            return Ok(());
        }
        tries.again().await?;
    }
}
