//! What a booking costs and how it is paid: answers that are checked first,
//! places that go on an invoice as they are given, and places that are included
//! in a membership.

use domain::invoice::{Invoice, InvoiceNumber, Subject};
use domain::reference::BookingReference;
use tests::changed::with_event;
use tests::forms::{booking, booking_from, with};
use tests::members::{FINANCE, LEAD};
use tests::staff::Staff;
use tests::visitor::owned;
use tests::{Answer, Product};

const PRICED: &str = "/book/workshop-for-leaders/";
const SLUG: &str = "workshop-for-leaders";

/// A booking that is to be put on an invoice.
fn on_invoice(fields: Vec<(&'static str, &'static str)>) -> Vec<(&'static str, &'static str)> {
    let address = "Sample Primary School\n1 Sample Street";
    [
        ("pays_by", "invoice"),
        ("purchase_order", "PO-4711"),
        ("invoice_address", address),
        ("approver_name", "Bo Holder"),
        ("approver_email", "bo@sample.example"),
    ]
    .into_iter()
    .fold(fields, |fields, (name, value)| with(fields, name, value))
}

/// The invoice that was issued last, if it is not one of a fee.
async fn invoice(product: &Product) -> Option<Invoice> {
    let store = &product.app.store;
    let last = store.invoices_issued().await.unwrap().value.last;
    let number = InvoiceNumber::parse(&format!("INV-{last:05}"))?;
    let read = store.invoice(number).await.unwrap();
    let is_of_places = |invoice: &Invoice| matches!(invoice.says.subject, Subject::Places { .. });
    read.map(|read| read.value).filter(is_of_places)
}

async fn states(product: &Product, page: &Answer) -> Vec<&'static str> {
    let reference = BookingReference::parse(&page.reference()).unwrap();
    let booking = product.app.store.booking(&reference).await.unwrap();
    let registrations = booking.unwrap().registrations;
    registrations.iter().map(|one| one.state.name()).collect()
}

/// A member's contact, who is signed in.
struct Contact {
    browser: Staff,
    member: String,
}

impl Contact {
    async fn of(product: &Product, email: &str) -> Contact {
        let member = product.join("900001").await.to_string();
        let browser = product.member(email).await;
        Contact { browser, member }
    }

    /// Books so many who are to be named later.
    async fn book(&self, many: &str, more: &[(&str, &str)]) -> Answer {
        let mut fields = vec![("coming", "no"), ("unnamed", many), ("step", "book")];
        fields.push(("member", &self.member));
        fields.extend_from_slice(more);
        self.browser.fill(PRICED, PRICED, &fields).await
    }
}

#[tokio::test]
async fn the_answers_are_checked_before_anything_is_booked_and_can_be_changed() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let unchecked: Vec<_> = on_invoice(booking())
        .into_iter()
        .filter(|(name, _)| *name != "step")
        .collect();
    let shown = visitor.fill(PRICED, &unchecked).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    let check = shown.at.clone();
    assert!(check.starts_with(&format!("{PRICED}check/")), "{check}");
    for said in [
        "Check your booking",
        "Sam Delegate, sam@sample.example",
        "£45.00",
        "On an invoice",
        "PO-4711",
        "1 Sample Street",
        "Bo Holder",
        "press the button in the letter",
    ] {
        assert!(shown.text().contains(said), "{said}: {}", shown.text());
    }
    assert!(visitor.letters().await.is_empty(), "nothing is booked yet");
    let mut held = tests::page::held_by(&shown.body, "workshop-for-leaders/");
    let change = shown
        .body
        .split("href=\"")
        .find(|rest| rest.contains("?answers="));
    let change = change.and_then(|rest| rest.split('"').next()).unwrap();
    let form = visitor.get(change).await;
    assert_eq!(form.field("purchase_order").as_deref(), Some("PO-4711"));
    held.push(("step".to_owned(), "book".to_owned()));
    let asked = visitor.post(PRICED, &held).await;
    assert!(asked.text().contains("Please confirm your booking"));
    let again = visitor.get(&check).await.text();
    assert!(again.contains("Check your booking"), "{again}");
}

#[tokio::test]
async fn a_school_that_is_no_member_pays_on_an_invoice_once_its_budget_holder_agrees() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let unaddressed = with(on_invoice(booking()), "invoice_address", "");
    let refused = visitor.fill(PRICED, &unaddressed).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(
        refused
            .text()
            .contains("Enter where the invoice is addressed")
    );
    let unapproved = with(on_invoice(booking()), "approver_email", "");
    assert_eq!(visitor.fill(PRICED, &unapproved).await.status, 422);

    let page = visitor.book(PRICED, &on_invoice(booking())).await;
    assert_eq!(states(&product, &page).await, ["unapproved"]);
    assert_eq!(invoice(&product).await, None, "nobody has agreed yet");
    let letter = visitor.letters().await[0]["text"].to_string();
    assert!(letter.contains("on an invoice"), "{letter}");
    let bo = "bo@sample.example";
    let approve = visitor
        .booking_link(bo, &page.reference(), "/approve/")
        .await;
    visitor.fill(&approve, &[("approve", "yes")]).await;
    assert_eq!(states(&product, &page).await, ["confirmed"]);

    let issued = invoice(&product).await.expect("an invoice");
    assert_eq!(issued.says.total.get(), 4_500);
    assert_eq!(issued.says.membership, None);
    assert_eq!(issued.says.sent_to.email.as_str(), bo);
    let to = &issued.says.to;
    assert_eq!(to.name.as_str(), "Sample Primary School");
    assert!(to.address.as_ref().unwrap().to_string().contains("Street"));
    assert_eq!(to.purchase_order.as_ref().unwrap().as_str(), "PO-4711");
    let letters = visitor.letters().await;
    let to_bo = letters.iter().filter(|letter| letter["to"] == bo);
    assert_eq!(to_bo.count(), 2, "to approve, and the invoice");
    let link = visitor.link_in_letter(bo, "invoice").await;
    assert!(visitor.get(&link).await.text().contains("PO-4711"));
    // A second button pressed in another tab asks for nothing twice.
    visitor.fill(&approve, &[("approve", "yes")]).await;
    let last = invoice(&product).await.unwrap();
    assert_eq!(last.number, issued.number);
}

#[tokio::test]
async fn a_place_on_an_invoice_that_is_given_up_in_time_is_credited() {
    let product = Product::start().await;
    let contact = Contact::of(&product, FINANCE).await;
    let page = contact
        .book("2", &[("pays_by", "invoice"), ("purchase_order", "PO-9")])
        .await;
    assert_eq!(states(&product, &page).await, ["confirmed", "confirmed"]);
    let issued = invoice(&product).await.expect("an invoice at once");
    assert_eq!(
        (issued.says.total.get(), issued.says.lines.len()),
        (9_000, 2)
    );
    assert_eq!(issued.says.to.purchase_order.unwrap().as_str(), "PO-9");
    let visitor = product.visitor();
    let manage = visitor.booking_link(FINANCE, &page.reference(), "/").await;
    let place = visitor.get(&format!("{manage}1/")).await;
    let held = tests::page::held_by(&place.body, "cancel/");
    visitor.post(&format!("{manage}1/cancel/"), &held).await;
    let left = invoice(&product).await.unwrap();
    assert_eq!(left.balance().get(), 4_500, "one of the two is credited");
}

#[tokio::test]
async fn a_place_is_credited_on_the_invoice_that_stands_in_the_place_of_the_first() {
    let product = Product::start().await;
    let contact = Contact::of(&product, FINANCE).await;
    let page = contact.book("2", &[("pays_by", "invoice")]).await;
    let first = invoice(&product).await.expect("an invoice");
    // The school needs another purchase order on it.
    let visitor = product.visitor();
    let link = visitor
        .link_in_letter(FINANCE, &first.number.to_string())
        .await;
    let shown = visitor.get(&link).await;
    let mut order = tests::page::held_by(&shown.body, "purchase-order/");
    order.retain(|(name, _)| name == "command");
    order.push(("purchase_order".to_owned(), "PO-77".to_owned()));
    visitor
        .post(&format!("{link}purchase-order/"), &order)
        .await;
    let second = invoice(&product).await.expect("another");
    assert_ne!(second.number, first.number);

    let manage = visitor.booking_link(FINANCE, &page.reference(), "/").await;
    let place = visitor.get(&format!("{manage}1/")).await;
    let held = tests::page::held_by(&place.body, "cancel/");
    visitor.post(&format!("{manage}1/cancel/"), &held).await;
    let left = invoice(&product).await.unwrap();
    assert_eq!((left.number, left.balance().get()), (second.number, 4_500));
}

#[tokio::test]
async fn whoever_only_reads_for_a_member_needs_its_agreement_for_an_invoice_and_not_for_a_card() {
    let product = Product::start().await;
    let lead = Contact::of(&product, LEAD).await;
    let path = format!("/account/{}/contacts/add/", lead.member);
    let reads = [
        ("name", "Ray Reader"),
        ("email", "ray@sample.example"),
        ("role", "reader"),
    ];
    lead.browser.send_form(&path, &reads).await;
    let reader = Contact {
        browser: product.member("ray@sample.example").await,
        member: lead.member,
    };
    let by_card = reader.book("1", &[("pays_by", "card")]).await;
    assert!(by_card.at.starts_with("/pay/"), "{}", by_card.at);
    let asked = reader.book("1", &[("pays_by", "invoice")]).await;
    assert_eq!(states(&product, &asked).await, ["unapproved"]);
    let visitor = product.visitor();
    let approve = visitor
        .booking_link(FINANCE, &asked.reference(), "/approve/")
        .await;
    visitor.fill(&approve, &[("approve", "yes")]).await;
    assert_eq!(states(&product, &asked).await, ["confirmed"]);
    let issued = invoice(&product).await.expect("an invoice");
    assert_eq!(issued.says.sent_to.email.as_str(), FINANCE);
}

#[tokio::test]
async fn the_places_that_a_membership_includes_cost_nothing_and_no_more_than_those() {
    let (product, _content) = with_event(SLUG, |text| {
        Some(text.replace(
            "price: £45.00",
            "price: £45.00\nmember_price: £30.00\nincluded_places: 2",
        ))
    })
    .await;
    let contact = Contact::of(&product, LEAD).await;
    let first = contact.book("1", &[]).await;
    assert_eq!(states(&product, &first).await, ["confirmed"]);
    assert!(first.text().contains("1 included"), "{}", first.text());
    // Of two more one is included, and the other is paid for.
    let second = contact.book("2", &[("pays_by", "card")]).await;
    assert!(second.at.starts_with("/pay/"), "{}", second.at);
    assert!(second.text().contains("£30.00"), "{}", second.text());
    // It is paid for in its own time.
    let visitor = product.visitor();
    let provider = visitor.post_only(&second.at, &owned(&[])).await;
    product.stripe().pay(&provider.reference()).await.unwrap();
    product.stripe().webhooks_delivered().await;
    let paid = visitor.get(&second.at).await.text();
    assert!(paid.contains("This has been paid"), "{paid}");
    // Both at once would have been too many.
    let third = contact.book("1", &[("pays_by", "card")]).await;
    assert!(third.text().contains("£30.00"), "{}", third.text());

    // Given up in time, it can be taken again; the event is years away.
    let manage = visitor.booking_link(LEAD, &first.reference(), "/").await;
    let place = visitor.get(&format!("{manage}1/")).await;
    assert!(place.text().contains("you can take another instead"));
    let held = tests::page::held_by(&place.body, "cancel/");
    visitor.post(&format!("{manage}1/cancel/"), &held).await;
    assert_eq!(states(&product, &first).await, ["cancelled"]);
    let again = contact.book("1", &[]).await;
    assert_eq!(states(&product, &again).await, ["confirmed"]);
}

#[tokio::test]
async fn an_included_place_that_is_given_up_too_late_stays_counted() {
    let (product, _content) = with_event(SLUG, |text| {
        Some(text.replace("price: £45.00", "price: £45.00\nincluded_places: 1"))
    })
    .await;
    let contact = Contact::of(&product, LEAD).await;
    let first = contact.book("1", &[]).await;
    assert_eq!(states(&product, &first).await, ["confirmed"]);
    let visitor = product.visitor();
    let manage = visitor.booking_link(LEAD, &first.reference(), "/").await;
    let eve: jiff::Timestamp = "2028-03-13T12:00:00Z".parse().unwrap();
    product.app.clock.advance(eve - product.app.clock.now());
    let place = visitor.get(&format!("{manage}1/")).await;
    assert!(
        place.text().contains("it still counts as taken"),
        "{}",
        place.text()
    );
    let held = tests::page::held_by(&place.body, "cancel/");
    visitor.post(&format!("{manage}1/cancel/"), &held).await;
    assert_eq!(states(&product, &first).await, ["cancelled"]);
    let contact = Contact {
        browser: product.member(LEAD).await,
        ..contact
    };
    let second = contact.book("1", &[("pays_by", "card")]).await;
    assert!(second.text().contains("£45.00"), "{}", second.text());
}

#[tokio::test]
async fn sixteen_who_book_at_once_take_no_more_than_is_included() {
    let (product, _content) = with_event(SLUG, |text| {
        Some(text.replace("price: £45.00", "price: £45.00\nincluded_places: 5"))
    })
    .await;
    let contact = std::sync::Arc::new(Contact::of(&product, LEAD).await);
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let contact = contact.clone();
            tokio::spawn(async move { contact.book("1", &[("pays_by", "card")]).await.at })
        })
        .collect();
    let mut free = 0;
    for task in tasks {
        free += usize::from(task.await.unwrap().starts_with("/bookings/"));
    }
    assert_eq!(free, 5);
}

#[tokio::test]
async fn a_delegate_is_booked_once_at_an_event_and_again_after_giving_up() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let first = visitor.book("/book/teachmeet/", &booking()).await;
    assert_eq!(states(&product, &first).await, ["confirmed"]);
    // Somebody else books for the same person, and is told once the address is
    // proved: before that nobody learns who is booked.
    let other = with(
        booking_from("lee@sample.example"),
        "others",
        "Sam SAM@sample.example",
    );
    let asked = visitor.fill("/book/teachmeet/", &other).await;
    assert!(asked.text().contains("Please confirm your booking"));
    let confirmed = visitor
        .confirm("lee@sample.example", &asked.reference())
        .await;
    assert_eq!(confirmed.status, 409);
    let said = "Sam has a place at this event already";
    assert!(confirmed.text().contains(said), "{}", confirmed.text());
    assert_eq!(
        states(&product, &asked).await,
        ["unconfirmed", "unconfirmed"]
    );

    let manage = visitor
        .booking_link("sam@sample.example", &first.reference(), "/")
        .await;
    let place = visitor.get(&format!("{manage}1/")).await;
    let held = tests::page::held_by(&place.body, "cancel/");
    visitor.post(&format!("{manage}1/cancel/"), &held).await;
    let confirmed = visitor
        .confirm("lee@sample.example", &asked.reference())
        .await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    assert_eq!(states(&product, &asked).await, ["confirmed", "confirmed"]);
}

#[tokio::test]
async fn a_delegate_who_was_replaced_can_take_the_place_again() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let booked = visitor.book("/book/teachmeet/", &booking()).await;
    let manage = visitor
        .booking_link("sam@sample.example", &booked.reference(), "/")
        .await;
    for (name, email) in [
        ("Lee Instead", "lee@sample.example"),
        ("Sam Delegate", "sam@sample.example"),
    ] {
        let place = visitor.get(&format!("{manage}1/")).await;
        let mut held = tests::page::held_by(&place.body, "delegate/");
        held.retain(|(field, _)| field == "command");
        held.push(("delegate_name".to_owned(), name.to_owned()));
        held.push(("delegate_email".to_owned(), email.to_owned()));
        let named = visitor.post(&format!("{manage}1/delegate/"), &held).await;
        assert_eq!(named.status, 200, "{}", named.text());
        assert!(named.text().contains(name), "{}", named.text());
    }
}
