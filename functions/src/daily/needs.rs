//! What delegates needed on the day is forgotten a while after it.

use domain::booking::{Booking, Needs};
use domain::calendar::london_date;
use domain::event::Event;
use domain::reference::BookingReference;
use domain::trail::Who;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::Done;
use crate::app::App;
use crate::store::{Outcome, StoreError, Transaction};

/// For so many days it is looked for again: once is enough, and a night that
/// failed is made up for.
const MADE_UP_FOR: i64 = 60;

/// Forgets what was needed at the events that ended before a day.
pub(super) async fn run(
    app: &App,
    events: &[Event],
    before: Date,
    done: &mut Done,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    let since = before.saturating_sub(MADE_UP_FOR.days());
    for event in events {
        let ended = london_date(event.ends.instant());
        if ended >= before || ended < since {
            continue;
        }
        for reference in app.store.bookings_at(&event.slug).await? {
            match forget(app, &reference, now).await? {
                Some(true) => done.forgotten += 1,
                Some(false) => done.left += 1,
                None => {}
            }
        }
    }
    Ok(())
}

/// Forgets what the delegates of a booking needed; whether it was so, none if
/// nothing was said.
async fn forget(
    app: &App,
    reference: &BookingReference,
    now: Timestamp,
) -> Result<Option<bool>, StoreError> {
    let read = app.store.booking_to_change(reference).await?;
    let Some(read) = read.filter(|read| !read.value.needs.is_empty()) else {
        return Ok(None);
    };
    let next = Booking {
        needs: Needs::default(),
        ..read.value
    };
    let mut transaction = Transaction::by(Who::Clock);
    transaction.booking(read.version, &next, "needs-forgotten", now)?;
    Ok(Some(
        app.store.commit(transaction).await? == Outcome::Committed,
    ))
}
