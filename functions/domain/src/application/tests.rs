//! What the application form takes, and what it says of the rest.

use jiff::Timestamp;
use serde_json::json;

use super::{ApplicationForm, Commitments};

fn commitments() -> Commitments {
    serde_json::from_value(json!({ "version": "1", "commitments": [
        { "id": "guarantee", "text": "pay up to £25.00", "source": "How to join" },
        { "id": "aims-and-values", "text": "support the aims and values", "source": "How to join" },
        { "id": "annual-fee", "text": "pay the annual fee", "source": "How to join" },
    ] }))
    .unwrap()
}

fn complete() -> ApplicationForm {
    serde_json::from_value(json!({
        "school_name": "Sample Primary School", "urn": "900 001", "pupils": "420",
        "head_name": "A. Head", "head_email": "head@sample.example",
        "contact_name": "B. Contact", "contact_role": "School business manager",
        "contact_email": "office@sample.example", "contact_telephone": "020 7946 0000",
        "finance_name": "C. Finance", "finance_email": "finance@sample.example",
        "aims_and_values": "agreed", "guarantee": "agreed", "annual_fee": "agreed",
    }))
    .unwrap()
}

#[test]
fn a_complete_form_keeps_the_wording_that_was_agreed_to() {
    let (details, agreement) = complete()
        .parse(&commitments(), Timestamp::UNIX_EPOCH)
        .unwrap();
    assert_eq!(details.urn.to_string(), "900001");
    assert_eq!(agreement.version, "1");
    assert_eq!(agreement.commitments.len(), 3);
}

#[test]
fn an_empty_form_is_told_every_field_in_order() {
    let errors = ApplicationForm::default()
        .parse(&commitments(), Timestamp::UNIX_EPOCH)
        .unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
    assert_eq!(
        fields,
        [
            "school_name",
            "urn",
            "pupils",
            "head_name",
            "head_email",
            "contact_name",
            "contact_role",
            "contact_email",
            "contact_telephone",
            "finance_name",
            "finance_email",
            "aims_and_values",
            "guarantee",
            "annual_fee",
        ]
    );
}

#[test]
fn each_commitment_is_a_tick_of_its_own() {
    let form = ApplicationForm {
        guarantee: String::new(),
        ..complete()
    };
    let errors = form
        .parse(&commitments(), Timestamp::UNIX_EPOCH)
        .unwrap_err();
    let messages: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(
        messages,
        ["Confirm that your school will pay the guarantee if it is called on"]
    );
}

#[test]
fn a_wording_that_lacks_a_commitment_is_refused() {
    let two = json!({ "version": "1", "commitments": [{ "id": "guarantee", "text": "a", "source": "b" }] });
    let refused = serde_json::from_value::<Commitments>(two).unwrap_err();
    assert!(refused.to_string().contains("three commitments once each"));
}
