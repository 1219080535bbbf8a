//! The page that a visitor pays on.

use std::collections::BTreeSet;

use super::Bench;

#[tokio::test]
async fn the_page_says_first_that_no_money_moves_and_then_what_for_and_how_much() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    let answer = bench
        .client
        .get(bench.url(&format!("pay/{id}")))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let html = answer.text().await.unwrap();

    let place = |text: &str| {
        html.find(text)
            .unwrap_or_else(|| panic!("`{text}` is not in {html}"))
    };
    assert!(place("no money moves") < place("<h1>Pay £90.00</h1>"));
    assert!(html.contains("Workshop &lt;for&gt; leaders × 2"));
    assert!(html.contains("Reference: PAY-7"));
    assert!(html.contains("<button class=\"pay\">Pay £90.00</button>"));
    assert!(html.contains(">Cancel</button>"));
    assert!(!html.contains("<script") && !html.contains("style="));
}

#[tokio::test]
async fn the_page_forbids_all_but_its_style_and_the_way_back() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    let answer = bench
        .client
        .get(bench.url(&format!("pay/{id}")))
        .send()
        .await
        .unwrap();
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    let rules: BTreeSet<&str> = policy.split("; ").collect();
    assert!(rules.contains("default-src 'none'"), "{policy}");
    assert!(rules.contains("style-src 'self'"), "{policy}");
    assert!(
        rules.contains("form-action 'self' http://localhost:3000"),
        "{policy}"
    );

    let style = bench
        .client
        .get(bench.url("style.css"))
        .send()
        .await
        .unwrap();
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
}

#[tokio::test]
async fn paying_tells_the_webhook_and_then_leads_to_the_success_address() {
    let mut bench = Bench::new().await;
    let id = bench.session().await;
    let answer = bench
        .client
        .post(bench.url(&format!("pay/{id}")))
        .send()
        .await
        .unwrap();

    let told = bench
        .webhook
        .told
        .try_recv()
        .expect("told before the visitor goes on")
        .event();
    assert_eq!(told["type"], "checkout.session.completed");
    assert_eq!(told["data"]["object"]["id"], *id);
    assert_eq!(answer.status(), 303);
    assert_eq!(
        answer.headers()["location"].to_str().unwrap(),
        format!("http://localhost:3000/pay/PAY-7?session={id}")
    );
    let session = bench.read(&id).await;
    assert_eq!(session["status"], "complete");
    assert_eq!(session["payment_status"], "paid");
    assert!(
        session["payment_intent"]
            .as_str()
            .unwrap()
            .starts_with("pi_")
    );
    assert_eq!(session["url"], serde_json::Value::Null);
}

#[tokio::test]
async fn cancelling_leads_back_and_leaves_the_session_open() {
    let mut bench = Bench::new().await;
    let id = bench.session().await;
    let answer = bench
        .client
        .post(bench.url(&format!("pay/{id}/cancel")))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(
        answer.headers()["location"],
        "http://localhost:3000/bookings/B-1/"
    );
    assert_eq!(bench.read(&id).await["status"], "open");
    bench.webhook.was_told_nothing_more();
}

#[tokio::test]
async fn a_session_paid_twice_takes_the_money_once() {
    let mut bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    let paid = bench.read(&id).await;
    bench.webhook.next().await;

    let again = bench
        .client
        .post(bench.url(&format!("pay/{id}")))
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 409);
    let html = again.text().await.unwrap();
    assert!(html.contains("<h1>This has been paid</h1>"), "{html}");
    assert_eq!(bench.read(&id).await, paid);
    assert!(bench.stand_in.pay(&id).await.is_err());
    bench.webhook.was_told_nothing_more();
}

#[tokio::test]
async fn an_expired_session_cannot_be_paid() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.expire(&id).await.unwrap();
    let page = bench.url(&format!("pay/{id}"));
    for (answer, status) in [
        (bench.client.get(&page).send().await, 200),
        (bench.client.post(&page).send().await, 409),
    ] {
        let answer = answer.unwrap();
        assert_eq!(answer.status(), status);
        let html = answer.text().await.unwrap();
        assert!(
            html.contains("<h1>This payment page has expired</h1>"),
            "{html}"
        );
        assert!(
            html.contains("href=\"http://localhost:3000/bookings/B-1/\""),
            "{html}"
        );
    }
    assert_eq!(bench.read(&id).await["payment_status"], "unpaid");
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so() {
    let bench = Bench::new().await;
    for path in ["pay/cs_test_0", "elsewhere"] {
        let answer = bench.client.get(bench.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), 404);
        assert!(answer.text().await.unwrap().contains("no money moves"));
    }
}
