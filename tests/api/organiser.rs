//! The event organiser: who has a place, who came, and what follows.

use local::identity_stand_in::Person;
use tests::Product;
use tests::forms::{booking, booking_from, with};
use tests::staff::Staff;
use tests::visitor::owned;

/// A free event with room for two.
const FREE: &str = "/book/network/";
const EVENT: &str = "/staff/events/network/";

async fn organiser(product: &Product) -> Staff {
    product.signed_in(Person::Organiser).await
}

/// The fields of the first form that does something to a registration.
fn act(body: &str, name: &str, deed: &str) -> Vec<(String, String)> {
    let row = body.split("<tr>").chain(body.split("<li>"));
    let row = row.filter(|row| row.contains(name) && row.contains("<form"));
    let row = row
        .min_by_key(|row| row.len())
        .expect("a form of that person");
    let mut fields = tests::page::held(row);
    fields.push(("deed".to_owned(), deed.to_owned()));
    fields
}

async fn to_the_day(product: &Product) {
    let starts: jiff::Timestamp = "2028-03-22T15:30:00Z".parse().unwrap();
    let ahead = starts.duration_since(product.app.clock.now());
    product.app.clock.advance(ahead);
}

#[tokio::test]
async fn the_list_has_everybody_is_searched_and_is_a_file() {
    let product = Product::start().await;
    let visitor = product.visitor();
    visitor.book(FREE, &booking()).await;
    let other = with(booking_from("zoe@sample.example"), "name", "Zoë O’Brien");
    visitor.book(FREE, &other).await;
    visitor
        .book(FREE, &booking_from("third@sample.example"))
        .await;
    let organiser = organiser(&product).await;
    let list = organiser.get("/staff/events/").await;
    assert!(list.text().contains("2 of 2"), "{}", list.text());
    let page = organiser.get(EVENT).await;
    assert!(page.text().contains("3 registrations"), "{}", page.text());
    assert!(page.text().contains("On the waiting list, number 1"));
    let found = organiser.get(&format!("{EVENT}?q=zo%C3%AB")).await;
    assert!(found.text().contains("1 registration "), "{}", found.text());
    let file = organiser.get(&format!("{EVENT}list.csv")).await;
    assert_eq!(file.body.lines().count(), 4, "{}", file.body);
    assert!(file.body.contains("Zoë O’Brien,zoe@sample.example"));
}

#[tokio::test]
async fn on_the_day_somebody_is_marked_by_one_button_and_has_a_certificate_that_can_be_checked() {
    let product = Product::start().await;
    let visitor = product.visitor();
    visitor.book(FREE, &booking()).await;
    let organiser = organiser(&product).await;
    let check_in = format!("{EVENT}check-in/");
    let page = organiser.get(&check_in).await;
    let early = organiser
        .post(&check_in, &act(&page.body, "Sam Delegate", "attended"))
        .await;
    assert!(
        early.text().contains("The event has not begun"),
        "{}",
        early.text()
    );

    to_the_day(&product).await;
    let page = organiser.get(&check_in).await;
    let here = act(&page.body, "Sam Delegate", "attended");
    for _ in 0..2 {
        let marked = organiser.post(&check_in, &here).await;
        assert!(
            marked.text().contains("1 of 1 is here"),
            "{}",
            marked.text()
        );
    }
    let letters = visitor.letters().await;
    let certified = |letter: &&serde_json::Value| {
        let subject = letter["subject"].as_str().unwrap_or_default();
        subject.starts_with("Your certificate of attendance")
    };
    assert_eq!(letters.iter().filter(certified).count(), 1);
    let link = visitor
        .link_in_letter("sam@sample.example", "certificate of attendance, to read")
        .await;
    let certificate = visitor.get(&link).await;
    assert!(certificate.text().contains("This certificate is genuine"));
    assert!(certificate.text().contains("Sam Delegate"));
    let file = visitor.get(&format!("{link}certificate.pdf")).await;
    assert_eq!(file.headers["content-type"], "application/pdf");

    // It was a slip: then there is no certificate either.
    let page = organiser.get(&check_in).await;
    let absent = act(&page.body, "Sam Delegate", "absent");
    organiser.post(&check_in, &absent).await;
    assert_eq!(visitor.get(&link).await.status, 404);
    let wrong = format!("/certificates/{}/", "0".repeat(20));
    assert_eq!(visitor.get(&wrong).await.status, 404);
}

#[tokio::test]
async fn somebody_who_phones_is_booked_and_a_place_is_given_up_for_somebody() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let organiser = organiser(&product).await;
    let page = organiser.get(EVENT).await;
    let filled = |fields: &[(&str, &str)]| {
        let mut all = owned(fields);
        let held = tests::page::held_by(&page.body, "network/book/");
        let is_given = |name: &str| fields.iter().any(|(given, _)| *given == name);
        all.extend(held.into_iter().filter(|(name, _)| !is_given(name)));
        all
    };
    let wrong = filled(&[("name", "Ada"), ("email", "ada")]);
    let refused = organiser.post(&format!("{EVENT}book/"), &wrong).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.field("name").as_deref(), Some("Ada"));
    let fields = [
        ("name", "Ada"),
        ("email", "ada@sample.example"),
        ("school_name", "Sample Primary School"),
    ];
    let form = filled(&fields);
    for _ in 0..2 {
        let booked = organiser.post(&format!("{EVENT}book/"), &form).await;
        assert!(
            booked.text().contains("1 registration "),
            "{}",
            booked.text()
        );
    }
    let places = visitor.get("/api/events/network").await.json();
    assert_eq!(places["confirmed"], 1);
    let after = organiser.give_up(EVENT, "Ada", "give-up").await;
    assert!(after.text().contains("Cancelled"), "{}", after.text());
    assert!(after.text().contains("The place is given up"));
    let places = visitor.get("/api/events/network").await.json();
    assert_eq!(places["confirmed"], 0);
}

#[tokio::test]
async fn events_are_the_organisers_and_nobody_elses() {
    let product = Product::start().await;
    let secretary = product.signed_in(Person::Secretary).await;
    assert_eq!(secretary.get("/staff/events/").await.status, 403);
    let director = product.signed_in(Person::Director).await;
    assert_eq!(director.get(EVENT).await.status, 200);
    let refused = director.post(&format!("{EVENT}act/"), &owned(&[])).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn an_event_that_is_cancelled_tells_everybody_once_and_gives_all_of_the_money_back() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let priced = "/book/workshop-for-leaders/";
    let others = "Ada ada@sample.example";
    let pay = visitor
        .book(priced, &with(booking(), "others", others))
        .await;
    let session = visitor.post_only(&pay.at, &owned(&[])).await.reference();
    product.stripe().pay(&session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    visitor
        .book(priced, &booking_from("unpaid@sample.example"))
        .await;
    let organiser = organiser(&product).await;
    let event = "/staff/events/workshop-for-leaders/";
    let page = organiser.get(event).await;
    let mut form = tests::page::held_by(&page.body, "call-off/");
    form.retain(|(name, _)| name != "reason");
    form.push(("reason".into(), "The speaker is ill.".into()));
    let unsure = organiser.post(&format!("{event}call-off/"), &form).await;
    assert_eq!(unsure.status, 422, "{}", unsure.text());
    form.push(("sure".into(), "agreed".into()));
    for _ in 0..2 {
        let done = organiser.post(&format!("{event}call-off/"), &form).await;
        assert!(
            done.text().contains("Everybody was written to"),
            "{}",
            done.text()
        );
    }
    let letters = visitor.letters().await;
    let told = |to: &str| {
        let is_it = |letter: &&serde_json::Value| {
            let subject = letter["subject"].as_str().unwrap_or_default();
            letter["to"] == to && subject.starts_with("This event is cancelled")
        };
        letters.iter().filter(is_it).count()
    };
    for to in [
        "sam@sample.example",
        "ada@sample.example",
        "unpaid@sample.example",
    ] {
        assert_eq!(told(to), 1, "{to}");
    }
    let refunds = product.app.store.refunds_under_way().await.unwrap();
    assert_eq!(refunds.len(), 1);
    assert_eq!(refunds[0].pence.get(), 9_000);
    let places = visitor.get("/api/events/workshop-for-leaders").await.json();
    assert_eq!(
        (&places["confirmed"], &places["open"]),
        (&0.into(), &false.into())
    );
    let late = visitor
        .fill(priced, &booking_from("late@sample.example"))
        .await;
    assert!(!late.body.contains("/bookings/BKG"), "{}", late.text());
}

#[tokio::test]
async fn who_comes_instead_is_named_at_the_door_and_has_the_certificate() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let unnamed = with(with(booking(), "coming", "no"), "unnamed", "1");
    visitor.book(FREE, &unnamed).await;
    let organiser = organiser(&product).await;
    to_the_day(&product).await;
    let check_in = format!("{EVENT}check-in/");
    let page = organiser.get(&check_in).await;
    let here = act(&page.body, "To be named", "attended");
    let refused = organiser.post(&check_in, &here).await;
    assert!(
        refused.text().contains("Say who came first"),
        "{}",
        refused.text()
    );
    let mut named = act(&page.body, "To be named", "name");
    named.push(("delegate_name".into(), "Grace Instead".into()));
    named.push(("delegate_email".into(), "grace@sample.example".into()));
    let page = organiser.post(&check_in, &named).await;
    assert!(page.text().contains("Grace Instead"), "{}", page.text());
    let here = act(&page.body, "Grace Instead", "attended");
    organiser.post(&check_in, &here).await;
    let link = visitor
        .link_in_letter("grace@sample.example", "certificate of attendance, to read")
        .await;
    assert!(visitor.get(&link).await.text().contains("Grace Instead"));
}

#[tokio::test]
async fn a_registration_is_acted_on_at_its_own_event_alone() {
    let product = Product::start().await;
    let visitor = product.visitor();
    visitor.book("/book/teachmeet/", &booking()).await;
    let organiser = organiser(&product).await;
    let page = organiser.get("/staff/events/teachmeet/").await;
    let mut rows = page.body.split("<tr>");
    let id = rows.find_map(|row| tests::page::field(row, "id")).unwrap();
    let check = organiser.get(&format!("{EVENT}give-up/?id={id}")).await;
    assert_eq!(check.status, 404);
    let check = format!("/staff/events/teachmeet/give-up/?id={id}");
    let page = organiser.get(&check).await;
    let mut give_up = tests::page::held_by(&page.body, "act/");
    give_up.push(("deed".to_owned(), "give-up".to_owned()));
    let refused = organiser.post(&format!("{EVENT}act/"), &give_up).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("There is no such registration"));
    let places = visitor.get("/api/events/teachmeet").await.json();
    assert_eq!(places["confirmed"], 1);
}

/// Fills in the form for somebody who walks in to the workshop.
async fn walk_in(organiser: &Staff, fields: &[(&str, &str)]) -> tests::Answer {
    let event = "/staff/events/workshop-for-leaders/";
    let page = organiser.get(event).await;
    let usual = [
        ("name", "Ada Walker"),
        ("email", "ada@sample.example"),
        ("school_name", "Sample Primary School"),
    ];
    let is_given = |name: &str| fields.iter().any(|(given, _)| *given == name);
    let usual = usual.into_iter().filter(|(name, _)| !is_given(name));
    let usual: Vec<_> = usual.collect();
    let mut all = owned(&usual);
    all.extend(owned(fields));
    let held = tests::page::held_by(&page.body, "workshop-for-leaders/book/");
    let command = held.into_iter().filter(|(name, _)| name == "command");
    all.extend(command);
    organiser.post(&format!("{event}book/"), &all).await
}

#[tokio::test]
async fn who_walks_in_to_an_event_with_a_price_is_let_in_on_an_invoice_or_pays_at_the_door() {
    let product = Product::start().await;
    let starts: jiff::Timestamp = "2028-03-14T16:05:00Z".parse().unwrap();
    let ahead = starts.duration_since(product.app.clock.now());
    product.app.clock.advance(ahead);
    let organiser = organiser(&product).await;
    let invoice = ("pays_by", "invoice");
    let unaddressed = walk_in(&organiser, &[invoice]).await;
    assert_eq!(unaddressed.status, 422);
    assert!(
        unaddressed
            .text()
            .contains("Enter where the invoice is addressed")
    );
    let address = ("invoice_address", "Sample Primary School\n1 Sample Street");
    let booked = walk_in(&organiser, &[invoice, address, ("dietary", "no nuts")]).await;
    assert!(booked.text().contains("no nuts"), "{}", booked.text());
    let check_in = "/staff/events/workshop-for-leaders/check-in/";
    let page = organiser.get(&format!("{check_in}?q=ada")).await;
    let here = act(&page.body, "Ada Walker", "attended");
    let marked = organiser.post(check_in, &here).await;
    assert!(
        marked.text().contains("1 of 1 is here"),
        "{}",
        marked.text()
    );
    let letters = product.visitor().letters().await;
    let issued = letters.iter().filter(|letter| {
        let subject = letter["subject"].as_str().unwrap_or_default();
        subject.contains("INV-00001")
    });
    assert_eq!(issued.count(), 1, "{letters:?}");

    // By card: found at the door, with the page to pay on.
    let other = [
        ("pays_by", "card"),
        ("name", "Zoe Card"),
        ("email", "zoe@sample.example"),
    ];
    walk_in(&organiser, &other).await;
    let page = organiser.get(&format!("{check_in}?q=zoe")).await;
    let text = page.text();
    assert!(
        text.contains("To be paid for") && text.contains("Page to pay on"),
        "{text}"
    );
    assert!(page.body.contains("href=\"/pay/PAY-"), "{}", page.body);
}

#[tokio::test]
async fn an_event_that_is_cancelled_says_so_where_it_is_booked_and_takes_no_answers() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let organiser = organiser(&product).await;
    let page = organiser.get(EVENT).await;
    let mut form = tests::page::held_by(&page.body, "call-off/");
    form.retain(|(name, _)| name != "reason");
    form.push(("reason".into(), "The speaker is ill.".into()));
    form.push(("sure".into(), "agreed".into()));
    organiser.post(&format!("{EVENT}call-off/"), &form).await;
    let page = visitor.get(FREE).await;
    let text = page.text();
    assert!(text.contains("This event is cancelled"), "{text}");
    assert!(
        !text.contains("2 of 2") && !text.contains("closed"),
        "{text}"
    );
    assert!(!page.body.contains("method=\"post\""), "{}", page.body);
    let unchecked = booking().into_iter().filter(|(name, _)| *name != "step");
    let unchecked: Vec<_> = unchecked.collect();
    let refused = visitor.post(FREE, &owned(&unchecked)).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(refused.text().contains("This event was cancelled"));
}
