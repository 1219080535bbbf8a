//! Who gets a place, and who gets one that came free.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::Tally;
use crate::booking::{BookingRules, BookingState};
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

fn booking(number: u8) -> BookingReference {
    BookingReference::from_entropy([0, 0, 0, 0, number])
}

fn minute(minutes: i64) -> Timestamp {
    "2028-03-01T12:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

/// Asks as a visitor does: after time has had its effect.
fn ask(tally: &mut Tally, event: &Event, number: u8, minutes: i64) -> BookingState {
    tally.catch_up(event, &rules(), minute(minutes));
    tally.ask(&booking(number), event, &rules(), minute(minutes))
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
            BookingState::Confirmed,
            BookingState::Confirmed,
            BookingState::Waiting,
            BookingState::Waiting
        ]
    );
    assert_eq!(
        (tally.position(&booking(3)), tally.position(&booking(4))),
        (Some(1), Some(2))
    );
}

#[test]
fn a_held_place_is_free_from_the_instant_its_time_ends() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    assert_eq!(
        ask(&mut tally, &event, 1, 0),
        BookingState::Held { until: minute(35) }
    );
    assert_eq!(tally.seen(&event, minute(34)).left, Some(0));
    assert_eq!(tally.seen(&event, minute(35)).left, Some(1));
    assert_eq!(
        ask(&mut tally, &event, 2, 35),
        BookingState::Held { until: minute(70) }
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
    assert_eq!(changes[0].state, BookingState::Expired);
    assert_eq!(changes[1].booking, booking(2));
    assert_eq!(
        changes[1].state,
        BookingState::Offered {
            until: minute(40 + 2_880)
        }
    );
    assert_eq!(ask(&mut tally, &event, 3, 41), BookingState::Waiting);
}

#[test]
fn a_late_payment_gets_its_place_if_nobody_was_given_it() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &event, 1, 0);
    assert_eq!(tally.pay(&booking(1), &event), BookingState::Confirmed);
    assert_eq!((tally.confirmed, tally.holds.len()), (1, 0));
}

#[test]
fn a_late_payment_is_due_back_when_the_place_has_gone() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &event, 1, 0);
    ask(&mut tally, &event, 2, 36);
    assert_eq!(tally.pay(&booking(1), &event), BookingState::RefundDue);
    assert_eq!(tally.pay(&booking(2), &event), BookingState::Confirmed);
    assert_eq!(tally.confirmed, 1);
}

#[test]
fn paying_begun_in_time_keeps_the_place_for_as_long_again() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &event, 1, 0);
    assert_eq!(
        tally.extend(&booking(1), &rules(), minute(20)),
        Some(BookingState::Held { until: minute(55) })
    );
    assert_eq!(tally.extend(&booking(1), &rules(), minute(55)), None);
    assert!(tally.release(&booking(1)));
    assert!(!tally.release(&booking(1)));
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
    assert!((0..200).all(|number| ask(&mut tally, &event, number, 0) == BookingState::Confirmed));
    assert_eq!(tally.seen(&event, minute(0)).left, None);
}

#[test]
fn a_state_past_its_time_is_expired_whatever_was_written() {
    let held = BookingState::Held { until: minute(35) };
    assert_eq!(held.at(minute(34)), held);
    assert_eq!(held.at(minute(35)), BookingState::Expired);
    assert_eq!(
        BookingState::Confirmed.at(minute(99)),
        BookingState::Confirmed
    );
}

#[test]
fn a_free_place_that_somebody_waits_for_is_theirs_at_once() {
    let (small, mut tally) = (event(1, None), Tally::default());
    ask(&mut tally, &small, 1, 0);
    ask(&mut tally, &small, 2, 0);
    let changes = tally.catch_up(&event(2, None), &rules(), minute(1));
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (&changes[0].booking, changes[0].state),
        (&booking(2), BookingState::Confirmed)
    );
    assert_eq!(tally.confirmed, 2);
}

#[test]
fn who_asked_when_it_was_free_of_charge_does_not_pay_for_waiting() {
    let mut tally = Tally::default();
    ask(&mut tally, &event(1, None), 1, 0);
    ask(&mut tally, &event(1, None), 2, 0);
    let changes = tally.catch_up(&event(2, Some(4_500)), &rules(), minute(1));
    assert_eq!(changes[0].state, BookingState::Confirmed);
}

#[test]
fn one_decision_changes_at_most_thirty_bookings_and_the_next_goes_on() {
    let (event, mut tally) = (event(24, Some(4_500)), Tally::default());
    for number in 0..48 {
        ask(&mut tally, &event, number, 0);
    }
    let first = tally.catch_up(&event, &rules(), minute(50));
    let second = tally.catch_up(&event, &rules(), minute(50));
    assert_eq!((first.len(), second.len()), (30, 18));
    assert!(tally.waiting.is_empty());
    assert_eq!(tally.holds.len(), 24);
}

#[test]
fn an_offer_outlives_a_page_to_pay_on_and_an_ordinary_hold_does_not() {
    let (event, mut tally) = (event(1, Some(4_500)), Tally::default());
    ask(&mut tally, &event, 1, 0);
    ask(&mut tally, &event, 2, 1);
    assert_eq!(
        tally.page_closed(&booking(1), minute(31)),
        BookingState::Expired
    );
    tally.catch_up(&event, &rules(), minute(31));
    let until = minute(31 + 2_880);
    assert_eq!(
        tally.extend(&booking(2), &rules(), minute(40)),
        Some(BookingState::Offered { until })
    );
    assert_eq!(
        tally.page_closed(&booking(2), minute(71)),
        BookingState::Offered { until }
    );
}
