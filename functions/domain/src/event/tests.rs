//! An event as older and newer publications have it, when it can be booked, and
//! what a place costs.

use serde_json::json;

use super::{Event, Question};
use crate::calendar::LondonTime;
use crate::money::Pence;

/// As it was published before there was more to say.
fn event() -> Event {
    serde_json::from_value(json!({
        "slug": "teachmeet", "title": "Teachmeet", "href": "/events/teachmeet/",
        "starts": "2028-03-14T16:00", "ends": "2028-03-14T18:00", "booking_closes": "2028-03-13T16:00",
        "venue": "A school", "capacity": 20, "price": 4_500, "sample": false,
    }))
    .unwrap()
}

fn time(text: &str) -> LondonTime {
    LondonTime::parse(text).unwrap()
}

#[test]
fn an_event_of_an_older_publication_has_one_session_and_no_conditions() {
    let event = event();
    assert_eq!(event.meets().len(), 1);
    assert_eq!(event.meets()[0].ends, event.ends);
    assert!(!event.online && !event.needs_approval && event.asks.is_empty());
    assert_eq!(event.included_places, 0);
}

#[test]
fn an_event_is_published_with_all_that_it_says_and_read_back_the_same() {
    let mut written = serde_json::to_value(event()).unwrap();
    let more = json!({
        "sessions": [
            { "starts": "2028-03-14T16:00", "ends": "2028-03-14T17:00" },
            { "starts": "2028-03-28T16:00", "ends": "2028-03-28T17:00" },
        ],
        "ends": "2028-03-28T17:00", "online": true, "booking_opens": "2028-02-01T09:00",
        "member_price": 3_000, "included_places": 2, "service": "workshops", "audience": "Heads",
        "limit_per_school": 3, "needs_approval": true, "asks": ["dietary", "access"], "contact": "Us",
        "cancellation": { "late": "100%", "no_show": "100%", "steps": [{ "until": "7 days", "charge": "nothing" }] },
    });
    for (name, value) in more.as_object().unwrap() {
        written[name] = value.clone();
    }
    let event: Event = serde_json::from_value(written.clone()).unwrap();
    assert_eq!(event.asks, [Question::Dietary, Question::Access]);
    assert_eq!(event.meets().len(), 2);
    assert_eq!(serde_json::to_value(&event).unwrap(), written);
}

#[test]
fn it_is_open_from_when_booking_opens_until_it_closes() {
    let event = Event {
        booking_opens: Some(time("2028-02-01 09:00")),
        ..event()
    };
    for (now, is_open) in [
        ("2028-02-01T08:59:59Z", false),
        ("2028-02-01T09:00:00Z", true),
        ("2028-03-13T15:59:59Z", true),
        ("2028-03-13T16:00:00Z", false),
    ] {
        assert_eq!(event.is_open(now.parse().unwrap()), is_open, "{now}");
    }
    let at_once = Event {
        booking_opens: None,
        ..event
    };
    assert!(at_once.is_open("2017-01-01T00:00:00Z".parse().unwrap()));
}

#[test]
fn a_member_pays_the_members_price_and_a_price_of_nought_is_none() {
    let both = Event {
        member_price: Some(Pence::new(3_000)),
        ..event()
    };
    assert_eq!(both.price_for(true), Some(Pence::new(3_000)));
    assert_eq!(both.price_for(false), Some(Pence::new(4_500)));
    assert_eq!(both.charge(), Some(Pence::new(4_500)));
    assert_eq!(event().price_for(true), Some(Pence::new(4_500)));
    let free_to_members = Event {
        member_price: Some(Pence::ZERO),
        ..event()
    };
    assert_eq!(free_to_members.price_for(true), None);
    assert_eq!(free_to_members.price_for(false), Some(Pence::new(4_500)));
    let free = Event {
        price: None,
        ..event()
    };
    assert_eq!((free.price_for(true), free.price_for(false)), (None, None));
}
