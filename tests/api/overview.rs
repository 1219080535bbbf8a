//! What events come to, by term and by school year.

use local::identity_stand_in::Person;
use tests::Product;
use tests::forms::{booking, booking_from};

async fn with_one_who_came() -> Product {
    let product = Product::start().await;
    let visitor = product.visitor();
    visitor.book("/book/network/", &booking()).await;
    visitor
        .book("/book/network/", &booking_from("ada@sample.example"))
        .await;
    visitor
        .book("/book/network/", &booking_from("late@sample.example"))
        .await;
    let starts: jiff::Timestamp = "2028-03-22T15:30:00Z".parse().unwrap();
    let ahead = starts.duration_since(product.app.clock.now());
    product.app.clock.advance(ahead);
    let organiser = product.signed_in(Person::Organiser).await;
    let check_in = "/staff/events/network/check-in/";
    for deed in ["attended", "absent"] {
        let page = organiser.get(check_in).await;
        let mut rows = page.body.split("<li>");
        let row = rows.find(|row| row.contains("Booked"));
        let mut fields = tests::page::held(row.expect("somebody who is expected"));
        fields.push(("deed".to_owned(), deed.to_owned()));
        organiser.post(check_in, &fields).await;
    }
    product
}

#[tokio::test]
async fn the_organiser_sees_places_attendance_and_income_by_event_term_and_school_year() {
    let product = with_one_who_came().await;
    let organiser = product.signed_in(Person::Organiser).await;
    let page = organiser.get("/staff/events/").await.text();
    for words in [
        "Spring 2027/28 2 of 2 0 1 1 1 £0.00 –",
        "By term",
        "Summer 2027/28 1 0 of 80 0 0 0 £0.00 –",
        "By school year",
        "2027/28 3 2 of 106 1 1 1 £0.00 –",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let file = organiser.get("/staff/events.csv").await.body;
    let row = "network,Sample network: pupil premium,2028-03-22T16:00,2028-03-22T17:15,Spring 2027/28,no,2,2,1,1,1,0.00,0,,";
    assert!(file.contains(row), "{file}");
    let file = organiser.get("/staff/terms.csv").await.body;
    assert!(
        file.contains("Spring 2027/28,2,26,2,1,1,1,0.00,0,,"),
        "{file}"
    );
    assert!(
        file.contains("School year 2027/28,3,106,2,1,1,1,0.00,0,,"),
        "{file}"
    );
    let secretary = product.signed_in(Person::Secretary).await;
    for path in [
        "/staff/events.csv",
        "/staff/terms.csv",
        "/staff/satisfaction/",
    ] {
        assert_eq!(secretary.get(path).await.status, 403, "{path}");
    }
}
