//! A payment for a place at an event.

use domain::booking::BookingState;
use domain::event::EventSlug;
use domain::letter::{Letter, News};
use domain::payment::{Purpose, Record};
use domain::places::Change;
use domain::reference::{BookingReference, PaymentReference};
use domain::settlement::{PlaceSettled, settle_place};
use jiff::Timestamp;

use super::{provider, remember};
use crate::answer::ApiError;
use crate::app::App;
use crate::places::{booked, write_changes};
use crate::site::Published;
use crate::store::{Guard, Outcome, PaidPlace, Transaction, Tries};

/// Does what follows from the provider's record of a page: the place is
/// confirmed, or given up, or the money is due back, or nothing.
pub(super) async fn settle(
    app: &App,
    reference: &PaymentReference,
    (booking, slug): (&BookingReference, &EventSlug),
    record: &Record,
    notice: Option<&str>,
) -> Result<(), ApiError> {
    let live = provider(app)?.config().is_live();
    let site = app.site.published().await?;
    let _turn = app.store.turn(slug).await;
    let mut tries = Tries::begin();
    loop {
        let Some(read) = app.store.paid_place(reference, booking, slug).await? else {
            tracing::warn!(payment = %reference, "a payment page names records that are not here");
            return Ok(());
        };
        if !belongs(&read, booking) {
            return Err(ApiError::Internal(anyhow::anyhow!(
                "payment {reference} is not for booking {booking}"
            )));
        }
        read.payment.value.check(record, live).map_err(|error| {
            ApiError::Internal(anyhow::anyhow!(
                "payment {reference} was not settled: {error}"
            ))
        })?;
        let now = app.clock.now();
        // Withdrawn events are published no more; their payments still count.
        let event = site.publication.event(slug);
        let of = (booking, read.booking.state);
        let (payment, tally) = (&read.payment.value, &read.tally.value);
        let Some(settled) = settle_place(payment, of, tally, event, record, now) else {
            return Ok(());
        };
        let mut transaction = write(app, &site, &read, settled, now).await?;
        remember(&mut transaction, notice, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            return Ok(());
        }
        tries.again().await?;
    }
}

fn belongs(read: &PaidPlace, booking: &BookingReference) -> bool {
    let paid_for = matches!(&read.payment.value.purpose, Purpose::Booking { booking: paid_for, .. } if paid_for == booking);
    paid_for && read.booking.reference == *booking
}

async fn write(
    app: &App,
    site: &Published,
    read: &PaidPlace,
    settled: PlaceSettled,
    now: Timestamp,
) -> Result<Transaction, ApiError> {
    let booking = &read.booking.reference;
    let payment = &settled.payment;
    let mut transaction = Transaction::new();
    if settled.is_news() {
        transaction.letter(letter(read, settled.state), now)?;
    }
    let mut tally = settled.tally;
    if let Some(event) = site.publication.event(&read.booking.event) {
        let changes = tally.catch_up(event, &site.publication.booking, now);
        write_changes(app, &mut transaction, &others(changes, booking), now).await?;
    }
    if let Some(entry) = &settled.entry {
        transaction.ledger(entry)?;
    }
    transaction.booking_state(booking, settled.state, now)?;
    transaction.tally(&read.booking.event, read.tally.version, &tally)?;
    transaction.payment(read.payment.version, payment, settled.what, now)?;
    match settled.what {
        "payment-made-twice" => {
            tracing::error!(payment = %payment.reference, %booking, "a payment was made twice: one is due back");
        }
        what => tracing::info!(payment = %payment.reference, %booking, "{what}"),
    }
    Ok(transaction)
}

/// The changes to other bookings: what becomes of this one is decided.
fn others(changes: Vec<Change>, booking: &BookingReference) -> Vec<Change> {
    changes
        .into_iter()
        .filter(|change| change.booking != *booking)
        .collect()
}

/// The letter that says what became of the payment.
fn letter(read: &PaidPlace, state: BookingState) -> Letter {
    let about = booked(&read.booking);
    let amount = read.payment.value.amount;
    let news = match state {
        BookingState::RefundDue => News::PaymentRefundDue {
            booking: about,
            amount_pence: amount,
        },
        _ => News::BookingConfirmed {
            booking: about,
            paid_pence: Some(amount),
        },
    };
    Letter {
        to: read.booking.delegate.person.clone(),
        news,
    }
}
