//! One invoice for many places of one school.

use domain::booking::RegistrationState;
use domain::invoice::InvoiceNumber;
use domain::ledger::Account;
use domain::reference::BookingReference;
use tests::forms::{booking_from, with};
use tests::visitor::owned;

use crate::treasurer::Owing;

const EVENT: &str = "/book/workshop-for-leaders/";

#[tokio::test]
async fn two_places_of_a_school_go_on_one_invoice_and_a_late_card_payment_is_due_back() {
    let owing = Owing::start().await;
    let mut held = Vec::new();
    for (name, email) in [
        ("Ada", "ada@sample.example"),
        ("Grace", "grace@sample.example"),
    ] {
        let mut fields = with(booking_from(email), "name", name);
        fields = with(fields, "urn", "900001");
        let page = owing.visitor.book(EVENT, &fields).await;
        held.push(page.at.clone());
    }
    // One of them is at the provider's page when the treasurer invoices both.
    let provider = owing.visitor.post_only(&held[0], &owned(&[])).await;
    let session = provider.reference();

    let members = owing.product.app.store.memberships().await.unwrap();
    let path = format!("/staff/statements/{}/", members[0].value.reference);
    let statement = owing.treasurer.get(&path).await;
    let urn = domain::school::Urn::parse("900001").unwrap();
    let bookings = owing.product.app.store.bookings_of(&urn).await.unwrap();
    let references: Vec<String> = bookings
        .iter()
        .map(|booking| booking.reference.to_string())
        .collect();
    assert_eq!(references.len(), 2, "{}", statement.text());
    let mut ticked = tests::page::held_by(&statement.body, "places/");
    for reference in &references {
        assert!(statement.body.contains(reference), "{}", statement.text());
        ticked.push((reference.clone(), "yes".to_owned()));
    }
    let action = format!("{path}places/");
    for _ in 0..2 {
        let issued = owing.treasurer.post(&action, &ticked).await;
        let text = issued.text();
        assert!(text.contains("Invoice INV-00002"), "{text}");
        assert!(
            text.contains("for Ada") && text.contains("for Grace"),
            "{text}"
        );
    }
    let number = InvoiceNumber::after(1);
    let invoice = owing
        .product
        .app
        .store
        .invoice(number)
        .await
        .unwrap()
        .unwrap();
    let price = invoice.value.says.lines[0].pence.get();
    assert_eq!(invoice.value.says.total.get(), 2 * price);
    for reference in &references {
        let reference = BookingReference::parse(reference).unwrap();
        let booking = owing
            .product
            .app
            .store
            .booking(&reference)
            .await
            .unwrap()
            .unwrap();
        let state = booking.registrations[0].state;
        assert_eq!(state, RegistrationState::Confirmed);
    }
    owing.product.stripe().pay(&session).await.unwrap();
    owing.product.stripe().webhooks_delivered().await;
    let price = i64::try_from(price).unwrap();
    assert_eq!(owing.balance(Account::RefundsDue).await, -price);
    let refunds = owing.treasurer.get("/staff/refunds/").await.text();
    assert!(refunds.contains("is due back"), "{refunds}");
    // The card takes nothing back: it goes by bank, and is recorded once.
    let bookings = owing
        .product
        .app
        .store
        .payments_in_question()
        .await
        .unwrap();
    let page = format!("/staff/payments/{}/", bookings[0].reference);
    let sum = format!("{}.{:02}", price / 100, price % 100);
    let fields = [
        ("session", session.as_str()),
        ("refund_sum", sum.as_str()),
        ("refund_reason", "Paid by card as well"),
        ("refund_way", "bank"),
        ("refunded_on", "3 April 2017"),
    ];
    let filled = owing.treasurer.filled_in(&page, &fields).await;
    for _ in 0..2 {
        let done = owing
            .treasurer
            .post(&format!("{page}refund/"), &filled)
            .await;
        assert_eq!(done.status, 200, "{}", done.text());
    }
    assert_eq!(owing.balance(Account::RefundsDue).await, 0);
    assert_eq!(owing.balance(Account::Bank).await, -price);
    let refunds = owing.treasurer.get("/staff/refunds/").await.text();
    assert!(refunds.contains("Nothing is due back"), "{refunds}");
}
