//! Calls as any HTTP client makes them, and the shape of the answers.

use serde_json::{Value, json};

use super::{Bench, KEY, fields, order};

#[tokio::test]
async fn a_session_is_made_open_and_unpaid_and_reads_as_it_was_made() {
    let bench = Bench::new().await;
    let made: Value = bench.make(&order()).await.json().await.unwrap();

    let id = made["id"].as_str().unwrap();
    assert!(id.starts_with("cs_test_"), "{id}");
    assert_eq!(made["amount_total"], 9000);
    assert_eq!(made["currency"], "gbp");
    assert_eq!(made["client_reference_id"], "PAY-7");
    assert_eq!(made["metadata"], json!({ "payment": "PAY-7" }));
    assert_eq!(made["status"], "open");
    assert_eq!(made["payment_status"], "unpaid");
    assert_eq!(made["payment_intent"], Value::Null);
    assert_eq!(made["livemode"], false);
    assert_eq!(made["url"], bench.url(&format!("pay/{id}")));
    assert_eq!(bench.read(id).await, made);
}

#[tokio::test]
async fn a_session_has_every_field_that_stripe_gives_one() {
    let bench = Bench::new().await;
    let made: Value = bench.make(&order()).await.json().await.unwrap();
    assert_eq!(fields(&made), SESSION_FIELDS);
}

#[tokio::test]
async fn a_payment_intent_has_every_field_that_stripe_gives_one() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    let session = bench.read(&id).await;

    let intent = session["payment_intent"].as_str().unwrap();
    let answer = bench
        .get(&format!("v1/payment_intents/{intent}"))
        .send()
        .await
        .unwrap();
    let object: Value = answer.json().await.unwrap();
    assert_eq!(object["status"], "succeeded");
    assert_eq!(object["amount_received"], 9000);
    assert_eq!(fields(&object), INTENT_FIELDS);
}

#[tokio::test]
async fn only_an_open_session_can_be_expired() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    let expire = format!("v1/checkout/sessions/{id}/expire");
    // As curl sends it: no body, and no type of one.
    let bare = bench.client.post(bench.url(&expire)).bearer_auth(KEY);

    let ended: Value = bare.send().await.unwrap().json().await.unwrap();
    assert_eq!(ended["status"], "expired");
    assert_eq!(ended["url"], Value::Null);
    let again = bench.post(&expire, &[]).send().await.unwrap();
    assert_eq!(again.status(), 400);
    let missing = bench
        .post("v1/checkout/sessions/cs_test_0/expire", &[])
        .send()
        .await
        .unwrap();
    assert_eq!(missing.status(), 404);
}

/// Of a Checkout Session, in alphabetical order.
const SESSION_FIELDS: &str = "adaptive_pricing after_expiration allow_promotion_codes \
    amount_subtotal amount_total automatic_tax billing_address_collection cancel_url \
    client_reference_id client_secret collected_information consent consent_collection created \
    currency currency_conversion custom_fields custom_text customer customer_account \
    customer_creation customer_details customer_email discounts expires_at id \
    integration_identifier invoice invoice_creation livemode locale managed_payments metadata \
    mode object origin_context payment_intent payment_link payment_method_collection \
    payment_method_configuration_details payment_method_options payment_method_types \
    payment_status permissions phone_number_collection recovered_from \
    saved_payment_method_options setup_intent shipping_address_collection shipping_cost \
    shipping_options status submit_type subscription success_url total_details ui_mode url \
    wallet_options";

/// Of a payment intent, in alphabetical order.
const INTENT_FIELDS: &str = "amount amount_capturable amount_details amount_received application \
    application_fee_amount automatic_payment_methods canceled_at cancellation_reason \
    capture_method client_secret confirmation_method created currency customer customer_account \
    description excluded_payment_method_types id last_payment_error latest_charge livemode \
    managed_payments metadata next_action object on_behalf_of payment_method \
    payment_method_configuration_details payment_method_options payment_method_types processing \
    receipt_email review setup_future_usage shipping source statement_descriptor \
    statement_descriptor_suffix status transfer_data transfer_group";
