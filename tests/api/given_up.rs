//! A place that is given up, and a list that is left: what people are told of the
//! money, of the place, and of who it was.

use domain::booking::RegistrationState;
use domain::reference::BookingReference;
use local::identity_stand_in::Person;
use serde_json::Value;
use tests::forms::{booking, booking_from, with};
use tests::{Answer, Product, Visitor};

/// A free event with room for two.
const FREE: &str = "/book/network/";
/// An event with a price.
const PRICED: &str = "/book/workshop-for-leaders/";
const SAM: &str = "sam@sample.example";
const BO: &str = "bo@sample.example";

/// Presses a button of a place's page.
async fn press(visitor: &Visitor, manage: &str, number: u8, action: &str) -> Answer {
    let page = visitor.get(&format!("{manage}{number}/")).await;
    let held = tests::page::held_by(&page.body, &format!("{action}/"));
    let path = format!("{manage}{number}/{action}/");
    visitor.post(&path, &held).await
}

/// The newest letter to somebody whose subject begins so.
async fn letter(visitor: &Visitor, to: &str, subject: &str) -> String {
    let letters = visitor.letters().await;
    let is_it = |letter: &&Value| {
        let own = letter["subject"].as_str().unwrap_or_default();
        letter["to"] == to && own.starts_with(subject)
    };
    let found = letters.iter().find(is_it);
    let found = found.unwrap_or_else(|| panic!("no letter `{subject}`: {letters:?}"));
    found["text"].as_str().unwrap_or_default().to_owned()
}

/// A place on an invoice that the school's budget holder has approved; the page
/// of whoever booked.
async fn on_invoice(visitor: &Visitor) -> String {
    let fields = [
        ("pays_by", "invoice"),
        ("invoice_address", "Sample Primary School\n1 Sample Street"),
        ("approver_name", "Bo Holder"),
        ("approver_email", BO),
    ];
    let fields = fields
        .into_iter()
        .fold(booking(), |all, (name, value)| with(all, name, value));
    let booked = visitor.book(PRICED, &fields).await.reference();
    let approve = visitor.booking_link(BO, &booked, "/approve/").await;
    visitor.fill(&approve, &[("approve", "yes")]).await;
    visitor.booking_link(SAM, &booked, "/").await
}

#[tokio::test]
async fn what_was_not_paid_is_asked_for_no_more_and_does_not_go_back() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let manage = on_invoice(&visitor).await;
    let page = visitor.get(&format!("{manage}1/")).await.text();
    let says = "£45.00 is asked for no more on the invoice";
    assert!(page.contains(says) && !page.contains("goes back"), "{page}");
    press(&visitor, &manage, 1, "cancel").await;
    let told = letter(&visitor, SAM, "The place is given up").await;
    assert!(told.contains("Asked for no more: £45.00"), "{told}");
    assert!(!told.contains("oes back"), "nothing was paid: {told}");
    let invoice = product.app.store.invoices_issued().await.unwrap();
    assert_eq!(invoice.value.last, 1);
    let refunds = product.app.store.refunds_under_way().await.unwrap();
    assert!(refunds.is_empty());
}

#[tokio::test]
async fn a_cancelled_event_asks_for_what_was_not_paid_no_more() {
    let product = Product::start().await;
    let visitor = product.visitor();
    on_invoice(&visitor).await;
    let organiser = product.signed_in(Person::Organiser).await;
    let screen = "/staff/events/workshop-for-leaders/";
    let page = organiser.get(screen).await;
    let mut form = tests::page::held_by(&page.body, "call-off/");
    form.retain(|(name, _)| name != "reason");
    form.push(("reason".into(), "The speaker is ill.".into()));
    form.push(("sure".into(), "agreed".into()));
    organiser.post(&format!("{screen}call-off/"), &form).await;
    let told = letter(&visitor, SAM, "This event is cancelled").await;
    assert!(told.contains("Asked for no more: £45.00"), "{told}");
    assert!(!told.contains("oes back"), "nothing was paid: {told}");
}

#[tokio::test]
async fn the_page_of_an_invoice_for_a_place_says_both_days_and_no_schedule_of_fees() {
    let product = Product::start().await;
    let visitor = product.visitor();
    on_invoice(&visitor).await;
    let link = visitor.link_in_letter(BO, "/invoices/").await;
    let page = visitor.get(&link).await.text();
    assert!(!page.contains("fee schedule"), "{page}");
    assert!(page.contains("28 March 2028"), "{page}");
    assert!(
        page.contains("To Sample Primary School 1 Sample Street"),
        "the name once: {page}"
    );
}

#[tokio::test]
async fn who_leaves_the_list_is_named_to_whoever_booked_and_no_place_is_promised_to_anybody() {
    let product = Product::start().await;
    let visitor = product.visitor();
    visitor
        .book(FREE, &booking_from("other@sample.example"))
        .await;
    let fields = with(booking(), "others", "Ada ada@sample.example");
    let booked = visitor.book(FREE, &fields).await.reference();
    let manage = visitor.booking_link(SAM, &booked, "/").await;
    press(&visitor, &manage, 2, "leave").await;
    let told = letter(&visitor, SAM, "Ada is no longer on the waiting list").await;
    assert!(told.contains("Ada has left the waiting list"), "{told}");
    assert!(told.contains("stands as it did"), "{told}");
    assert!(!told.contains("The place goes"), "{told}");

    // Nobody waits: then the place goes to nobody.
    press(&visitor, &manage, 1, "cancel").await;
    let told = letter(&visitor, SAM, "The place is given up").await;
    assert!(
        told.contains("Your place at this event was given up"),
        "{told}"
    );
    assert!(!told.contains("The place goes"), "{told}");
    let reference = BookingReference::parse(&booked).unwrap();
    let booking = product.app.store.booking(&reference).await.unwrap();
    let states = booking.unwrap().registrations;
    let states: Vec<_> = states.iter().map(|one| one.state).collect();
    let gone = [RegistrationState::Cancelled, RegistrationState::Left];
    assert_eq!(states, gone);
    // Who has gone is marked as such.
    let page = visitor.get(&manage).await.text();
    assert!(
        page.contains("Sam Delegate (cancelled)") && page.contains("Ada (left the waiting list)"),
        "{page}"
    );
}

#[tokio::test]
async fn a_place_that_is_given_up_goes_to_whoever_waits_who_takes_it_where_the_letter_leads() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let fields = with(booking(), "unnamed", "1");
    let booked = visitor.book(FREE, &fields).await.reference();
    let waits = "waits@sample.example";
    visitor.book(FREE, &booking_from(waits)).await;
    let manage = visitor.booking_link(SAM, &booked, "/").await;
    press(&visitor, &manage, 2, "cancel").await;
    let told = letter(&visitor, SAM, "The place is given up").await;
    assert!(told.contains("The place goes to the next person"), "{told}");
    let link = visitor.link_in_letter(waits, "You can take it here").await;
    let page = visitor.get(&link).await;
    assert!(page.text().contains("Take the place"), "{}", page.text());
    let held = tests::page::held_by(&page.body, "1/accept/");
    let taken = visitor.post(&format!("{link}1/accept/"), &held).await;
    assert!(
        taken.text().contains("Place 1 is taken."),
        "{}",
        taken.text()
    );
    assert!(taken.text().contains("Booked."), "{}", taken.text());
}

#[tokio::test]
async fn what_delegates_need_stands_with_one_who_is_still_to_come() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let fields = with(booking(), "others", "Ada ada@sample.example");
    visitor
        .book(PRICED, &with(fields, "dietary", "Ada: no nuts"))
        .await;
    let letters = visitor.letters().await;
    let reference = letters[0]["text"].as_str().unwrap_or_default();
    let mut words = reference.split_whitespace();
    let reference = words.find(|word| word.starts_with("BKG-")).unwrap();
    let manage = visitor.booking_link(SAM, reference, "/").await;
    press(&visitor, &manage, 1, "cancel").await;
    let organiser = product.signed_in(Person::Organiser).await;
    let page = organiser.get("/staff/events/workshop-for-leaders/").await;
    let rows: Vec<&str> = page.body.split("<tr>").collect();
    let with_needs = rows.iter().filter(|row| row.contains("no nuts"));
    let with_needs: Vec<_> = with_needs.collect();
    assert_eq!(with_needs.len(), 1);
    assert!(with_needs[0].contains("place 2"), "{}", with_needs[0]);
}

#[tokio::test]
async fn whoever_gives_up_one_of_several_places_before_paying_pays_for_the_others() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let three = with(booking(), "unnamed", "2");
    let pay = visitor.book(PRICED, &three).await;
    assert!(pay.text().contains("£135.00"), "{}", pay.text());
    let reference = pay.body.split("/bookings/").nth(1).unwrap();
    let reference = reference.split('/').next().unwrap();
    let manage = visitor
        .booking_link("sam@sample.example", reference, "/")
        .await;
    let place = visitor.get(&format!("{manage}2/")).await;
    let held = tests::page::held_by(&place.body, "cancel/");
    visitor.post(&format!("{manage}2/cancel/"), &held).await;
    let less = visitor.get(&pay.at).await;
    assert!(less.text().contains("£90.00"), "{}", less.text());
    assert!(less.text().contains("2 places"), "{}", less.text());
}
