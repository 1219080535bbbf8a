//! What is proposed for a place that nobody used, and what may become of it.

use jiff::Timestamp;
use serde_json::json;

use super::{ChargeCause, ChargeState, ChargeWorking, NotOpen, ProposedCharge};
use crate::booking::{Booking, RegistrationState};
use crate::event::CancellationPolicy;
use crate::invoice::InvoiceNumber;
use crate::money::Pence;
use crate::passage::Passage;
use crate::reference::BookingReference;
use crate::trail::Who;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn booking(price: Option<u64>) -> Booking {
    serde_json::from_value(json!({
        "reference": BookingReference::from_entropy(Default::default()),
        "event": "network",
        "about": { "event_title": "Network", "starts": "2028-03-22T16:00", "venue": "Here" },
        "booker": { "name": "Ada", "email": "ada@sample.example" },
        "school": { "name": "Sample", "urn": null },
        "pays_by": "card",
        "registrations": [{
            "number": 1, "delegate": null, "price": price, "payment": null,
            "state": RegistrationState::Absent,
        }],
        "booked_at": NOW,
    }))
    .unwrap()
}

fn policy(no_show: &str) -> CancellationPolicy {
    serde_json::from_value(json!({ "late": "nothing", "no_show": no_show })).unwrap()
}

/// What is due, what was paid too much, and whether anything is to be decided.
fn proposed(price: Option<u64>, no_show: &str, paid: u64) -> Option<(u64, u64, bool)> {
    let booking = booking(price);
    let absent = &booking.registrations[0];
    let paid = Pence::new(paid);
    let charge = ProposedCharge::for_absence(&booking, absent, &policy(no_show), paid, NOW)?;
    let (due, over) = (charge.working.due(), charge.working.over());
    Some((due.get(), over.get(), charge.needs_somebody()))
}

#[test]
fn who_paid_has_paid_and_only_what_is_not_covered_is_proposed() {
    for (price, no_show, paid, expected) in [
        // A flat sum for a free place is asked for.
        (None, "£35.00", 0, Some((3_500, 0, true))),
        // A share of nothing is nothing.
        (None, "100%", 0, None),
        (Some(4_500), "nothing", 4_500, None),
        // Paid, or asked for on an invoice: it is kept.
        (Some(4_500), "100%", 4_500, Some((0, 0, false))),
        (Some(4_500), "50%", 4_500, Some((0, 2_250, false))),
        // Never asked for so far.
        (Some(4_500), "50%", 0, Some((2_250, 0, true))),
        // A flat sum is never more than the price.
        (Some(4_500), "£70.00", 0, Some((4_500, 0, true))),
    ] {
        let case = format!("{price:?} {no_show} {paid}");
        assert_eq!(proposed(price, no_show, paid), expected, "{case}");
    }
}

fn charge(state: ChargeState) -> ProposedCharge {
    let working = ChargeWorking {
        price: None,
        rule: "If nobody comes: £35.00".to_owned(),
        charge: Pence::new(3_500),
        paid: Pence::ZERO,
    };
    let booking = booking(None);
    let absent = &booking.registrations[0];
    let new = ProposedCharge::new(&booking, absent, ChargeCause::NoShow, working, NOW);
    ProposedCharge {
        state,
        ..new.unwrap()
    }
}

fn waived() -> ChargeState {
    ChargeState::Waived {
        by: Who::Clock,
        at: NOW,
        reason: Passage::parse("Ill", "why").unwrap(),
    }
}

fn invoiced(came: bool) -> ChargeState {
    ChargeState::Invoiced {
        by: Who::Clock,
        at: NOW,
        invoice: InvoiceNumber::after(0),
        came,
    }
}

#[test]
fn every_state_by_every_turn_of_events() {
    let withdrawn = || ChargeState::Withdrawn { at: NOW };
    // What stands; marked as having come; marked as absent again; decided.
    let rows = [
        (ChargeState::Open, Some(withdrawn()), None, Ok(waived())),
        (ChargeState::Covered, Some(withdrawn()), None, Err(NotOpen)),
        (withdrawn(), None, Some(ChargeState::Open), Err(NotOpen)),
        (waived(), None, None, Err(NotOpen)),
        (invoiced(false), Some(invoiced(true)), None, Err(NotOpen)),
        (invoiced(true), None, Some(invoiced(false)), Err(NotOpen)),
    ];
    for (state, came, absent, decided) in rows {
        let one = charge(state.clone());
        let anew = charge(ChargeState::Open);
        let after = |next: Option<ProposedCharge>| next.map(|next| next.state);
        assert_eq!(after(one.taken_back(NOW)), came, "{state:?}");
        assert_eq!(after(one.again(anew)), absent, "{state:?}");
        let next = one.decided(waived()).map(|next| next.state);
        assert_eq!(next, decided, "{state:?}");
    }
}
