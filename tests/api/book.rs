//! Places at an event: the last one goes to one person, and the rest wait in
//! their order.

use std::collections::BTreeSet;

use domain::access::Purpose;
use domain::reference::BookingReference;
use functions::app::App;
use jiff::SignedDuration;
use tests::forms::{booking, booking_from, with};
use tests::visitor::owned;
use tests::{Answer, Product, Visitor};

/// A free event with room for two.
const FREE: &str = "network";
/// An event with a price.
const PRICED: &str = "workshop-for-leaders";

#[tokio::test]
async fn a_booking_is_confirmed_with_a_page_and_a_letter() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let page = visitor.book(&format!("/book/{FREE}/"), &booking()).await;
    assert_eq!(page.status, 200);
    assert!(page.at.starts_with("/bookings/BKG-"), "{}", page.at);
    assert!(
        page.text().contains("Your place is booked"),
        "{}",
        page.text()
    );
    assert!(
        !page.text().contains("sam@sample.example"),
        "a reference is no secret"
    );
    let letters = visitor.letters().await;
    assert_eq!(letters[0]["to"], "sam@sample.example");
    assert!(
        letters[0]["text"]
            .as_str()
            .unwrap()
            .contains(&page.reference())
    );
    let places = visitor.get(&format!("/api/events/{FREE}")).await.json();
    assert_eq!(
        (places["confirmed"].clone(), places["waiting"].clone()),
        (1.into(), 0.into())
    );
    assert_eq!(
        (places["capacity"].clone(), places["open"].clone()),
        (2.into(), true.into())
    );
}

#[tokio::test]
async fn two_hundred_at_once_for_two_places_are_two_confirmed_and_a_list_in_order() {
    let product = Product::start().await;
    let tasks: Vec<_> = (0..200)
        .map(|number| {
            let (visitor, app) = (product.visitor(), product.app.clone());
            tokio::spawn(async move { book_and_confirm(&visitor, &app, number).await })
        })
        .collect();
    let mut confirmed = 0;
    let mut bookings = BTreeSet::new();
    for task in tasks {
        let page = task.await.unwrap();
        assert_eq!(page.status, 200, "{}", page.text());
        confirmed += usize::from(page.text().contains("Your place is booked"));
        bookings.insert(page.at);
    }
    assert_eq!((confirmed, bookings.len()), (2, 200));
    let places = product
        .visitor()
        .get(&format!("/api/events/{FREE}"))
        .await
        .json();
    assert_eq!(places["confirmed"], 2);
    assert_eq!(places["waiting"], 198);

    let waiting: BTreeSet<_> = product
        .app
        .store
        .letters(600)
        .await
        .unwrap()
        .into_iter()
        .filter_map(|item| position(&item))
        .collect();
    assert_eq!(
        waiting,
        (1..=198).collect(),
        "each who waits was told a position of their own"
    );
}

/// Books from an address of its own, and confirms by the link in the letter.
async fn book_and_confirm(visitor: &Visitor, app: &App, number: usize) -> Answer {
    let email = format!("delegate{number}@sample.example");
    let fields = owned(&booking_from(&email));
    let asked = visitor.post(&format!("/book/{FREE}/"), &fields).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let reference = BookingReference::parse(&asked.reference()).unwrap();
    let booking = app.store.booking(&reference).await.unwrap().unwrap();
    let link = booking.link(Purpose::BookingAddress).unwrap();
    let secret = app
        .links
        .derive(link.purpose, &asked.reference(), &link.nonce);
    let path = format!("/bookings/{reference}/{}/confirm/", secret.expose());
    visitor.post(&path, &owned(&[])).await
}

fn position(item: &domain::letter::OutboxItem) -> Option<usize> {
    match item.letter.news {
        domain::letter::News::BookingWaiting { position, .. } => Some(position),
        _ => None,
    }
}

#[tokio::test]
async fn when_it_is_full_a_person_waits_and_sees_the_position() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for number in 0..3 {
        let email = format!("delegate{number}@sample.example");
        let fields = booking_from(&email);
        visitor.book(&format!("/book/{FREE}/"), &fields).await;
    }
    let page = visitor.book(&format!("/book/{FREE}/"), &booking()).await;
    assert!(
        page.text().contains("You are on the waiting list"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("number 2"), "{}", page.text());
    assert!(
        visitor.letters().await[0]["subject"]
            .as_str()
            .unwrap()
            .to_lowercase()
            .contains("waiting list")
    );
}

#[tokio::test]
async fn a_booking_form_sent_twice_is_one_booking() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let mut fields = owned(&booking());
    fields.push(("command".into(), "abcdefabcdefabcdefabcdefabcdef01".into()));
    let path = format!("/book/{FREE}/");
    let first = visitor.post_only(&path, &fields).await;
    let second = visitor.post_only(&path, &fields).await;
    assert_eq!((first.status, &first.at), (303, &second.at));
    assert_eq!(
        visitor.get(&format!("/api/events/{FREE}")).await.json()["held"],
        1
    );

    fields[0].1 = "Somebody Else".into();
    let other = visitor.post_only(&path, &fields).await;
    assert_ne!(
        other.at, first.at,
        "going back and changing a word is another booking"
    );
}

#[tokio::test]
async fn a_booking_with_errors_keeps_what_was_typed() {
    let product = Product::start().await;
    let fields = with(with(booking(), "email", "sam"), "urn", "12");
    let answer = product
        .visitor()
        .book(&format!("/book/{FREE}/"), &fields)
        .await;
    assert_eq!(answer.status, 422);
    assert!(
        answer
            .text()
            .contains("Enter your email address in the correct format")
    );
    assert!(answer.text().contains("URN must be 6 digits"));
    assert_eq!(answer.field("name").as_deref(), Some("Sam Delegate"));
}

#[tokio::test]
async fn an_event_that_has_begun_cannot_be_booked() {
    let product = Product::at("2029-01-01T00:00Z").await;
    let visitor = product.visitor();
    let answer = visitor.book(&format!("/book/{FREE}/"), &booking()).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("Booking for this event has closed"));
    let form = visitor.get(&format!("/book/{FREE}/")).await;
    assert!(form.text().contains("See the other events") && !form.body.contains("<form"));
    assert_eq!(
        visitor.get(&format!("/api/events/{FREE}")).await.json()["open"],
        false
    );
}

#[tokio::test]
async fn an_event_that_is_not_there_is_not_found() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for path in [
        "/book/nothing/",
        "/bookings/BKG-000-000-000/",
        "/bookings/x/",
    ] {
        assert_eq!(visitor.get(path).await.status, 404, "{path}");
    }
    let answer = visitor.get("/api/events/nothing").await;
    assert_eq!(
        (answer.status, answer.json()["error"]["code"].clone()),
        (404, "not_found".into())
    );
}

#[tokio::test]
async fn a_place_that_is_not_paid_for_is_free_again_when_its_time_ends() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let held = visitor.book(&format!("/book/{PRICED}/"), &booking()).await;
    assert!(held.at.starts_with("/pay/PAY-"), "{}", held.at);
    let places = format!("/api/events/{PRICED}");
    assert_eq!(visitor.get(&places).await.json()["held"], 1);
    product.app.clock.advance(SignedDuration::from_mins(36));
    assert_eq!(visitor.get(&places).await.json()["held"], 0);
    let page = visitor.get(&held.at).await;
    assert!(
        page.text().contains("The time to pay has passed"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn six_processes_with_one_database_keep_one_order_too() {
    let database = local::database::Embedded::open(None).await.unwrap();
    let mut products = Vec::new();
    for _ in 0..6 {
        let endpoint = database.endpoint.clone();
        products.push(Product::with(|settings| settings.database = Some(endpoint)).await);
    }
    let tasks: Vec<_> = (0..30)
        .map(|number| {
            let product = &products[number % 6];
            let (visitor, app) = (product.visitor(), product.app.clone());
            tokio::spawn(async move { book_and_confirm(&visitor, &app, number).await.text() })
        })
        .collect();
    let mut confirmed = 0;
    let mut waiting = 0;
    for task in tasks {
        let text = task.await.unwrap();
        confirmed += usize::from(text.contains("Your place is booked"));
        waiting += usize::from(text.contains("You are on the waiting list"));
    }
    assert_eq!((confirmed, waiting), (2, 28));
    let letters = products[0].app.store.letters(200).await.unwrap();
    let positions: BTreeSet<_> = letters.iter().filter_map(position).collect();
    assert_eq!(positions, (1..=28).collect());
}

#[tokio::test]
async fn all_that_an_invoice_needs_and_has_not_is_said_at_once_and_an_old_page_leads_to_the_form() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let path = format!("/book/{PRICED}/");
    let fields = with(booking(), "pays_by", "invoice");
    let refused = visitor.fill(&path, &fields).await;
    assert_eq!(refused.status, 422);
    for said in [
        "Enter where the invoice is addressed",
        "Enter your budget holder’s name",
        "Enter your budget holder’s email address",
    ] {
        assert!(refused.text().contains(said), "{said}: {}", refused.text());
    }
    let unknown = format!("{path}check/{}/", "0".repeat(64));
    let form = visitor.get(&unknown).await;
    assert_eq!((form.status, form.at.as_str()), (200, path.as_str()));
}
