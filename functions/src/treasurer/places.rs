//! Places that are kept until they are paid for, put on one invoice of the
//! school: they are the delegates' at once, and are asked for by card no more.

use std::collections::BTreeMap;

use domain::booking::{Booking, BookingState};
use domain::calendar::london_date;
use domain::event::EventSlug;
use domain::invoice::{Dates, InvoiceNumber, MOST_PLACES, for_places};
use domain::letter::{Letter, News};
use domain::membership::Membership;
use domain::payment::{Payment, PaymentState};
use domain::places::Tally;
use domain::reference::BookingReference;
use jiff::Timestamp;

use super::Refused;
use crate::app::App;
use crate::instruction::Instruction;
use crate::invoicing;
use crate::places::{booked, write_changes};
use crate::site::Published;
use crate::store::{Outcome, Transaction, Tries, Versioned};

/// All that is read of the places.
struct Read {
    bookings: Vec<Booking>,
    payments: Vec<Versioned<Payment>>,
    tallies: BTreeMap<EventSlug, Versioned<Tally>>,
}

/// Puts places of a member on one invoice; gives its number.
///
/// # Errors
///
/// [`Refused::NoPlace`] if one of them is not kept for the school any more, or
/// was paid for meanwhile; then nothing is invoiced.
pub async fn invoice_places(
    app: &App,
    site: &Published,
    by: &Instruction,
    membership: &Membership,
    references: &[BookingReference],
) -> Result<InvoiceNumber, Refused> {
    if references.is_empty() || references.len() > MOST_PLACES {
        return Err(Refused::HowManyPlaces);
    }
    let fees = &site.publication.fees;
    let mut tries = Tries::begin();
    loop {
        let known = by.reply(app).await?;
        if let Some(number) = known.and_then(|reply| InvoiceNumber::parse(&reply)) {
            return Ok(number);
        }
        let now = app.clock.now();
        let read = read(app, membership, references, now).await?;
        let draft = for_places(&read.bookings, membership, fees).ok_or(Refused::NoSum)?;
        let dates = Dates::by_terms(fees, london_date(now));
        let mut transaction = by.transaction();
        let invoice = invoicing::issue(app, &mut transaction, draft, dates, now).await?;
        give(app, site, &mut transaction, read, (invoice.number, now)).await?;
        by.remember(&mut transaction, &invoice.number.to_string(), now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(invoice = %invoice.number, places = references.len(), "places-invoiced");
            return Ok(invoice.number);
        }
        tries.again().await?;
    }
}

async fn read(
    app: &App,
    membership: &Membership,
    references: &[BookingReference],
    now: Timestamp,
) -> Result<Read, Refused> {
    let mut read = Read {
        bookings: Vec::new(),
        payments: Vec::new(),
        tallies: BTreeMap::new(),
    };
    for reference in references {
        let booking = app.store.booking(reference).await?;
        let booking = booking.ok_or(Refused::NoRecord)?;
        let is_ours =
            booking.delegate.urn.is_some() && booking.delegate.urn == membership.member.urn;
        let is_kept = matches!(
            booking.state.at(now),
            BookingState::Held { .. } | BookingState::Offered { .. }
        );
        let Some(payment) = booking.payment.as_ref().filter(|_| is_ours && is_kept) else {
            return Err(Refused::NoPlace);
        };
        let payment = app.store.payment_to_change(payment).await?;
        let payment = payment.ok_or(Refused::NoRecord)?;
        if payment.value.state != PaymentState::Open {
            return Err(Refused::NoPlace);
        }
        if !read.tallies.contains_key(&booking.event) {
            let tally = app.store.tally(&booking.event).await?;
            read.tallies.insert(booking.event.clone(), tally);
        }
        read.payments.push(payment);
        read.bookings.push(booking);
    }
    Ok(read)
}

/// Confirms the places, and asks for them by card no more.
async fn give(
    app: &App,
    site: &Published,
    transaction: &mut Transaction,
    read: Read,
    (invoice, now): (InvoiceNumber, Timestamp),
) -> Result<(), Refused> {
    let mut tallies = read.tallies;
    for (booking, payment) in read.bookings.iter().zip(&read.payments) {
        let event = site.publication.event(&booking.event);
        let event = event.ok_or(Refused::NoPlace)?;
        let tally = tallies.get_mut(&booking.event).ok_or(Refused::NoPlace)?;
        let state = tally.value.pay(&booking.reference, event);
        if state != BookingState::Confirmed {
            return Err(Refused::NoPlace);
        }
        transaction.booking_state(&booking.reference, state, now)?;
        let next = Payment {
            state: PaymentState::Invoiced { at: now, invoice },
            ..payment.value.clone()
        };
        transaction.payment(payment.version, &next, "place-invoiced", now)?;
        let letter = Letter {
            to: booking.delegate.person.clone(),
            news: News::BookingConfirmed {
                booking: booked(booking),
                paid_pence: None,
            },
        };
        transaction.letter(letter, now)?;
    }
    for (slug, mut tally) in tallies {
        if let Some(event) = site.publication.event(&slug) {
            let changes = tally.value.catch_up(event, &site.publication.booking, now);
            write_changes(app, transaction, &changes, now).await?;
        }
        transaction.tally(&slug, tally.version, &tally.value)?;
    }
    Ok(())
}
