//! A `dispute`, with the lines that it wrote in the balance.

use serde_json::{Value, json};

use super::super::money::{Dispute, DisputeStanding};
use super::super::session::{Method, Payment};
use super::super::state::State;
use super::{line, with_unused};

/// What evidence can be, and none of which is given here.
const EVIDENCE: [&str; 27] = [
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
];

/// For how long evidence may be sent, in seconds: nine days.
const TO_ANSWER: i64 = 9 * 24 * 60 * 60;

/// A dispute as it stands at `now`.
pub(in super::super) fn dispute(state: &State, dispute: &Dispute, now: i64) -> Value {
    let session = state.session(&dispute.session).ok();
    let payment = session.and_then(|session| session.payment.as_ref());
    let lines = state.lines_of(&dispute.id).into_iter();
    let is_card = payment.is_none_or(|payment| payment.method == Method::Card);
    let due_by = dispute.created + TO_ANSWER;
    let open = dispute.standing == DisputeStanding::NeedsResponse;
    let mut object = json!({
        "id": dispute.id,
        "object": "dispute",
        "amount": dispute.amount,
        "balance_transactions": lines.map(|of| line(of, now)).collect::<Vec<_>>(),
        "charge": payment.map(Payment::charge),
        "created": dispute.created,
        "currency": session.map(|session| &session.order.currency),
        "enhanced_eligibility_types": [],
        "evidence": with_unused(json!({ "enhanced_evidence": {} }), &EVIDENCE),
        "evidence_details": {
            "due_by": open.then_some(due_by),
            "enhanced_eligibility": {},
            "has_evidence": false,
            "past_due": open && due_by < now,
            "submission_count": 0,
        },
        "is_charge_refundable": false,
        "livemode": false,
        "metadata": {},
        "payment_intent": payment.map(Payment::intent),
        "reason": "fraudulent",
        "status": dispute.standing.word(),
    });
    // A Direct Debit that the bank takes back has no details of a card.
    if is_card {
        object["payment_method_details"] = json!({
            "card": {
                "brand": "visa",
                "case_type": "chargeback",
                "network": "visa",
                "network_reason_code": "10.4",
            },
            "type": "card",
        });
    }
    object
}
