//! One invoice for many places of one school.

use std::fmt;

use super::raise::with_vat;
use super::{InvoiceDraft, Payer, Subject};
use crate::booking::{Booking, Registration};
use crate::contact::Line;
use crate::fees::{FeeSchedule, Sum, WorkingLine};
use crate::money::Pence;

/// How many places are put on one invoice: each is some items of one
/// transaction, which holds a hundred.
pub const MOST_PLACES: usize = 12;

/// What an invoice says that is for places at events; none if they cost
/// nothing. Of each booking, the registrations of those numbers; prices are those
/// of the bookings, as published when they were made.
#[must_use]
pub fn for_places(
    bookings: &[(Booking, Vec<u8>)],
    payer: &Payer,
    schedule: &FeeSchedule,
) -> Option<InvoiceDraft> {
    let lines: Vec<WorkingLine> = bookings
        .iter()
        .flat_map(|(booking, numbers)| {
            let registrations = booking.registrations.iter();
            let chosen = registrations.filter(|one| numbers.contains(&one.number));
            chosen.filter_map(|registration| line(booking, registration))
        })
        .collect();
    let price: Pence = lines.iter().map(|line| line.pence).sum();
    if price.is_zero() {
        return None;
    }
    let (total, vat) = with_vat(schedule, price)?;
    let of_booking = order(bookings);
    let mut to = payer.to.clone();
    to.purchase_order = of_booking.cloned().or(to.purchase_order);
    Some(InvoiceDraft {
        membership: payer.membership.clone(),
        subject: Subject::Places {
            bookings: bookings
                .iter()
                .map(|(booking, _)| (booking.event.clone(), booking.reference.clone()))
                .collect(),
        },
        to,
        sent_to: payer.sent_to.clone(),
        description: Places(lines.len()).to_string(),
        lines,
        vat,
        total,
        pupils: None,
        schedule: schedule.version.clone(),
        replaces: None,
    })
}

/// The purchase order that all of the bookings name, if they name one.
fn order(bookings: &[(Booking, Vec<u8>)]) -> Option<&Line> {
    let mut orders = bookings
        .iter()
        .map(|(booking, _)| booking.purchase_order.as_ref());
    let first = orders.next()??;
    orders.all(|order| order == Some(first)).then_some(first)
}

fn line(booking: &Booking, registration: &Registration) -> Option<WorkingLine> {
    let price = registration.price?;
    // A series is paid for as a whole.
    let (day, last_day) = (booking.known().starts.date(), booking.known().last_day());
    let title = &booking.known().event_title;
    let reason = match &registration.delegate {
        Some(delegate) => format!("A place at “{title}” for {}", delegate.person.name),
        None => format!("A place at “{title}”, delegate to be named"),
    };
    Some(WorkingLine {
        from: day,
        to: last_day,
        pence: price,
        reason,
        sum: Some(Sum {
            quantity: 1,
            unit: price,
            numerator: 1,
            denominator: 1,
        }),
    })
}

struct Places(usize);

impl fmt::Display for Places {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => formatter.write_str("A place at an event"),
            many => write!(formatter, "{many} places at events"),
        }
    }
}
