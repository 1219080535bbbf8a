//! Where one school may have so many places and no more: each is counted for a
//! member school as far as that is proved, and for the address that booked
//! otherwise; whoever waits for that is told so.

use tests::Product;
use tests::changed::with_event;
use tests::forms::{booking_from, with};
use tests::members::FINANCE;

const EVENT: &str = "/book/teachmeet/";
const STRANGER: &str = "stranger@elsewhere.example";

async fn two_for_each() -> (Product, tempfile::TempDir) {
    with_event("teachmeet", |text| {
        Some(text.replace("limit_per_school: 20", "limit_per_school: 2"))
    })
    .await
}

#[tokio::test]
async fn a_stranger_who_types_a_members_number_takes_nothing_from_the_member() {
    let (product, _content) = two_for_each().await;
    let member = product.join("900001").await.to_string();
    let visitor = product.visitor();
    let fields = with(booking_from(STRANGER), "unnamed", "1");
    let taken = visitor.book(EVENT, &with(fields, "urn", "900001")).await;
    assert!(taken.text().contains("Your places are booked"));

    let contact = product.member(FINANCE).await;
    let mut fields = vec![("coming", "no"), ("unnamed", "2"), ("member", &*member)];
    fields.push(("step", "book"));
    let own = contact.fill(EVENT, EVENT, &fields).await;
    let text = own.text();
    assert!(text.contains("Your places are booked"), "{text}");

    // One more than the school may have: said before, and after.
    let mut fields = vec![("coming", "no"), ("unnamed", "1"), ("member", &*member)];
    let check = contact.fill(EVENT, EVENT, &fields).await.text();
    assert!(
        check.contains("You ask for more places than one school may have")
            && check.contains("none is left for yours"),
        "{check}"
    );
    fields.push(("step", "book"));
    let waits = contact.fill(EVENT, EVENT, &fields).await.text();
    assert!(waits.contains("You are on the waiting list"), "{waits}");
    assert!(waits.contains("at most 2 places at this event"), "{waits}");
}

#[tokio::test]
async fn whoever_books_with_one_address_has_no_more_than_one_school_and_is_told_why() {
    let (product, _content) = two_for_each().await;
    let visitor = product.visitor();
    let fields = with(booking_from(STRANGER), "unnamed", "3");
    let fields = with(fields, "urn", "");
    let unchecked = fields.iter().filter(|(name, _)| *name != "step").copied();
    let unchecked: Vec<_> = unchecked.collect();
    let check = visitor.fill(EVENT, &unchecked).await.text();
    assert!(
        check.contains("has at most 2 places at this event"),
        "{check}"
    );
    let page = visitor.book(EVENT, &fields).await.text();
    assert!(page.contains("Your place is booked"), "{page}");
    let letters = visitor.letters().await;
    let waiting = letters.iter().find(|letter| {
        let subject = letter["subject"].as_str().unwrap_or_default();
        subject.starts_with("You are on the waiting list")
    });
    let text = waiting.expect("a letter")["text"].as_str().unwrap();
    assert!(text.contains("has at most 2 places"), "{text}");
    assert!(!text.contains("Every place"), "{text}");
    let places = visitor.get("/api/events/teachmeet").await.json();
    let numbers = (&places["confirmed"], &places["waiting"]);
    assert_eq!(numbers, (&2.into(), &2.into()));
    // Others have theirs.
    let other = with(booking_from("other@elsewhere.example"), "unnamed", "1");
    let other = visitor
        .book(EVENT, &with(other, "name", "Ada"))
        .await
        .text();
    assert!(other.contains("Your places are booked"), "{other}");
}
