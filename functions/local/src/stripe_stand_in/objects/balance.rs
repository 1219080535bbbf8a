//! The `balance`, its `balance_transaction`s and the `payout`s from it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::money::{Line, Payout};
use super::super::state::State;
use super::with_unused;

/// What a payout can have, and a plain one has not.
const UNUSED_BY_PAYOUT: [&str; 9] = [
    "application_fee",
    "application_fee_amount",
    "failure_balance_transaction",
    "failure_code",
    "failure_message",
    "original_payout",
    "payout_method",
    "reversed_by",
    "statement_descriptor",
];

/// A `balance_transaction` as it stands at `now`.
pub(in super::super) fn line(line: &Line, now: i64) -> Value {
    let fees = if line.fee == 0 {
        json!([])
    } else {
        json!([{
            "amount": line.fee,
            "application": null,
            "currency": line.currency,
            "description": match line.category.as_str() {
                "dispute" => "Dispute fee",
                _ => "Stripe processing fees",
            },
            "type": "stripe_fee",
        }])
    };
    json!({
        "id": line.id,
        "object": "balance_transaction",
        "amount": line.amount,
        "available_on": line.available_on,
        "balance_type": "payments",
        "created": line.created,
        "currency": line.currency,
        "description": line.description,
        "exchange_rate": null,
        "fee": line.fee,
        "fee_details": fees,
        "net": line.net(),
        "reporting_category": line.category,
        "source": line.source,
        "status": if is_available(line, now) { "available" } else { "pending" },
        "type": line.kind,
    })
}

/// A payout pays out what has come in, available or not.
fn is_available(line: &Line, now: i64) -> bool {
    line.payout.is_some() || line.available_on <= now
}

/// The `balance` at `now`, a sum for each currency.
pub(in super::super) fn balance(state: &State, now: i64) -> Value {
    let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::from([("gbp", (0, 0))]);
    for line in state.lines() {
        let (available, pending) = sums.entry(&line.currency).or_default();
        if is_available(line, now) {
            *available += line.net();
        } else {
            *pending += line.net();
        }
    }
    let amounts = |of: fn(&(i64, i64)) -> i64| -> Vec<Value> {
        let sums = sums.iter();
        sums.map(|(currency, sum)| {
            json!({ "amount": of(sum), "currency": currency, "source_types": { "card": of(sum) } })
        })
        .collect()
    };
    json!({
        "object": "balance",
        "available": amounts(|(available, _)| *available),
        "livemode": false,
        "pending": amounts(|(_, pending)| *pending),
    })
}

/// A `payout`, which has arrived at once.
pub(in super::super) fn payout(state: &State, payout: &Payout) -> Value {
    let lines = state.lines_of(&payout.id);
    let object = json!({
        "id": payout.id,
        "object": "payout",
        "amount": payout.amount,
        "arrival_date": payout.created,
        "automatic": true,
        "balance_transaction": lines.first().map(|line| &line.id),
        "created": payout.created,
        "currency": payout.currency,
        "description": "STRIPE PAYOUT",
        "destination": "ba_1StandInForABankAccount",
        "livemode": false,
        "metadata": {},
        "method": "standard",
        "reconciliation_status": "completed",
        "source_type": "card",
        "status": "paid",
        "trace_id": { "status": "pending", "value": null },
        "type": "bank_account",
    });
    with_unused(object, &UNUSED_BY_PAYOUT)
}
