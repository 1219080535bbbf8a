//! One place for one person, however many ask at once.

use domain::booking::{About, Booking, BookingState, Delegate};
use domain::event::Event;
use domain::letter::{Letter, News, PlaceDue};
use domain::money::Pence;
use domain::payment::{Payment, Purpose};
use domain::places::Tally;
use domain::reference::{BookingReference, PaymentReference};
use jiff::Timestamp;

use crate::app::App;
use crate::entropy;
use crate::places::{booked, write_changes};
use crate::site::Published;
use crate::store::{Command, Guard, Outcome, StoreError, Transaction, Tries};

/// Books a place, and gives the page that comes next.
pub(super) async fn reserve(
    app: &App,
    site: &Published,
    event: &Event,
    delegate: Delegate,
    command: &Command,
) -> Result<String, StoreError> {
    let rules = &site.publication.booking;
    let _turn = app.store.turn(&event.slug).await;
    let mut tries = Tries::begin();
    loop {
        let now = app.clock.now();
        let read = app.store.tally(&event.slug).await?;
        let mut tally = read.value;
        let mut transaction = Transaction::new();

        let changes = tally.catch_up(event, rules, now);
        write_changes(app, &mut transaction, &changes, now).await?;
        let reference = BookingReference::from_entropy(entropy::bytes());
        let state = tally.ask(&reference, event, rules, now);
        let payment = event
            .charge()
            .map(|price| new_payment(event, &reference, price, now));
        let booking = Booking {
            reference,
            event: event.slug.clone(),
            about: About {
                event_title: event.title.clone(),
                starts: event.starts,
                venue: event.venue.clone(),
            },
            delegate: delegate.clone(),
            price: event.charge(),
            payment: payment.as_ref().map(|payment| payment.reference.clone()),
            state,
            booked_at: now,
        };
        let next = next_page(&booking);

        transaction.tally(&event.slug, read.version, &tally)?;
        transaction.booking(&booking)?;
        if let Some(payment) = &payment {
            transaction.new_payment(payment)?;
        }
        transaction.letter(letter(&booking, &tally), now)?;
        transaction.remember(command, &next, now)?;

        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            tracing::info!(booking = %booking.reference, event = %event.slug, "a booking was made");
            return Ok(next);
        }
        if outcome.is_refused_by(Guard::Command)
            && let Some(done) = app.store.command(command).await?
        {
            return Ok(done.reply);
        }
        tries.again().await?;
    }
}

/// Where a person goes who has booked: to pay, if there is a place to pay for.
fn next_page(booking: &Booking) -> String {
    match (&booking.state, &booking.payment) {
        (BookingState::Held { .. }, Some(payment)) => format!("/pay/{payment}/"),
        _ => format!("/bookings/{}/", booking.reference),
    }
}

fn new_payment(
    event: &Event,
    booking: &BookingReference,
    amount: Pence,
    now: Timestamp,
) -> Payment {
    let purpose = Purpose::Booking {
        booking: booking.clone(),
        event: event.slug.clone(),
    };
    Payment::new(
        PaymentReference::from_entropy(entropy::bytes()),
        purpose,
        amount,
        format!("A place at “{}”", event.title),
        now,
    )
}

/// The letter that says what became of the booking.
fn letter(booking: &Booking, tally: &Tally) -> Letter {
    let about = booked(booking);
    let news = match (booking.state, &booking.payment, booking.price) {
        (BookingState::Held { until }, Some(payment), Some(amount_pence)) => News::PlaceHeld {
            booking: about,
            due: PlaceDue {
                payment: payment.clone(),
                amount_pence,
                hold_until: until,
            },
        },
        (BookingState::Waiting, ..) => News::BookingWaiting {
            position: tally
                .position(&booking.reference)
                .unwrap_or(tally.waiting.len()),
            booking: about,
        },
        _ => News::BookingConfirmed {
            booking: about,
            paid_pence: None,
        },
    };
    Letter {
        to: booking.delegate.person.clone(),
        news,
    }
}
