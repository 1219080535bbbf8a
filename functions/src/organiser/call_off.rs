//! An event is cancelled: decided once, carried out booking by booking, each in
//! one transaction with its refunds and letters, and resumable between any two.

use std::time::{Duration, Instant};

use domain::booking::{Booking, Registration, RegistrationCommand, RegistrationState};
use domain::event::{Event, EventSlug};
use domain::letter::{News, PlaceAbout, PlaceNews};
use domain::money::Pence;
use domain::passage::Passage;
use domain::places::{CallOff, Tally};
use domain::reference::BookingReference;
use jiff::Timestamp;

use super::NotDone;
use crate::app::App;
use crate::giving_up::{AllBack, GivenUp, give_all_back};
use crate::instruction::Instruction;
use crate::places::{Decision, letter_about, letter_to_booker};
use crate::site::Published;
use crate::store::{Outcome, StoreError, Transaction, Tries, Versioned};

/// Decides that an event is cancelled: from then on nothing of it is given.
///
/// # Errors
///
/// [`NotDone`] if the records do not answer.
pub async fn call_off(
    app: &App,
    by: &Instruction,
    event: &Event,
    reason: &Passage,
) -> Result<(), NotDone> {
    let _turn = app.store.turn(&event.slug).await;
    let mut tries = Tries::begin();
    loop {
        if app.store.call_off(&event.slug).await?.is_some() {
            return Ok(());
        }
        let now = app.clock.now();
        let tally = app.store.tally(&event.slug).await?;
        let bookings = app.store.bookings_at(&event.slug).await?.len();
        let mut transaction = by.transaction();
        let next = Tally {
            called_off: true,
            ..tally.value
        };
        transaction.tally(&event.slug, tally.version, &next)?;
        let call_off = CallOff {
            event: event.slug.clone(),
            reason: reason.clone(),
            begun_at: now,
            bookings,
            done: 0,
            ended_at: None,
        };
        transaction.call_off(0, &call_off, now)?;
        by.remember(&mut transaction, "", now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(event = %event.slug, bookings, "event-called-off");
            return Ok(());
        }
        tries.again().await?;
    }
}

/// Goes on with the calling off of an event for so long; whether it has come to
/// its end.
///
/// # Errors
///
/// [`NotDone`] if it was cut off; the next call goes on.
pub async fn advance(
    app: &App,
    site: &Published,
    event: &EventSlug,
    patience: Duration,
) -> Result<bool, NotDone> {
    let begun = Instant::now();
    let mut failed = None;
    for reference in app.store.bookings_at(event).await? {
        let mut tries = Tries::begin();
        loop {
            if begun.elapsed() > patience {
                return Ok(false);
            }
            match part(app, site, event, &reference).await {
                Ok(Part::Over) => break,
                Ok(Part::More) => {}
                Ok(Part::Refused) => tries.again().await?,
                // One that fails holds up nobody behind it.
                Err(error) => {
                    tracing::error!(booking = %reference, "a booking was not called off: {error}");
                    failed = Some(error);
                    break;
                }
            }
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    let now = app.clock.now();
    let Some(read) = app.store.call_off(event).await? else {
        return Ok(true);
    };
    if read.value.ended_at.is_some() {
        return Ok(true);
    }
    let next = CallOff {
        done: read.value.bookings,
        ended_at: Some(now),
        ..read.value
    };
    let mut transaction = Transaction::new();
    transaction.call_off(read.version, &next, now)?;
    Ok(app.store.commit(transaction).await? == Outcome::Committed)
}

/// How far one step has come with a booking.
enum Part {
    /// Nothing of it is left.
    Over,
    /// There is more to do.
    More,
    /// Somebody else was first.
    Refused,
}

/// Calls off the places of a booking that were to be paid for together: so a
/// transaction has one refund or one credit note, and room for its letters.
async fn part(
    app: &App,
    site: &Published,
    event: &EventSlug,
    reference: &BookingReference,
) -> Result<Part, NotDone> {
    let _turn = app.store.turn(event).await;
    let Some(job) = app.store.call_off(event).await? else {
        return Ok(Part::Over);
    };
    let now = app.clock.now();
    let mut decision = Decision::about(app, site, event, now).await?;
    let Some(booking) = decision.booking(reference).await?.cloned() else {
        return Ok(Part::Over);
    };
    let is_over = booking.now(decision.event()).ends().instant() <= now;
    // Whoever came to an event that is over has had what the place was for.
    let has_had = |state: RegistrationState| is_over && state == RegistrationState::Attended;
    let all: Vec<&Registration> = booking
        .registrations
        .iter()
        .filter(|one| one.state.at(now).is_live() && !has_had(one.state))
        .collect();
    let Some(first) = all.first() else {
        return Ok(Part::Over);
    };
    let live: Vec<Registration> = all
        .iter()
        .filter(|one| one.payment == first.payment)
        .map(|one| (*one).clone())
        .collect();
    let mut transaction = Transaction::new();
    for registration in &live {
        decision.command(&booking.id(registration), RegistrationCommand::CallOff)?;
    }
    let given: Vec<Registration> = live
        .iter()
        .filter(|one| one.state.has_place())
        .cloned()
        .collect();
    let mut given_up = GivenUp {
        decision: &mut decision,
        transaction: &mut transaction,
        booking: &booking,
    };
    let back = give_all_back(app, &mut given_up, &given, now).await?;
    let reason = &job.value.reason;
    tell(&mut decision, (&booking, &live), reason, back);
    decision.write(&mut transaction).await?;
    if all.len() == live.len() {
        count(&mut transaction, &job, now)?;
    }
    Ok(match app.store.commit(transaction).await? {
        Outcome::Committed => Part::More,
        Outcome::Refused(_) => Part::Refused,
    })
}

/// Everybody is told once: whoever booked what goes back, each delegate that
/// nothing takes place.
fn tell(
    decision: &mut Decision<'_>,
    (booking, live): (&Booking, &[Registration]),
    reason: &Passage,
    back: AllBack,
) {
    let some = |pence: Pence| Some(pence).filter(|pence| !pence.is_zero());
    let news = |back: AllBack| {
        let about = PlaceAbout::CalledOff {
            reason: reason.clone(),
            refund_pence: some(back.refunded),
            credited_pence: some(back.credited),
        };
        move |booking| News::Place(PlaceNews { booking, about })
    };
    if let Some(first) = live.first() {
        decision.tell(letter_to_booker(booking, first, news(back)));
    }
    for registration in live {
        if registration.state.has_place() && !booking.is_for_booker(registration) {
            let nothing = AllBack::default();
            decision.tell(letter_about(booking, registration, news(nothing)));
        }
    }
}

fn count(
    transaction: &mut Transaction,
    job: &Versioned<CallOff>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let next = CallOff {
        done: job.value.done + 1,
        ..job.value.clone()
    };
    transaction.call_off(job.version, &next, now)
}
