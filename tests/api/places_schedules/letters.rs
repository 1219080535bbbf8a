//! The letters that a change must have, said another way than the product
//! decides them: from what became of each place.

use std::collections::BTreeMap;

use domain::booking::{Booking, Registration, RegistrationCommand as Do, RegistrationState as Is};
use domain::letter::{Letter, News, PlaceAbout};
use domain::payment::PaymentState;

use super::model::{Deed, Work};

/// How often each letter: its kind, its reader and whom it is about.
pub type Letters = BTreeMap<(&'static str, String, String), u32>;

/// The letters that were written.
pub fn written(letters: &[Letter]) -> Letters {
    let mut written = Letters::new();
    for letter in letters {
        let (kind, about) = match &letter.news {
            News::BookingConfirmed { booking, .. } => ("confirmed", Some(booking)),
            News::BookingWaiting { booking, .. } => ("waits", Some(booking)),
            News::PlaceOffered { booking, .. } => ("offered", Some(booking)),
            News::PlaceHeld { .. } => ("to-pay", None),
            News::PaymentRefundDue { .. } => ("money-back", None),
            News::Place(place) => match place.about {
                PlaceAbout::ToConfirm { .. } => ("to-confirm", None),
                PlaceAbout::ToApprove { .. } => ("to-approve", None),
                PlaceAbout::GivenUp { .. } => ("given-up", Some(&place.booking)),
                _ => ("another", None),
            },
            _ => ("another", None),
        };
        let delegate = about.and_then(|booked| booked.delegate.clone());
        add(&mut written, kind, &letter.to, delegate);
    }
    written
}

fn add(
    letters: &mut Letters,
    kind: &'static str,
    to: &domain::contact::Person,
    delegate: Option<String>,
) {
    let key = (
        kind,
        to.email.as_str().to_owned(),
        delegate.unwrap_or_default(),
    );
    *letters.entry(key).or_default() += 1;
}

/// The letters that must be written of what became of some bookings.
pub fn expected(work: &Work, before: &BTreeMap<String, Vec<Registration>>) -> Letters {
    let mut expected = Letters::new();
    for booking in &work.bookings {
        let none = Vec::new();
        let before = before.get(&booking.reference.to_string()).unwrap_or(&none);
        of_booking(&mut expected, work, booking, before);
    }
    let Deed::Settle(_) = &work.deed else {
        return expected;
    };
    for payment in &work.payments {
        let is_settled = matches!(
            payment.state,
            PaymentState::Paid { .. } | PaymentState::RefundDue { .. }
        );
        let booking = work.bookings.first().unwrap();
        let mut bought = booking.bought_by(&payment.reference);
        // One that was paid for when it was asked for no more is seen by a
        // person, and nobody is written to.
        if is_settled
            && payment.paid_again.is_empty()
            && bought.any(|one| one.state != Is::Confirmed)
        {
            add(&mut expected, "money-back", &booking.booker, None);
        }
    }
    expected
}

fn of_booking(expected: &mut Letters, work: &Work, booking: &Booking, before: &[Registration]) {
    let moved = booking.registrations.iter().filter_map(|one| {
        let was = before.iter().find(|was| was.number == one.number);
        let was = was.map(|was| was.state);
        (was != Some(one.state)).then_some((one, was))
    });
    let (mut to_confirm, mut to_approve, mut to_pay) = (false, false, false);
    let (mut confirmed, mut waits) = (Vec::new(), None);
    for (one, was) in moved {
        let delegate = one.delegate.as_ref().map(|own| own.person.name.to_string());
        match one.state {
            Is::Confirmed => confirmed.push(one),
            Is::Waiting => waits = waits.or(Some(delegate)),
            Is::Offered { .. } => add(expected, "offered", &booking.booker, delegate),
            Is::Unconfirmed { .. } => to_confirm = true,
            Is::Unapproved { .. } => to_approve = true,
            Is::Held { .. } => to_pay |= !matches!(was, Some(Is::Offered { .. } | Is::Held { .. })),
            Is::Cancelled | Is::Left | Is::Declined => {
                if !matches!(work.deed, Deed::One(..)) {
                    continue;
                }
                add(expected, "given-up", &booking.booker, delegate.clone());
                let reader = booking.reader(one);
                if was == Some(Is::Confirmed) && reader.email != booking.booker.email {
                    add(expected, "given-up", reader, delegate);
                }
            }
            Is::Expired | Is::Lapsed | Is::RefundDue | Is::CalledOff => {}
            Is::Attended | Is::Absent => {}
        }
    }
    if let Some(delegate) = waits {
        add(expected, "waits", &booking.booker, delegate);
    }
    of_confirmed(expected, booking, &confirmed);
    if to_confirm {
        add(expected, "to-confirm", &booking.booker, None);
    }
    if to_approve {
        for approver in &booking.approvers {
            add(expected, "to-approve", approver, None);
        }
    }
    if to_pay {
        add(expected, "to-pay", &booking.booker, None);
    }
}

/// Whoever booked has one letter about all of them, and so has each other.
fn of_confirmed(expected: &mut Letters, booking: &Booking, confirmed: &[&Registration]) {
    let name = |one: &Registration| one.delegate.as_ref().map(|own| own.person.name.to_string());
    let is_booker = |one: &Registration| {
        let own = one.delegate.as_ref();
        own.is_some_and(|own| own.person.email == booking.booker.email)
    };
    let own = confirmed.iter().find(|one| is_booker(one));
    if let Some(about) = own.or(confirmed.first()) {
        add(expected, "confirmed", &booking.booker, name(about));
    }
    for one in confirmed {
        let reader = booking.reader(one);
        if reader.email != booking.booker.email {
            add(expected, "confirmed", reader, name(one));
        }
    }
}

/// Whether a place is given up by it, or called off.
pub fn gives_up(command: Do) -> bool {
    matches!(
        command,
        Do::Cancel | Do::Leave | Do::Decline | Do::Refuse | Do::CallOff
    )
}
