//! Letters to all who have booked an event, written booking by booking, each in
//! one transaction with how far it has got: whoever is cut off goes on, and two
//! who go on at once write nothing twice.
//!
//! It needs the records and the time alone, so that `publish` can do it from a
//! desk, a screen for as long as a request lasts, and the sweep for the rest.

use std::time::{Duration, Instant};

use domain::event::EventSlug;
use domain::publication::Publication;
use domain::reference::BookingReference;
use domain::telling::{Facts, Telling};

use crate::clock::Clock;
use crate::store::{Outcome, Store, StoreError, Transaction, Tries, Versioned};

/// What became of one booking.
enum Step {
    /// Nothing is to be told of it.
    Nothing,
    /// Its letters are written, and how far that is.
    Written(Box<Versioned<Telling>>),
    /// Somebody else was first.
    Refused,
}

/// Goes on with letters for so long; whether they have come to their end.
///
/// # Errors
///
/// [`StoreError`] if it was cut off; the next call goes on.
pub async fn advance(
    store: &Store,
    clock: &Clock,
    (event, id): (&EventSlug, &str),
    patience: Duration,
) -> Result<bool, StoreError> {
    let begun = Instant::now();
    let mut tries = Tries::begin();
    'again: loop {
        let Some(mut read) = store.telling(event, id).await? else {
            return Ok(true);
        };
        if read.value.ended_at.is_some() {
            return Ok(true);
        }
        if read.value.after.is_none() {
            read.value.looked_at = clock.now();
        }
        // Read anew, whatever this process believes to be published.
        let Some(publication) = store.publication().await? else {
            return Ok(false);
        };
        let mut passed = 0;
        for reference in left(store, &read.value).await? {
            if begun.elapsed() > patience {
                return Ok(false);
            }
            match step(store, clock, &publication, &read, (&reference, passed + 1)).await {
                Ok(Step::Nothing) => passed += 1,
                Ok(Step::Written(next)) => {
                    read = *next;
                    passed = 0;
                }
                Ok(Step::Refused) => {
                    tries.again().await?;
                    continue 'again;
                }
                // One that cannot be read holds up nobody behind it.
                Err(StoreError::Unreadable(what)) => {
                    tracing::error!(booking = %reference, "nothing was told of a booking: it cannot be read as {what}");
                    passed += 1;
                }
                Err(error) => return Err(error),
            }
        }
        let now = clock.now();
        let next = read.value.through(now);
        let mut transaction = Transaction::new();
        let what = next.ended_at.map(|_| "letters-written");
        transaction.telling(read.version, &next, what, now)?;
        if store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(event = %event, telling = id, letters = next.letters, "letters-written");
            return Ok(next.ended_at.is_some());
        }
        tries.again().await?;
    }
}

/// The bookings that are to be gone through yet, in order.
async fn left(store: &Store, telling: &Telling) -> Result<Vec<BookingReference>, StoreError> {
    let mut references = store.bookings_at(&telling.event).await?;
    if let Some(after) = telling.after.as_ref().map(ToString::to_string) {
        references.retain(|reference| reference.to_string() > after);
    }
    Ok(references)
}

/// Tells those of one booking; `bookings` have been gone through with it since
/// that was written down.
async fn step(
    store: &Store,
    clock: &Clock,
    publication: &Publication,
    read: &Versioned<Telling>,
    (reference, bookings): (&BookingReference, usize),
) -> Result<Step, StoreError> {
    let telling = &read.value;
    let _turn = store.turn(&telling.event).await;
    let Some(booking) = store.booking_to_change(reference).await? else {
        return Ok(Step::Nothing);
    };
    let joining = store.joining(&telling.event).await?.value;
    let tally = store.tally(&telling.event).await?.value;
    let now = clock.now();
    let facts = Facts {
        event: publication.event(&telling.event),
        rules: &publication.booking,
        joining: &joining,
        called_off: tally.called_off,
        now,
    };
    let told = telling.tell(&booking.value, &facts);
    if told.booking.is_none() && told.letters.is_empty() {
        return Ok(Step::Nothing);
    }
    let next = telling.past(reference, bookings, told.letters.len());
    let mut transaction = Transaction::new();
    if let Some(next) = &told.booking {
        transaction.booking_told(&booking, next, now)?;
    }
    for letter in told.letters {
        transaction.letter(letter, now)?;
    }
    transaction.telling(read.version, &next, None, now)?;
    Ok(match store.commit(transaction).await? {
        Outcome::Committed => Step::Written(Box::new(Versioned {
            version: read.version + 1,
            value: next,
        })),
        Outcome::Refused(_) => Step::Refused,
    })
}
