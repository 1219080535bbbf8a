//! The function `payments`, behind the gateway, with a stand-in for Stripe.

use local::stripe_stand_in::sign;
use serde_json::Value;

use tests::lambda::{Answer, Cloud, EDGE_KEY, Request, Webhook};

/// The sample event with a price.
const PRICED: &str = "workshop-for-leaders";

/// Books a priced place and begins to pay: the booking's payment page, and
/// Stripe's name for its own.
async fn begin_to_pay(cloud: &mut Cloud) -> (String, String) {
    let fields = [
        ("command", "c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1"),
        ("step", "book"),
        ("name", "Ines Quaye"),
        ("email", "delegate@school.example"),
        ("school_name", "St Anne’s"),
        ("urn", ""),
    ];
    let booked = cloud.book(PRICED, &fields).await;
    let page = booked.location().to_owned();
    assert!(page.starts_with("/pay/"), "{page}");
    let shown = cloud.get(&page).await;
    assert!(shown.body.contains("£45.00"), "{}", shown.body);

    let sent_on = cloud.post(&page, &[]).await;
    let hosted = sent_on.location();
    assert!(hosted.starts_with(&cloud.stripe.base_url()), "{hosted}");
    let session = hosted.rsplit('/').next().unwrap().to_owned();
    (page, session)
}

/// Passes a webhook on through the gateway.
async fn pass_on(cloud: &mut Cloud, webhook: &Webhook) -> Answer {
    let request = Request {
        method: "POST",
        target: "/api/stripe/webhook".to_owned(),
        headers: vec![
            ("content-type", "application/json".to_owned()),
            ("stripe-signature", webhook.signature.clone()),
            ("x-edge-key", EDGE_KEY.to_owned()),
        ],
        body: webhook.body.clone(),
    };
    cloud.ask(&request).await
}

#[tokio::test]
async fn a_payment_by_card_confirms_the_place_when_the_webhook_comes_and_only_once() {
    let mut cloud = Cloud::start().await;
    let (page, session) = begin_to_pay(&mut cloud).await;
    cloud.stripe.pay(&session).await.unwrap();
    let webhook = cloud.webhooks.recv().await.unwrap();

    for _ in 0..2 {
        let answer = pass_on(&mut cloud, &webhook).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    let places = cloud.get(&format!("/api/events/{PRICED}")).await;
    let places: Value = serde_json::from_str(&places.body).unwrap();
    assert_eq!(
        (&places["confirmed"], &places["held"]),
        (&1.into(), &0.into())
    );
    let paid = cloud.get(&page).await;
    assert!(paid.body.contains("This has been paid"), "{}", paid.body);
}

#[tokio::test]
async fn a_webhook_that_somebody_else_signed_changes_nothing() {
    let mut cloud = Cloud::start().await;
    let (page, session) = begin_to_pay(&mut cloud).await;
    cloud.stripe.pay(&session).await.unwrap();
    let mut webhook = cloud.webhooks.recv().await.unwrap();
    let now = jiff::Timestamp::now().as_second();
    webhook.signature = sign("whsec_of_somebody_else", now, webhook.body.as_bytes());

    let answer = pass_on(&mut cloud, &webhook).await;

    assert_eq!(answer.status, 400, "{}", answer.body);
    let still_open = cloud.get(&page).await;
    assert!(
        still_open.body.contains("Pay for your place"),
        "{}",
        still_open.body
    );
}

#[tokio::test]
async fn a_payment_that_is_not_there_is_not_found() {
    let mut cloud = Cloud::start().await;
    assert_eq!(cloud.get("/pay/PAY-000-000-000/").await.status, 404);
}
