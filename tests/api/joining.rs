//! How an online event is joined: set by the organiser, told to those who have a
//! place, and to nobody else.

use local::identity_stand_in::Person;
use serde_json::Value;
use tests::changed::with_event;
use tests::forms::{booking, booking_from, with};
use tests::visitor::owned;
use tests::{Product, Visitor};

/// A free event, made online, with room for two.
const FREE: &str = "network";
const SCREEN: &str = "/staff/events/network/";
const FIRST: &str = "https://meet.example.org/first?pwd=1";
const SECOND: &str = "https://meet.example.org/second";

async fn online() -> (Product, tempfile::TempDir) {
    with_event(FREE, |text| {
        Some(text.replace("capacity: 2", "capacity: 2\nonline: true"))
    })
    .await
}

async fn set(product: &Product, address: &str) -> tests::Answer {
    let organiser = product.signed_in(Person::Organiser).await;
    let fields = [("joining", address)];
    organiser
        .fill(SCREEN, &format!("{SCREEN}joining/"), &fields)
        .await
}

/// The texts of the letters to an address that have this in them.
async fn told(visitor: &Visitor, email: &str, words: &str) -> usize {
    let text = |letter: &Value| letter["text"].as_str().unwrap_or_default().to_owned();
    let letters = visitor.letters().await;
    let to_them = letters.iter().filter(|letter| letter["to"] == email);
    to_them
        .filter(|letter| text(letter).contains(words))
        .count()
}

#[tokio::test]
async fn each_who_has_a_place_is_told_once_and_whoever_gets_one_later_in_the_confirmation() {
    let (product, _content) = online().await;
    let visitor = product.visitor();
    let first = visitor.book("/book/network/", &booking()).await;
    assert_eq!(
        told(&visitor, "sam@sample.example", "we write to you how").await,
        1
    );
    let set_once = set(&product, FIRST).await;
    assert!(
        set_once.text().contains("1 letter written"),
        "{}",
        set_once.text()
    );
    assert_eq!(told(&visitor, "sam@sample.example", FIRST).await, 1);
    // The same again is nothing new.
    set(&product, FIRST).await;
    assert_eq!(told(&visitor, "sam@sample.example", FIRST).await, 1);

    visitor
        .book("/book/network/", &booking_from("later@sample.example"))
        .await;
    visitor
        .book("/book/network/", &booking_from("waits@sample.example"))
        .await;
    assert_eq!(told(&visitor, "later@sample.example", FIRST).await, 1);
    assert_eq!(
        told(&visitor, "waits@sample.example", "meet.example").await,
        0
    );

    // Whoever gives the place up does not get the next one.
    let manage = visitor
        .booking_link("sam@sample.example", &first.reference(), "/")
        .await;
    let page = visitor.get(&manage).await;
    assert!(page.text().contains(FIRST), "{}", page.text());
    let place = visitor.get(&format!("{manage}1/")).await;
    let held = tests::page::held_by(&place.body, "cancel/");
    visitor.post(&format!("{manage}1/cancel/"), &held).await;
    assert!(!visitor.get(&manage).await.text().contains("meet.example"));
    set(&product, SECOND).await;
    assert_eq!(told(&visitor, "sam@sample.example", SECOND).await, 0);
    assert_eq!(told(&visitor, "later@sample.example", SECOND).await, 1);
    assert_eq!(
        told(&visitor, "later@sample.example", "another joining link").await,
        1
    );
}

#[tokio::test]
async fn the_link_is_behind_the_secret_alone_and_in_no_trail() {
    let (product, _content) = online().await;
    let visitor = product.visitor();
    let booked = visitor.book("/book/network/", &booking()).await;
    set(&product, FIRST).await;
    let reference = booked.reference();
    let manage = visitor
        .booking_link("sam@sample.example", &reference, "/")
        .await;
    for (path, is_told) in [
        (format!("/bookings/{reference}/"), false),
        (format!("/bookings/{reference}/event.ics"), false),
        ("/book/network/".to_owned(), false),
        ("/events/network/".to_owned(), false),
        ("/api/events/network".to_owned(), false),
        (manage.clone(), true),
        (format!("{manage}event.ics"), true),
    ] {
        let body = visitor.get(&path).await.body.replace("\r\n ", "");
        assert_eq!(body.contains("meet.example.org"), is_told, "{path}: {body}");
    }
    let publication = product.app.store.publication().await.unwrap();
    let publication = serde_json::to_string(&publication).unwrap();
    assert!(!publication.contains("meet.example.org"));
    let director = product.signed_in(Person::Director).await;
    let seen = director.get(SCREEN).await;
    assert_eq!(seen.status, 200);
    assert!(
        !seen.body.contains("meet.example.org"),
        "only whoever runs it sees it"
    );
}

#[tokio::test]
async fn a_link_that_is_none_is_refused_with_what_was_typed_and_it_can_be_taken_away() {
    let (product, _content) = online().await;
    let wrong = set(&product, "http://meet.example.org/").await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong
            .text()
            .contains("Enter a joining link that begins with https://"),
        "{}",
        wrong.text()
    );
    assert_eq!(
        wrong.field("joining").as_deref(),
        Some("http://meet.example.org/")
    );
    set(&product, FIRST).await;
    let organiser = product.signed_in(Person::Organiser).await;
    let before = product.visitor().letters().await.len();
    let gone = organiser
        .fill(SCREEN, &format!("{SCREEN}joining/remove/"), &[])
        .await;
    assert!(
        gone.text().contains("No joining link is set"),
        "{}",
        gone.text()
    );
    assert_eq!(product.visitor().letters().await.len(), before);
    // An event that is somewhere has none.
    let elsewhere = "/staff/events/teachmeet/";
    let fields = owned(&[("joining", FIRST)]);
    let refused = organiser
        .post(&format!("{elsewhere}joining/"), &fields)
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
}

#[tokio::test]
async fn who_comes_instead_is_told_and_a_paid_place_too() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let screen = "/staff/events/workshop-for-leaders/";
    let organiser = product.signed_in(Person::Organiser).await;
    let fields = [("joining", FIRST)];
    organiser
        .fill(screen, &format!("{screen}joining/"), &fields)
        .await;
    let fields = with(booking(), "others", "Ada ada@sample.example");
    let pay = visitor.book("/book/workshop-for-leaders/", &fields).await;
    assert_eq!(
        told(&visitor, "sam@sample.example", "meet.example").await,
        0,
        "not paid yet"
    );
    let session = visitor.post_only(&pay.at, &owned(&[])).await.reference();
    product.stripe().pay(&session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    for email in ["sam@sample.example", "ada@sample.example"] {
        assert_eq!(told(&visitor, email, FIRST).await, 1, "{email}");
    }
    let manage = visitor
        .link_in_letter("sam@sample.example", "For your calendar")
        .await;
    let place = visitor.get(&format!("{manage}2/")).await;
    let mut fields = tests::page::held_by(&place.body, "delegate/");
    fields.retain(|(name, _)| name == "command");
    let named = [
        ("delegate_name", "Grace"),
        ("delegate_email", "grace@sample.example"),
    ];
    fields.extend(owned(&named));
    visitor.post(&format!("{manage}2/delegate/"), &fields).await;
    assert_eq!(told(&visitor, "grace@sample.example", FIRST).await, 1);
    organiser
        .post(&format!("{screen}letters/"), &owned(&[]))
        .await;
    assert_eq!(
        told(&visitor, "grace@sample.example", FIRST).await,
        1,
        "once"
    );
}
