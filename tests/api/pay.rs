//! Paying by card: settled once, from the provider's own record, whatever
//! comes twice, late or never.

use jiff::SignedDuration;
use serde_json::Value;
use tests::forms::{booking, booking_from};
use tests::visitor::owned;
use tests::{Answer, Product, Visitor};

const PRICED: &str = "workshop-for-leaders";

/// A place asked for, and the provider's page to pay on.
struct Asked {
    pay: String,
    booking: String,
    session: String,
}

/// Books, and presses the button that says pay.
async fn ask(visitor: &Visitor) -> Asked {
    let page = visitor.book(&format!("/book/{PRICED}/"), &booking()).await;
    assert!(page.text().contains("£45.00"), "{}", page.text());
    let pay = page.at;
    let provider = visitor.post_only(&pay, &owned(&[])).await;
    assert_eq!(provider.status, 303, "{}", provider.text());
    let booking = page
        .body
        .split("/bookings/")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap();
    Asked {
        booking: format!("/bookings/{booking}/"),
        session: provider.reference(),
        pay,
    }
}

async fn places(visitor: &Visitor) -> Value {
    visitor.get(&format!("/api/events/{PRICED}")).await.json()
}

async fn state(visitor: &Visitor, asked: &Asked) -> String {
    let page: Answer = visitor.get(&asked.booking).await;
    page.text()
}

#[tokio::test]
async fn a_paid_place_is_confirmed_by_the_webhook_alone() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = ask(&visitor).await;
    assert!(
        state(&visitor, &asked)
            .await
            .contains("Your place is kept while you pay")
    );
    product.stripe().pay(&asked.session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    assert!(
        state(&visitor, &asked)
            .await
            .contains("Your place is booked")
    );
    assert!(
        visitor
            .get(&asked.pay)
            .await
            .text()
            .contains("This has been paid")
    );
    let letters = visitor.letters().await;
    assert_eq!(letters.len(), 3, "to confirm, to pay, and paid");
    assert!(
        letters[0]["text"].as_str().unwrap().contains("£45.00"),
        "{}",
        letters[0]["text"]
    );
}

#[tokio::test]
async fn a_webhook_seen_twice_changes_nothing_the_second_time() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = ask(&visitor).await;
    product.stripe().pay(&asked.session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    let before = (places(&visitor).await, visitor.letters().await);
    let event = product.stripe().events()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(product.stripe().repeat_webhook(&event).await.unwrap(), 200);
    assert_eq!(
        product
            .stripe()
            .send_webhook(&asked.session, "checkout.session.completed")
            .await
            .unwrap(),
        200
    );
    assert_eq!((places(&visitor).await, visitor.letters().await), before);
    assert_eq!(before.0["confirmed"], 1);
}

#[tokio::test]
async fn a_lost_webhook_is_made_good_by_the_way_back() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = ask(&visitor).await;
    product.stripe().hold_webhooks();
    product.stripe().pay(&asked.session).await.unwrap();
    product.stripe().lose_webhooks().await.unwrap();
    let back = visitor.get(&format!("{}return", asked.pay)).await;
    assert_eq!(back.at, asked.booking);
    assert!(
        back.text().contains("Your place is booked"),
        "{}",
        back.text()
    );
}

#[tokio::test]
async fn coming_back_without_paying_confirms_nothing() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = ask(&visitor).await;
    let back = visitor.get(&format!("{}return", asked.pay)).await;
    assert!(
        back.text().contains("Your place is kept while you pay"),
        "{}",
        back.text()
    );
    assert_eq!(places(&visitor).await["confirmed"], 0);
}

#[tokio::test]
async fn pressing_pay_again_leads_to_the_same_page() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = ask(&visitor).await;
    let again = visitor.post_only(&asked.pay, &owned(&[])).await;
    assert_eq!(again.reference(), asked.session);
    assert_eq!(product.stripe().requests()["POST /v1/checkout/sessions"], 1);
}

#[tokio::test]
async fn twenty_presses_at_once_make_one_page() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let pay = visitor
        .book(&format!("/book/{PRICED}/"), &booking())
        .await
        .at;
    let presses: Vec<_> = (0..20)
        .map(|_| {
            let (visitor, pay) = (visitor.clone(), pay.clone());
            tokio::spawn(async move { visitor.post_only(&pay, &owned(&[])).await.reference() })
        })
        .collect();
    let mut pages = std::collections::BTreeSet::new();
    for press in presses {
        pages.insert(press.await.unwrap());
    }
    assert_eq!(pages.len(), 1, "{pages:?}");
}

#[tokio::test]
async fn an_answer_lost_on_the_way_makes_no_second_page() {
    let product = Product::start().await;
    product
        .stripe()
        .fail_next(local::stripe_stand_in::Fault::AnswerLost, 1);
    let asked = ask(&product.visitor()).await;
    let again = product.visitor().post_only(&asked.pay, &owned(&[])).await;
    assert_eq!(
        again.reference(),
        asked.session,
        "the page that was made first"
    );
    product.stripe().pay(&asked.session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    assert_eq!(places(&product.visitor()).await["confirmed"], 1);
}

#[tokio::test]
async fn when_the_provider_is_down_the_place_is_kept_and_the_page_says_try_again() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let pay = visitor
        .book(&format!("/book/{PRICED}/"), &booking())
        .await
        .at;
    product
        .stripe()
        .fail_next(local::stripe_stand_in::Fault::Refused, 3);
    let answer = visitor.post_only(&pay, &owned(&[])).await;
    assert_eq!(answer.status, 503);
    assert!(
        answer.text().contains("try again in a minute"),
        "{}",
        answer.text()
    );
    assert_eq!(places(&visitor).await["held"], 1);
    assert_eq!(visitor.post_only(&pay, &owned(&[])).await.status, 303);
}

#[tokio::test]
async fn a_payment_after_the_hold_is_confirmed_if_there_is_room() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = ask(&visitor).await;
    product.app.clock.advance(SignedDuration::from_mins(60));
    assert!(
        state(&visitor, &asked)
            .await
            .contains("Your place was not kept")
    );
    product.stripe().pay(&asked.session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    assert!(
        state(&visitor, &asked)
            .await
            .contains("Your place is booked")
    );
}

#[tokio::test]
async fn a_payment_after_the_place_has_gone_is_due_back_and_said_so() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let late = ask(&visitor).await;
    product.app.clock.advance(SignedDuration::from_mins(60));
    let capacity = places(&visitor).await["capacity"].as_u64().unwrap();
    for number in 0..capacity {
        let email = format!("delegate{number}@sample.example");
        let fields = booking_from(&email);
        let held = visitor.book(&format!("/book/{PRICED}/"), &fields).await;
        assert!(held.at.starts_with("/pay/"), "{}", held.at);
    }
    product.stripe().pay(&late.session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    assert!(
        state(&visitor, &late)
            .await
            .contains("Your money will be returned")
    );
    assert!(
        visitor
            .get(&late.pay)
            .await
            .text()
            .contains("Your money will be returned")
    );
    let places = places(&visitor).await;
    assert_eq!(
        (places["confirmed"].clone(), places["held"].as_u64()),
        (0.into(), Some(capacity))
    );
}

#[tokio::test]
async fn a_page_that_expires_lets_go_of_its_place() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = ask(&visitor).await;
    product.stripe().expire(&asked.session).await.unwrap();
    product.stripe().webhooks_delivered().await;
    assert!(
        state(&visitor, &asked)
            .await
            .contains("Your place was not kept")
    );
    assert_eq!(places(&visitor).await["held"], 0);
}

#[tokio::test]
async fn a_webhook_that_is_unsigned_or_tampered_with_is_refused() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let asked = ask(&visitor).await;
    let body = format!(
        r#"{{"id":"evt_x","type":"checkout.session.completed","data":{{"object":{{"id":"{}","payment_status":"paid"}}}}}}"#,
        asked.session
    );
    let now = jiff::Timestamp::now().as_second();
    let forged = local::stripe_stand_in::sign("whsec_guess", now, body.as_bytes());
    for signature in ["", "t=1,v1=00", forged.as_str()] {
        let answer = visitor
            .request(|client, origin| {
                client
                    .post(format!("{origin}/api/stripe/webhook"))
                    .header("stripe-signature", signature)
                    .body(body.clone())
            })
            .await;
        assert_eq!(answer.status, 400, "{signature}");
    }
    assert_eq!(places(&visitor).await["confirmed"], 0);
}

#[tokio::test]
async fn a_price_in_the_request_is_nothing() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let mut fields = booking();
    fields.extend([("price", "1"), ("amount_pence", "1"), ("price_pence", "0")]);
    let page = visitor.book(&format!("/book/{PRICED}/"), &fields).await;
    assert!(page.text().contains("£45.00"), "{}", page.text());
}
