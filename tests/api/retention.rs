//! What was kept for long enough goes by itself, as the content says, and what
//! may be needed still does not.

use domain::event::EventSlug;
use domain::feedback::{Feedback, Score};
use domain::invoice::{Invoice, Standing};
use domain::reference::{ApplicationReference, BookingReference, EnquiryReference};
use domain::trail::Who;
use functions::daily::Erased;
use functions::secretary;
use functions::store::Transaction;
use jiff::SignedDuration;
use local::identity_stand_in::Person;
use tests::Product;
use tests::applying::apply;
use tests::forms::{booking, with};
use tests::staff::office;

const DAY: &str = "2017-04-03T10:00+01:00";

/// Puts the business clock on.
fn wait(product: &Product, days: i64) {
    let by = SignedDuration::from_hours(24 * days);
    product.app.clock.advance(by);
}

/// What a run erases.
async fn erased(product: &Product) -> Erased {
    product.night().await.erased
}

async fn withdrawn(product: &Product, urn: &str) -> ApplicationReference {
    let status = apply(&product.visitor(), urn).await;
    let reference = ApplicationReference::parse(status.split('/').nth(2).unwrap()).unwrap();
    secretary::withdraw(&product.app, &office(), &reference)
        .await
        .unwrap();
    reference
}

#[tokio::test]
async fn an_application_that_came_to_nothing_goes_whole_after_a_year_and_an_approved_one_stays() {
    let product = Product::at(DAY).await;
    let member = product.join("900002").await;
    let reference = withdrawn(&product, "900001").await;
    let store = &product.app.store;
    wait(&product, 364);
    assert_eq!(erased(&product).await.applications, 0);
    wait(&product, 3);
    assert_eq!(erased(&product).await.applications, 1);
    assert_eq!(erased(&product).await.applications, 0, "it is gone");
    assert_eq!(store.application(&reference).await.unwrap(), None);
    let trail = store.application_trail(&reference).await.unwrap();
    assert_eq!(trail, [], "its history goes with it");
    let membership = store.membership(&member).await.unwrap().unwrap().value;
    let approved = membership.application.unwrap();
    assert!(store.application(&approved).await.unwrap().is_some());
}

#[tokio::test]
async fn a_question_goes_a_year_after_it_was_closed_and_the_letters_about_it_do() {
    let product = Product::at(DAY).await;
    let ask = async || {
        let fields = [
            ("name", "Zoë"),
            ("email", "zoe@sample.example"),
            ("message", "When?"),
        ];
        let sent = product.visitor().fill("/enquire/", &fields).await;
        EnquiryReference::parse(&sent.reference()).unwrap()
    };
    let (open, closed) = (ask().await, ask().await);
    secretary::close_enquiry(&product.app, &office(), &closed)
        .await
        .unwrap();
    assert!(product.app.store.letters(10).await.unwrap().len() >= 2);
    wait(&product, 367);
    let gone = erased(&product).await;
    assert_eq!(gone.enquiries, 1);
    assert!(gone.letters >= 2, "{gone:?}");
    assert_eq!(product.app.store.letters(10).await.unwrap(), []);
    let store = &product.app.store;
    assert_eq!(store.enquiry(&closed).await.unwrap(), None);
    assert!(store.enquiry(&open).await.unwrap().is_some());
}

#[tokio::test]
async fn who_was_booked_is_forgotten_three_years_after_the_event_and_how_many_is_not() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let others = "Ada ada@sample.example\nGrace grace@sample.example";
    let fields = with(booking(), "others", others);
    let booked = visitor.book("/book/teachmeet/", &fields).await;
    let reference = BookingReference::parse(&booked.reference()).unwrap();
    let event = EventSlug::parse("teachmeet").unwrap();
    let store = &product.app.store;
    let tally = store.tally(&event).await.unwrap();
    let ends: jiff::Timestamp = "2028-06-08T18:00:00Z".parse().unwrap();
    wait_until(&product, ends);
    let answer = Feedback {
        event: event.clone(),
        event_title: "Teachmeet".to_owned(),
        starts: "2028-06-08T16:00".to_owned().try_into().unwrap(),
        score: Score::try_from(4).unwrap(),
        recommends: true,
        words: domain::passage::Passage::parse("Ada was splendid", "").ok(),
        from: None,
    };
    let mut transaction = Transaction::by(Who::Visitor);
    transaction.feedback(&answer).unwrap();
    store.commit(transaction).await.unwrap();

    wait(&product, 3 * 365 - 5);
    assert_eq!(erased(&product).await.bookings, 0);
    let before = store.booking(&reference).await.unwrap().unwrap();
    assert_eq!(before.booker.name.as_str(), "Sam Delegate");
    wait(&product, 10);
    let gone = erased(&product).await;
    assert_eq!((gone.bookings, gone.feedback), (1, 1), "{gone:?}");
    let again = erased(&product).await;
    assert_eq!((again.bookings, again.feedback), (0, 0), "{again:?}");

    let after = store.booking(&reference).await.unwrap().unwrap();
    assert!(after.is_forgotten(), "{after:?}");
    let stated = serde_json::to_string(&after).unwrap();
    for personal in ["Sam Delegate", "Ada", "Grace", "sample.example"] {
        assert!(!stated.contains(personal), "{personal}: {stated}");
    }
    assert_eq!(after.registrations.len(), before.registrations.len());
    let states = |booking: &domain::booking::Booking| -> Vec<_> {
        booking.registrations.iter().map(|one| one.state).collect()
    };
    assert_eq!(states(&after), states(&before));
    assert_eq!(store.tally(&event).await.unwrap(), tally);
    let ada = domain::contact::EmailAddress::parse("ada@sample.example", "").unwrap();
    assert_eq!(store.named_at(&event, &ada).await.unwrap(), None);
    let said = &store.feedback_on(&event).await.unwrap()[0];
    assert_eq!((said.score, &said.words), (answer.score, &None));
    let organiser = product.signed_in(Person::Organiser).await;
    let page = organiser.get("/staff/events/teachmeet/").await.text();
    assert!(page.contains("3 registrations"), "{page}");
    assert!(!page.contains("ada@sample.example"), "{page}");
}

fn wait_until(product: &Product, then: jiff::Timestamp) {
    let ahead = then.duration_since(product.app.clock.now());
    product.app.clock.advance(ahead);
}

/// All invoices, in the order of their numbers.
async fn invoices(product: &Product) -> Vec<Invoice> {
    let all = product.app.store.invoices().await.unwrap();
    all.into_iter().map(|read| read.value).collect()
}

#[tokio::test]
async fn an_invoice_stays_for_seven_years_after_it_was_settled_and_one_that_is_owed_for_longer() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    product.join_led_by("900002", "other@sample.example").await;
    let [settled, owed] = invoices(&product).await.try_into().expect("two invoices");
    let treasurer = product.signed_in(Person::Treasurer).await;
    let path = format!("/staff/invoices/{}/", settled.number);
    let fields = [
        ("credit_sum", "875.00"),
        ("credit_reason", "Charged by mistake"),
    ];
    let credited = treasurer
        .fill(&path, &format!("{path}credit/"), &fields)
        .await;
    assert_eq!(credited.status, 200, "{}", credited.text());
    let standing = invoices(&product).await[0].standing();
    assert_eq!(standing, Standing::Credited, "{}", credited.text());

    for years in [6, 7] {
        let then = domain::calendar::day_begins(jiff::civil::Date::constant(2017 + years, 4, 1));
        wait_until(&product, then);
        assert_eq!(erased(&product).await.money, 0, "after {years} years");
    }
    wait(&product, 5);
    assert_eq!(
        erased(&product).await.money,
        2,
        "the invoice and its credit note"
    );
    let left = invoices(&product).await;
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(left[0].number, owed.number);
    let member = settled.says.membership.unwrap();
    let of_member = product.app.store.invoices_of(&member).await.unwrap();
    assert_eq!(of_member, [], "nothing leads to it");
}

#[tokio::test]
async fn a_membership_goes_ten_years_after_its_last_day_with_its_people_and_its_application() {
    let product = Product::at(DAY).await;
    let reference = product.join("900001").await;
    let app = &product.app;
    let closed = domain::membership::Closed {
        last_day: "2017-08-31".parse().unwrap(),
        merged_into: None,
    };
    secretary::close(app, &office(), &reference, &closed)
        .await
        .unwrap();
    let application = app.store.membership(&reference).await.unwrap().unwrap();
    let application = application.value.application.unwrap();
    let lead = domain::contact::EmailAddress::parse(tests::members::LEAD, "").unwrap();
    let treasurer = product.signed_in(Person::Treasurer).await;
    let number = invoices(&product).await[0].number;
    let path = format!("/staff/invoices/{number}/");
    let fields = [("credit_sum", "875.00"), ("credit_reason", "It has left")];
    treasurer
        .fill(&path, &format!("{path}credit/"), &fields)
        .await;

    wait_until(&product, "2027-08-30T10:00Z".parse().unwrap());
    let nearly = erased(&product).await;
    assert_eq!((nearly.memberships, nearly.money), (0, 2));
    assert_eq!(app.store.register().await.unwrap().len(), 1);
    assert_eq!(app.store.memberships_of(&lead).await.unwrap().len(), 1);
    wait(&product, 5);
    assert_eq!(
        erased(&product).await.memberships,
        2,
        "with its application"
    );
    assert_eq!(erased(&product).await, Erased::default());
    assert_eq!(app.store.membership(&reference).await.unwrap(), None);
    assert_eq!(app.store.application(&application).await.unwrap(), None);
    assert_eq!(app.store.register().await.unwrap(), []);
    assert_eq!(app.store.memberships_of(&lead).await.unwrap(), []);
    let contacts = app.store.contacts(&reference).await.unwrap().value;
    assert_eq!(contacts.people, []);
}

#[tokio::test]
async fn the_history_of_a_member_loses_what_is_older_than_six_years_and_nothing_else() {
    let product = Product::at(DAY).await;
    let reference = product.join("900001").await;
    let app = &product.app;
    let link = async |name: &str| {
        let staff = product.signed_in(Person::Secretary).await;
        let path = format!("/staff/members/{reference}/");
        let fields = [("link_name", name), ("link_email", "lee@staff.example")];
        staff.fill(&path, &format!("{path}link/"), &fields).await;
    };
    link("Lee Old").await;
    wait(&product, 5 * 365);
    link("Lee New").await;
    let all = app.store.membership_trail(&reference).await.unwrap();
    // On the third of a month, as it began.
    wait_until(&product, "2023-05-03T02:00Z".parse().unwrap());
    let gone = erased(&product).await.history;
    let left = app.store.membership_trail(&reference).await.unwrap();
    assert_eq!(gone as usize, all.len() - left.len());
    assert!(gone >= 2, "{all:?}");
    let stated = format!("{left:?}");
    assert!(stated.contains("Lee New"), "{stated}");
    assert!(left.iter().all(|entry| entry.what != "membership-begun"));
    assert_eq!(erased(&product).await.history, 0);
}

/// Holds a record, as the Executive Director does.
async fn hold(product: &Product, reference: &str, reason: &str) -> tests::Answer {
    let director = product.signed_in(Person::Director).await;
    let fields = [("reference", reference), ("reason", reason)];
    director
        .fill("/staff/holds/", "/staff/holds/place/", &fields)
        .await
}

#[tokio::test]
async fn what_is_held_is_shown_with_its_reason_and_stays_until_it_is_let_go() {
    let product = Product::at(DAY).await;
    let application = withdrawn(&product, "900001").await;
    let reason = "A complaint about the decision";
    let held = hold(&product, &application.to_string(), reason).await;
    assert_eq!(held.status, 200, "{}", held.text());
    assert!(held.text().contains(reason), "{}", held.text());
    let again = hold(&product, &application.to_string(), "Another").await;
    assert_eq!(again.status, 422, "{}", again.text());
    assert!(again.text().contains("held already"), "{}", again.text());
    let staff = product.signed_in(Person::Secretary).await;
    let path = format!("/staff/applications/{application}/");
    let page = staff.get(&path).await.text();
    assert!(page.contains("Held from being erased since"), "{page}");
    assert!(page.contains("Held from erasure"), "in its history: {page}");
    let erase = staff.fill(&path, &format!("{path}erase/"), &[]).await;
    assert_eq!(erase.status, 422, "{}", erase.text());
    assert!(erase.text().contains("let it go first"), "{}", erase.text());

    wait(&product, 400);
    let kept = erased(&product).await;
    assert_eq!((kept.applications, kept.held), (0, 1), "{kept:?}");
    let staff = product.signed_in(Person::Secretary).await;
    let listed = staff.get("/staff/holds/").await;
    let form = tests::page::held_by(&listed.body, "release/");
    for _ in 0..2 {
        let released = staff.post("/staff/holds/release/", &form).await;
        assert!(
            released.text().contains("Nothing is held."),
            "{}",
            released.text()
        );
    }
    let trail = product.app.store.application_trail(&application).await;
    let whats: Vec<String> = trail.unwrap().into_iter().map(|one| one.what).collect();
    let told = |what: &str| whats.iter().filter(|one| *one == what).count();
    assert_eq!(told("held-from-erasure"), 1, "{whats:?}");
    assert_eq!(told("hold-released"), 1, "{whats:?}");
    let gone = erased(&product).await;
    assert_eq!((gone.applications, gone.held), (1, 0), "{gone:?}");
}

#[tokio::test]
async fn a_booking_that_is_held_keeps_its_people_and_the_event_is_looked_at_again() {
    let product = Product::start().await;
    let booked = product.visitor().book("/book/teachmeet/", &booking()).await;
    let reference = BookingReference::parse(&booked.reference()).unwrap();
    let none = hold(&product, "BKG-000-000-000", "It is not there").await;
    assert_eq!(none.status, 422, "{}", none.text());
    hold(&product, &reference.to_string(), "An accident at the event").await;
    let organiser = product.signed_in(Person::Organiser).await;
    let page = organiser.get("/staff/events/teachmeet/").await.text();
    assert!(page.contains("An accident at the event"), "{page}");
    let refused = organiser.get("/staff/holds/").await;
    assert_eq!(refused.status, 403, "an organiser holds nothing");

    wait_until(&product, "2031-07-01T10:00Z".parse().unwrap());
    let kept = erased(&product).await;
    assert_eq!((kept.bookings, kept.held), (0, 1), "{kept:?}");
    let director = product.signed_in(Person::Director).await;
    let listed = director.get("/staff/holds/").await;
    let form = tests::page::held_by(&listed.body, "release/");
    director.post("/staff/holds/release/", &form).await;
    let gone = erased(&product).await;
    assert_eq!((gone.bookings, gone.held), (1, 0), "{gone:?}");
    let after = product.app.store.booking(&reference).await.unwrap();
    assert!(after.unwrap().is_forgotten());
}
