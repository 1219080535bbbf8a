//! Places that are kept until they are paid for, put on one invoice of the
//! school: they are the delegates' at once, and are asked for by card no more.

use domain::booking::{Booking, RegistrationCommand, RegistrationId, RegistrationState};
use domain::calendar::london_date;
use domain::event::EventSlug;
use domain::invoice::{Dates, InvoiceNumber, MOST_PLACES, Payer, for_places};
use domain::membership::Membership;
use domain::payment::{Payment, PaymentState};
use domain::reference::{BookingReference, PaymentReference};
use jiff::Timestamp;

use super::Refused;
use crate::app::App;
use crate::instruction::Instruction;
use crate::invoicing;
use crate::places::Decision;
use crate::site::Published;
use crate::store::{Outcome, Transaction, Tries, Versioned};

/// A booking, the numbers of its places that are kept, and what they were to
/// be paid with.
struct Chosen {
    booking: Versioned<Booking>,
    numbers: Vec<u8>,
    payments: Vec<Versioned<Payment>>,
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
        let places = read
            .iter()
            .map(|chosen| (chosen.booking.value.clone(), chosen.numbers.clone()));
        let places: Vec<_> = places.collect();
        let many: usize = places.iter().map(|(_, numbers)| numbers.len()).sum();
        if many > MOST_PLACES {
            return Err(Refused::HowManyPlaces);
        }
        let draft = for_places(&places, &Payer::member(membership), fees).ok_or(Refused::NoSum)?;
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
) -> Result<Vec<Chosen>, Refused> {
    let mut read = Vec::new();
    for reference in references {
        let booking = app.store.booking_to_change(reference).await?;
        let booking = booking.ok_or(Refused::NoRecord)?;
        let school = &booking.value.school.urn;
        if school.is_none() || *school != membership.member.urn {
            return Err(Refused::NoPlace);
        }
        let mut chosen = Chosen {
            numbers: Vec::new(),
            payments: Vec::new(),
            booking,
        };
        let mut payments: Vec<PaymentReference> = Vec::new();
        for registration in &chosen.booking.value.registrations {
            let is_kept = matches!(
                registration.state.at(now),
                RegistrationState::Held { .. } | RegistrationState::Offered { .. }
            );
            if let Some(payment) = registration.payment.as_ref().filter(|_| is_kept) {
                chosen.numbers.push(registration.number);
                if !payments.contains(payment) {
                    payments.push(payment.clone());
                }
            }
        }
        for payment in &payments {
            let payment = app.store.payment_to_change(payment).await?;
            let payment = payment.ok_or(Refused::NoRecord)?;
            if payment.value.state != PaymentState::Open {
                return Err(Refused::NoPlace);
            }
            chosen.payments.push(payment);
        }
        if chosen.numbers.is_empty() {
            return Err(Refused::NoPlace);
        }
        read.push(chosen);
    }
    Ok(read)
}

/// Confirms the places, and asks for them by card no more.
async fn give(
    app: &App,
    site: &Published,
    transaction: &mut Transaction,
    read: Vec<Chosen>,
    (invoice, now): (InvoiceNumber, Timestamp),
) -> Result<(), Refused> {
    let mut decisions: Vec<(EventSlug, Decision<'_>)> = Vec::new();
    for chosen in read {
        let slug = chosen.booking.value.event.clone();
        if site.publication.event(&slug).is_none() {
            return Err(Refused::NoPlace);
        }
        let known = decisions.iter().position(|(known, _)| *known == slug);
        let at = match known {
            Some(at) => at,
            None => {
                let decision = Decision::about(app, site, &slug, now).await?;
                decisions.push((slug, decision));
                decisions.len() - 1
            }
        };
        let decision = &mut decisions[at].1;
        let reference = chosen.booking.value.reference.clone();
        decision.take(chosen.booking);
        for number in chosen.numbers {
            let id = RegistrationId {
                booking: reference.clone(),
                number,
            };
            let state = decision.command(&id, RegistrationCommand::Pay);
            if state != Ok(RegistrationState::Confirmed) {
                return Err(Refused::NoPlace);
            }
        }
        for payment in chosen.payments {
            let next = Payment {
                state: PaymentState::Invoiced { at: now, invoice },
                ..payment.value.clone()
            };
            transaction.payment(payment.version, &next, "place-invoiced", now)?;
        }
    }
    for (_, mut decision) in decisions {
        decision.catch_up().await?;
        decision.write(transaction).await?;
    }
    Ok(())
}
