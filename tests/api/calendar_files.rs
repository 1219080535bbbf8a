//! The calendar file that goes with a letter: what a program enters, moves and
//! takes out.

use local::identity_stand_in::Person;
use serde_json::Value;
use tests::Product;
use tests::forms::booking;

/// The calendar files of the letters to an address, the newest first.
async fn files(product: &Product, email: &str) -> Vec<String> {
    let letters = product.visitor().letters().await;
    let to_them = letters.iter().filter(|letter| letter["to"] == email);
    let files = to_them.flat_map(|letter| {
        letter["attachments"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    });
    let text = |file: Value| {
        file["text"]
            .as_str()
            .unwrap_or_default()
            .replace("\r\n ", "")
    };
    files.map(text).collect()
}

#[tokio::test]
async fn the_confirmation_carries_the_event_and_a_cancellation_takes_it_out() {
    let product = Product::start().await;
    let visitor = product.visitor();
    visitor.book("/book/network/", &booking()).await;
    let confirmed = files(&product, "sam@sample.example").await;
    assert_eq!(
        confirmed.len(),
        1,
        "none with the letter to confirm the address"
    );
    for line in [
        "UID:network@",
        "DTSTART:20280322T160000Z",
        "SEQUENCE:0",
        "STATUS:TENTATIVE",
    ] {
        assert!(confirmed[0].contains(line), "{line}: {}", confirmed[0]);
    }
    let box_of_letters = visitor.get("/dev/letters").await;
    let mut links = box_of_letters.body.split("href=\"").skip(1);
    let link = links.find(|link| link.contains("/event.ics\"")).unwrap();
    let file = visitor.get(link.split('"').next().unwrap()).await;
    assert_eq!(file.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(file.body.contains("BEGIN:VCALENDAR"), "{}", file.body);

    let organiser = product.signed_in(Person::Organiser).await;
    let screen = "/staff/events/network/";
    let fields = [("reason", "The speaker is ill."), ("sure", "agreed")];
    organiser
        .fill(screen, &format!("{screen}call-off/"), &fields)
        .await;
    let files = files(&product, "sam@sample.example").await;
    for line in ["UID:network@", "SEQUENCE:1", "STATUS:CANCELLED"] {
        assert!(files[0].contains(line), "{line}: {}", files[0]);
    }
}
