//! A `charge`: what a payment did to the payer's card or bank account.

use serde_json::{Value, json};

use super::super::session::{Method, Payment, Session, Taken};
use super::super::state::State;
use super::with_unused;

/// What a charge can have, and one of a plain payment has not.
const UNUSED: [&str; 17] = [
    "application",
    "application_fee",
    "application_fee_amount",
    "customer",
    "failure_balance_transaction",
    "on_behalf_of",
    "receipt_number",
    "receipt_url",
    "review",
    "shipping",
    "source",
    "source_transfer",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer",
    "transfer_data",
    "transfer_group",
];

/// The charge of a session's payment, with what was given back of it.
pub(in super::super) fn charge(state: &State, session: &Session, payment: &Payment) -> Value {
    let order = &session.order;
    let refunded = state.refunded(&session.id);
    let lines = state.lines_of(&payment.charge());
    let (status, outcome) = match payment.taken {
        Taken::Succeeded => ("succeeded", "Payment complete."),
        Taken::Processing => ("pending", "The bank has not answered yet."),
        Taken::Failed => ("failed", "The bank did not pay."),
    };
    let failed = payment.taken == Taken::Failed;
    let mut object = json!({
        "id": payment.charge(),
        "object": "charge",
        "amount": order.total(),
        "amount_captured": if failed { 0 } else { order.total() },
        "amount_refunded": refunded,
        "balance_transaction": lines.first().map(|line| &line.id),
        "billing_details": {
            "address": {
                "city": null,
                "country": "GB",
                "line1": null,
                "line2": null,
                "postal_code": null,
                "state": null,
            },
            "email": order.customer_email.as_deref().unwrap_or("payer@example.com"),
            "name": "Payer at the stand-in",
            "phone": null,
            "tax_id": null,
        },
        "calculated_statement_descriptor": "STAND-IN",
        "captured": !failed,
        "created": payment.created,
        "currency": order.currency,
        "description": order.payment_description,
        "disputed": state.dispute_of(&session.id).is_some(),
        "failure_code": failed.then_some("generic_decline"),
        "failure_message": failed.then_some("The payer's bank did not pay the Direct Debit."),
        "fraud_details": {},
        "livemode": false,
        "metadata": order.payment_metadata,
    });
    object["outcome"] = json!({
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": if failed { "declined_by_network" } else { "approved_by_network" },
        "reason": null,
        "risk_level": "normal",
        "risk_score": 1,
        "seller_message": outcome,
        "type": if failed { "issuer_declined" } else { "authorized" },
    });
    object["paid"] = json!(payment.taken == Taken::Succeeded);
    object["payment_intent"] = json!(payment.intent());
    object["payment_method"] = json!(format!("pm_{}", payment.stem));
    object["payment_method_details"] = method(payment, order.total());
    object["receipt_email"] = json!(order.receipt_email);
    object["refunded"] = json!(refunded > 0 && refunded == order.total());
    object["status"] = json!(status);
    with_unused(object, &UNUSED)
}

/// The card or the account that was charged: those that Stripe gives out for tests.
fn method(payment: &Payment, amount: i64) -> Value {
    match payment.method {
        Method::Card => json!({ "card": card(amount), "type": "card" }),
        Method::BacsDebit => json!({
            "bacs_debit": {
                "expected_debit_date": null,
                "fingerprint": null,
                "last4": "2345",
                "mandate": format!("mandate_{}", payment.stem),
                "sort_code": "108800",
            },
            "type": "bacs_debit",
        }),
    }
}

fn card(amount: i64) -> Value {
    json!({
        "amount_authorized": amount,
        "authorization_code": null,
        "brand": "visa",
        "checks": {
            "address_line1_check": null,
            "address_postal_code_check": null,
            "cvc_check": "pass",
        },
        "country": "GB",
        "exp_month": 12,
        "exp_year": 2034,
        "extended_authorization": { "status": "disabled" },
        "fingerprint": null,
        "funding": "credit",
        "incremental_authorization": { "status": "unavailable" },
        "installments": null,
        "last4": "4242",
        "mandate": null,
        "multicapture": { "status": "unavailable" },
        "network": "visa",
        "network_token": { "used": false },
        "network_transaction_id": null,
        "overcapture": { "maximum_amount_capturable": amount, "status": "unavailable" },
        "regulated_status": "unregulated",
        "three_d_secure": null,
        "transaction_link_id": null,
        "wallet": null,
    })
}
