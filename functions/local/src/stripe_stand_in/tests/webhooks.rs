//! Webhooks: their signature, and every way in which they can go astray.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::{sign, webhook};
use super::{Bench, SECRET, fields};

#[test]
fn a_signature_is_the_hmac_of_time_and_body() {
    // Worked out with another implementation: `printf '1234567890.{"id":1}' |
    // openssl dgst -sha256 -hmac whsec_stand_in`.
    assert_eq!(
        sign(SECRET, 1_234_567_890, b"{\"id\":1}"),
        "t=1234567890,v1=1726a91887d9cf013fcf03169e31a6bd0bd0ac35b803a2847ea3b762728e4004"
    );
}

#[tokio::test]
async fn a_webhook_is_a_stripe_event_signed_over_the_bytes_that_arrive() {
    let mut bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();

    let told = bench.webhook.next().await;
    let time = told
        .signature
        .strip_prefix("t=")
        .unwrap()
        .split(',')
        .next()
        .unwrap();
    assert_eq!(
        told.signature,
        sign(SECRET, time.parse().unwrap(), &told.body)
    );
    let event = told.event();
    assert_eq!(
        fields(&event),
        "api_version created data id livemode object pending_webhooks request type"
    );
    assert_eq!(event["object"], "event");
    assert!(event["id"].as_str().unwrap().starts_with("evt_"));
    assert_eq!(
        event["request"],
        json!({ "id": null, "idempotency_key": null })
    );
    assert_eq!(event["data"]["object"], bench.read(&id).await);
}

#[tokio::test]
async fn a_webhook_that_is_not_taken_is_sent_again_as_the_same_event() {
    let mut bench = Bench::new().await;
    bench
        .webhook
        .answers
        .lock()
        .unwrap()
        .extend([500, 503, 400]);
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    bench.stand_in.webhooks_delivered().await;

    let mut identifiers = Vec::new();
    for _ in 0..4 {
        identifiers.push(bench.webhook.next().await.event()["id"].clone());
    }
    assert!(
        identifiers.iter().all(|id| *id == identifiers[0]),
        "{identifiers:?}"
    );
    bench.webhook.was_told_nothing_more();
}

#[test]
fn a_webhook_is_given_up_after_about_a_minute() {
    let all: Duration = webhook::pauses().sum();
    assert!((45..75).contains(&all.as_secs()), "{all:?}");
}

#[tokio::test]
async fn an_expired_session_is_told_to_the_webhook() {
    let mut bench = Bench::new().await;
    let id = bench.session().await;
    let path = format!("v1/checkout/sessions/{id}/expire");
    assert_eq!(bench.post(&path, &[]).send().await.unwrap().status(), 200);
    let event = bench.webhook.next().await.event();
    assert_eq!(event["type"], "checkout.session.expired");
    assert_eq!(event["data"]["object"]["status"], "expired");
}

#[tokio::test]
async fn webhooks_held_back_are_sent_when_they_are_released() {
    let mut bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.hold_webhooks();
    bench.stand_in.pay(&id).await.unwrap();
    assert_eq!(bench.read(&id).await["payment_status"], "paid");
    bench.webhook.was_told_nothing_more();

    bench.stand_in.release_webhooks();
    bench.stand_in.webhooks_delivered().await;
    assert_eq!(
        bench.webhook.next().await.event()["type"],
        "checkout.session.completed"
    );
    bench.webhook.was_told_nothing_more();
}

#[tokio::test]
async fn webhooks_that_are_lost_never_arrive() {
    let mut bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.hold_webhooks();
    bench.stand_in.pay(&id).await.unwrap();
    bench.stand_in.lose_webhooks().await.unwrap();
    bench.stand_in.release_webhooks();
    bench.stand_in.webhooks_delivered().await;

    let other = bench.session().await;
    bench.stand_in.pay(&other).await.unwrap();
    assert_eq!(
        bench.webhook.next().await.event()["data"]["object"]["id"],
        *other
    );
    bench.webhook.was_told_nothing_more();
}

#[tokio::test]
async fn a_webhook_can_be_repeated_and_is_then_the_same_event() {
    let mut bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    let first = bench.webhook.next().await.event();

    let events = bench.stand_in.events();
    assert_eq!(events, std::slice::from_ref(&first));
    let event = events[0]["id"].as_str().unwrap();
    assert_eq!(bench.stand_in.repeat_webhook(event).await.unwrap(), 200);
    assert_eq!(bench.webhook.next().await.event(), first);
    assert!(bench.stand_in.repeat_webhook("evt_0").await.is_err());
}

#[tokio::test]
async fn a_webhook_of_any_type_can_be_sent_and_its_answer_seen() {
    let mut bench = Bench::new().await;
    let id = bench.session().await;
    bench.webhook.answers.lock().unwrap().push_back(418);
    let status = bench
        .stand_in
        .send_webhook(&id, "invoice.paid")
        .await
        .unwrap();
    assert_eq!(status, 418);
    let event = bench.webhook.next().await.event();
    assert_eq!(event["type"], "invoice.paid");
    assert_eq!(event["data"]["object"]["status"], "open");
    assert_ne!(event["data"]["object"]["url"], Value::Null);
}
