//! Where one school may have so many places and no more: whose places are
//! counted, and who waits for that.

use super::{asker, event, id, minute, rules};
use crate::booking::{RegistrationCommand, RegistrationState};
use crate::event::Event;
use crate::places::{AddressKey, Asker, FirstStep, Party, Tally};
use crate::school::Urn;

fn school(urn: &str) -> Option<Party> {
    Some(Party::School(Urn::parse(urn).unwrap()))
}

fn address(key: &str) -> Option<Party> {
    Some(Party::Address(AddressKey::of_digest(key.to_owned())))
}

#[test]
fn a_school_at_its_limit_waits_and_the_first_of_another_is_next() {
    let limited = Event {
        limit_per_school: Some(1),
        ..event(2, None)
    };
    let mut tally = Tally::default();
    let of = |number: u8, urn: &str| Asker {
        party: school(urn),
        claimant: school(urn),
        ..asker(number, &limited)
    };
    let mut ask = |number, urn| {
        let asker = of(number, urn);
        tally.ask(&asker, FirstStep::Known, &limited, &rules(), minute(0))
    };
    assert_eq!(ask(1, "900001"), RegistrationState::Confirmed);
    assert_eq!(ask(2, "900001"), RegistrationState::Waiting, "at its limit");
    assert_eq!(
        ask(3, "900002"),
        RegistrationState::Confirmed,
        "room is left"
    );
    assert_eq!(ask(4, "900003"), RegistrationState::Waiting, "full");
    // A place of the second school comes free: the first who waits has one.
    let command = (RegistrationState::Confirmed, RegistrationCommand::Cancel);
    let given_up = tally.command(&of(3, "900002"), command, None, &rules(), minute(1));
    assert_eq!(given_up, Ok(RegistrationState::Cancelled));
    let changes = tally.catch_up(&limited, &rules(), minute(1));
    let offered: Vec<_> = changes.iter().map(|change| &change.registration).collect();
    assert_eq!(offered, [&id(4)]);
    // One of the first school's own: then its next.
    let given_up = tally.command(&of(1, "900001"), command, None, &rules(), minute(2));
    assert_eq!(given_up, Ok(RegistrationState::Cancelled));
    let changes = tally.catch_up(&limited, &rules(), minute(2));
    let offered: Vec<_> = changes.iter().map(|change| &change.registration).collect();
    assert_eq!(offered, [&id(2)]);
}

/// A stranger has named the school, and its own people have yet to say so.
fn claimed(number: u8, event: &Event) -> Asker {
    Asker {
        party: school("900001"),
        claimant: address("stranger"),
        needs_approval: true,
        ..asker(number, event)
    }
}

#[test]
fn who_names_a_school_takes_nothing_from_it_until_its_people_approve() {
    let limited = Event {
        limit_per_school: Some(1),
        ..event(9, None)
    };
    let mut tally = Tally::default();
    let stranger = claimed(1, &limited);
    let state = tally.ask(
        &stranger,
        FirstStep::ConfirmAddress,
        &limited,
        &rules(),
        minute(0),
    );
    let confirm = (state, RegistrationCommand::ConfirmAddress);
    let unapproved = tally
        .command(&stranger, confirm, Some(&limited), &rules(), minute(1))
        .unwrap();
    assert_eq!(tally.left_for(&limited, school("900001").as_ref()), Some(1));
    assert_eq!(
        tally.left_for(&limited, address("stranger").as_ref()),
        Some(0)
    );

    // The school's own contact has its one place; approved after all, the
    // other waits, and the place that was kept is free.
    let own = Asker {
        party: school("900001"),
        claimant: school("900001"),
        ..asker(2, &limited)
    };
    let given = tally.ask(&own, FirstStep::Known, &limited, &rules(), minute(2));
    assert_eq!(given, RegistrationState::Confirmed);
    let approve = (unapproved, RegistrationCommand::Approve);
    let approved = tally.command(&stranger, approve, Some(&limited), &rules(), minute(3));
    assert_eq!(approved, Ok(RegistrationState::Waiting));
    assert_eq!((tally.confirmed, tally.holds.len()), (1, 0));
    assert!(tally.waits_for_limit(&limited, school("900001").as_ref()));
}

#[test]
fn an_approved_place_counts_for_the_school_and_for_the_address_no_more() {
    let limited = Event {
        limit_per_school: Some(1),
        ..event(9, None)
    };
    let mut tally = Tally::default();
    let stranger = claimed(1, &limited);
    let known = FirstStep::Known;
    let state = tally.ask(&stranger, known, &limited, &rules(), minute(0));
    let approve = (state, RegistrationCommand::Approve);
    let approved = tally.command(&stranger, approve, Some(&limited), &rules(), minute(1));
    assert_eq!(approved, Ok(RegistrationState::Confirmed));
    assert_eq!(tally.left_for(&limited, school("900001").as_ref()), Some(0));
    assert_eq!(
        tally.left_for(&limited, address("stranger").as_ref()),
        Some(1)
    );
    assert!(!tally.waits_for_limit(&event(1, None), school("900001").as_ref()));
}
