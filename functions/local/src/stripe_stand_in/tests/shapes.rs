//! The objects have the shape of Stripe's own: field for field, those that
//! Stripe publishes as the examples of its API (August 2026). Where one of
//! ours differs, it is listed with the reason.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Bench;

/// A field that only one side has, and why.
type Differs = (&'static str, &'static str);

/// Fails unless `object` has Stripe's `fields`, but for what `differs`.
fn assert_shape(object: &Value, fields: &str, differs: &[Differs]) {
    let ours: BTreeSet<&str> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let theirs: BTreeSet<&str> = fields.split_whitespace().collect();
    let found: BTreeSet<&str> = ours.symmetric_difference(&theirs).copied().collect();
    let told: BTreeSet<&str> = differs.iter().map(|(field, _)| *field).collect();
    assert_eq!(found, told, "{}", object["object"]);
    assert!(differs.iter().all(|(_, why)| why.len() > 10));
}

/// A bench on which everything has happened, and the paid session.
async fn everything() -> (Bench, String) {
    let bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    bench.stand_in.refund(&id, Some(1000)).await.unwrap();
    bench.stand_in.dispute(&id).await.unwrap();
    (bench, id)
}

async fn first(bench: &Bench, list: &str) -> Value {
    bench.json(&format!("v1/{list}")).await["data"][0].clone()
}

#[tokio::test]
async fn a_session_its_payment_and_its_charge_have_the_fields_of_stripes() {
    let (bench, id) = everything().await;
    let session = bench
        .json(&format!(
            "v1/checkout/sessions/{id}?expand[]=payment_intent.latest_charge"
        ))
        .await;
    assert_shape(&session, SESSION, &[]);
    assert_shape(&session["payment_intent"], INTENT, &[]);
    let charge = &session["payment_intent"]["latest_charge"];
    assert_shape(
        charge,
        CHARGE,
        &[
            (
                "refunds",
                "left out unless it is expanded, since version 2022-11-15",
            ),
            (
                "transfer",
                "in the reference of the API, and not in the example",
            ),
        ],
    );
    let details = &charge["payment_method_details"]["card"];
    assert_shape(details, CARD, &[]);
    assert_shape(
        &charge["outcome"],
        OUTCOME,
        &[
            (
                "risk_level",
                "what Radar says of every card payment; the example has no Radar",
            ),
            (
                "risk_score",
                "what Radar says of every card payment; the example has no Radar",
            ),
        ],
    );
}

#[tokio::test]
async fn a_refund_has_the_fields_of_stripes_and_one_that_failed_says_why() {
    let (bench, id) = everything().await;
    let refund = first(&bench, "refunds").await;
    assert_shape(&refund, REFUND, &[]);
    let name = refund["id"].as_str().unwrap();
    bench.stand_in.fail_refund(name).await.unwrap();
    let why = "there once a refund has failed; the example succeeded";
    assert_shape(
        &bench.json(&format!("v1/refunds/{name}")).await,
        REFUND,
        &[
            ("failure_balance_transaction", why),
            ("failure_reason", why),
        ],
    );
    drop(id);

    let debit = bench.debit_session().await;
    bench.stand_in.pay_by_debit(&debit).await.unwrap();
    bench.stand_in.clear_debit(&debit).await.unwrap();
    let pending = bench.stand_in.refund(&debit, None).await.unwrap();
    assert_shape(
        &bench.json(&format!("v1/refunds/{pending}")).await,
        REFUND,
        &[(
            "pending_reason",
            "there while a refund is on its way; the example has arrived",
        )],
    );
}

#[tokio::test]
async fn a_dispute_and_its_evidence_have_the_fields_of_stripes() {
    let (bench, _) = everything().await;
    let dispute = first(&bench, "disputes").await;
    assert_shape(&dispute, DISPUTE, &[]);
    assert_shape(&dispute["evidence"], EVIDENCE, &[]);
    assert_shape(&dispute["evidence_details"], EVIDENCE_DETAILS, &[]);
    assert_shape(&dispute["balance_transactions"][0], LINE, &[]);
}

#[tokio::test]
async fn the_balance_its_lines_an_event_and_a_payout_have_the_fields_of_stripes() {
    let bench = Bench::new().await;
    let id = bench.session().await;
    bench.stand_in.pay(&id).await.unwrap();
    bench.stand_in.pay_out().await.unwrap();
    assert_shape(&first(&bench, "balance_transactions").await, LINE, &[]);
    assert_shape(&first(&bench, "payouts").await, PAYOUT, &[]);
    assert_shape(&first(&bench, "events").await, EVENT, &[]);
    let balance = bench.json("v1/balance").await;
    assert_shape(
        &balance,
        BALANCE,
        &[(
            "connect_reserved",
            "for platforms that pay others, which this account is not",
        )],
    );
    assert_shape(
        &balance["available"][0],
        "amount currency source_types",
        &[],
    );
}

const SESSION: &str = "adaptive_pricing after_expiration allow_promotion_codes amount_subtotal amount_total \
    automatic_tax billing_address_collection cancel_url client_reference_id client_secret \
    collected_information consent consent_collection created currency currency_conversion \
    custom_fields custom_text customer customer_account customer_creation customer_details \
    customer_email discounts expires_at id integration_identifier invoice invoice_creation \
    livemode locale managed_payments metadata mode object origin_context payment_intent \
    payment_link payment_method_collection payment_method_configuration_details \
    payment_method_options payment_method_types payment_status permissions \
    phone_number_collection recovered_from saved_payment_method_options setup_intent \
    shipping_address_collection shipping_cost shipping_options status submit_type \
    subscription success_url total_details ui_mode url wallet_options";

const INTENT: &str = "amount amount_capturable amount_details amount_received application \
    application_fee_amount automatic_payment_methods canceled_at cancellation_reason \
    capture_method client_secret confirmation_method created currency customer \
    customer_account description excluded_payment_method_types id last_payment_error \
    latest_charge livemode managed_payments metadata next_action object on_behalf_of \
    payment_method payment_method_configuration_details payment_method_options \
    payment_method_types processing receipt_email review setup_future_usage shipping source \
    statement_descriptor statement_descriptor_suffix status transfer_data transfer_group";

const CHARGE: &str = "amount amount_captured amount_refunded application application_fee \
    application_fee_amount balance_transaction billing_details \
    calculated_statement_descriptor captured created currency customer description disputed \
    failure_balance_transaction failure_code failure_message fraud_details id livemode \
    metadata object on_behalf_of outcome paid payment_intent payment_method \
    payment_method_details receipt_email receipt_number receipt_url refunded refunds review \
    shipping source source_transfer statement_descriptor statement_descriptor_suffix status \
    transfer_data transfer_group";

const REFUND: &str = "amount balance_transaction charge created currency customer customer_account \
    destination_details id metadata object payment_intent payment_method reason \
    receipt_number source_transfer_reversal status transfer_reversal";

const DISPUTE: &str = "amount balance_transactions charge created currency enhanced_eligibility_types evidence \
    evidence_details id is_charge_refundable livemode metadata object payment_intent \
    payment_method_details reason status";

const LINE: &str = "amount available_on balance_type created currency description exchange_rate fee \
    fee_details id net object reporting_category source status type";

const PAYOUT: &str = "amount application_fee application_fee_amount arrival_date automatic balance_transaction \
    created currency description destination failure_balance_transaction failure_code \
    failure_message id livemode metadata method object original_payout payout_method \
    reconciliation_status reversed_by source_type statement_descriptor status trace_id type";

const EVENT: &str = "api_version created data id livemode object pending_webhooks request type";

const BALANCE: &str = "available connect_reserved livemode object pending";

const CARD: &str = "amount_authorized authorization_code brand checks country exp_month exp_year \
    extended_authorization fingerprint funding incremental_authorization installments last4 \
    mandate multicapture network network_token network_transaction_id overcapture \
    regulated_status three_d_secure transaction_link_id wallet";

const OUTCOME: &str = "advice_code network_advice_code network_decline_code network_status reason \
    seller_message type";

const EVIDENCE: &str = "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure \
    cancellation_rebuttal customer_communication customer_email_address customer_name \
    customer_purchase_ip customer_signature duplicate_charge_documentation \
    duplicate_charge_explanation duplicate_charge_id enhanced_evidence product_description \
    receipt refund_policy refund_policy_disclosure refund_refusal_explanation service_date \
    service_documentation shipping_address shipping_carrier shipping_date \
    shipping_documentation shipping_tracking_number uncategorized_file uncategorized_text";

const EVIDENCE_DETAILS: &str = "due_by enhanced_eligibility has_evidence past_due submission_count";
