//! The function `events`, behind the gateway.

use serde_json::Value;

use tests::lambda::Cloud;

/// The sample event that is free and has room for two.
const FOR_TWO: &str = "network";

fn booking<'a>(command: &'a str, name: &'a str) -> [(&'a str, &'a str); 6] {
    booking_from(command, name, "delegate@school.example")
}

fn booking_from<'a>(command: &'a str, name: &'a str, email: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("command", command),
        ("step", "book"),
        ("name", name),
        ("email", email),
        ("school_name", "St Anne’s"),
        ("urn", ""),
    ]
}

#[tokio::test]
async fn a_place_is_booked_and_the_booking_has_its_page() {
    let mut cloud = Cloud::start().await;
    let form = cloud.get(&format!("/book/{FOR_TWO}/")).await;
    assert_eq!(form.status, 200, "{}", form.body);

    let command = "a".repeat(32);
    let booked = cloud.book(FOR_TWO, &booking(&command, "Ines Quaye")).await;

    let page = booked.location().to_owned();
    assert!(page.starts_with("/bookings/"), "{page}");
    assert_eq!(cloud.get(&page).await.status, 200);
    let places = cloud.get(&format!("/api/events/{FOR_TWO}")).await;
    let places: Value = serde_json::from_str(&places.body).unwrap();
    assert_eq!(
        (&places["confirmed"], &places["capacity"]),
        (&1.into(), &2.into())
    );
}

#[tokio::test]
async fn the_third_for_two_places_is_on_the_waiting_list() {
    let mut cloud = Cloud::start().await;
    let mut pages = Vec::new();
    for digit in ["1", "2", "3"] {
        let (command, email) = (digit.repeat(32), format!("delegate{digit}@school.example"));
        let fields = booking_from(&command, "Ines Quaye", &email);
        let booked = cloud.book(FOR_TWO, &fields).await;
        pages.push(booked.location().to_owned());
    }
    let third = cloud.get(&pages[2]).await;
    assert!(third.body.contains("waiting list"), "{}", third.body);
    let logs = cloud.end().await;
    assert!(!logs.contains("Quaye"), "{logs}");
}

#[tokio::test]
async fn a_booking_with_errors_comes_back_with_them_and_an_unknown_event_is_not_found() {
    let mut cloud = Cloud::start().await;
    let command = "b".repeat(32);
    let answer = cloud
        .post(&format!("/book/{FOR_TWO}/"), &booking(&command, ""))
        .await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("href=\"#name\""), "{}", answer.body);

    assert_eq!(cloud.get("/book/no-such-event/").await.status, 404);
}
