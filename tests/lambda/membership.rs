//! The function `membership`, behind the gateway.

use serde_json::{Value, json};

use tests::lambda::{Cloud, Request};

/// A page of an application, with what is personal in it.
const CONTACT: &[(&str, &str)] = &[
    ("edit", "9"),
    ("contact_name", "Ottoline Pargeter"),
    ("contact_role", "Business manager"),
    ("contact_email", "ottoline@school.example"),
    ("contact_telephone", "020 7946 0123"),
];

/// The pages of a person's application for associate membership.
const ASSOCIATE: &[(&str, &[(&str, &str)])] = &[
    ("about", &[("associate_kind", "individual")]),
    ("contact", CONTACT),
    ("reason", &[("reason", "To help Quenby with reading.")]),
    (
        "commitments",
        &[("aims_and_values", "agreed"), ("authority", "agreed")],
    ),
];

/// Begins an application; the path of its list of tasks.
async fn begin(cloud: &mut Cloud) -> String {
    let begun = cloud.post("/apply/", &[("category", "associate")]).await;
    begun.location().to_owned()
}

#[tokio::test]
async fn an_application_is_received_and_its_confirmation_can_be_opened() {
    let mut cloud = Cloud::start().await;
    let start = cloud.get("/apply/").await;
    assert_eq!(start.status, 200, "{}", start.body);
    let base = begin(&mut cloud).await;
    for (page, fields) in ASSOCIATE {
        let answer = cloud.post(&format!("{base}{page}/"), fields).await;
        assert_eq!(answer.status, 303, "{page}: {}", answer.body);
    }

    let received = cloud.post(&format!("{base}check/"), &[]).await;

    let page = received.location().to_owned();
    assert!(page.starts_with("/apply/submitted/"), "{page}");
    let confirmation = cloud.get(&page).await;
    assert_eq!(confirmation.status, 200);
    assert!(confirmation.header("content-type").starts_with("text/html"));
    assert_eq!(confirmation.header("cache-control"), "no-store");

    let again = cloud.post(&format!("{base}check/"), &[]).await;
    assert_eq!(again.location(), page, "sent twice is one application");
}

#[tokio::test]
async fn a_page_with_errors_comes_back_with_them_and_with_what_was_typed() {
    let mut cloud = Cloud::start().await;
    let base = begin(&mut cloud).await;
    let mut fields = CONTACT.to_vec();
    for (name, value) in &mut fields {
        if *name == "contact_email" {
            *value = "ottoline";
        }
    }

    let answer = cloud.post(&format!("{base}contact/"), &fields).await;

    assert_eq!(answer.status, 422);
    for expected in [
        "href=\"#contact_email\"",
        "value=\"ottoline\"",
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
async fn a_question_about_a_service_is_received() {
    let mut cloud = Cloud::start().await;
    let fields = [
        ("name", "Quenby Featherstone"),
        ("email", "quenby@school.example"),
        ("message", "What would it cost?"),
    ];
    let sent = cloud.post("/enquire/bespoke-packages/", &fields).await;
    let page = sent.location().to_owned();
    assert_eq!(cloud.get(&page).await.status, 200, "{page}");
}

#[tokio::test]
async fn the_fee_is_quoted_and_the_table_is_there() {
    let mut cloud = Cloud::start().await;
    let quote = cloud
        .ask(
            &Request::get("/api/fees/quote?pupils=420&joining=2017-04-01")
                .asking("application/json"),
        )
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
    let mut request = Request::form("/apply/", &[("category", "full")]);
    request
        .headers
        .push(("sec-fetch-site", "cross-site".to_owned()));
    assert_eq!(cloud.ask(&request).await.status, 403);
}

#[tokio::test]
async fn nothing_personal_is_in_the_log() {
    let mut cloud = Cloud::start().await;
    let base = begin(&mut cloud).await;
    for (page, fields) in ASSOCIATE {
        cloud
            .post(&format!("{base}{page}/"), fields)
            .await
            .location();
    }
    cloud.post(&format!("{base}contact/"), &CONTACT[1..3]).await;
    cloud.post(&format!("{base}check/"), &[]).await.location();

    let logs = cloud.end().await;
    assert!(logs.contains("application-sent"), "{logs}");
    let secret = base.trim_matches('/').rsplit('/').next().unwrap();
    assert!(!logs.contains(secret), "a secret is in\n{logs}");
    for personal in ["Quenby", "Ottoline", "school.example", "7946"] {
        assert!(!logs.contains(personal), "`{personal}` is in\n{logs}");
    }
}

#[tokio::test]
async fn what_no_page_answers_is_told_by_our_own_page() {
    let mut cloud = Cloud::start().await;
    let nothing = cloud.get("/no-such-page/").await;
    assert_eq!(nothing.status, 404);
    assert!(nothing.body.contains("<h1>"), "{}", nothing.body);
}

#[tokio::test]
async fn a_request_that_walks_round_the_edge_is_refused() {
    let mut cloud = Cloud::start().await;
    let mut request = Request::get("/apply/");
    request.headers.clear();
    assert_eq!(cloud.ask(&request).await.status, 403);
    request.headers.push(("x-edge-key", "a guess".to_owned()));
    assert_eq!(cloud.ask(&request).await.status, 403);
    let mut editor = Request::get("/auth?provider=github");
    editor.headers.clear();
    assert_eq!(cloud.ask(&editor).await.status, 403);
}
