//! What is written when time changes who has a place: for bookings and for
//! payments alike.

use domain::booking::{Booking, BookingState};
use domain::event::Event;
use domain::letter::{Booked, Letter, News, PlaceDue};
use domain::places::Change;
use jiff::Timestamp;

use crate::app::App;
use crate::store::{StoreError, Transaction};

/// Adds to a transaction what [`domain::places::Tally::catch_up`] changed:
/// the state of each booking, and a letter to whoever is offered a place.
///
/// # Errors
///
/// [`StoreError`] if a booking that is offered a place cannot be read.
pub async fn write_changes(
    app: &App,
    transaction: &mut Transaction,
    event: &Event,
    changes: &[Change],
    now: Timestamp,
) -> Result<(), StoreError> {
    for change in changes {
        transaction.booking_state(&change.booking, change.state, now)?;
        let BookingState::Offered { until } = change.state else {
            continue;
        };
        let Some(booking) = app.store.booking(&change.booking).await? else {
            continue;
        };
        if let (Some(payment), Some(amount_pence)) = (&booking.payment, booking.price) {
            let due = PlaceDue {
                payment: payment.clone(),
                amount_pence,
                hold_until: until,
            };
            let news = News::PlaceOffered {
                booking: booked(event, &booking),
                due,
            };
            transaction.letter(
                Letter {
                    to: booking.delegate.person,
                    news,
                },
                now,
            )?;
        }
    }
    Ok(())
}

/// What a letter says of a booking.
#[must_use]
pub fn booked(event: &Event, booking: &Booking) -> Booked {
    Booked {
        reference: booking.reference.clone(),
        event_title: event.title.clone(),
        starts: event.starts,
        venue: event.venue.clone(),
    }
}
