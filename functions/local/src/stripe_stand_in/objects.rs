//! The objects as Stripe writes them: every field of a session, a payment
//! intent and an event, those that a plain card payment leaves empty included,
//! because a library may insist on a field that nobody reads.

use serde_json::{Value, json};

use super::session::{Payment, Session, Status};
use super::state::Event;

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
const UNUSED_BY_INTENT: [&str; 21] = [
    "application",
    "application_fee_amount",
    "canceled_at",
    "cancellation_reason",
    "customer",
    "customer_account",
    "excluded_payment_method_types",
    "last_payment_error",
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
        "payment_method_types": ["card"],
        "payment_status": if payment.is_some() { "paid" } else { "unpaid" },
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

/// A `payment_intent`: the money that a session took.
pub(super) fn payment_intent(session: &Session, payment: &Payment) -> Value {
    let order = &session.order;
    let object = json!({
        "id": payment.intent(),
        "object": "payment_intent",
        "amount": order.total(),
        "amount_capturable": 0,
        "amount_details": { "tip": {} },
        "amount_received": order.total(),
        "capture_method": "automatic_async",
        "client_secret": format!("{}_secret_{}", payment.intent(), payment.stem),
        "confirmation_method": "automatic",
        "created": payment.created,
        "currency": order.currency,
        "description": order.payment_description,
        "latest_charge": format!("ch_{}", payment.stem),
        "livemode": false,
        "managed_payments": { "enabled": false },
        "metadata": order.payment_metadata,
        "payment_method": format!("pm_{}", payment.stem),
        "payment_method_options": { "card": {
            "installments": null,
            "mandate_options": null,
            "network": null,
            "request_three_d_secure": "automatic",
        } },
        "payment_method_types": ["card"],
        "receipt_email": order.receipt_email,
        "status": "succeeded",
    });
    with_unused(object, &UNUSED_BY_INTENT)
}

/// An `event` that tells of a session.
pub(super) fn event(event: &Event, base: &str) -> Value {
    json!({
        "id": event.id,
        "object": "event",
        "api_version": event.session.api_version,
        "created": event.created,
        "data": { "object": session(&event.session, base) },
        "livemode": false,
        "pending_webhooks": 1,
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
