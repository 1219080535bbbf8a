//! An invoice paid by Direct Debit, which settles days later or not at all;
//! and a page that must not be left open when another takes its place.

use domain::invoice::{InvoiceNumber, Standing};
use domain::money::Pence;
use domain::payment::Payment;
use functions::store::{Outcome, Transaction};
use local::stripe_stand_in::Fault;
use tests::visitor::owned;
use tests::{Product, Visitor};

use crate::decisions::{DAY, approve, under_review};

/// An invoice of £875, and its page.
async fn invoiced() -> (Product, Visitor, String) {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let reference = under_review(&product, &visitor, "900001").await;
    approve(&product, &reference, "2017-04-03").await;
    let link = visitor
        .link_in_letter("finance@sample.example", "INV-00001")
        .await;
    (product, visitor, link)
}

/// Presses the button that says pay: the provider's name for its page.
async fn press(visitor: &Visitor, link: &str) -> String {
    let provider = visitor.post_only(link, &owned(&[])).await;
    assert_eq!(provider.status, 303, "{}", provider.text());
    provider.reference()
}

async fn standing(product: &Product) -> Standing {
    let number = InvoiceNumber::after(0);
    product
        .app
        .store
        .invoice(number)
        .await
        .unwrap()
        .unwrap()
        .value
        .standing()
}

async fn open_pages(product: &Product) -> Vec<String> {
    let stripe = product.app.stripe.as_ref().unwrap();
    let made = stripe
        .sessions_since(jiff::Timestamp::UNIX_EPOCH)
        .await
        .unwrap();
    let open = made.into_iter().filter(|reading| reading.url.is_some());
    open.map(|reading| reading.record.session).collect()
}

/// Changes the stored payment of the invoice, as another version of the
/// product or another sum would.
async fn change(product: &Product, change: impl Fn(&mut Payment)) {
    let store = &product.app.store;
    let number = InvoiceNumber::after(0);
    let invoice = store.invoice(number).await.unwrap().unwrap().value;
    let reference = invoice.payment.unwrap();
    let read = store
        .paid_invoice(&reference, number)
        .await
        .unwrap()
        .unwrap();
    let mut payment = read.payment.value;
    change(&mut payment);
    let mut transaction = Transaction::new();
    let now = product.app.clock.now();
    transaction
        .payment(read.payment.version, &payment, "payment-changed", now)
        .unwrap();
    assert_eq!(store.commit(transaction).await.unwrap(), Outcome::Committed);
}

#[tokio::test]
async fn a_direct_debit_pays_an_invoice_when_the_bank_has_paid_and_not_before() {
    let (product, visitor, link) = invoiced().await;
    let session = press(&visitor, &link).await;
    product.stripe().pay_by_debit(&session).await.unwrap();
    assert_eq!(standing(&product).await, Standing::Issued);
    // Who presses again is not led to another page that could be paid as well.
    let again = visitor.post_only(&link, &owned(&[])).await;
    assert_eq!((again.status, again.at.as_str()), (303, link.as_str()));
    let page = visitor.get(&link).await;
    assert!(
        page.text()
            .contains("Your bank has been told to pay it, on 3 April 2017")
    );
    assert!(!page.text().contains("How can it be paid?"));
    assert_eq!(product.stripe().requests()["POST /v1/checkout/sessions"], 1);

    product.stripe().clear_debit(&session).await.unwrap();
    assert_eq!(standing(&product).await, Standing::Paid);
}

#[tokio::test]
async fn an_invoice_whose_direct_debit_failed_can_be_paid_in_another_way() {
    let (product, visitor, link) = invoiced().await;
    let failed = press(&visitor, &link).await;
    product.stripe().pay_by_debit(&failed).await.unwrap();
    product.stripe().fail_debit(&failed).await.unwrap();
    assert_eq!(standing(&product).await, Standing::Issued);

    let second = press(&visitor, &link).await;
    assert_ne!(second, failed);
    product.stripe().pay(&second).await.unwrap();
    assert_eq!(standing(&product).await, Standing::Paid);
}

#[tokio::test]
async fn a_page_that_asks_for_another_sum_is_closed_before_the_next_is_made() {
    let (product, visitor, link) = invoiced().await;
    let first = press(&visitor, &link).await;
    change(&product, |payment| payment.amount = Pence::new(50_000)).await;
    let second = press(&visitor, &link).await;
    assert_ne!(second, first);
    assert_eq!(open_pages(&product).await, [second]);
}

#[tokio::test]
async fn a_page_whose_answer_was_lost_and_whose_words_have_changed_is_found_and_closed() {
    let (product, visitor, link) = invoiced().await;
    product.stripe().fail_next(Fault::AnswerLost, 3);
    let lost = visitor.post_only(&link, &owned(&[])).await;
    assert_eq!(lost.status, 503);
    let first = open_pages(&product).await;
    assert_eq!(first.len(), 1, "it was made all the same");
    change(&product, |payment| {
        payment.description = "Other words".to_owned()
    })
    .await;

    let second = press(&visitor, &link).await;
    assert_eq!(open_pages(&product).await, std::slice::from_ref(&second));
    assert_ne!(first, [second]);
}

#[tokio::test]
async fn a_place_is_not_offered_for_direct_debit() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let booking = tests::forms::booking();
    let page = visitor.book("/book/workshop-for-leaders/", &booking).await;
    let session = press(&visitor, &page.at).await;
    assert!(product.stripe().pay_by_debit(&session).await.is_err());
}

#[tokio::test]
async fn a_refund_or_a_dispute_made_elsewhere_is_taken_from_the_webhook() {
    let (product, visitor, link) = invoiced().await;
    let session = press(&visitor, &link).await;
    let stripe = product.stripe();
    stripe.pay(&session).await.unwrap();
    let refund = stripe.refund(&session, Some(1_000)).await.unwrap();
    stripe.fail_refund(&refund).await.unwrap();
    let dispute = stripe.dispute(&session).await.unwrap();
    stripe.decide_dispute(&dispute, false).await.unwrap();
    stripe.webhooks_delivered().await;
    let provider = product.app.stripe.as_ref().unwrap();
    let missed = provider
        .undelivered(jiff::Timestamp::UNIX_EPOCH)
        .await
        .unwrap();
    assert_eq!(missed, [], "each was answered 200");
}
