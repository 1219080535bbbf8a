//! Calls as any HTTP client makes them, and the shape of the answers.

use serde_json::{Value, json};

use super::{Bench, KEY, order};

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
async fn a_payment_intent_says_what_was_received() {
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
