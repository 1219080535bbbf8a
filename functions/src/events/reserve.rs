//! Places for the delegates of one booking, however many ask at once.

use axum::http::StatusCode;
use domain::account::Asked;
use domain::booking::{Booking, RegistrationState};
use domain::contact::EmailAddress;
use domain::event::Event;
use domain::form::FieldErrors;
use domain::places::{Asker, FirstStep};

use super::request::Asking;
use crate::app::App;
use crate::metrics::{self, Metric};
use crate::places::{BookedTwice, Decision};
use crate::site::Published;
use crate::store::{Command, Guard, Outcome, StoreError, Transaction, Tries, Versioned};

/// Why nothing was booked.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotBooked {
    /// Something is missing that this booking needs.
    #[error("Something is missing that this booking needs")]
    Fields(FieldErrors),
    /// Somebody is booked there already.
    #[error(transparent)]
    Twice(#[from] BookedTwice),
    /// The member has nobody who could.
    #[error(
        "Nobody at your school can approve this booking: ask us to give one of its contacts the finance role"
    )]
    NobodyApproves,
    /// It is too early.
    #[error("Booking for this event has not opened yet")]
    NotOpen,
    /// It is too late.
    #[error("Booking for this event has closed")]
    Closed,
    /// The event was cancelled.
    #[error("This event was cancelled: nothing can be booked")]
    CalledOff,
    /// The address was written to too often.
    #[error(
        "We have written to this address several times in the last hour. Use the link in the latest letter, or wait an hour"
    )]
    TooOften,
    /// The records do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl NotBooked {
    /// The field that it is about, and the status that it is answered with; none
    /// where the records do not answer, or each field has its own.
    pub(super) fn about(&self) -> Option<(&'static str, StatusCode)> {
        Some(match self {
            NotBooked::Twice(_) => ("others", StatusCode::CONFLICT),
            NotBooked::NobodyApproves
            | NotBooked::NotOpen
            | NotBooked::Closed
            | NotBooked::CalledOff => ("submit", StatusCode::CONFLICT),
            NotBooked::TooOften => ("email", StatusCode::TOO_MANY_REQUESTS),
            NotBooked::Fields(_) | NotBooked::Store(_) => return None,
        })
    }
}

/// The booking as it would be, with its prices, and how many places the limit
/// for one school leaves it: nothing is written.
pub(super) async fn preview(
    app: &App,
    site: &Published,
    event: &Event,
    asking: Asking,
) -> Result<(Booking, Option<u32>), StoreError> {
    let Asking { request, known, .. } = asking;
    let now = app.clock.now();
    let mut booking = request.booking(app, event, now);
    let mut decision = Decision::knowing(app, site, &event.slug, known, now);
    if request.first == FirstStep::Known {
        decision.include(&mut booking).await?;
    }
    let left = match request.first {
        FirstStep::Known => {
            let first = booking.registrations.first();
            let party = first.and_then(|first| Asker::of(&booking, first).party);
            decision.tally().left_for(event, party.as_ref())
        }
        // Nobody is told what somebody else's address has booked.
        FirstStep::ConfirmAddress => event.limit_per_school,
    };
    Ok((booking, left))
}

/// Books places, and gives the page that comes next.
pub(super) async fn reserve(
    app: &App,
    site: &Published,
    event: &Event,
    asking: Asking,
    command: &Command,
) -> Result<String, NotBooked> {
    let Asking {
        request,
        known,
        mut asked,
        mut used,
    } = asking;
    // What was read is for the first try alone.
    let mut known = Some(known);
    let mut turn = app.store.turn(&event.slug).await;
    let mut tries = Tries::begin();
    let mut is_name_taken = false;
    loop {
        let now = app.clock.now();
        let mut decision =
            Decision::in_turn((app, site), &event.slug, &mut turn, known.take(), now).await?;
        if decision.tally().called_off {
            return Err(NotBooked::CalledOff);
        }
        decision.catch_up().await?;
        let mut booking = request.booking(app, event, now);
        let reference = booking.reference.clone();
        if request.first == FirstStep::Known {
            decision.include(&mut booking).await?;
        }
        decision.ask(booking, request.first);
        if is_name_taken {
            decision.look_for_named().await??;
        }
        let next = decision.booking(&reference).await?.map(next_page);
        let next = next.unwrap_or_default();
        let mut transaction = Transaction::new();
        let tally = decision.write(&mut transaction).await?;
        transaction.remember(command, &next, now)?;
        if request.first == FirstStep::ConfirmAddress {
            // A letter to an address that nobody has proved.
            let email = &request.places.booker.email;
            if !note_letter(app, &mut transaction, email, asked.take()).await? {
                let done = app.store.command(command).await?;
                return done.map(|done| done.reply).ok_or(NotBooked::TooOften);
            }
        }
        if let Some((secret, session)) = used.take() {
            transaction.account_session_used(&secret, &session)?;
        }
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            turn.leave(tally);
            tracing::info!(booking = %reference, event = %event.slug, "a booking was made");
            metrics::measure(Metric::Bookings, 1);
            return Ok(next);
        }
        if outcome.is_refused_by(Guard::Command)
            && let Some(done) = app.store.command(command).await?
        {
            return Ok(done.reply);
        }
        is_name_taken = outcome.is_refused_by(Guard::Delegate);
        tries.again().await?;
    }
}

/// Counts a letter to an address; whether it may be written to once more.
async fn note_letter(
    app: &App,
    transaction: &mut Transaction,
    email: &EmailAddress,
    read: Option<Versioned<Asked>>,
) -> Result<bool, StoreError> {
    let now = app.clock.system_now();
    let read = match read {
        Some(read) => read,
        None => app.store.asked(email).await?,
    };
    let Some(asked) = read.value.once_more(now) else {
        tracing::info!("a booking was to be confirmed too often");
        return Ok(false);
    };
    transaction.asked(email, read.version, &asked, now)?;
    Ok(true)
}

/// Where a person goes who has booked: to pay, if there is a place to pay for.
pub(super) fn next_page(booking: &Booking) -> String {
    let mut held = booking.registrations.iter();
    let held = held.find(|one| matches!(one.state, RegistrationState::Held { .. }));
    match held.and_then(|one| one.payment.as_ref()) {
        Some(payment) => format!("/pay/{payment}/"),
        None => format!("/bookings/{}/", booking.reference),
    }
}
