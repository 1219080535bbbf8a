//! A place that came free goes to the first who waits, and a payment is never
//! lost, whatever becomes of its event.

use jiff::SignedDuration;
use serde_json::Value;
use tests::changed::{change_event, copy, places, with_event};
use tests::forms::{booking, booking_from};
use tests::visitor::owned;
use tests::{Product, Visitor, root};

const PRICED: &str = "workshop-for-leaders";
const FREE: &str = "network";

async fn numbers(visitor: &Visitor, slug: &str) -> Value {
    visitor.get(&format!("/api/events/{slug}")).await.json()
}

#[tokio::test]
async fn who_waits_is_offered_the_place_that_lapsed_even_if_nobody_asks_for_anything() {
    let (product, _content) = with_event(PRICED, |text| places(&text, 1)).await;
    let visitor = product.visitor();
    visitor.book(&format!("/book/{PRICED}/"), &booking()).await;
    let second = booking_from("second@sample.example");
    let waiting = visitor.book(&format!("/book/{PRICED}/"), &second).await;
    product.app.clock.advance(SignedDuration::from_mins(40));
    for _ in 0..2 {
        product.sweep().await;
    }
    let offered = visitor.get(&waiting.at).await;
    assert!(
        offered.text().contains("A place has come free for you"),
        "{}",
        offered.text()
    );
    let letters = visitor.letters().await;
    let offers = letters.iter().filter(|letter| {
        let subject = letter["subject"].as_str().unwrap_or_default();
        subject.to_lowercase().contains("free")
    });
    assert_eq!(offers.count(), 1, "{letters:?}");
}

#[tokio::test]
async fn who_waits_is_offered_the_place_that_lapsed_and_can_pay_for_it() {
    let (product, _content) = with_event(PRICED, |text| places(&text, 1)).await;
    let visitor = product.visitor();
    visitor.book(&format!("/book/{PRICED}/"), &booking()).await;
    let second = booking_from("second@sample.example");
    let waiting = visitor.book(&format!("/book/{PRICED}/"), &second).await;
    assert!(
        waiting.text().contains("You are on the waiting list"),
        "{}",
        waiting.text()
    );

    product.app.clock.advance(SignedDuration::from_mins(40));
    let third = booking_from("third@sample.example");
    let newcomer = visitor.book(&format!("/book/{PRICED}/"), &third).await;
    assert!(
        newcomer.text().contains("You are on the waiting list"),
        "{}",
        newcomer.text()
    );
    let offered = visitor.get(&waiting.at).await;
    assert!(
        offered.text().contains("A place has come free for you"),
        "{}",
        offered.text()
    );
    let subjects: Vec<_> = visitor
        .letters()
        .await
        .iter()
        .map(|letter| letter["subject"].to_string())
        .collect();
    let confirmations = 3;
    assert_eq!(subjects.len(), confirmations + 4, "{subjects:?}");

    let pay = format!(
        "/pay/{}",
        offered
            .body
            .split("/pay/")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
    );
    let session = visitor.post_only(&pay, &owned(&[])).await.reference();
    product.stripe().expire(&session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    let still = visitor.get(&waiting.at).await;
    assert!(
        still.text().contains("Your place is kept while you pay"),
        "the offer outlives the page"
    );
    let session = visitor.post_only(&pay, &owned(&[])).await.reference();
    product.stripe().pay(&session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    assert!(
        visitor
            .get(&waiting.at)
            .await
            .text()
            .contains("Your place is booked")
    );
    assert_eq!(numbers(&visitor, PRICED).await["confirmed"], 1);
}

#[tokio::test]
async fn a_free_event_that_grows_offers_places_to_those_who_wait_and_writes_to_them() {
    let database = local::database::Embedded::open(None).await.unwrap();
    let small = Product::with(|settings| settings.database = Some(database.endpoint.clone())).await;
    let visitor = small.visitor();
    let mut pages = Vec::new();
    for number in 0..4 {
        let email = format!("delegate{number}@sample.example");
        let fields = booking_from(&email);
        pages.push(visitor.book(&format!("/book/{FREE}/"), &fields).await.at);
    }
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("content"), folder.path());
    change_event(folder.path(), FREE, |text| places(&text, 10));
    let large = Product::with(|settings| {
        settings.database = Some(database.endpoint.clone());
        settings.content = folder.path().to_owned();
    })
    .await;
    let visitor = large.visitor();
    let newcomer = booking_from("newcomer@sample.example");
    visitor.book(&format!("/book/{FREE}/"), &newcomer).await;
    for (number, page) in pages.iter().enumerate() {
        let text = visitor.get(page).await.text();
        let says = match number {
            0 | 1 => "Your place is booked",
            _ => "A place has come free for you",
        };
        assert!(text.contains(says), "{text}");
    }
    let now = numbers(&visitor, FREE).await;
    assert_eq!((&now["confirmed"], &now["held"]), (&3.into(), &2.into()));
    let confirmations = 5;
    assert_eq!(visitor.letters().await.len(), confirmations + 4 + 2 + 1);
}

#[tokio::test]
async fn two_dozen_lapsed_and_two_dozen_waiting_do_not_lock_the_event() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for number in 0..48 {
        let email = format!("delegate{number}@sample.example");
        let fields = booking_from(&email);
        visitor.book(&format!("/book/{PRICED}/"), &fields).await;
    }
    product.app.clock.advance(SignedDuration::from_mins(50));
    for number in 0..3 {
        let email = format!("newcomer{number}@sample.example");
        let fields = booking_from(&email);
        let next = visitor.book(&format!("/book/{PRICED}/"), &fields).await;
        assert_eq!(next.status, 200, "{}", next.text());
    }
    let now = numbers(&visitor, PRICED).await;
    assert_eq!(
        (now["held"].clone(), now["waiting"].clone()),
        (24.into(), 3.into())
    );
}

#[tokio::test]
async fn a_payment_for_an_event_that_was_withdrawn_is_due_back_and_said_so() {
    let data = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("content"), folder.path());
    let settings = |settings: &mut local::Settings| {
        settings.data = Some(data.path().to_owned());
        settings.content = folder.path().to_owned();
    };
    let product = Product::with(settings).await;
    let visitor = product.visitor();
    let pay = visitor.book(&format!("/book/{PRICED}/"), &booking()).await;
    let session = visitor.post_only(&pay.at, &owned(&[])).await.reference();
    drop(product);

    change_event(folder.path(), PRICED, |_| None);
    for page in ["events/_index.md", "services/workshops-for-leaders.md"] {
        assert!(folder.path().join(page).exists());
    }
    let product = Product::with(settings).await;
    let visitor = product.visitor();
    assert!(
        visitor
            .get(&pay.at)
            .await
            .text()
            .contains("This event is withdrawn")
    );
    product.stripe().pay(&session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    let page = visitor.get(&pay.at).await;
    assert!(
        page.text().contains("Your money will be returned"),
        "{}",
        page.text()
    );
    let booking = format!(
        "/bookings/{}/",
        page.body
            .split("/bookings/")
            .nth(1)
            .unwrap()
            .split('/')
            .next()
            .unwrap()
    );
    let booking = visitor.get(&booking).await;
    assert_eq!(booking.status, 200);
    assert!(
        booking.text().contains("Your money will be returned"),
        "{}",
        booking.text()
    );
}

#[tokio::test]
async fn a_provider_that_refuses_every_page_is_asked_twice_and_no_more() {
    let (product, _content) =
        with_event(PRICED, |text| Some(text.replace("£45.00", "£0.10"))).await;
    let visitor = product.visitor();
    let pay = visitor
        .book(&format!("/book/{PRICED}/"), &booking())
        .await
        .at;
    let answer = visitor.post_only(&pay, &owned(&[])).await;
    assert_eq!(answer.status, 500);
    assert!(
        answer
            .text()
            .contains("there is a problem with the service"),
        "{}",
        answer.text()
    );
    assert_eq!(product.stripe().requests()["POST /v1/checkout/sessions"], 2);
}
