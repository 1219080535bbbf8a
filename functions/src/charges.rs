//! Charges for places that nobody used are proposed: in the transaction that
//! marks somebody as absent, or gives a place up. What is decided about them is
//! the treasurer's.

use domain::booking::{Booking, Registration, RegistrationId};
use domain::charges::{ChargeCause, ChargeWorking, ProposedCharge};
use domain::event::Event;
use jiff::Timestamp;

use crate::app::App;
use crate::giving_up::{Price, asked};
use crate::site::Published;
use crate::store::{StoreError, Transaction};

/// Proposes what the event's conditions charge for a place at which nobody
/// came. At an event that was withdrawn they charge nothing.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn propose_for_absence(
    app: &App,
    site: &Published,
    transaction: &mut Transaction,
    (booking, registration): (&Booking, &Registration),
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(event) = site.publication.event(&booking.event) else {
        return Ok(());
    };
    let policy = booking.policy(event, &site.publication.booking);
    let paid = asked(app, registration).await?;
    let anew = ProposedCharge::for_absence(booking, registration, policy, paid, now);
    let Some(anew) = anew else {
        return Ok(());
    };
    let read = app.store.charge(&anew.registration).await?;
    let Some(read) = read else {
        return transaction.new_charge(&anew, now);
    };
    match read.value.again(anew) {
        Some(next) => transaction.charge(&read, &next, "charge-proposed", now),
        None => Ok(()),
    }
}

/// Takes back what was proposed for a delegate who came after all.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn take_back(
    app: &App,
    transaction: &mut Transaction,
    id: &RegistrationId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(read) = app.store.charge(id).await? else {
        return Ok(());
    };
    match read.value.taken_back(now) {
        Some(next) => transaction.charge(&read, &next, "charge-withdrawn", now),
        None => Ok(()),
    }
}

/// Proposes what a place that is given up costs beyond what was paid for it.
///
/// # Errors
///
/// [`StoreError::Unreadable`] if it cannot be written as an item.
pub fn propose_for_late(
    site: &Published,
    event: &Event,
    transaction: &mut Transaction,
    (booking, registration): (&Booking, &Registration),
    price: Price,
    now: Timestamp,
) -> Result<(), StoreError> {
    if price.due.is_zero() {
        return Ok(());
    }
    let rules = &site.publication.booking;
    let policy = booking.policy(event, rules);
    let line = policy.line_at(event.starts, now, &rules.bank_holidays);
    let working = ChargeWorking {
        price: registration.price,
        rule: line.to_string(),
        charge: price.charge,
        paid: price.charge.less(price.due),
    };
    let cause = ChargeCause::LateCancellation;
    match ProposedCharge::new(booking, registration, cause, working, now) {
        Some(charge) => transaction.new_charge(&charge, now),
        None => Ok(()),
    }
}
