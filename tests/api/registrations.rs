//! A booking for several, from the letter that confirms it to the place that is
//! given up: by links alone, without JavaScript.

use domain::ledger::Account;
use domain::reference::BookingReference;
use jiff::SignedDuration;
use local::identity_stand_in::Person;
use serde_json::Value;
use tests::forms::{booking, booking_from, with};
use tests::visitor::owned;
use tests::{Product, Visitor};

/// A free event with room for two.
const FREE: &str = "/book/network/";
/// A free event with room for many.
const LARGE: &str = "/book/teachmeet/";
/// An event with a price.
const PRICED: &str = "/book/workshop-for-leaders/";
/// An event that asks what its delegates need.
const ASKING: &str = PRICED;
const BOOKER: &str = "sam@sample.example";

const OTHERS: &str = "Ada Núñez, ada@sample.example\nGrace O’Brien grace@sample.example";

fn subjects_to(letters: &[Value], email: &str) -> Vec<String> {
    let to_them = letters.iter().filter(|letter| letter["to"] == email);
    let subject = |letter: &Value| letter["subject"].as_str().unwrap_or_default().to_owned();
    to_them.map(subject).collect()
}

/// The page of a booking for whoever has the link.
async fn managed(visitor: &Visitor, reference: &str) -> String {
    visitor.booking_link(BOOKER, reference, "/").await
}

/// Presses a button of a place's page.
async fn press(visitor: &Visitor, manage: &str, number: u8, action: &str) -> tests::Answer {
    let page = visitor.get(&format!("{manage}{number}/")).await;
    let path = format!("{manage}{number}/{action}/");
    let held = tests::page::held_by(&page.body, &format!("{action}/"));
    visitor.post(&path, &held).await
}

#[tokio::test]
async fn nothing_is_booked_until_the_address_is_confirmed_by_the_button_in_the_letters_page() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = visitor.fill(FREE, &booking()).await;
    assert!(asked.text().contains("Please confirm your booking"));
    let places = visitor.get("/api/events/network").await.json();
    assert_eq!(
        (&places["confirmed"], &places["held"]),
        (&0.into(), &1.into())
    );
    let link = visitor
        .booking_link(BOOKER, &asked.reference(), "/confirm/")
        .await;
    for _ in 0..2 {
        // As a mail scanner does.
        assert_eq!(visitor.get(&link).await.status, 200);
    }
    let places = visitor.get("/api/events/network").await.json();
    assert_eq!(places["confirmed"], 0);
    for _ in 0..2 {
        let page = visitor.fill(&link, &[]).await;
        let done = page.text().contains("Your place is booked");
        assert!(
            done || page.text().contains("This link was used"),
            "{}",
            page.text()
        );
    }
    let places = visitor.get("/api/events/network").await.json();
    assert_eq!(
        (&places["confirmed"], &places["held"]),
        (&1.into(), &0.into())
    );
    let subjects = subjects_to(&visitor.letters().await, BOOKER);
    assert_eq!(
        subjects.len(),
        2,
        "one to confirm, one that it is: {subjects:?}"
    );
}

#[tokio::test]
async fn a_booking_that_is_not_confirmed_in_time_keeps_nothing() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = visitor.fill(FREE, &booking()).await;
    product.app.clock.advance(SignedDuration::from_hours(3));
    let places = visitor.get("/api/events/network").await.json();
    assert_eq!((&places["held"], &places["left"]), (&0.into(), &2.into()));
    let link = visitor
        .booking_link(BOOKER, &asked.reference(), "/confirm/")
        .await;
    let page = visitor.get(&link).await;
    assert!(page.text().contains("too old"), "{}", page.text());
    let refused = visitor.post(&link, &owned(&[])).await;
    assert_eq!(refused.status, 409);
    assert!(
        refused.text().contains("its time has passed"),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn one_books_for_several_and_names_the_last_of_them_later() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let fields = with(with(booking(), "others", OTHERS), "unnamed", "1");
    let booked = visitor.book(LARGE, &fields).await;
    assert!(
        booked.text().contains("Your places are booked"),
        "{}",
        booked.text()
    );
    let places = visitor.get("/api/events/teachmeet").await.json();
    assert_eq!(places["confirmed"], 4);
    let letters = visitor.letters().await;
    for email in ["ada@sample.example", "grace@sample.example"] {
        let subjects = subjects_to(&letters, email);
        assert_eq!(subjects.len(), 1, "{email}: {subjects:?}");
        assert!(
            subjects[0].starts_with("Your place is confirmed"),
            "{subjects:?}"
        );
    }
    let manage = managed(&visitor, &booked.reference()).await;
    let page = visitor.get(&manage).await;
    assert!(
        page.text().contains("Delegate 4, to be named"),
        "{}",
        page.text()
    );

    let place = format!("{manage}4/");
    let wrong = [("delegate_name", "Mary"), ("delegate_email", "mary")];
    let page = visitor.get(&place).await;
    let form = tests::page::filled(&page.body, "delegate/", &wrong);
    let refused = visitor.post(&format!("{place}delegate/"), &form).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.field("delegate_name").as_deref(), Some("Mary"));
    let right = [
        ("delegate_name", "Mary"),
        ("delegate_email", "mary@sample.example"),
    ];
    let form = tests::page::filled(&page.body, "delegate/", &right);
    for _ in 0..2 {
        let named = visitor.post(&format!("{place}delegate/"), &form).await;
        assert!(named.text().contains("Mary"), "{}", named.text());
    }
    // Somebody else comes instead: both are told, once.
    let page = visitor.get(&place).await;
    let other = [
        ("delegate_name", "Edith"),
        ("delegate_email", "edith@sample.example"),
    ];
    let form = tests::page::filled(&page.body, "delegate/", &other);
    visitor.post(&format!("{place}delegate/"), &form).await;
    let letters = visitor.letters().await;
    let subjects = subjects_to(&letters, "mary@sample.example");
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(
        subjects[0].starts_with("Somebody else takes your place"),
        "{subjects:?}"
    );
    assert_eq!(subjects_to(&letters, "edith@sample.example").len(), 1);
    let places = visitor.get("/api/events/teachmeet").await.json();
    assert_eq!(places["confirmed"], 4, "a swap takes no place");
}

#[tokio::test]
async fn the_last_places_go_to_the_first_delegates_and_the_rest_of_the_booking_waits() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let booked = visitor.book(FREE, &with(booking(), "others", OTHERS)).await;
    let page = visitor.get(&booked.at).await.text();
    assert!(page.contains("On the waiting list, at number 1"), "{page}");
    let manage = managed(&visitor, &booked.reference()).await;
    // The first is given up: the third is offered it, and takes it.
    let after = press(&visitor, &manage, 1, "cancel").await;
    assert!(
        after.text().contains("A place is offered"),
        "{}",
        after.text()
    );
    let taken = press(&visitor, &manage, 3, "accept").await;
    assert_eq!(
        taken.text().matches("Booked.").count(),
        2,
        "{}",
        taken.text()
    );
    let places = visitor.get("/api/events/network").await.json();
    assert_eq!(
        (&places["confirmed"], &places["waiting"]),
        (&2.into(), &0.into())
    );
    let subjects = subjects_to(&visitor.letters().await, "grace@sample.example");
    assert_eq!(subjects.len(), 1, "{subjects:?}");
}

#[tokio::test]
async fn who_waits_may_leave_and_who_is_offered_a_place_may_let_it_go() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let first = visitor.book(FREE, &with(booking(), "unnamed", "1")).await;
    let mut waiting = Vec::new();
    for email in [
        "one@sample.example",
        "two@sample.example",
        "three@sample.example",
    ] {
        let booked = visitor.book(FREE, &booking_from(email)).await;
        waiting.push(visitor.booking_link(email, &booked.reference(), "/").await);
    }
    let left = press(&visitor, &waiting[0], 1, "leave").await;
    assert!(
        left.text().contains("Left the waiting list"),
        "{}",
        left.text()
    );
    let manage = managed(&visitor, &first.reference()).await;
    press(&visitor, &manage, 2, "cancel").await;
    let declined = press(&visitor, &waiting[1], 1, "decline").await;
    assert!(declined.text().contains("Declined"), "{}", declined.text());
    let offered = visitor.get(&waiting[2]).await;
    assert!(
        offered.text().contains("A place is offered"),
        "{}",
        offered.text()
    );
}

#[tokio::test]
async fn three_places_are_paid_for_together_and_one_is_given_up_in_time_for_its_money() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let pay = visitor
        .book(PRICED, &with(booking(), "others", OTHERS))
        .await;
    assert!(pay.text().contains("£135.00"), "{}", pay.text());
    let session = visitor.post_only(&pay.at, &owned(&[])).await.reference();
    product.stripe().pay(&session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    let letters = visitor.letters().await;
    assert_eq!(subjects_to(&letters, "ada@sample.example").len(), 1);
    let text = letters[0]["text"].as_str().unwrap_or_default();
    let reference = text
        .split_whitespace()
        .find(|word| word.starts_with("BKG-"));
    let reference = reference.unwrap().to_owned();
    let manage = managed(&visitor, &reference).await;
    let page = visitor.get(&format!("{manage}2/")).await;
    assert!(page.text().contains("£45.00 goes back"), "{}", page.text());
    let done = press(&visitor, &manage, 2, "cancel").await;
    assert!(done.text().contains("Cancelled"), "{}", done.text());
    let key = BookingReference::parse(&reference).unwrap();
    let booking = product.app.store.booking(&key).await.unwrap().unwrap();
    let payment = booking.registrations[1].payment.clone().unwrap();
    let payment = product.app.store.payment(&payment).await.unwrap().unwrap();
    assert_eq!(payment.returned.len(), 1);
    assert_eq!(payment.returned[0].pence.get(), 4_500);
    let refunds = product.app.store.refunds_under_way().await.unwrap();
    assert_eq!(refunds.len(), 1, "commanded with the cancellation");
    let entries = product.app.store.ledger(None).await.unwrap();
    let balance = domain::ledger::TrialBalance::of(entries.iter());
    assert_eq!(balance.sum(), 0);
    assert_eq!(balance.balance(Account::CardProvider), 9_000);
    let places = visitor.get("/api/events/workshop-for-leaders").await.json();
    assert_eq!(places["confirmed"], 2);
    let subjects = subjects_to(&visitor.letters().await, BOOKER);
    assert!(
        subjects[0].starts_with("The place is given up"),
        "{subjects:?}"
    );
}

#[tokio::test]
async fn what_was_shown_is_what_is_charged_and_a_form_that_shows_less_is_refused() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let pay = visitor.book(PRICED, &booking()).await;
    let session = visitor.post_only(&pay.at, &owned(&[])).await.reference();
    product.stripe().pay(&session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    let letters = visitor.letters().await;
    let text = letters[0]["text"].as_str().unwrap_or_default();
    let reference = text
        .split_whitespace()
        .find(|word| word.starts_with("BKG-"));
    let manage = managed(&visitor, reference.unwrap()).await;
    let path = format!("{manage}1/cancel/");
    let refused = visitor.post(&path, &owned(&[("shown", "9999")])).await;
    assert_eq!(refused.status, 409);
    assert!(
        refused.text().contains("look again, then confirm"),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn what_delegates_need_is_the_organisers_to_see_and_forgotten_a_month_after() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let fields = with(booking(), "dietary", "Sam: no nuts");
    let pay = visitor.book(ASKING, &fields).await;
    assert_eq!(pay.status, 200);
    let letters = visitor.letters().await;
    assert!(
        letters
            .iter()
            .all(|letter| !letter.to_string().contains("nuts"))
    );
    let organiser = product.signed_in(Person::Organiser).await;
    let page = "/staff/events/workshop-for-leaders/";
    assert!(organiser.get(page).await.text().contains("no nuts"));
    let ends: jiff::Timestamp = "2028-03-29T00:00:00Z".parse().unwrap();
    for (days, is_there) in [(20, true), (60, false)] {
        let then = ends + SignedDuration::from_hours(24 * days);
        let ahead = then.duration_since(product.app.clock.now());
        product.app.clock.advance(ahead);
        product.night().await;
        let organiser = product.signed_in(Person::Organiser).await;
        let text = organiser.get(page).await.text();
        assert_eq!(text.contains("no nuts"), is_there, "{days} days: {text}");
    }
}

#[tokio::test]
async fn the_letter_leads_to_a_calendar_file_of_the_event_that_names_nobody() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let booked = visitor.book(FREE, &booking()).await;
    let path = format!("/bookings/{}/event.ics", booked.reference());
    let text = visitor.letters().await[0]["text"].to_string();
    assert!(text.contains(&path), "{text}");
    let file = visitor.get(&path).await;
    assert!(
        file.body.contains("DTSTART:20280322T160000Z"),
        "{}",
        file.body
    );
    assert!(!file.body.contains("Sam Delegate"), "{}", file.body);
}

#[tokio::test]
async fn whoever_books_for_others_has_one_letter_about_all_with_the_link() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let fields = with(with(booking(), "coming", "no"), "others", OTHERS);
    let booked = visitor.book(LARGE, &with(fields, "unnamed", "3")).await;
    let letters = visitor.letters().await;
    let subjects = subjects_to(&letters, BOOKER);
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(
        subjects[0].starts_with("Your booking is confirmed"),
        "{subjects:?}"
    );
    let manage = managed(&visitor, &booked.reference()).await;
    let page = visitor.get(&manage).await.text();
    assert!(
        page.contains("Ada Núñez") && page.contains("Delegate 5, to be named"),
        "{page}"
    );
    assert_eq!(subjects_to(&letters, "ada@sample.example").len(), 1);
}

#[tokio::test]
async fn the_page_of_a_booking_that_waits_for_its_letter_says_what_to_do() {
    let product = Product::start().await;
    let asked = product.visitor().fill(FREE, &booking()).await;
    assert!(
        asked.text().contains("Press the button in our letter"),
        "{}",
        asked.text()
    );
}
