//! What is written when time changes who has a place: for bookings and for
//! payments alike.

use domain::booking::{Booking, BookingState};
use domain::letter::{Booked, Letter, News, PlaceDue};
use domain::places::Change;
use jiff::Timestamp;

use crate::app::App;
use crate::store::{StoreError, Transaction};

/// Adds to a transaction what [`domain::places::Tally::catch_up`] changed:
/// the state of each booking, and a letter to whoever got or is offered a
/// place. At most three items a change.
///
/// # Errors
///
/// [`StoreError`] if a booking that is written to cannot be read.
pub async fn write_changes(
    app: &App,
    transaction: &mut Transaction,
    changes: &[Change],
    now: Timestamp,
) -> Result<(), StoreError> {
    for change in changes {
        transaction.booking_state(&change.booking, change.state, now)?;
        if change.state == BookingState::Expired {
            continue;
        }
        if let Some(booking) = app.store.booking(&change.booking).await?
            && let Some(news) = news(&booking, change.state)
        {
            let to = booking.delegate.person;
            transaction.letter(Letter { to, news }, now)?;
        }
    }
    Ok(())
}

/// What somebody who waited is told.
fn news(booking: &Booking, state: BookingState) -> Option<News> {
    match (state, &booking.payment, booking.price) {
        (BookingState::Offered { until }, Some(payment), Some(amount_pence)) => {
            Some(News::PlaceOffered {
                booking: booked(booking),
                due: PlaceDue {
                    payment: payment.clone(),
                    amount_pence,
                    hold_until: until,
                },
            })
        }
        (BookingState::Confirmed, ..) => Some(News::BookingConfirmed {
            booking: booked(booking),
            paid_pence: None,
        }),
        _ => None,
    }
}

/// What a letter says of a booking.
#[must_use]
pub fn booked(booking: &Booking) -> Booked {
    Booked {
        reference: booking.reference.clone(),
        about: booking.about.clone(),
    }
}
