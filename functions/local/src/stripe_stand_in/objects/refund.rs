//! A `refund`.

use serde_json::{Value, json};

use super::super::money::{Refund, RefundStanding};
use super::super::session::{Method, Payment};
use super::super::state::State;
use super::with_unused;

/// What a refund can have, and one of a plain payment has not.
const UNUSED: [&str; 5] = [
    "customer",
    "customer_account",
    "receipt_number",
    "source_transfer_reversal",
    "transfer_reversal",
];

/// A refund as it stands.
pub(in super::super) fn refund(state: &State, refund: &Refund) -> Value {
    let session = state.session(&refund.session).ok();
    let payment = session.and_then(|session| session.payment.as_ref());
    let lines = state.lines_of(&refund.id);
    let method = payment.map_or(Method::Card, |payment| payment.method);
    let destination = match method {
        Method::Card => json!({
            "card": {
                "reference_status": "pending",
                "reference_type": "acquirer_reference_number",
                "type": "refund",
            },
            "type": "card",
        }),
        Method::BacsDebit => json!({
            "gb_bank_transfer": { "reference": null, "reference_status": "pending" },
            "type": "gb_bank_transfer",
        }),
    };
    let mut object = json!({
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "balance_transaction": lines.first().map(|line| &line.id),
        "charge": payment.map(Payment::charge),
        "created": refund.created,
        "currency": session.map(|session| &session.order.currency),
        "destination_details": destination,
        "metadata": refund.metadata,
        "payment_intent": payment.map(Payment::intent),
        "payment_method": payment.map(|payment| format!("pm_{}", payment.stem)),
        "reason": refund.reason,
        "status": refund.standing.word(),
    });
    // These three are there only where they say something.
    match refund.standing {
        RefundStanding::Pending => object["pending_reason"] = json!("processing"),
        RefundStanding::Succeeded => {}
        RefundStanding::Failed => {
            object["failure_reason"] = json!("expired_or_canceled_card");
            object["failure_balance_transaction"] = json!(lines.last().map(|line| &line.id));
        }
    }
    with_unused(object, &UNUSED)
}
