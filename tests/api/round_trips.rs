//! How often the paths that people wait on ask the table: once to read, and once
//! to write all of it.

use functions::security::WEBHOOK;
use tests::applying::{begin, fill_in};
use tests::calls;
use tests::forms::{application, booking, booking_from, with};
use tests::members::LEAD;
use tests::page::held;
use tests::visitor::{Fields, owned};
use tests::{Product, Visitor};

/// A free event with room for many.
const FREE: &str = "/book/teachmeet/";
/// One that is paid for by card.
const PRICED: &str = "/book/workshop-for-leaders/";

const ONCE_AND_ONCE: [&str; 2] = ["TransactGetItems", "TransactWriteItems"];

async fn product() -> Product {
    Product::with(|settings| settings.eye = Some(calls::keep)).await
}

/// The operations since this was asked last, without the function's name.
fn operations() -> Vec<String> {
    let words = |request: String| request.split(": ").last().unwrap_or_default().to_owned();
    calls::requests().into_iter().map(words).collect()
}

/// A form that was opened, with these fields and those that it hides.
async fn opened(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Fields {
    let mut filled = owned(fields);
    let held = held(&visitor.get(path).await.body).into_iter();
    let given = |name: &str| fields.iter().any(|(field, _)| *field == name);
    filled.extend(held.filter(|(name, _)| !given(name)));
    calls::requests();
    filled
}

#[tokio::test]
async fn a_booking_reads_once_and_writes_once() {
    let product = product().await;
    product.join("900001").await;
    let visitor = product.visitor();
    // A member's school, one that is none, and none at all.
    for (number, urn) in ["900001", "900004", ""].into_iter().enumerate() {
        for event in [FREE, PRICED] {
            let email = format!("{number}@sample.example");
            let fields = with(booking_from(&email), "urn", urn);
            let fields = opened(&visitor, event, &fields).await;
            let booked = visitor.post_only(event, &fields).await;
            assert_eq!(booked.status, 303, "{}", booked.text());
            assert_eq!(operations(), ONCE_AND_ONCE, "{event} {urn}");
        }
    }
}

#[tokio::test]
async fn a_booking_of_a_member_who_is_signed_in_reads_once_and_writes_once() {
    let product = product().await;
    let member = product.join("900001").await.to_string();
    let browser = product.member(LEAD).await;
    for event in [FREE, PRICED] {
        let fields = with(booking(), "member", &member);
        let fields = browser.filled_in(event, &fields).await;
        calls::requests();
        let booked = browser.post_only(event, &fields).await;
        assert_eq!(booked.status, 303, "{}", booked.text());
        assert_eq!(operations(), ONCE_AND_ONCE, "{event}");
    }
}

#[tokio::test]
async fn an_application_is_sent_by_reading_it_once_and_writing_it_once() {
    let product = product().await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let urn = [("urn", "900001")];
    visitor.fill(&format!("{base}school/"), &urn).await;
    fill_in(&visitor, &base, &application()).await;
    let check = format!("{base}check/");
    let fields = opened(&visitor, &check, &[]).await;
    let sent = visitor.post_only(&check, &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert_eq!(operations(), ["GetItem", "TransactWriteItems"]);
}

#[tokio::test]
async fn a_webhook_reads_once_and_writes_once() {
    let product = product().await;
    let visitor = product.visitor();
    let fields = with(booking_from("one@sample.example"), "urn", "");
    let booked = visitor.book(PRICED, &fields).await;
    let provider = visitor.post_only(&booked.at, &owned(&[])).await;
    let session = provider.reference();
    calls::requests();
    product.stripe().pay(&session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    assert_eq!(operations(), ONCE_AND_ONCE, "{WEBHOOK}");
}
