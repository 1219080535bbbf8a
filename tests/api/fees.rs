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
