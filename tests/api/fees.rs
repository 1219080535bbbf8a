//! `/api/fees/quote` answers from the published schedule.

use serde_json::json;
use tests::Product;

#[tokio::test]
async fn the_worked_examples_are_answered_to_the_penny() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for (pupils, joining, pence) in [
        (420, "2017-04-01", 87_500),
        (211, "2017-04-01", 43_958),
        (2, "2017-04-01", 417),
        (420, "2017-09-01", 210_000),
        (997, "2018-02-01", 290_792),
        (420, "2016-09-01", 0),
        (9_999, "2017-03-31", 0),
    ] {
        let path = format!("/api/fees/quote?pupils={pupils}&joining={joining}");
        assert_eq!(visitor.get(&path).await.json()["pence"], pence, "{path}");
    }
}

#[tokio::test]
async fn a_quote_shows_its_working_and_what_is_due_next() {
    let product = Product::start().await;
    let quote = product
        .visitor()
        .get("/api/fees/quote?pupils=420&joining=2017-04-01")
        .await
        .json();
    assert_eq!(
        quote,
        json!({
            "pence": 87_500,
            "working": [{
                "from": "2017-04-01", "to": "2017-08-31", "pence": 87_500,
                "reason": "420 pupils × £5.00 × 5/12, April to August 2017",
            }],
            "next_due": { "on": "2017-09-01", "pence": 210_000 },
        })
    );
}

#[tokio::test]
async fn without_a_day_the_quote_is_for_today() {
    let product = Product::at("2017-04-01T09:00+01:00").await;
    assert_eq!(
        product
            .visitor()
            .get("/api/fees/quote?pupils=420")
            .await
            .json()["pence"],
        87_500
    );
}

#[tokio::test]
async fn a_quote_that_makes_no_sense_names_its_fields() {
    let product = Product::start().await;
    let visitor = product.visitor();
    for (query, field, message) in [
        (
            "",
            "pupils",
            "Enter the number of pupils on your school’s roll",
        ),
        (
            "pupils=many",
            "pupils",
            "Number of pupils must be a whole number, such as 420",
        ),
        (
            "pupils=-1",
            "pupils",
            "Number of pupils must be a whole number, such as 420",
        ),
        (
            "pupils=10000",
            "pupils",
            "Number of pupils must be 9,999 or fewer",
        ),
        (
            "pupils=420&joining=tomorrow",
            "joining",
            "Joining must be a day, such as 2017-04-01",
        ),
        (
            "pupils=420&joining=2017-02-30",
            "joining",
            "Joining must be a day, such as 2017-04-01",
        ),
    ] {
        let answer = visitor.get(&format!("/api/fees/quote?{query}")).await;
        assert_eq!(answer.status, 422, "{query}");
        assert_eq!(answer.json()["error"]["fields"][field], message, "{query}");
    }
}

/// What a browser sends: it would rather have a page than anything.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

async fn page(product: &Product, path: &str) -> tests::Answer {
    let ask = |client: &reqwest::Client, origin: &str| {
        client
            .get(format!("{origin}{path}"))
            .header("accept", BROWSER)
    };
    product.visitor().request(ask).await
}

#[tokio::test]
async fn a_browser_is_shown_the_working_line_by_line_and_the_form_as_it_was_filled_in() {
    let product = Product::start().await;
    let answer = page(
        &product,
        "/api/fees/quote?pupils=1%2C050&joining=1+April+2017",
    )
    .await;
    assert_eq!(answer.status, 200);
    let words = answer.text();
    for expected in [
        "£2,187.50",
        "1 April 2017 to 31 August 2017",
        "1050 pupils × £5.00 × 5/12, April to August 2017",
        "After that, £5,250.00 is due on 1 September 2017.",
    ] {
        assert!(words.contains(expected), "`{expected}` is not in {words}");
    }
    assert_eq!(answer.field("pupils").as_deref(), Some("1,050"));
    assert_eq!(answer.field("joining").as_deref(), Some("1 April 2017"));
}

#[tokio::test]
async fn a_browser_is_told_in_plain_sentences_what_is_wrong_and_keeps_what_was_typed() {
    let product = Product::start().await;
    let answer = page(&product, "/api/fees/quote?pupils=many&joining=soon").await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("<title>Error: "), "{}", answer.body);
    for expected in [
        "There is a problem",
        "Number of pupils must be a whole number, such as 420",
        "Joining must be a day, such as 2017-04-01",
    ] {
        assert!(answer.text().contains(expected), "{}", answer.text());
    }
    assert_eq!(answer.field("pupils").as_deref(), Some("many"));
    assert_eq!(answer.field("joining").as_deref(), Some("soon"));
}

#[tokio::test]
async fn a_calculator_that_nothing_was_typed_into_complains_of_nothing() {
    let product = Product::start().await;
    let answer = page(&product, "/api/fees/quote").await;
    assert_eq!(answer.status, 200);
    assert!(!answer.text().contains("There is a problem"));
}

#[tokio::test]
async fn the_same_address_is_data_or_a_page_and_caches_are_told_so() {
    let product = Product::start().await;
    let path = "/api/fees/quote?pupils=420&joining=2017-04-01";
    let (read, data) = (
        page(&product, path).await,
        product.visitor().get(path).await,
    );
    for (answer, kind) in [(&read, "text/html"), (&data, "application/json")] {
        let is = answer.headers["content-type"].to_str().unwrap();
        assert!(is.starts_with(kind), "{is}");
        assert_eq!(answer.headers["vary"], "accept");
    }
}

#[tokio::test]
async fn the_calculator_on_the_fees_page_leads_to_the_quote() {
    let product = Product::start().await;
    let fees = product.visitor().get("/membership/fees/").await.body;
    assert!(fees.contains("<form method=\"get\" action=\"/api/fees/quote\""));
    for name in ["pupils", "joining"] {
        assert!(fees.contains(&format!("name=\"{name}\"")), "{name}");
    }
}
