//! Money that moves after a session was paid: back, late, under dispute, out.

use serde_json::{Value, json};

use super::{Bench, order};

#[tokio::test]
async fn part_of_a_payment_goes_back_then_the_rest_and_no_more() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    let part: Value = bench
        .refund(&id, &[("amount", "2000")])
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&part["amount"], &part["status"]),
        (&json!(2000), &json!("succeeded"))
    );

    let refused = bench.refund(&id, &[("amount", "7001")]).await;
    assert_eq!(refused.status(), 400);
    let error: Value = refused.json().await.unwrap();
    assert_eq!(
        error["error"]["message"],
        "Refund amount (£70.01) is greater than unrefunded amount on charge (£70.00)"
    );
    let rest: Value = bench.refund(&id, &[]).await.json().await.unwrap();
    assert_eq!(rest["amount"], 7000);
    let error: Value = bench
        .refund(&id, &[("amount", "1")])
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(error["error"]["code"], "charge_already_refunded");
    let charge = bench
        .json(&format!("v1/charges/{}", rest["charge"].as_str().unwrap()))
        .await;
    assert_eq!(
        (&charge["amount_refunded"], &charge["refunded"]),
        (&json!(9000), &json!(true))
    );
}

#[tokio::test]
async fn a_refund_is_made_once_for_its_key_and_not_for_other_words() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    let intent = bench.read(&id).await["payment_intent"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut made = Vec::new();
    for amount in ["2000", "2000", "2001"] {
        let call = bench.post(
            "v1/refunds",
            &[("payment_intent", &intent), ("amount", amount)],
        );
        let answer = call
            .header("Idempotency-Key", "refund-1")
            .send()
            .await
            .unwrap();
        let status = answer.status().as_u16();
        made.push((status, answer.json::<Value>().await.unwrap()));
    }
    assert_eq!(made[0], made[1]);
    assert_eq!(
        (made[2].0, &made[2].1["error"]["type"]),
        (400, &json!("idempotency_error"))
    );
    assert_eq!(
        bench.json("v1/refunds").await["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn what_was_not_paid_cannot_be_given_back() {
    let bench = Bench::new().await;
    let id = bench.debit_session().await;
    bench.stand_in.pay_by_debit(&id).await.unwrap();
    let error: Value = bench.refund(&id, &[]).await.json().await.unwrap();
    let message = error["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("does not have a successful charge"),
        "{message}"
    );
    for (parameters, code) in [
        (vec![("amount", "100")], "parameter_missing"),
        (vec![("charge", "ch_0")], "resource_missing"),
        (
            vec![("charge", "ch_0"), ("colour", "red")],
            "resource_missing",
        ),
    ] {
        let error: Value = bench
            .post("v1/refunds", &parameters)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        assert_eq!(error["error"]["code"], code, "{parameters:?}");
    }
}

#[tokio::test]
async fn a_refund_that_the_bank_sends_back_can_be_given_again() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    let refund = bench.stand_in.refund(&id, None).await.unwrap();
    bench.stand_in.fail_refund(&refund).await.unwrap();
    assert!(bench.stand_in.fail_refund(&refund).await.is_err());

    let read = bench.json(&format!("v1/refunds/{refund}")).await;
    assert_eq!(
        (&read["status"], &read["failure_reason"]),
        (&json!("failed"), &json!("expired_or_canceled_card"))
    );
    let failure = read["failure_balance_transaction"].as_str().unwrap();
    assert_eq!(
        bench
            .json(&format!("v1/balance_transactions/{failure}"))
            .await["amount"],
        9000
    );
    assert!(bench.stand_in.refund(&id, Some(9000)).await.is_ok());
}

#[tokio::test]
async fn a_direct_debit_is_complete_at_once_and_paid_when_the_bank_says_so() {
    let mut bench = Bench::new().await;
    let id = bench.debit_session().await;
    let page = bench.url(&format!("pay/{id}"));
    let shown = bench
        .client
        .get(&page)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(shown.contains(">Pay by Direct Debit</button>"), "{shown}");
    let pressed = bench
        .client
        .post(format!("{page}/debit"))
        .send()
        .await
        .unwrap();
    assert_eq!(pressed.status(), 303);

    let waits = bench
        .json(&format!(
            "v1/checkout/sessions/{id}?expand[0]=payment_intent"
        ))
        .await;
    assert_eq!(
        (&waits["status"], &waits["payment_status"]),
        (&json!("complete"), &json!("unpaid"))
    );
    assert_eq!(waits["payment_intent"]["status"], "processing");
    assert_eq!(
        bench.json("v1/balance_transactions").await["data"],
        json!([])
    );
    let told = bench.webhook.next().await.event();
    assert_eq!(told["type"], "checkout.session.completed");

    bench.stand_in.clear_debit(&id).await.unwrap();
    let told = bench.webhook.next().await.event();
    assert_eq!(told["type"], "checkout.session.async_payment_succeeded");
    assert_eq!(told["data"]["object"]["payment_status"], "paid");
    assert!(bench.stand_in.fail_debit(&id).await.is_err());
    let lines = bench.json("v1/balance_transactions").await;
    let line = &lines["data"][0];
    assert_eq!(
        (&line["type"], &line["fee"], &line["net"]),
        (&json!("payment"), &json!(90), &json!(8910))
    );
}

#[tokio::test]
async fn a_direct_debit_that_is_not_paid_wants_another_method() {
    let mut bench = Bench::new().await;
    let id = bench.debit_session().await;
    bench.stand_in.pay_by_debit(&id).await.unwrap();
    bench.stand_in.fail_debit(&id).await.unwrap();
    bench.webhook.next().await;
    assert_eq!(
        bench.webhook.next().await.event()["type"],
        "checkout.session.async_payment_failed"
    );
    let failed = bench
        .json(&format!(
            "v1/checkout/sessions/{id}?expand[]=payment_intent"
        ))
        .await;
    assert_eq!(failed["payment_status"], "unpaid");
    assert_eq!(
        failed["payment_intent"]["status"],
        "requires_payment_method"
    );
    assert_ne!(failed["payment_intent"]["last_payment_error"], Value::Null);
}

#[tokio::test]
async fn a_session_for_cards_alone_takes_no_direct_debit() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    let page = bench.url(&format!("pay/{id}"));
    let shown = bench
        .client
        .get(&page)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(!shown.contains("Direct Debit"), "{shown}");
    assert!(bench.stand_in.pay_by_debit(&id).await.is_err());
    assert_eq!(bench.read(&id).await["status"], "open");
}

#[tokio::test]
async fn a_disputed_payment_is_taken_until_it_is_won_and_cannot_be_given_back_meanwhile() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    let dispute = bench.stand_in.dispute(&id).await.unwrap();
    assert!(bench.stand_in.dispute(&id).await.is_err());
    let error: Value = bench.refund(&id, &[]).await.json().await.unwrap();
    assert_eq!(error["error"]["code"], "charge_disputed");

    bench.stand_in.decide_dispute(&dispute, true).await.unwrap();
    assert!(
        bench
            .stand_in
            .decide_dispute(&dispute, false)
            .await
            .is_err()
    );
    let read = bench.json(&format!("v1/disputes/{dispute}")).await;
    assert_eq!(read["status"], "won");
    let lines = read["balance_transactions"].as_array().unwrap();
    let moved: Vec<_> = lines
        .iter()
        .map(|line| (&line["amount"], &line["fee"]))
        .collect();
    assert_eq!(
        moved,
        [(&json!(-9000), &json!(2000)), (&json!(9000), &json!(0))]
    );
    assert_eq!(bench.refund(&id, &[]).await.status(), 200);
}

#[tokio::test]
async fn a_payout_empties_the_balance_and_names_its_lines() {
    let bench = Bench::new().await;
    assert!(bench.stand_in.pay_out().await.is_err());
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    bench.stand_in.refund(&id, Some(1000)).await.unwrap();
    let payout = bench.stand_in.pay_out().await.unwrap();

    // £90 less £10 less the fee: 1.5 % and 20p of £90.
    assert_eq!(
        bench.json(&format!("v1/payouts/{payout}")).await["amount"],
        9000 - 1000 - 155
    );
    let lines = bench
        .json(&format!("v1/balance_transactions?payout={payout}"))
        .await;
    let lines = lines["data"].as_array().unwrap();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines
            .iter()
            .map(|line| line["net"].as_i64().unwrap())
            .sum::<i64>(),
        0
    );
    let balance = bench.json("v1/balance").await;
    assert_eq!(
        (
            &balance["available"][0]["amount"],
            &balance["pending"][0]["amount"]
        ),
        (&json!(0), &json!(0))
    );
    assert!(bench.stand_in.pay_out().await.is_err());
}

#[tokio::test]
async fn money_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("stripe.json");
    let bench = Bench::with_data(Some(&data)).await;
    let made: Value = bench.make(&order()).await.json().await.unwrap();
    let id = made["id"].as_str().unwrap().to_owned();
    bench.stand_in.pay(&id).await.unwrap();
    bench.stand_in.refund(&id, Some(1000)).await.unwrap();
    bench.stand_in.dispute(&id).await.unwrap();
    bench.stand_in.webhooks_delivered().await;
    let lists = ["refunds", "disputes", "events", "balance_transactions"];
    let mut before = Vec::new();
    for list in lists {
        before.push(bench.json(&format!("v1/{list}")).await);
    }
    drop(bench);
    let bench = Bench::with_data(Some(&data)).await;
    for (list, before) in lists.into_iter().zip(before) {
        let now = bench.json(&format!("v1/{list}")).await;
        assert_eq!(
            now["data"].as_array().unwrap().len(),
            before["data"].as_array().unwrap().len(),
            "{list}"
        );
        assert!(!now["data"].as_array().unwrap().is_empty(), "{list}");
    }
}
