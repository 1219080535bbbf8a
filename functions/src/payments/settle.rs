//! What a payment settles: decided from the provider's own record, once.

use domain::booking::BookingState;
use domain::event::Event;
use domain::letter::{Letter, News};
use domain::payment::{Outcome as Became, PaymentState, Purpose, Record};
use domain::reference::{BookingReference, PaymentReference};
use jiff::Timestamp;

use super::{provider, settle_invoice, unavailable};
use crate::answer::ApiError;
use crate::app::App;
use crate::places::{booked, write_changes};
use crate::site::Published;
use crate::store::{Guard, Outcome, PaidPlace, Transaction, Tries};

/// Reads the provider's record of a page, and does what follows from it:
/// the place is confirmed, or given up, or the money is due back, or nothing.
///
/// May be called by webhook and return page at once, and again.
pub(super) async fn settle(app: &App, session: &str, notice: Option<&str>) -> Result<(), ApiError> {
    let reading = provider(app)?.read(session).await.map_err(unavailable)?;
    let record = reading.record;
    let reference = record
        .reference
        .as_deref()
        .and_then(|text| PaymentReference::parse(text).ok());
    let (booking, event, reference) = match (reading.noted, reference) {
        (Some(Purpose::Booking { booking, event }), Some(reference)) => (booking, event, reference),
        (Some(Purpose::Invoice { invoice }), Some(reference)) => {
            return settle_invoice::settle(app, &reference, invoice, &record, notice).await;
        }
        _ => {
            tracing::warn!("a payment page that is not ours was passed over");
            return Ok(());
        }
    };
    let live = provider(app)?.config().is_live();
    let site = app.site.published().await?;
    let _turn = app.store.turn(&event).await;
    let mut tries = Tries::begin();
    loop {
        let Some(read) = app.store.paid_place(&reference, &booking, &event).await? else {
            tracing::warn!(payment = %reference, "a payment page names records that are not here");
            return Ok(());
        };
        if !belongs(&read, &booking) {
            return Err(ApiError::Internal(anyhow::anyhow!(
                "payment {reference} is not for booking {booking}"
            )));
        }
        read.payment.value.check(&record, live).map_err(|error| {
            ApiError::Internal(anyhow::anyhow!(
                "payment {reference} was not settled: {error}"
            ))
        })?;
        // Withdrawn events are published no more; their payments still count.
        let event = site.publication.event(&event);
        let followed = follow(app, &site, event, &read, &record, notice).await?;
        let Some(transaction) = followed else {
            return Ok(());
        };
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

/// What follows from the provider's record, if anything.
async fn follow(
    app: &App,
    site: &Published,
    event: Option<&Event>,
    read: &PaidPlace,
    record: &Record,
    notice: Option<&str>,
) -> Result<Option<Transaction>, ApiError> {
    let now = app.clock.now();
    let mut payment = read.payment.value.clone();
    let booking = &read.booking.reference;
    let mut tally = read.tally.value.clone();
    let mut transaction = Transaction::new();

    let (state, what) = match (&payment.state, record.outcome) {
        (PaymentState::Open, Became::Paid) => {
            // The payer's own place first, even past its time, then the others'.
            let state = match event {
                Some(event) => tally.pay(booking, event),
                None => {
                    tally.release(booking);
                    BookingState::RefundDue
                }
            };
            transaction.letter(letter(read, state), now)?;
            let session = record.session.clone();
            if state == BookingState::RefundDue {
                payment.state = PaymentState::RefundDue { at: now, session };
                (state, "payment-refund-due")
            } else {
                payment.state = PaymentState::Paid { at: now, session };
                (state, "payment-settled")
            }
        }
        (PaymentState::Open, Became::Expired) if payment.is_under_way(&record.session) => {
            payment.attempt = None;
            (tally.page_closed(booking, now), "payment-page-expired")
        }
        (PaymentState::Paid { .. } | PaymentState::RefundDue { .. }, Became::Paid)
            if !payment.counts(&record.session) =>
        {
            tracing::error!(payment = %payment.reference, session = %record.session, "a payment was made twice: one is due back");
            payment.paid_again.push(record.session.clone());
            (read.booking.state, "payment-made-twice")
        }
        _ => return Ok(None),
    };
    if let Some(event) = event {
        let changes = tally.catch_up(event, &site.publication.booking, now);
        write_changes(app, &mut transaction, &others(changes, booking), now).await?;
    }
    transaction.booking_state(booking, state, now)?;
    transaction.tally(&read.booking.event, read.tally.version, &tally)?;
    transaction.payment(read.payment.version, &payment, what, now)?;
    remember(&mut transaction, notice, now)?;
    tracing::info!(payment = %payment.reference, booking = %booking, "{what}");
    Ok(Some(transaction))
}

/// The changes to other bookings: what becomes of this one is decided.
fn others(
    changes: Vec<domain::places::Change>,
    booking: &BookingReference,
) -> Vec<domain::places::Change> {
    changes
        .into_iter()
        .filter(|change| change.booking != *booking)
        .collect()
}

/// A webhook is remembered only with the work that it led to.
pub(super) fn remember(
    transaction: &mut Transaction,
    notice: Option<&str>,
    now: Timestamp,
) -> Result<(), ApiError> {
    match notice {
        Some(id) => Ok(transaction.provider_event(id, now)?),
        None => Ok(()),
    }
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
