//! What delegates needed on the day is forgotten a while after it.

use domain::calendar::london_date;
use domain::event::Event;
use jiff::civil::Date;

use super::Done;
use crate::app::App;
use crate::store::{Purged, StoreError};

/// Forgets what was needed at the events that ended before a day.
pub(super) async fn run(
    app: &App,
    events: &[Event],
    before: Date,
    done: &mut Done,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    for event in events {
        if london_date(event.ends.instant()) >= before
            || app.store.is_forgotten(&event.slug).await?
        {
            continue;
        }
        // Looked at each night, as many at once as can be: one that failed, or was
        // held, is made up for whenever that is.
        for booking in app.store.bookings_for(&event.slug).await? {
            if booking.needs.is_empty() {
                continue;
            }
            let Some(read) = app.store.booking_to_change(&booking.reference).await? else {
                continue;
            };
            match app.store.forget_needs(&read, now).await? {
                Purged::Gone => done.forgotten += 1,
                Purged::Held => done.erased.held += 1,
                Purged::Changed => done.left += 1,
            }
        }
    }
    Ok(())
}
