//! What is kept when the stand-in ends, and what time does meanwhile.

use std::path::Path;

use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::super::{Settings, StandIn};
use super::{Bench, Webhook, browser, order, start, unix_time};

/// Ends a stand-in and starts another with the same data, at another address.
async fn restart(bench: Bench, data_file: &Path) -> Bench {
    let Bench {
        stand_in, webhook, ..
    } = bench;
    drop(stand_in);
    let stand_in = start(&webhook.url, Some(data_file)).await.unwrap();
    Bench {
        stand_in,
        webhook,
        client: browser(),
    }
}

#[tokio::test]
async fn sessions_and_idempotency_keys_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data_file = folder.path().join("stripe.json");
    let bench = Bench::with_data(Some(&data_file)).await;
    let keyed = async |bench: &Bench| {
        let call = bench.post("v1/checkout/sessions", &order());
        let answer = call
            .header("Idempotency-Key", "attempt-1")
            .send()
            .await
            .unwrap();
        answer.json::<Value>().await.unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let open = keyed(&bench).await;
    let paid = bench.session().await;
    bench.stand_in.pay(&paid).await.unwrap();

    let bench = restart(bench, &data_file).await;
    assert_eq!(bench.read(&open).await["status"], "open");
    assert_eq!(
        bench.read(&open).await["url"],
        bench.url(&format!("pay/{open}"))
    );
    assert_eq!(bench.read(&paid).await["payment_status"], "paid");
    assert_eq!(keyed(&bench).await, open);
}

#[tokio::test]
async fn an_event_that_was_not_delivered_is_delivered_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data_file = folder.path().join("stripe.json");
    let mut bench = Bench::with_data(Some(&data_file)).await;
    let id = bench.session().await;
    bench.stand_in.hold_webhooks();
    bench.stand_in.pay(&id).await.unwrap();
    bench.webhook.was_told_nothing_more();

    let mut bench = restart(bench, &data_file).await;
    assert_eq!(
        bench.webhook.next().await.event()["data"]["object"]["id"],
        *id
    );
    bench.stand_in.webhooks_delivered().await;
    bench.webhook.was_told_nothing_more();
}

#[tokio::test]
async fn a_session_whose_time_ran_out_is_expired_and_told_to_the_webhook() {
    let folder = tempfile::tempdir().unwrap();
    let data_file = folder.path().join("stripe.json");
    let bench = Bench::with_data(Some(&data_file)).await;
    let id = bench.session().await;
    let Bench {
        stand_in, webhook, ..
    } = bench;
    drop(stand_in);
    let mut data: Value = serde_json::from_slice(&std::fs::read(&data_file).unwrap()).unwrap();
    data["sessions"][&id]["order"]["expires_at"] = json!(unix_time() - 1);
    std::fs::write(&data_file, data.to_string()).unwrap();

    let stand_in = start(&webhook.url, Some(&data_file)).await.unwrap();
    let mut bench = Bench {
        stand_in,
        webhook,
        client: browser(),
    };
    let event = bench.webhook.next().await.event();
    assert_eq!(event["type"], "checkout.session.expired");
    assert_eq!(bench.read(&id).await["status"], "expired");
    assert!(bench.stand_in.pay(&id).await.is_err());
}

#[tokio::test]
async fn a_call_to_a_stand_in_that_cannot_write_fails_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data_file = folder.path().join("data").join("stripe.json");
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let mut bench = Bench::with_data(Some(&data_file)).await;
    let id = bench.session().await;
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();

    assert_eq!(bench.make(&order()).await.status(), 500);
    assert!(bench.stand_in.pay(&id).await.is_err());
    assert_eq!(bench.read(&id).await["status"], "open");
    bench.webhook.was_told_nothing_more();
}

#[tokio::test]
async fn a_data_file_of_something_else_is_refused_with_its_name_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data_file = folder.path().join("stripe.json");
    std::fs::write(&data_file, "shopping list").unwrap();
    let webhook = Webhook::listen().await;
    let refused = start(&webhook.url, Some(&data_file)).await.err().unwrap();
    assert!(
        refused.to_string().contains("stripe.json: is not what"),
        "{refused}"
    );
    assert_eq!(
        std::fs::read_to_string(&data_file).unwrap(),
        "shopping list"
    );
}

#[tokio::test]
async fn a_stand_in_open_to_other_computers_does_not_start() {
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    let settings = Settings {
        webhook_url: "http://127.0.0.1:1/".to_owned(),
        webhook_secret: String::new(),
        secret_key: String::new(),
        data_file: None,
    };
    let refused = StandIn::start(listener, settings).await.err().unwrap();
    assert!(
        refused.to_string().contains("give it 127.0.0.1"),
        "{refused}"
    );
}
