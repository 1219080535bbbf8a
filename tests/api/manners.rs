//! What every answer has: headers, an id, plain words; and what is refused.

use tests::Product;
use tests::visitor::owned;

#[tokio::test]
async fn every_page_static_or_not_has_strict_headers() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for path in ["/", "/apply/", "/nothing/", "/book/network/", "/api/health"] {
        let headers = visitor.get(path).await.headers;
        let header = |name: &str| {
            headers
                .get(name)
                .unwrap_or_else(|| panic!("{path}: {name}"))
                .to_str()
                .unwrap()
                .to_owned()
        };
        let policy = header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert!(
            policy.contains(product.stripe().base_url().trim_end_matches('/')),
            "{policy}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "same-origin");
        assert!(header("permissions-policy").contains("camera=()"));
    }
    let form = visitor.get("/apply/").await;
    assert_eq!(form.headers["cache-control"], "no-store");
    assert_eq!(form.headers["x-request-id"].len(), 32);
}

#[tokio::test]
async fn a_form_from_another_website_is_refused() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let answer = visitor
        .request(|client, origin| {
            client
                .post(format!("{origin}/apply/"))
                .header("sec-fetch-site", "cross-site")
                .form(&owned(&[("category", "full")]))
        })
        .await;
    assert_eq!(answer.status, 403);
    assert!(visitor.letters().await.is_empty());
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_in_the_look_of_the_site() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for path in ["/nothing/", "/apply/nothing/", "/services/nothing/"] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains("/assets/style."), "{path}");
    }
    let api = visitor.get("/api/nothing").await;
    assert_eq!(
        (api.status, api.json()["error"]["code"].clone()),
        (404, "not_found".into())
    );
}

#[tokio::test]
async fn a_method_that_a_path_does_not_have_is_refused_in_words() {
    let product = Product::start().await;
    let answer = product
        .visitor()
        .post("/apply/submitted/APP-000-000-000/", &Vec::new())
        .await;
    assert_eq!(answer.status, 405);
    assert!(
        answer.text().contains("That did not work"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused_in_words() {
    let product = Product::start().await;
    let answer = product
        .visitor()
        .request(|client, origin| client.post(format!("{origin}/apply/")).body("{\"urn\": 1}"))
        .await;
    assert_eq!(answer.status, 400);
    assert!(
        answer.text().contains("send the form again"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn health_says_that_the_table_answers() {
    let product = Product::start().await;
    assert_eq!(
        product.visitor().get("/api/health").await.json()["status"],
        "ok"
    );
}

#[tokio::test]
async fn a_path_that_is_no_text_is_not_found_in_words() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for path in [
        "/bookings/%ff/",
        "/book/%ff/",
        "/pay/%ff/",
        "/apply/submitted/%ff/",
    ] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            answer.text().contains("Page not found"),
            "{path}: {}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn three_megabytes_are_told_to_be_shorter() {
    let product = Product::start().await;
    let long = "x".repeat(3_000_000);
    let fields = vec![("school_name".to_owned(), long)];
    let answer = product.visitor().post("/apply/", &fields).await;
    assert_eq!(answer.status, 413);
    assert!(
        answer.text().contains("shorten what you typed"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn a_fixed_clock_is_refused_beside_a_stripe_key() {
    let mut settings = local::Settings::new(&tests::root());
    settings.now = Some(jiff::Timestamp::now());
    settings.stripe = Some(functions::config::StripeConfig {
        secret_key: functions::config::Secret::new("sk_test_real"),
        api_base: None,
        webhook_secrets: Vec::new(),
    });
    let refused = local::Product::start(settings).await.err().unwrap();
    assert!(
        refused
            .to_string()
            .contains("is refused beside a Stripe key"),
        "{refused}"
    );
}
