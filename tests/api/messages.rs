//! The organiser writes to those who have booked: looked at first, sent once.

use local::identity_stand_in::Person;
use serde_json::Value;
use tests::Product;
use tests::changed::book_three;
use tests::forms::booking_from;

const FREE: &str = "network";
const SCREEN: &str = "/staff/events/network/";
const FIELDS: [(&str, &str); 4] = [
    ("subject", "Bring a pen"),
    ("text", "Please.\n\n<b>And</b> paper."),
    ("places", "confirmed"),
    ("people", "both"),
];

fn changed(name: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut fields = FIELDS.to_vec();
    for field in &mut fields {
        if field.0 == name {
            field.1 = value;
        }
    }
    fields
}

fn to(letters: &[Value]) -> Vec<String> {
    let subject = |letter: &&Value| {
        letter["subject"]
            .as_str()
            .unwrap_or_default()
            .starts_with("Bring a pen")
    };
    let mut to: Vec<String> = letters
        .iter()
        .filter(subject)
        .map(|letter| letter["to"].as_str().unwrap_or_default().to_owned())
        .collect();
    to.sort();
    to
}

#[tokio::test]
async fn a_message_is_looked_at_with_the_number_of_people_and_sent_once() {
    let product = Product::start().await;
    let visitor = product.visitor();
    book_three(&visitor, FREE).await;
    let organiser = product.signed_in(Person::Organiser).await;
    let check = organiser
        .fill(SCREEN, &format!("{SCREEN}message/"), &FIELDS)
        .await;
    assert!(
        check.text().contains("It goes to 2 people, in 2 letters."),
        "{}",
        check.text()
    );
    assert!(check.body.contains("&lt;b&gt;And"), "{}", check.body);
    assert!(
        !check.body.contains("<textarea"),
        "it is checked, not typed"
    );
    assert_eq!(to(&visitor.letters().await), Vec::<String>::new());
    let again = organiser.get(&check.at).await.text();
    assert!(
        again.contains("Check your message"),
        "gone back to: {again}"
    );
    let form = tests::page::held_by(&check.body, "message/send/");
    for _ in 0..2 {
        let sent = organiser
            .post(&format!("{SCREEN}message/send/"), &form)
            .await;
        let text = sent.text();
        assert!(
            text.contains("Bring a pen") && text.contains("2 letters written"),
            "{text}"
        );
        assert!(
            text.contains("by Organiser") || text.contains("by "),
            "{text}"
        );
    }
    let letters = visitor.letters().await;
    assert_eq!(to(&letters), ["ada@sample.example", "sam@sample.example"]);
    let text = letters[0]["text"].as_str().unwrap();
    assert!(text.contains("Please.\n\n<b>And</b> paper."), "{text}");
    assert!(text.contains("22 March 2028, 4pm to 5.15pm"), "{text}");
}

#[tokio::test]
async fn who_is_meant_is_chosen_and_what_is_missing_is_said() {
    let product = Product::start().await;
    let visitor = product.visitor();
    book_three(&visitor, FREE).await;
    let organiser = product.signed_in(Person::Organiser).await;
    let message = format!("{SCREEN}message/");
    for (name, value, people) in [
        ("places", "waiting", "1 person, in 1 letter."),
        ("places", "both", "3 people, in 3 letters."),
        ("people", "bookers", "1 person, in 1 letter."),
    ] {
        let check = organiser
            .fill(SCREEN, &message, &changed(name, value))
            .await;
        assert!(
            check.text().contains(people),
            "{name} {value}: {}",
            check.text()
        );
    }
    let wrong = organiser
        .fill(SCREEN, &message, &changed("text", " "))
        .await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text().contains("Enter what you write"),
        "{}",
        wrong.text()
    );
    assert_eq!(wrong.field("subject").as_deref(), Some("Bring a pen"));
    let nobody = organiser
        .fill(SCREEN, &message, &changed("people", ""))
        .await;
    assert!(
        nobody
            .text()
            .contains("Choose the delegates, whoever booked, or both")
    );
    let director = product.signed_in(Person::Director).await;
    let form = director.filled_in(SCREEN, &FIELDS).await;
    assert_eq!(director.post_only(&message, &form).await.status, 403);
}

#[tokio::test]
async fn a_message_that_was_cut_off_goes_on_with_the_sweep_and_writes_to_nobody_twice() {
    use domain::event::EventSlug;
    use domain::staff::StaffId;
    use domain::telling::{Message, People, Places};
    use functions::organiser;

    let product = Product::start().await;
    let visitor = product.visitor();
    for number in 0..6 {
        let email = format!("delegate{number}@sample.example");
        visitor
            .book("/book/teachmeet/", &booking_from(&email))
            .await;
    }
    let message = Message {
        subject: domain::contact::Line::parse("Bring a pen", "").unwrap(),
        text: domain::passage::Passage::parse("Please.", "").unwrap(),
        places: Places::Confirmed,
        people: People::Delegates,
        by: StaffId::parse("office").unwrap(),
    };
    let slug = EventSlug::parse("teachmeet").unwrap();
    let by = tests::staff::office();
    organiser::send(&product.app, &by, &slug, &message)
        .await
        .unwrap();
    assert_eq!(
        to(&visitor.letters().await).len(),
        0,
        "decided, and not begun"
    );
    tokio::join!(product.sweep(), product.sweep());
    product.sweep().await;
    assert_eq!(to(&visitor.letters().await).len(), 6);
}
