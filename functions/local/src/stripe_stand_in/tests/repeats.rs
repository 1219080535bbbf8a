//! Calls made again under the same idempotency key.

use serde_json::Value;

use super::super::Fault;
use super::{Bench, order, order_with};

#[tokio::test]
async fn a_key_sent_twice_gives_the_same_session_whatever_the_order_of_its_parameters() {
    let bench = Bench::new().await;
    let again: Vec<_> = order().into_iter().rev().collect();
    let mut answers = Vec::new();
    for (parameters, replayed) in [(order(), false), (again, true)] {
        let call = bench.post("v1/checkout/sessions", &parameters);
        let answer = call
            .header("Idempotency-Key", "attempt-1")
            .send()
            .await
            .unwrap();
        assert_eq!(
            answer.headers().contains_key("idempotent-replayed"),
            replayed
        );
        answers.push(answer.json::<Value>().await.unwrap());
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn a_key_with_other_parameters_or_another_address_is_an_error() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    let keyed = |path: &str, parameters: &[(&str, &str)]| {
        bench
            .post(path, parameters)
            .header("Idempotency-Key", "attempt-1")
            .send()
    };
    assert_eq!(
        keyed("v1/checkout/sessions", &order())
            .await
            .unwrap()
            .status(),
        200
    );

    let other = order_with("client_reference_id", "PAY-8");
    let expire = format!("v1/checkout/sessions/{id}/expire");
    for answer in [
        keyed("v1/checkout/sessions", &other).await,
        keyed(&expire, &[]).await,
    ] {
        let answer = answer.unwrap();
        assert_eq!(answer.status(), 400);
        let error: Value = answer.json().await.unwrap();
        assert_eq!(error["error"]["type"], "idempotency_error");
    }
    assert_eq!(bench.read(&id).await["status"], "open");
}

#[tokio::test]
async fn a_key_whose_call_was_refused_may_be_used_for_the_call_put_right() {
    let bench = Bench::new().await;
    for (parameters, status) in [(order_with("mode", "setup"), 400), (order(), 200)] {
        let call = bench.post("v1/checkout/sessions", &parameters);
        let answer = call
            .header("Idempotency-Key", "attempt-1")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), status);
    }
}

#[tokio::test]
async fn fifty_calls_at_once_with_one_key_make_one_session() {
    let bench = Bench::new().await;
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let call = bench.post("v1/checkout/sessions", &order());
            tokio::spawn(call.header("Idempotency-Key", "attempt-1").send())
        })
        .collect();
    let mut identifiers = std::collections::BTreeSet::new();
    for call in calls {
        let made: Value = call.await.unwrap().unwrap().json().await.unwrap();
        identifiers.insert(made["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(identifiers.len(), 1);
}

#[tokio::test]
async fn a_lost_answer_leaves_a_session_that_its_key_finds_again() {
    let bench = Bench::new().await;
    bench.stand_in.fail_next(Fault::Refused, 1);
    bench.stand_in.fail_next(Fault::AnswerLost, 1);
    let mut statuses = Vec::new();
    let mut replayed = false;
    for _ in 0..3 {
        let call = bench.post("v1/checkout/sessions", &order());
        let answer = call
            .header("Idempotency-Key", "attempt-1")
            .send()
            .await
            .unwrap();
        statuses.push(answer.status().as_u16());
        replayed = answer.headers().contains_key("idempotent-replayed");
    }
    assert_eq!(statuses, [500, 502, 200]);
    assert!(replayed, "the second call made the session");
    assert_eq!(bench.stand_in.requests()["POST /v1/checkout/sessions"], 3);
}
