//! Lists: what is in them, a page at a time, and what cannot be asked of them.

use serde_json::{Value, json};

use super::Bench;

#[tokio::test]
async fn events_that_nobody_took_are_listed_by_kind_and_time_a_page_at_a_time() {
    let bench = Bench::new().await;
    bench.stand_in.hold_webhooks();
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    bench.stand_in.refund(&id, Some(1000)).await.unwrap();
    let missed = async |more: &str| {
        let path = format!("v1/events?delivery_success=false{more}");
        bench.json(&path).await
    };
    let all = missed("").await;
    let kinds: Vec<_> = all["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["type"])
        .collect();
    assert_eq!(
        kinds,
        [
            "charge.refunded",
            "refund.created",
            "checkout.session.completed"
        ]
    );
    let first = missed("&limit=2").await;
    assert_eq!(first["has_more"], true);
    let last = first["data"][1]["id"].as_str().unwrap();
    let second = missed(&format!("&limit=2&starting_after={last}")).await;
    assert_eq!(
        (&second["data"][0]["type"], &second["has_more"]),
        (&json!("checkout.session.completed"), &json!(false))
    );
    let some = missed("&types[0]=refund.created&types[1]=refund.failed").await;
    assert_eq!(some["data"].as_array().unwrap().len(), 1);
    assert_eq!(missed("&created[gte]=9999999999").await["data"], json!([]));

    bench.stand_in.release_webhooks();
    bench.stand_in.webhooks_delivered().await;
    assert_eq!(missed("").await["data"], json!([]));
    bench.stand_in.hold_webhooks();
    bench.stand_in.refund(&id, Some(1000)).await.unwrap();
    bench.stand_in.lose_webhooks().await.unwrap();
    assert_eq!(
        missed("").await["data"].as_array().unwrap().len(),
        2,
        "lost is not delivered"
    );
}

#[tokio::test]
async fn a_list_or_an_expansion_that_there_is_not_is_refused() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    for (path, parameter) in [
        ("v1/events?limit=0".to_owned(), "limit"),
        ("v1/events?colour=red".to_owned(), "colour"),
        (
            "v1/refunds?starting_after=re_0".to_owned(),
            "starting_after",
        ),
        (
            format!("v1/checkout/sessions/{id}?expand[]=colour"),
            "expand",
        ),
        (format!("v1/checkout/sessions/{id}?expand[]=mode"), "expand"),
    ] {
        let answer = bench.get(&path).send().await.unwrap();
        assert!(answer.status().is_client_error(), "{path}");
        let error: Value = answer.json().await.unwrap();
        assert_eq!(error["error"]["param"], parameter, "{path}: {error}");
    }
}
