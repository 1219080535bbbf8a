//! Wrong calls, and how they are refused.

use serde_json::{Value, json};

use super::{Bench, minutes_from_now, order, order_with};

#[tokio::test]
async fn a_call_without_the_right_key_is_refused() {
    let bench = Bench::new().await;
    let address = bench.url("v1/checkout/sessions");
    for (key, says) in [(None, "No API key"), (Some("sk_test_other"), "`…ther`")] {
        let mut call = bench.client.post(&address).form(&order());
        if let Some(key) = key {
            call = call.bearer_auth(key);
        }
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let error: Value = answer.json().await.unwrap();
        assert_eq!(error["error"]["type"], "invalid_request_error");
        assert!(
            error["error"]["message"].as_str().unwrap().contains(says),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_wrong_parameter_is_refused_by_name() {
    let bench = Bench::new().await;
    let (soon, late, long) = (
        minutes_from_now(28),
        minutes_from_now(24 * 60 + 2),
        "x".repeat(201),
    );
    let price = "line_items[0][price_data]";
    let (currency, amount) = (
        format!("{price}[currency]"),
        format!("{price}[unit_amount]"),
    );
    let (product, misspelt) = (
        format!("{price}[product_data][name]"),
        format!("{price}[amout]"),
    );
    for (name, value, code) in [
        ("mode", "", "parameter_missing"),
        ("mode", "subscription", ""),
        ("success_url", "", "parameter_missing"),
        ("success_url", "/pay/7", "url_invalid"),
        ("cancel_url", "javascript:alert(1)", "url_invalid"),
        (&currency, "", "parameter_missing"),
        (&currency, "pounds", ""),
        (&amount, "", "parameter_missing"),
        (&amount, "45.00", "parameter_invalid_integer"),
        (&amount, "-1", "parameter_invalid_integer"),
        (&product, "", "parameter_missing"),
        ("line_items[0][quantity]", "", "parameter_missing"),
        ("line_items[0][quantity]", "0", "parameter_invalid_integer"),
        ("line_items[0][price]", "price_1", "resource_missing"),
        ("expires_at", &soon, ""),
        ("expires_at", &late, ""),
        ("client_reference_id", &long, ""),
        ("customer_email", "nobody", "email_invalid"),
        ("payment_method_types[0]", "sofort", ""),
        ("succes_url", "https://example.com/", "parameter_unknown"),
        (&misspelt, "4500", "parameter_unknown"),
    ] {
        let answer = bench.make(&order_with(name, value)).await;
        let status = answer.status();
        let error: Value = answer.json().await.unwrap();
        let error = &error["error"];
        assert_eq!(status, 400, "{name}={value}: {error}");
        assert_eq!(error["type"], "invalid_request_error", "{name}={value}");
        assert_eq!(error["param"], name, "{error}");
        assert_eq!(
            error["code"].as_str().unwrap_or_default(),
            code,
            "{name}={value}"
        );
    }
}

#[tokio::test]
async fn a_session_without_lines_or_with_too_little_or_too_much_to_pay_is_refused() {
    let bench = Bench::new().await;
    let without: Vec<_> = order()
        .into_iter()
        .filter(|(name, _)| !name.starts_with("line_items"))
        .collect();
    let amount = "line_items[0][price_data][unit_amount]";
    for (parameters, code) in [
        (without, "parameter_missing"),
        (order_with(amount, "14"), "amount_too_small"),
        (order_with(amount, "50000000"), "amount_too_large"),
        (
            order_with(amount, "9223372036854775807"),
            "amount_too_large",
        ),
    ] {
        let error: Value = bench.make(&parameters).await.json().await.unwrap();
        assert_eq!(error["error"]["code"], code);
        assert_eq!(error["error"]["param"], "line_items");
    }
}

#[tokio::test]
async fn an_expiry_may_be_half_an_hour_to_a_day_away() {
    let bench = Bench::new().await;
    for minutes in [30, 24 * 60] {
        let time = minutes_from_now(minutes);
        let made: Value = bench
            .make(&order_with("expires_at", &time))
            .await
            .json()
            .await
            .unwrap();
        assert_eq!(made["expires_at"].to_string(), time);
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_stripes_form() {
    let bench = Bench::new().await;
    for (path, code) in [
        ("v1/checkout/sessions/cs_test_0", json!("resource_missing")),
        ("v1/payment_intents/pi_0", json!("resource_missing")),
        ("v1/subscriptions", Value::Null),
    ] {
        let answer = bench.get(path).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
        assert!(
            answer.headers()["request-id"]
                .to_str()
                .unwrap()
                .starts_with("req_")
        );
        let error: Value = answer.json().await.unwrap();
        assert_eq!(error["error"]["code"], code, "{path}");
    }
}
