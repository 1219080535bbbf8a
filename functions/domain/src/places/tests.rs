//! Who gets a place, and who gets one that came free.

mod limit;
mod table;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Asker, FirstStep, Tally};
use crate::booking::{
    BookingRules, Forbidden, RegistrationCommand, RegistrationId, RegistrationState,
};
use crate::event::Event;
use crate::reference::BookingReference;

fn event(capacity: u32, price: Option<u64>) -> Event {
    serde_json::from_value(json!({
        "slug": "teachmeet", "title": "Teachmeet", "href": "/events/teachmeet/",
        "starts": "2028-03-14T16:00", "ends": "2028-03-14T18:00", "booking_closes": "2028-03-14T16:00",
        "venue": "A school", "capacity": capacity, "price": price, "sample": true,
    }))
    .unwrap()
}

fn rules() -> BookingRules {
    serde_json::from_value(json!({
        "checkout": { "minutes": 30, "source": "" }, "grace": { "minutes": 5, "source": "" },
        "offer": { "minutes": 2880, "source": "" },
    }))
    .unwrap()
}

fn id(number: u8) -> RegistrationId {
    RegistrationId {
        booking: BookingReference::from_entropy([0, 0, 0, 0, number]),
        number: 1,
    }
}

fn asker(number: u8, event: &Event) -> Asker {
    Asker {
        registration: id(number),
        party: None,
        claimant: None,
        by_card: event.charge().is_some(),
        needs_approval: false,
    }
}

fn minute(minutes: i64) -> Timestamp {
    "2028-03-01T12:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

/// Asks as a visitor does: after time has had its effect.
fn ask(tally: &mut Tally, event: &Event, number: u8, minutes: i64) -> RegistrationState {
    tally.catch_up(event, &rules(), minute(minutes));
    let asker = asker(number, event);
    tally.ask(&asker, FirstStep::Known, event, &rules(), minute(minutes))
}

/// Pays, whatever has become of the place.
fn pay(tally: &mut Tally, event: &Event, number: u8) -> RegistrationState {
    let command = (RegistrationState::Expired, RegistrationCommand::Pay);
    let asker = asker(number, event);
    tally
        .command(&asker, command, Some(event), &rules(), minute(0))
        .unwrap()
}

#[test]
fn free_places_are_given_until_there_are_none_and_then_the_list_is_in_order() {
    let (event, mut tally) = (event(2, None), Tally::default());
    let states: Vec<_> = (1..=4)
        .map(|number| ask(&mut tally, &event, number, 0))
        .collect();
    assert_eq!(
        states,
        [
            RegistrationState::Confirmed,
            RegistrationState::Confirmed,
            RegistrationState::Waiting,
            RegistrationState::Waiting
        ]
    );
    assert_eq!(
        (tally.position(&id(3)), tally.position(&id(4))),
        (Some(1), Some(2))
    );
}

#[test]
fn a_held_place_is_free_from_the_instant_its_time_ends() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    assert_eq!(
        ask(&mut tally, &event, 1, 0),
        RegistrationState::Held { until: minute(35) }
    );
    assert_eq!(tally.seen(&event, minute(34)).left, Some(0));
    assert_eq!(tally.seen(&event, minute(35)).left, Some(1));
    assert_eq!(
        ask(&mut tally, &event, 2, 35),
        RegistrationState::Held { until: minute(70) }
    );
    assert_eq!(tally.holds.len(), 1);
}

#[test]
fn a_freed_place_is_offered_to_the_first_who_waits_and_a_newcomer_waits() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &event, 1, 0);
    ask(&mut tally, &event, 2, 1);
    assert_eq!(
        tally.seen(&event, minute(40)).left,
        Some(0),
        "it is for the one who waits"
    );
    let changes = tally.catch_up(&event, &rules(), minute(40));
    assert_eq!(changes[0].state, RegistrationState::Expired);
    assert_eq!(changes[1].registration, id(2));
    assert_eq!(
        changes[1].state,
        RegistrationState::Offered {
            until: minute(40 + 2_880)
        }
    );
    assert_eq!(ask(&mut tally, &event, 3, 41), RegistrationState::Waiting);
}

#[test]
fn a_late_payment_gets_its_place_if_nobody_was_given_it() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &event, 1, 0);
    assert_eq!(pay(&mut tally, &event, 1), RegistrationState::Confirmed);
    assert_eq!((tally.confirmed, tally.holds.len()), (1, 0));
}

#[test]
fn a_late_payment_is_due_back_when_the_place_has_gone() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &event, 1, 0);
    ask(&mut tally, &event, 2, 36);
    assert_eq!(pay(&mut tally, &event, 1), RegistrationState::RefundDue);
    assert_eq!(pay(&mut tally, &event, 2), RegistrationState::Confirmed);
    assert_eq!(tally.confirmed, 1);
}

#[test]
fn paying_begun_in_time_keeps_the_place_for_as_long_again() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &event, 1, 0);
    assert_eq!(
        tally.extend(&id(1), &rules(), minute(20)),
        Some(RegistrationState::Held { until: minute(55) })
    );
    assert_eq!(tally.extend(&id(1), &rules(), minute(55)), None);
    assert!(tally.release(&id(1)));
    assert!(!tally.release(&id(1)));
}

#[test]
fn an_event_without_a_limit_never_fills() {
    let (event, mut tally) = (
        Event {
            capacity: None,
            ..event(0, None)
        },
        Tally::default(),
    );
    assert!(
        (0..200).all(|number| ask(&mut tally, &event, number, 0) == RegistrationState::Confirmed)
    );
    assert_eq!(tally.seen(&event, minute(0)).left, None);
}

#[test]
fn a_state_past_its_time_is_expired_whatever_was_written() {
    let held = RegistrationState::Held { until: minute(35) };
    assert_eq!(held.at(minute(34)), held);
    assert_eq!(held.at(minute(35)), RegistrationState::Expired);
    assert_eq!(
        RegistrationState::Confirmed.at(minute(99)),
        RegistrationState::Confirmed
    );
}

#[test]
fn a_free_place_that_somebody_waited_for_is_offered_and_theirs_when_accepted() {
    let (small, mut tally) = (event(1, None), Tally::default());
    ask(&mut tally, &small, 1, 0);
    ask(&mut tally, &small, 2, 0);
    let large = event(2, None);
    let changes = tally.catch_up(&large, &rules(), minute(1));
    let until = minute(1 + 2_880);
    assert_eq!(changes.len(), 1);
    let offered = RegistrationState::Offered { until };
    assert_eq!(
        (&changes[0].registration, changes[0].state),
        (&id(2), offered)
    );
    let command = (offered, RegistrationCommand::Accept);
    let accepted = tally.command(
        &asker(2, &large),
        command,
        Some(&large),
        &rules(),
        minute(2),
    );
    assert_eq!(accepted, Ok(RegistrationState::Confirmed));
    assert_eq!((tally.confirmed, tally.holds.len()), (2, 0));
}

#[test]
fn one_decision_changes_no_more_than_a_transaction_holds_and_the_next_goes_on() {
    let (event, mut tally) = (event(24, Some(4_500)), Tally::default());
    for number in 0..48 {
        ask(&mut tally, &event, number, 0);
    }
    let catch_up = |tally: &mut Tally| tally.catch_up(&event, &rules(), minute(50)).len();
    let changes: Vec<_> = (0..6).map(|_| catch_up(&mut tally)).collect();
    assert_eq!(changes, [13, 11 + 1, 8, 8, 7, 0]);
    assert!(tally.waiting.is_empty());
    assert_eq!(tally.holds.len(), 24);
}

#[test]
fn an_offer_outlives_a_page_to_pay_on_and_an_ordinary_hold_does_not() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &event, 1, 0);
    ask(&mut tally, &event, 2, 1);
    assert_eq!(
        tally.page_closed(&id(1), minute(31)),
        RegistrationState::Expired
    );
    tally.catch_up(&event, &rules(), minute(31));
    let until = minute(31 + 2_880);
    assert_eq!(
        tally.extend(&id(2), &rules(), minute(40)),
        Some(RegistrationState::Held { until })
    );
    assert_eq!(
        tally.page_closed(&id(2), minute(71)),
        RegistrationState::Held { until }
    );
}

#[test]
fn who_waits_is_not_overtaken_by_a_payment_that_comes_late() {
    let (small, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &small, 1, 0);
    ask(&mut tally, &small, 2, 36);
    ask(&mut tally, &small, 3, 37);
    // There is room for one more, and nobody has been offered it yet.
    let large = event(2, Some(4_500));
    assert_eq!(pay(&mut tally, &large, 1), RegistrationState::RefundDue);
}

#[test]
fn an_offer_cannot_be_accepted_once_the_event_is_withdrawn() {
    let (small, mut tally) = (event(1, None), Tally::default());
    ask(&mut tally, &small, 1, 0);
    ask(&mut tally, &small, 2, 0);
    let changes = tally.catch_up(&event(2, None), &rules(), minute(1));
    let command = (changes[0].state, RegistrationCommand::Accept);
    let accepted = tally.command(&asker(2, &small), command, None, &rules(), minute(2));
    let state = RegistrationState::CalledOff;
    assert_eq!(accepted, Err(Forbidden { state }));
    assert_eq!(tally.confirmed, 1);
}

#[test]
fn who_is_offered_a_place_of_a_series_that_has_begun_has_time_to_answer() {
    let series = Event {
        booking_closes: serde_json::from_value(json!("2028-04-14T16:00")).unwrap(),
        ..event(1, None)
    };
    let mut tally = Tally::default();
    ask(&mut tally, &series, 1, 0);
    ask(&mut tally, &series, 2, 0);
    let begun = series.starts.instant() + SignedDuration::from_hours(1);
    tally.confirmed = 0;
    let changes = tally.catch_up(&series, &rules(), begun);
    let until = begun + SignedDuration::from_hours(48);
    assert_eq!(changes[0].state, RegistrationState::Offered { until });
}

#[test]
fn an_offer_is_shorter_near_the_event_and_ends_when_it_starts() {
    let event = event(1, None);
    let starts = event.starts.instant();
    let before = |hours: i64| starts - SignedDuration::from_hours(hours);
    let lasts = |hours| rules().offered_until(starts, before(hours));
    assert_eq!(lasts(200), before(200 - 48));
    assert_eq!(
        lasts(7 * 24),
        before(7 * 24 - 4),
        "seven days before: four hours"
    );
    assert_eq!(lasts(2), starts);
}

#[test]
fn a_place_that_was_kept_too_long_is_given_once() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &event, 1, 0);
    let state = ask(&mut tally, &event, 2, 36);
    assert_eq!(state, RegistrationState::Held { until: minute(71) });
    assert_eq!(
        pay(&mut tally, &event, 1),
        RegistrationState::RefundDue,
        "the first pays late, when the second has it"
    );
}

#[test]
fn once_an_event_is_cancelled_nothing_of_it_is_given_and_money_goes_back() {
    let (event, mut tally) = (event(2, Some(4_500)), Tally::default());
    let held = ask(&mut tally, &event, 1, 0);
    tally.called_off = true;
    assert_eq!(tally.extend(&id(1), &rules(), minute(1)), None);
    let pay = (held, RegistrationCommand::Pay);
    let paid = tally.command(&asker(1, &event), pay, Some(&event), &rules(), minute(1));
    assert_eq!(paid, Ok(RegistrationState::RefundDue));
    let accept = (
        RegistrationState::Offered { until: minute(9) },
        RegistrationCommand::Accept,
    );
    let free = Asker {
        by_card: false,
        ..asker(2, &event)
    };
    let accepted = tally.command(&free, accept, Some(&event), &rules(), minute(1));
    let state = RegistrationState::CalledOff;
    assert_eq!(accepted, Err(Forbidden { state }));
}

#[test]
fn who_waits_is_offered_a_place_after_booking_has_closed_until_the_event_starts() {
    let event = Event {
        booking_closes: serde_json::from_value(json!("2028-03-10T12:00")).unwrap(),
        ..event(1, None)
    };
    let mut tally = Tally::default();
    ask(&mut tally, &event, 1, 0);
    ask(&mut tally, &event, 2, 0);
    let give_up = (RegistrationState::Confirmed, RegistrationCommand::Cancel);
    let now = event.starts.instant() - SignedDuration::from_hours(3);
    let asker = asker(1, &event);
    tally
        .command(&asker, give_up, Some(&event), &rules(), now)
        .unwrap();
    assert_eq!(tally.catch_up(&event, &rules(), now).len(), 1);
}
