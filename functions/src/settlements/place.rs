//! A payment for a place at an event.

use domain::event::EventSlug;
use domain::invoice::CreditNoteNumber;
use domain::payment::{Purpose, Record};
use domain::reference::{BookingReference, PaymentReference, RefundReference};
use domain::settlement::{Asked, Identity, PlaceSettled, ask_refund, settle_place};
use jiff::Timestamp;

use super::{provider, remember};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::metrics::{self, Metric};
use crate::places::Decision;
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
        let rules = &site.publication.booking;
        let (payment, tally) = (&read.payment.value, &read.places.tally.value);
        let by = (event, rules);
        let of = &read.booking.value;
        let Some(settled) = settle_place(payment, of, tally, by, record, now) else {
            return Ok(());
        };
        let mut transaction = write(app, &site, &read, settled, (&record.session, now)).await?;
        remember(&mut transaction, notice, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            metrics::measure(Metric::Payments, 1);
        }
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            return Ok(());
        }
        tries.again().await?;
    }
}

fn belongs(read: &PaidPlace, booking: &BookingReference) -> bool {
    let paid_for = matches!(&read.payment.value.purpose, Purpose::Booking { booking: paid_for, .. } if paid_for == booking);
    paid_for && read.booking.value.reference == *booking
}

async fn write(
    app: &App,
    site: &Published,
    read: &PaidPlace,
    settled: PlaceSettled,
    (session, now): (&str, Timestamp),
) -> Result<Transaction, ApiError> {
    let before = &read.booking.value;
    let mut transaction = Transaction::new();
    let mut places = read.places.clone();
    places.tally.value = settled.tally.clone();
    let mut decision = Decision::of(app, site, &before.event, places, now);
    decision.take(read.booking.clone());
    for letter in settled.letters() {
        decision.tell(letter);
    }
    decision.becomes(settled.booking.clone(), settled.what);
    decision.enter(settled.changes).await?;
    decision.write(&mut transaction).await?;
    if let Some(entry) = &settled.entry {
        transaction.ledger(entry)?;
    }
    let mut payment = settled.payment;
    if !settled.back.is_zero() {
        // Some of the places had gone: what they cost goes back at once.
        let asked = Asked {
            session: session.to_owned(),
            pence: settled.back,
            reason: "Paid for places that had gone".to_owned(),
        };
        let identity = Identity {
            refund: RefundReference::from_entropy(entropy::bytes()),
            // A place has no credit note: it was on no invoice.
            note: CreditNoteNumber::after(0),
        };
        let back = ask_refund(&payment, None, &asked, identity, now)
            .map_err(|error| ApiError::Internal(error.into()))?;
        if let Some(entry) = &back.entry {
            transaction.ledger(entry)?;
        }
        if let Some(refund) = &back.new {
            transaction.new_refund(refund, now)?;
        }
        payment = back.payment;
    }
    transaction.payment(read.payment.version, &payment, settled.what, now)?;
    let booking = &before.reference;
    match settled.what {
        "payment-made-twice" => {
            tracing::error!(payment = %payment.reference, %booking, "a payment was made twice: one is due back");
        }
        what => tracing::info!(payment = %payment.reference, %booking, "{what}"),
    }
    Ok(transaction)
}
