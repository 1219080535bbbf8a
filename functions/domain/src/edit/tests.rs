//! What an edit does, to whom, and in which words.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Concern, Difference, compare};
use crate::booking::{Booking, BookingForm, BookingRules, RegistrationState};
use crate::event::Event;
use crate::places::Tally;
use crate::reference::BookingReference;

fn now() -> Timestamp {
    "2028-03-01T12:00:00Z".parse().unwrap()
}

/// What is published of events.
#[derive(Deserialize)]
struct Published {
    events: Vec<Event>,
    booking: BookingRules,
}

impl Published {
    fn both(&self) -> (&[Event], &BookingRules) {
        (&self.events, &self.booking)
    }
}

/// A publication with one event, changed so.
fn publication(change: impl FnOnce(&mut Value)) -> Published {
    let mut whole = json!({
        "booking": {
            "checkout": { "minutes": 30, "source": "" }, "grace": { "minutes": 5, "source": "" },
            "offer": { "minutes": 2880, "source": "" },
        },
        "events": [{
            "slug": "teachmeet", "title": "Teachmeet", "href": "/events/teachmeet/",
            "starts": "2028-03-14T16:00", "ends": "2028-03-14T18:00",
            "booking_closes": "2028-03-13T16:00", "venue": "A school", "capacity": 20,
            "price": 4_500, "sample": false,
        }],
    });
    change(&mut whole);
    serde_json::from_value(whole).unwrap()
}

fn with(field: &'static str, value: Value) -> Published {
    publication(|whole| whole["events"][0][field] = value)
}

fn booking(number: u8, state: RegistrationState) -> Booking {
    let form = BookingForm {
        name: "Ada".to_owned(),
        email: "ada@sample.example".to_owned(),
        school_name: format!("School {number}"),
        coming: "yes".to_owned(),
        others: "Grace grace@sample.example".to_owned(),
        ..BookingForm::default()
    };
    let event = &publication(|_| {}).events[0];
    let reference = BookingReference::from_entropy([0, 0, 0, 0, number]);
    let mut booking = Booking::asked(reference, event, &form.parse().unwrap(), None, now());
    for registration in &mut booking.registrations {
        registration.state = state;
    }
    booking
}

/// Two bookings, of two schools, for two each; one waits.
fn bookings() -> Vec<Booking> {
    vec![
        booking(1, RegistrationState::Confirmed),
        booking(2, RegistrationState::Waiting),
        booking(3, RegistrationState::Cancelled),
    ]
}

fn concerns(next: &Published) -> Vec<Concern> {
    let tally = Tally {
        confirmed: 2,
        ..Tally::default()
    };
    let edits = compare(publication(|_| {}).both(), next.both(), now());
    let concerned = edits
        .iter()
        .filter_map(|edit| edit.concern(&bookings(), &tally, now()));
    concerned.collect()
}

fn words(next: &Published) -> String {
    concerns(next).iter().map(Concern::words).collect()
}

#[test]
fn the_same_publication_and_one_with_more_places_concern_nobody() {
    assert!(concerns(&publication(|_| {})).is_empty());
    assert!(concerns(&with("capacity", json!(21))).is_empty());
    assert!(concerns(&with("capacity", Value::Null)).is_empty());
    assert!(concerns(&with("title", json!("Another title"))).is_empty());
}

#[test]
fn a_moved_event_is_told_with_what_it_was_and_what_it_is() {
    let next = publication(|whole| {
        whole["events"][0]["starts"] = json!("2028-03-21T16:00");
        whole["events"][0]["ends"] = json!("2028-03-21T17:30");
        whole["events"][0]["venue"] = json!("Town Hall");
    });
    let concern = &concerns(&next)[0];
    assert!(concern.tells() && concern.asks());
    assert_eq!(
        concern.words(),
        "Teachmeet (events/teachmeet.md): 2 bookings of 4 delegates from 2 schools\n  \
         it is moved: 14 March 2028, 4pm to 6pm; A school → 21 March 2028, 4pm to 5.30pm; Town Hall\n    \
         they are written to: they keep their places, or give them up as content/booking.yaml says of events that were moved\n"
    );
}

#[test]
fn another_session_another_end_and_online_instead_are_moves_too() {
    let sessions = json!([
        { "starts": "2028-03-14T16:00", "ends": "2028-03-14T17:00" },
        { "starts": "2028-03-15T16:00", "ends": "2028-03-15T18:00" },
    ]);
    for (field, value) in [
        ("sessions", sessions),
        ("ends", json!("2028-03-14T19:00")),
        ("online", json!(true)),
    ] {
        let concern = &concerns(&with(field, value))[0];
        let difference = &concern.edit.differences[0];
        assert!(
            matches!(difference, Difference::Moved { .. }),
            "{field}: {difference:?}"
        );
    }
}

#[test]
fn a_withdrawn_event_is_told_and_one_that_is_over_is_not() {
    let none = publication(|whole| whole["events"] = json!([]));
    assert!(
        words(&none).contains("it is published no more\n"),
        "{}",
        words(&none)
    );
    assert!(concerns(&none)[0].tells());
    let after = now() + SignedDuration::from_hours(24 * 30);
    assert!(compare(publication(|_| {}).both(), none.both(), after).is_empty());
}

#[test]
fn one_that_appears_concerns_those_who_were_told_that_it_was_gone() {
    let none = publication(|whole| whole["events"] = json!([]));
    let again = publication(|_| {});
    let edits = compare(none.both(), again.both(), now());
    let tally = Tally::default();
    assert_eq!(edits[0].concern(&bookings(), &tally, now()), None);
    let mut bookings = bookings();
    bookings[0].since.withdrawn = true;
    let concern = edits[0].concern(&bookings, &tally, now()).unwrap();
    assert!(concern.tells());
}

#[test]
fn fewer_places_than_are_taken_need_somebody_to_agree_and_no_letter() {
    assert!(
        concerns(&with("capacity", json!(2))).is_empty(),
        "enough for all"
    );
    let next = with("capacity", json!(1));
    let concern = &concerns(&next)[0];
    assert!(concern.asks() && !concern.tells());
    assert!(
        concern.words().contains(
            "it has fewer places than are taken: 20 → 1, with 2 booked and 0 kept\n    \
             nobody loses a place, and nobody is written to: none is given until enough come free; 2 on the waiting list stay there"
        ),
        "{}",
        concern.words()
    );
}

#[test]
fn another_price_and_other_conditions_are_said_and_ask_nothing() {
    let next = publication(|whole| {
        whole["events"][0]["price"] = json!(5_000);
        whole["events"][0]["member_price"] = json!(0);
        whole["booking"]["cancellation"] =
            json!({ "steps": [], "late": "100%", "no_show": "100%", "source": "a rule" });
    });
    let concern = &concerns(&next)[0];
    assert!(!concern.asks());
    let words = concern.words();
    assert!(
        words.contains("its price changes: £45.00 → £50.00 (free for members)"),
        "{words}"
    );
    assert!(
        words.contains("what giving a place up costs changes"),
        "{words}"
    );
}

#[test]
fn nobody_is_concerned_by_an_event_that_is_cancelled_or_that_nobody_has_booked() {
    let none = publication(|whole| whole["events"] = json!([]));
    let edit = &compare(publication(|_| {}).both(), none.both(), now())[0];
    let cancelled = Tally {
        called_off: true,
        ..Tally::default()
    };
    assert_eq!(edit.concern(&bookings(), &cancelled, now()), None);
    assert_eq!(
        edit.concern(&bookings()[2..], &Tally::default(), now()),
        None
    );
}
