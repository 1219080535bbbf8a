//! What those who have booked are told, once each.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Facts, Message, People, Places, Telling, Tells, Told};
use crate::booking::{AskedPlaces, Booking, BookingForm, BookingRules, RegistrationState};
use crate::contact::Line;
use crate::event::Event;
use crate::joining::{Joining, JoiningAddress};
use crate::letter::{News, PlaceAbout, PlaceNews};
use crate::passage::Passage;
use crate::reference::BookingReference;
use crate::staff::StaffId;

fn event(starts: &str, venue: &str) -> Event {
    let day = &starts[..10];
    serde_json::from_value(json!({
        "slug": "teachmeet", "title": "Teachmeet", "href": "/events/teachmeet/",
        "starts": starts, "ends": format!("{day}T18:00"), "booking_closes": format!("{day}T12:00"),
        "venue": venue, "capacity": 20, "price": 4_500, "sample": false,
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

fn now() -> Timestamp {
    "2028-03-01T12:00:00Z".parse().unwrap()
}

/// Ada books for herself, for Grace, and for somebody to be named.
fn asked() -> AskedPlaces {
    let form = BookingForm {
        name: "Ada".to_owned(),
        email: "ada@sample.example".to_owned(),
        school_name: "Sample Primary School".to_owned(),
        coming: "yes".to_owned(),
        others: "Grace grace@sample.example".to_owned(),
        unnamed: "1".to_owned(),
        ..BookingForm::default()
    };
    form.parse().unwrap()
}

fn booking(state: RegistrationState) -> Booking {
    let event = event("2028-03-14T16:00", "A school");
    let reference = BookingReference::from_entropy([1, 2, 3, 4, 5]);
    let mut booking = Booking::asked(reference, &event, &asked(), None, now());
    for registration in &mut booking.registrations {
        registration.state = state;
    }
    booking
}

fn telling(what: Tells) -> Telling {
    let event = event("2028-03-14T16:00", "A school");
    Telling::begun("one", &event.slug, what, 3, now())
}

fn tell(what: Tells, booking: &Booking, event: Option<&Event>, joining: &Joining) -> Told {
    let facts = Facts {
        event,
        rules: &rules(),
        joining,
        called_off: false,
        now: now(),
    };
    telling(what).tell(booking, &facts)
}

fn edit(booking: &Booking, event: Option<&Event>) -> Told {
    tell(Tells::Edit, booking, event, &Joining::default())
}

fn to(told: &Told) -> Vec<&str> {
    let letters = told.letters.iter();
    letters.map(|letter| letter.to.email.as_str()).collect()
}

fn about(told: &Told) -> &PlaceAbout {
    match &told.letters[0].news {
        News::Place(PlaceNews { about, .. }) => about,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_moved_event_is_told_once_to_whoever_booked_and_to_each_delegate() {
    let booking = booking(RegistrationState::Confirmed);
    let moved = event("2028-03-21T16:00", "A school");
    let told = edit(&booking, Some(&moved));
    assert_eq!(to(&told), ["ada@sample.example", "grace@sample.example"]);
    let PlaceAbout::Moved {
        was,
        is_free,
        has_place,
        ..
    } = about(&told)
    else {
        panic!("{told:?}");
    };
    assert_eq!(was.starts, booking.about.starts);
    assert!(*is_free && *has_place);
    let next = told.booking.unwrap();
    assert_eq!(next.about, booking.about, "what was booked is kept");
    assert_eq!((next.known().starts, next.since.moves), (moved.starts, 1));
    assert_eq!(edit(&next, Some(&moved)), Told::default(), "once");
}

#[test]
fn a_change_that_is_taken_back_before_anybody_was_told_is_told_to_nobody() {
    let booking = booking(RegistrationState::Confirmed);
    let unchanged = event("2028-03-14T16:00", "A school");
    assert_eq!(edit(&booking, Some(&unchanged)), Told::default());
    let retitled = Event {
        title: "Teachmeet for all".to_owned(),
        ..unchanged
    };
    assert_eq!(edit(&booking, Some(&retitled)), Told::default());
}

#[test]
fn back_on_the_day_that_was_booked_it_is_told_and_costs_what_it_cost() {
    let booking = booking(RegistrationState::Confirmed);
    let moved = event("2028-03-14T16:00", "Another school");
    let next = edit(&booking, Some(&moved)).booking.unwrap();
    let back = event("2028-03-14T16:00", "A school");
    let told = edit(&next, Some(&back));
    assert!(matches!(
        about(&told),
        PlaceAbout::Moved { is_free: false, .. }
    ));
    let next = told.booking.unwrap();
    assert_eq!(next.since.moves, 2, "a calendar counts on");
    assert!(!next.was_moved(Some(&back)));
}

#[test]
fn a_withdrawn_event_is_told_once_and_that_it_is_on_again() {
    let booking = booking(RegistrationState::Confirmed);
    let told = edit(&booking, None);
    assert!(matches!(
        about(&told),
        PlaceAbout::Withdrawn { has_place: true }
    ));
    let next = told.booking.unwrap();
    assert_eq!(edit(&next, None), Told::default());
    let again = event("2028-03-14T16:00", "A school");
    let told = edit(&next, Some(&again));
    assert!(matches!(
        about(&told),
        PlaceAbout::OnAgain { has_place: true }
    ));
    let next = told.booking.unwrap();
    assert_eq!(edit(&next, Some(&again)), Told::default());
    assert_eq!(next.since.moves, 0);
}

#[test]
fn who_waits_is_told_by_whoever_booked_and_who_has_not_confirmed_sees_it_on_the_page() {
    let moved = event("2028-03-21T16:00", "A school");
    let told = edit(&booking(RegistrationState::Waiting), Some(&moved));
    assert_eq!(to(&told), ["ada@sample.example"]);
    let until = now() + SignedDuration::from_mins(9);
    let told = edit(
        &booking(RegistrationState::Unconfirmed { until }),
        Some(&moved),
    );
    assert_eq!(to(&told), Vec::<&str>::new());
    assert_eq!(told.booking.unwrap().known().starts, moved.starts);
    for over in [RegistrationState::Cancelled, RegistrationState::Absent] {
        assert_eq!(edit(&booking(over), Some(&moved)), Told::default());
    }
    // A later session of a series is to come.
    let told = edit(&booking(RegistrationState::Attended), Some(&moved));
    assert_eq!(
        to(&told),
        to(&edit(&booking(RegistrationState::Confirmed), Some(&moved)))
    );
}

#[test]
fn nobody_is_told_of_an_event_that_is_over() {
    let mut past = booking(RegistrationState::Confirmed);
    past.about.starts = serde_json::from_value(json!("2028-02-01T16:00")).unwrap();
    past.about.ends = Some(past.about.starts);
    let moved = event("2028-03-21T16:00", "A school");
    assert_eq!(edit(&past, Some(&moved)), Told::default());
}

#[test]
fn a_joining_link_is_told_once_to_those_who_have_a_place_and_the_next_one_again() {
    let mut booking = booking(RegistrationState::Confirmed);
    booking.registrations[1].state = RegistrationState::Cancelled;
    let online = event("2028-03-14T16:00", "Online");
    let address = |text| JoiningAddress::parse(text).ok();
    let first = Joining::default().replaced(address("https://meet.example.org/1"));
    let tell = |booking: &Booking, joining| tell(Tells::Joining, booking, Some(&online), joining);
    let told = tell(&booking, &first);
    assert_eq!(to(&told), ["ada@sample.example"], "Grace has given up hers");
    assert!(matches!(
        about(&told),
        PlaceAbout::Joining {
            is_another: false,
            ..
        }
    ));
    let next = told.booking.unwrap();
    assert_eq!(tell(&next, &first), Told::default());
    let second = first.replaced(address("https://meet.example.org/2"));
    let told = tell(&next, &second);
    assert!(matches!(
        about(&told),
        PlaceAbout::Joining {
            is_another: true,
            ..
        }
    ));
    assert_eq!(tell(&next, &second.replaced(None)), Told::default());
}

#[test]
fn a_message_goes_to_those_who_are_meant() {
    let mut booking = booking(RegistrationState::Confirmed);
    // Who came to the first of several sessions has a place at the next.
    booking.registrations[0].state = RegistrationState::Attended;
    booking.registrations[1].state = RegistrationState::Waiting;
    let reached = |places, people| {
        let message = Message {
            subject: Line::parse("Bring a pen", "").unwrap(),
            text: Passage::parse("Please.", "").unwrap(),
            places,
            people,
            by: StaffId::parse("office").unwrap(),
        };
        let letters = message.letters(&booking, now());
        let to = letters.iter().map(|letter| letter.to.name.to_string());
        to.collect::<Vec<_>>()
    };
    assert_eq!(reached(Places::Confirmed, People::Delegates), ["Ada"]);
    assert_eq!(reached(Places::Waiting, People::Delegates), ["Grace"]);
    assert_eq!(reached(Places::Waiting, People::Bookers), ["Ada"]);
    assert_eq!(reached(Places::Both, People::Both), ["Ada", "Grace"]);
}

#[test]
fn an_edit_is_gone_through_once_more_when_no_function_can_have_an_older_publication() {
    let begun = telling(Tells::Edit);
    let first = begun.through(now());
    assert_eq!((first.ended_at, first.after.clone()), (None, None));
    let later = now() + Telling::STALE;
    let second = Telling {
        looked_at: later,
        ..first
    };
    assert_eq!(second.through(later).ended_at, Some(later));
    assert_eq!(telling(Tells::Joining).through(now()).ended_at, Some(now()));
}
