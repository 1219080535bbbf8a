//! Stripe's library for Rust, pointed at the stand-in.

use std::collections::HashMap;

use stripe::{ClientBuilder, IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    CreateCheckoutSessionPaymentIntentData, ExpireCheckoutSession, ProductData,
    RetrieveCheckoutSession,
};
use stripe_checkout::{
    CheckoutSession, CheckoutSessionMode, CheckoutSessionPaymentStatus, CheckoutSessionStatus,
};

use super::{Bench, KEY, unix_time};

fn client(bench: &Bench) -> stripe::Client {
    ClientBuilder::new(KEY)
        .url(bench.stand_in.base_url())
        .build()
        .unwrap()
}

/// A place at a workshop, for £45.00.
fn place(expires_at: i64) -> CreateCheckoutSession {
    let price = CreateCheckoutSessionLineItemsPriceData {
        currency: "gbp".parse().unwrap(),
        product: None,
        product_data: Some(ProductData::new("Workshop for leaders")),
        recurring: None,
        tax_behavior: None,
        unit_amount: Some(4500),
        unit_amount_decimal: None,
    };
    let mut line = CreateCheckoutSessionLineItems::new();
    line.price_data = Some(price);
    line.quantity = Some(1);
    let metadata: HashMap<String, String> = (0..20)
        .map(|number| (format!("key-{number}"), number.to_string()))
        .collect();
    let mut payment = CreateCheckoutSessionPaymentIntentData::new();
    payment.description = Some("Booking B-1".to_owned());
    payment.metadata = Some(metadata.clone());

    CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .line_items(vec![line])
        .client_reference_id("PAY-7")
        .customer_email("head@school.example")
        .success_url("https://localhost/pay/PAY-7?session={CHECKOUT_SESSION_ID}")
        .cancel_url("https://localhost/bookings/B-1/")
        .expires_at(expires_at)
        .metadata(metadata)
        .payment_intent_data(payment)
}

async fn read(client: &stripe::Client, session: &CheckoutSession) -> CheckoutSession {
    RetrieveCheckoutSession::new(session.id.clone())
        .expand(["payment_intent".to_owned()])
        .send(client)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_library_makes_a_session_reads_it_and_reads_it_paid() {
    let bench = Bench::new().await;
    let client = client(&bench);
    let expires_at = unix_time() + 1800;
    let made = place(expires_at).send(&client).await.unwrap();
    assert_eq!(made.amount_total, Some(4500));
    assert_eq!(made.expires_at, expires_at);
    assert_eq!(made.client_reference_id.as_deref(), Some("PAY-7"));
    assert_eq!(made.metadata.as_ref().unwrap().len(), 20);
    assert_eq!(made.status, Some(CheckoutSessionStatus::Open));
    assert!(
        made.url
            .as_ref()
            .unwrap()
            .starts_with(&bench.stand_in.base_url())
    );

    bench.stand_in.pay(made.id.as_str()).await.unwrap();
    let paid = read(&client, &made).await;
    assert_eq!(paid.status, Some(CheckoutSessionStatus::Complete));
    assert_eq!(paid.payment_status, CheckoutSessionPaymentStatus::Paid);
    assert!(
        paid.payment_intent
            .unwrap()
            .id()
            .as_str()
            .starts_with("pi_")
    );
    assert_eq!(paid.url, None);
}

#[tokio::test]
async fn the_library_may_repeat_a_call_with_its_metadata_in_another_order() {
    let bench = Bench::new().await;
    let client = client(&bench);
    let expires_at = unix_time() + 1800;
    let mut made = Vec::new();
    for _ in 0..5 {
        let key = IdempotencyKey::new("attempt-1").unwrap();
        let call = place(expires_at).customize();
        let answer = call
            .request_strategy(RequestStrategy::Idempotent(key))
            .send(&client)
            .await;
        made.push(answer.unwrap().id);
    }
    assert!(made.iter().all(|id| *id == made[0]), "{made:?}");
}

#[tokio::test]
async fn the_library_expires_a_session_once() {
    let bench = Bench::new().await;
    let client = client(&bench);
    let made = place(unix_time() + 1800).send(&client).await.unwrap();
    let ended = ExpireCheckoutSession::new(made.id.clone())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(ended.status, Some(CheckoutSessionStatus::Expired));
    let again = ExpireCheckoutSession::new(made.id.clone())
        .send(&client)
        .await;
    assert!(
        matches!(again, Err(StripeError::Stripe(_, 400))),
        "{again:?}"
    );
}

#[tokio::test]
async fn the_library_understands_a_refusal() {
    let bench = Bench::new().await;
    let refused = place(unix_time() + 60).send(&client(&bench)).await;
    let Err(StripeError::Stripe(error, 400)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(error.param.as_deref(), Some("expires_at"));
    assert!(error.message.unwrap().contains("30 minutes"));
}
