//! The time that passes at events at which nobody asks for anything. Every
//! decision lets it have its effect first, so nothing is ever given that is not
//! there; but who waits for a place is offered it though nobody decides anything.

use super::Decision;
use crate::app::App;
use crate::site::Published;
use crate::store::{Outcome, StoreError, Transaction, Tries};

/// Lets time have its effect at every event that is published: what is free is
/// offered even if nobody happens to ask for anything. How many events it had
/// an effect at.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn let_time_pass(app: &App, site: &Published) -> Result<usize, StoreError> {
    let rules = &site.publication.booking;
    let mut events = 0;
    for event in &site.publication.events {
        let _turn = app.store.turn(&event.slug).await;
        let mut tries = Tries::begin();
        let mut has_changed = false;
        loop {
            let now = app.clock.now();
            let tally = app.store.tally(&event.slug).await?;
            if tally.value.clone().catch_up(event, rules, now).is_empty() {
                break;
            }
            let mut decision = Decision::about(app, site, &event.slug, now).await?;
            decision.catch_up().await?;
            let mut transaction = Transaction::new();
            decision.write(&mut transaction).await?;
            match app.store.commit(transaction).await? {
                Outcome::Committed => has_changed = true,
                Outcome::Refused(_) => tries.again().await?,
            }
        }
        events += usize::from(has_changed);
    }
    Ok(events)
}
