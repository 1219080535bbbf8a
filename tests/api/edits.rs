//! An edit of an event that people have booked: whom it concerns is said before
//! it is published, they are written to once, and they see what is.

use std::time::Duration;

use domain::event::EventSlug;
use domain::publication::Publication;
use domain::telling::Telling;
use functions::publishing::{Plan, publish_all};
use functions::telling;
use jiff::SignedDuration;
use local::identity_stand_in::Person;
use serde_json::Value;
use tests::Product;
use tests::changed::{book_three, move_event, published};
use tests::forms::{booking, booking_from};

/// A free event with room for two.
const FREE: &str = "network";
/// An event with a price.
const PRICED: &str = "workshop-for-leaders";
const PATIENCE: Duration = Duration::from_secs(60);

/// Publishes, tells, and lets the screens know.
async fn publish(product: &Product, next: &Publication) -> Plan {
    let app = &product.app;
    let plan = publish_all(&app.store, next, app.clock.now())
        .await
        .unwrap();
    app.site.refresh(None);
    for event in plan.told() {
        tell(product, event).await;
    }
    plan
}

async fn tell(product: &Product, event: &EventSlug) {
    let app = &product.app;
    let by_name = (event, Telling::EDIT);
    telling::advance(&app.store, &app.clock, by_name, PATIENCE)
        .await
        .unwrap();
}

fn subjects_to(letters: &[Value], email: &str, words: &str) -> usize {
    let to_them = letters.iter().filter(|letter| letter["to"] == email);
    let subject = |letter: &&Value| {
        letter["subject"]
            .as_str()
            .unwrap_or_default()
            .contains(words)
    };
    to_them.filter(subject).count()
}

#[tokio::test]
async fn a_moved_event_is_told_to_each_once_and_every_page_has_the_new_day() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let booked = book_three(&visitor, FREE).await;
    let next = published(&product, |next| move_event(next, FREE)).await;
    let plan = publish(&product, &next).await;
    let words = plan.words();
    assert!(
        words.contains("2 bookings of 3 delegates from 1 school"),
        "{words}"
    );
    assert!(
        words.contains("→ 29 March 2028, 4pm to 5.15pm; Town Hall"),
        "{words}"
    );
    let letters = visitor.letters().await;
    for email in [
        "sam@sample.example",
        "ada@sample.example",
        "waits@sample.example",
    ] {
        assert_eq!(
            subjects_to(&letters, email, "This event has moved"),
            1,
            "{email}"
        );
    }
    let moved = letters
        .iter()
        .find(|letter| letter["to"] == "ada@sample.example")
        .unwrap();
    let text = moved["text"].as_str().unwrap();
    assert!(
        text.contains("Now: 29 March 2028, 4pm to 5.15pm; Town Hall"),
        "{text}"
    );
    assert!(
        text.contains("It was to be: 22 March 2028, 4pm to 5.15pm"),
        "{text}"
    );

    let page = visitor.get(&booked.at).await.text();
    assert!(
        page.contains("29 March 2028") && page.contains("it has moved since"),
        "{page}"
    );
    let file = visitor
        .get(&format!("/bookings/{}/event.ics", booked.reference()))
        .await;
    for line in [
        "DTSTART:20280329T150000Z",
        "SEQUENCE:1",
        "LOCATION:Town Hall",
    ] {
        assert!(file.body.contains(line), "{line}: {}", file.body);
    }
    let organiser = product.signed_in(Person::Organiser).await;
    let list = organiser
        .get(&format!("/staff/events/{FREE}/check-in/"))
        .await;
    assert_eq!(list.status, 200);
    let screen = organiser
        .get(&format!("/staff/events/{FREE}/"))
        .await
        .text();
    assert!(screen.contains("29 March 2028"), "{screen}");
    assert!(screen.contains("3 letters written"), "{screen}");

    // Published again, and gone on with again: nobody hears of it twice.
    let before = visitor.letters().await.len();
    assert!(publish(&product, &next).await.concerns.is_empty());
    tell(&product, &EventSlug::parse(FREE).unwrap()).await;
    assert_eq!(visitor.letters().await.len(), before);
}

#[tokio::test]
async fn letters_that_were_cut_off_go_on_and_two_at_once_write_nothing_twice() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for number in 0..8 {
        let email = format!("delegate{number}@sample.example");
        let fields = booking_from(&email);
        visitor.book("/book/teachmeet/", &fields).await;
    }
    let before = visitor.letters().await.len();
    let next = published(&product, |next| move_event(next, "teachmeet")).await;
    let app = &product.app;
    publish_all(&app.store, &next, app.clock.now())
        .await
        .unwrap();
    let slug = EventSlug::parse("teachmeet").unwrap();
    let by_name = (&slug, Telling::EDIT);
    // No time at all: nothing is written, and nothing lost.
    let cut = telling::advance(&app.store, &app.clock, by_name, Duration::ZERO).await;
    assert!(!cut.unwrap());
    let go_on = || telling::advance(&app.store, &app.clock, by_name, PATIENCE);
    let (one, two, three) = tokio::join!(go_on(), go_on(), go_on());
    for done in [one, two, three] {
        done.unwrap();
    }
    assert_eq!(visitor.letters().await.len(), before + 8);
    // Once no function can have the older publication, it is over.
    app.clock.advance(SignedDuration::from_mins(5));
    assert!(go_on().await.unwrap());
    assert_eq!(app.store.tellings().await.unwrap(), []);
    assert_eq!(visitor.letters().await.len(), before + 8);
}

#[tokio::test]
async fn an_edit_that_is_taken_back_before_the_sweep_has_told_nobody_anything() {
    let product = Product::start().await;
    let visitor = product.visitor();
    book_three(&visitor, FREE).await;
    let before = visitor.letters().await.len();
    let was = published(&product, |_| {}).await;
    let moved = published(&product, |next| move_event(next, FREE)).await;
    let app = &product.app;
    for publication in [&moved, &was, &moved, &was] {
        publish_all(&app.store, publication, app.clock.now())
            .await
            .unwrap();
    }
    product.sweep().await;
    assert_eq!(visitor.letters().await.len(), before);
}

#[tokio::test]
async fn what_somebody_else_published_meanwhile_is_not_overwritten() {
    let product = Product::start().await;
    let app = &product.app;
    let mine = published(&product, |next| move_event(next, FREE)).await;
    let theirs = published(&product, |next| move_event(next, "teachmeet")).await;
    let now = app.clock.now();
    let plan = Plan::of(&app.store, &mine, now).await.unwrap();
    let other = Plan::of(&app.store, &theirs, now).await.unwrap();
    assert!(
        other
            .carry_out(&app.store, &theirs, now)
            .await
            .unwrap()
            .is_some()
    );
    assert_eq!(plan.carry_out(&app.store, &mine, now).await.unwrap(), None);
    assert_eq!(app.store.publication().await.unwrap(), Some(theirs));
}

/// The page of a place that was booked and paid for by card.
async fn paid_place(product: &Product) -> String {
    let visitor = product.visitor();
    let pay = visitor.book(&format!("/book/{PRICED}/"), &booking()).await;
    let session = visitor
        .post_only(&pay.at, &tests::visitor::owned(&[]))
        .await
        .reference();
    product.stripe().pay(&session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    let link = visitor
        .link_in_letter("sam@sample.example", "Your booking's own page")
        .await;
    format!("{link}1/")
}

#[tokio::test]
async fn a_place_at_an_event_that_was_moved_is_given_up_without_a_charge() {
    // Two working days before, at which the whole price is charged.
    let product = Product::at("2028-03-10T12:00+00:00").await;
    let visitor = product.visitor();
    let place = paid_place(&product).await;
    let usual = visitor.get(&place).await.text();
    let next = published(&product, |next| {
        let event = next
            .events
            .iter_mut()
            .find(|event| event.slug.as_str() == PRICED);
        event.unwrap().venue = "Another school".to_owned();
    })
    .await;
    publish(&product, &next).await;
    let moved = visitor.get(&place).await.text();
    assert!(
        moved.contains("Nothing is charged: £45.00 goes back"),
        "{usual}\n{moved}"
    );
    let letters = visitor.letters().await;
    let text = letters[0]["text"].as_str().unwrap();
    assert!(
        text.contains("Giving it up costs nothing, because the event was moved"),
        "{text}"
    );
}

#[tokio::test]
async fn what_is_booked_keeps_its_price_and_its_conditions() {
    let product = Product::at("2028-03-10T12:00+00:00").await;
    let visitor = product.visitor();
    let place = paid_place(&product).await;
    let cost = |text: String| {
        let from = text.find("Give the place up").unwrap();
        text[from..].chars().take(120).collect::<String>()
    };
    let before = cost(visitor.get(&place).await.text());
    let next = published(&product, |next| {
        let event = next
            .events
            .iter_mut()
            .find(|event| event.slug.as_str() == PRICED)
            .unwrap();
        event.cancellation = Some(domain::event::CancellationPolicy::free());
        event.price = Some(domain::money::Pence::new(9_900));
    })
    .await;
    let plan = publish(&product, &next).await;
    assert!(!plan.asks(), "{}", plan.words());
    assert_eq!(cost(visitor.get(&place).await.text()), before);
}

#[tokio::test]
async fn who_has_a_place_at_a_withdrawn_event_keeps_it_until_the_organiser_cancels_it() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let booked = book_three(&visitor, FREE).await;
    let was = published(&product, |_| {}).await;
    let without = published(&product, |next| {
        next.events.retain(|event| event.slug.as_str() != FREE);
    })
    .await;
    publish(&product, &without).await;
    let letters = visitor.letters().await;
    for email in [
        "sam@sample.example",
        "ada@sample.example",
        "waits@sample.example",
    ] {
        assert_eq!(
            subjects_to(&letters, email, "can be booked no more"),
            1,
            "{email}"
        );
    }
    let page = visitor.get(&booked.at).await.text();
    assert!(
        page.contains("This event is on our site no more")
            && page.contains("Confirmed: you have a place"),
        "{page}"
    );
    let file = visitor
        .get(&format!("/bookings/{}/event.ics", booked.reference()))
        .await;
    assert!(file.body.contains("STATUS:TENTATIVE"), "{}", file.body);

    let organiser = product.signed_in(Person::Organiser).await;
    let list = organiser.get("/staff/events/").await.text();
    assert!(list.contains("On the site no more"), "{list}");
    let screen = format!("/staff/events/{FREE}/");
    let shown = organiser.get(&screen).await;
    assert!(
        shown
            .text()
            .contains("Who has a place keeps it until you cancel the event"),
        "{}",
        shown.text()
    );
    assert!(
        !shown.body.contains(&format!("{screen}book/")),
        "nothing can be booked"
    );

    // It comes back, and goes again.
    publish(&product, &was).await;
    assert_eq!(
        subjects_to(
            &visitor.letters().await,
            "ada@sample.example",
            "is on again"
        ),
        1
    );
    publish(&product, &without).await;
    assert_eq!(
        subjects_to(
            &visitor.letters().await,
            "ada@sample.example",
            "can be booked no more"
        ),
        2
    );

    let fields = [("reason", "The speaker is ill."), ("sure", "agreed")];
    let done = organiser
        .fill(&screen, &format!("{screen}call-off/"), &fields)
        .await;
    assert!(
        done.text().contains("This event is cancelled"),
        "{}",
        done.text()
    );
    let letters = visitor.letters().await;
    assert_eq!(
        subjects_to(&letters, "ada@sample.example", "This event is cancelled"),
        1
    );
    let file = visitor
        .get(&format!("/bookings/{}/event.ics", booked.reference()))
        .await;
    assert!(file.body.contains("STATUS:CANCELLED"), "{}", file.body);
}
