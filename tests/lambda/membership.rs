//! The function `membership`, behind the gateway.

use serde_json::{Value, json};

use crate::cloud::Cloud;
use crate::event::Request;

const APPLICATION: &[(&str, &str)] = &[
    ("command", "00112233445566778899aabbccddeeff"),
    ("school_name", "St Anne’s & Guardian Angels"),
    ("urn", "100967"),
    ("pupils", "420"),
    ("head_name", "Quenby Featherstone"),
    ("head_email", "quenby@school.example"),
    ("contact_name", "Ottoline Pargeter"),
    ("contact_role", "Business manager"),
    ("contact_email", "ottoline@school.example"),
    ("contact_telephone", "020 7946 0123"),
    ("finance_name", "Peregrine Ashdown"),
    ("finance_email", "peregrine@school.example"),
    ("aims_and_values", "agreed"),
    ("guarantee", "agreed"),
    ("annual_fee", "agreed"),
];

#[tokio::test]
async fn an_application_is_received_and_its_confirmation_can_be_opened() {
    let mut cloud = Cloud::start().await;
    let form = cloud.get("/apply/").await;
    assert_eq!(form.status, 200, "{}", form.body);

    let received = cloud.post("/apply/", APPLICATION).await;

    let page = received.location().to_owned();
    assert!(page.starts_with("/apply/submitted/"), "{page}");
    let confirmation = cloud.get(&page).await;
    assert_eq!(confirmation.status, 200);
    assert!(
        confirmation.body.contains("100967"),
        "{}",
        confirmation.body
    );
    assert!(confirmation.header("content-type").starts_with("text/html"));
    assert_eq!(confirmation.header("cache-control"), "no-store");

    let again = cloud.post("/apply/", APPLICATION).await;
    assert_eq!(
        again.location(),
        page,
        "a form sent twice is one application"
    );
}

#[tokio::test]
async fn an_application_with_errors_comes_back_with_them_and_with_what_was_typed() {
    let mut cloud = Cloud::start().await;
    let mut fields = APPLICATION.to_vec();
    fields.retain(|(name, _)| *name != "guarantee");
    for (name, value) in &mut fields {
        if *name == "urn" {
            *value = "12";
        }
    }

    let answer = cloud.post("/apply/", &fields).await;

    assert_eq!(answer.status, 422);
    for expected in [
        "href=\"#urn\"",
        "href=\"#guarantee\"",
        "value=\"12\"",
        "Ottoline Pargeter",
    ] {
        assert!(
            answer.body.contains(expected),
            "`{expected}` is not in\n{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn the_fee_is_quoted_and_the_table_is_there() {
    let mut cloud = Cloud::start().await;
    let quote = cloud
        .get("/api/fees/quote?pupils=420&joining=2017-04-01")
        .await;
    let quote: Value = serde_json::from_str(&quote.body).unwrap();
    assert_eq!(quote["pence"], 87_500);

    let health = cloud.get("/api/health").await;
    assert_eq!(health.status, 200);
    assert_eq!(
        serde_json::from_str::<Value>(&health.body).unwrap(),
        json!({ "status": "ok" })
    );
}

#[tokio::test]
async fn a_form_that_another_site_sends_is_refused() {
    let mut cloud = Cloud::start().await;
    let mut request = Request::form("/apply/", APPLICATION);
    request
        .headers
        .push(("sec-fetch-site", "cross-site".to_owned()));
    assert_eq!(cloud.ask(&request).await.status, 403);
}

#[tokio::test]
async fn nothing_personal_is_in_the_log() {
    let mut cloud = Cloud::start().await;
    cloud.post("/apply/", APPLICATION).await.location();
    cloud.post("/apply/", &APPLICATION[1..]).await;
    cloud.post("/apply/", &APPLICATION[1..9]).await;

    let logs = cloud.logs();
    assert!(logs.contains("an application was received"), "{logs}");
    for personal in ["Quenby", "Ottoline", "Peregrine", "school.example", "7946"] {
        assert!(!logs.contains(personal), "`{personal}` is in\n{logs}");
    }
}
