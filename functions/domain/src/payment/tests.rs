//! Which record of the provider's is one of a payment, and what is left of it.

use jiff::Timestamp;

use super::{Mismatch, Outcome, Payment, Purpose, Record};
use crate::event::EventSlug;
use crate::money::Pence;
use crate::reference::{BookingReference, PaymentReference};

#[test]
fn a_record_counts_only_if_amount_currency_mode_and_reference_match() {
    let purpose = Purpose::Booking {
        booking: BookingReference::from_entropy([2; 5]),
        event: EventSlug::parse("workshop").unwrap(),
    };
    let payment = Payment::new(
        PaymentReference::from_entropy([1; 5]),
        purpose,
        Pence::new(4_500),
        "A place".into(),
        Timestamp::UNIX_EPOCH,
    );
    let record = Record {
        session: "cs_1".into(),
        reference: Some(payment.reference.to_string()),
        amount: Some(4_500),
        currency: Some("gbp".into()),
        live: false,
        outcome: Outcome::Paid,
    };
    assert_eq!(payment.check(&record, false), Ok(()));
    assert_eq!(payment.check(&record, true), Err(Mismatch::Mode));
    let other = Record {
        amount: Some(45),
        ..record.clone()
    };
    assert_eq!(payment.check(&other, false), Err(Mismatch::Amount));
    let other = Record {
        currency: Some("eur".into()),
        ..record.clone()
    };
    assert_eq!(payment.check(&other, false), Err(Mismatch::Currency));
    let other = Record {
        reference: None,
        ..record
    };
    assert_eq!(payment.check(&other, false), Err(Mismatch::Reference));
}
