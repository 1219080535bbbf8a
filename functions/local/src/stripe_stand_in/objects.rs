//! The objects as Stripe writes them: every field, those that a plain payment
//! leaves empty included, because a library may insist on a field that nobody
//! reads. `tests/shapes.rs` holds them to Stripe's own published objects.

use serde_json::{Value, json};

use super::event::{Delivery, Event, Snapshot};
use super::session::{Method, Payment, Session, Status, Taken};

mod balance;
mod charge;
mod dispute;
mod expand;
mod refund;

pub(super) use balance::{balance, line, payout};
pub(super) use charge::charge;
pub(super) use dispute::dispute;
pub(super) use expand::expand;
pub(super) use refund::refund;

/// What a session can have, and one for a plain card payment has not.
const UNUSED_BY_SESSION: [&str; 26] = [
    "adaptive_pricing",
    "after_expiration",
    "allow_promotion_codes",
    "billing_address_collection",
    "client_secret",
    "collected_information",
    "consent",
    "consent_collection",
    "currency_conversion",
    "customer",
    "customer_account",
    "discounts",
    "integration_identifier",
    "invoice",
    "locale",
    "origin_context",
    "payment_link",
    "payment_method_configuration_details",
    "permissions",
    "recovered_from",
    "saved_payment_method_options",
    "setup_intent",
    "shipping_address_collection",
    "shipping_cost",
    "submit_type",
    "subscription",
];

/// What a payment intent can have, and one for a plain card payment has not.
const UNUSED_BY_INTENT: [&str; 20] = [
    "application",
    "application_fee_amount",
    "canceled_at",
    "cancellation_reason",
    "customer",
    "customer_account",
    "excluded_payment_method_types",
    "next_action",
    "on_behalf_of",
    "payment_method_configuration_details",
    "processing",
    "review",
    "setup_future_usage",
    "shipping",
    "source",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_data",
    "transfer_group",
    "automatic_payment_methods",
];

/// A `checkout.session`. `base` is the address of the stand-in, with its slash.
pub(super) fn session(session: &Session, base: &str) -> Value {
    let order = &session.order;
    let payment = session.payment.as_ref();
    let url = (session.status == Status::Open).then(|| format!("{base}pay/{}", session.id));

    let mut object = json!({
        "id": session.id,
        "object": "checkout.session",
        "amount_subtotal": order.total(),
        "amount_total": order.total(),
        "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
        "cancel_url": order.cancel_url,
        "client_reference_id": order.client_reference_id,
        "created": session.created,
        "currency": order.currency,
        "custom_fields": [],
        "customer_creation": "if_required",
        "customer_details": customer_details(session),
        "customer_email": order.customer_email,
        "expires_at": order.expires_at,
        "livemode": false,
        "metadata": order.metadata,
        "mode": "payment",
        "payment_intent": payment.map(Payment::intent),
        "payment_method_collection": "if_required",
        "payment_method_types": methods(session),
        "payment_status": if session.is_paid() { "paid" } else { "unpaid" },
    });
    object["custom_text"] = json!({
        "after_submit": null,
        "shipping_address": null,
        "submit": null,
        "terms_of_service_acceptance": null,
    });
    object["invoice_creation"] = json!({
        "enabled": false,
        "invoice_data": {
            "account_tax_ids": null,
            "custom_fields": null,
            "description": null,
            "footer": null,
            "issuer": null,
            "metadata": {},
            "rendering_options": null,
        },
    });
    object["managed_payments"] = json!({ "enabled": false });
    object["payment_method_options"] = json!({ "card": { "request_three_d_secure": "automatic" } });
    object["phone_number_collection"] = json!({ "enabled": false });
    object["shipping_options"] = json!([]);
    object["status"] = json!(session.status.word());
    object["success_url"] = json!(order.success_url);
    object["total_details"] =
        json!({ "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 });
    object["ui_mode"] = json!("hosted_page");
    object["url"] = json!(url);
    object["wallet_options"] = Value::Null;
    with_unused(object, &UNUSED_BY_SESSION)
}

/// Who pays: known from the start if the caller said so, and once it is paid.
fn customer_details(session: &Session) -> Value {
    let told = session.order.customer_email.as_deref();
    let Some(email) = told.or(session.payment.as_ref().map(|_| "payer@example.com")) else {
        return Value::Null;
    };
    let paid = session.payment.is_some();
    json!({
        "address": paid.then(|| json!({
            "city": null,
            "country": "GB",
            "line1": null,
            "line2": null,
            "postal_code": null,
            "state": null,
        })),
        "business_name": null,
        "email": email,
        "individual_name": null,
        "name": paid.then_some("Payer at the stand-in"),
        "phone": null,
        "tax_exempt": "none",
        "tax_ids": paid.then(|| json!([])),
    })
}

/// Stripe's words for the ways in which a session can be paid.
fn methods(session: &Session) -> Vec<&'static str> {
    let methods = session.order.methods.iter();
    methods.map(|method| method.word()).collect()
}

/// A `payment_intent`: the money that a session took, or waits for.
pub(super) fn payment_intent(session: &Session, payment: &Payment) -> Value {
    let order = &session.order;
    let card = json!({
        "installments": null,
        "mandate_options": null,
        "network": null,
        "request_three_d_secure": "automatic",
    });
    let options = match payment.method {
        Method::Card => json!({ "card": card }),
        Method::BacsDebit => json!({ "card": card, "bacs_debit": {} }),
    };
    let (status, received) = match payment.taken {
        Taken::Succeeded => ("succeeded", order.total()),
        Taken::Processing => ("processing", 0),
        Taken::Failed => ("requires_payment_method", 0),
    };
    let failed = payment.taken == Taken::Failed;
    let error = failed.then(|| {
        json!({
            "charge": payment.charge(),
            "code": "payment_intent_payment_attempt_failed",
            "message": "The payer's bank did not pay the Direct Debit.",
            "type": "invalid_request_error",
        })
    });
    let object = json!({
        "id": payment.intent(),
        "object": "payment_intent",
        "amount": order.total(),
        "amount_capturable": 0,
        "amount_details": { "tip": {} },
        "amount_received": received,
        "capture_method": "automatic_async",
        "client_secret": format!("{}_secret_{}", payment.intent(), payment.stem),
        "confirmation_method": "automatic",
        "created": payment.created,
        "currency": order.currency,
        "description": order.payment_description,
        "last_payment_error": error,
        "latest_charge": payment.charge(),
        "livemode": false,
        "managed_payments": { "enabled": false },
        "metadata": order.payment_metadata,
        "payment_method": (!failed).then(|| format!("pm_{}", payment.stem)),
        "payment_method_options": options,
        "payment_method_types": methods(session),
        "receipt_email": order.receipt_email,
        "status": status,
    });
    with_unused(object, &UNUSED_BY_INTENT)
}

/// An object as it was at one moment.
pub(super) fn snapshot(snapshot: &Snapshot, base: &str) -> Value {
    match snapshot {
        Snapshot::Session(at) => session(at, base),
        Snapshot::Object(object) => object.clone(),
    }
}

/// An `event`.
pub(super) fn event(event: &Event, base: &str) -> Value {
    let version = match &event.about {
        Snapshot::Session(session) => &session.api_version,
        Snapshot::Object(_) => &event.api_version,
    };
    json!({
        "id": event.id,
        "object": "event",
        "api_version": version,
        "created": event.created,
        "data": { "object": snapshot(&event.about, base) },
        "livemode": false,
        "pending_webhooks": u8::from(event.delivery != Delivery::Delivered),
        "request": { "id": null, "idempotency_key": null },
        "type": event.kind,
    })
}

fn with_unused(mut object: Value, names: &[&str]) -> Value {
    for name in names {
        object[*name] = Value::Null;
    }
    object
}
