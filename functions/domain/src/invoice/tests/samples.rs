//! Invoices for tests, in every standing.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::bank::BankLineId;
use crate::contact::{EmailAddress, Line, Person};
use crate::fees::{Sum, VatTreatment, WorkingLine};
use crate::invoice::{
    BillTo, CreditNoteNumber, Dates, Invoice, InvoiceDraft, InvoiceNumber, Means, Subject, Vat,
};
use crate::money::Pence;
use crate::reference::{MembershipReference, PaymentReference, RefundReference};
use crate::school::PupilsOnRoll;

pub(crate) const NOW: Timestamp = Timestamp::UNIX_EPOCH;

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// £875.00 for 420 pupils, issued on 3 April 2017 and due on 3 May.
pub(crate) fn draft() -> InvoiceDraft {
    let sum = Sum {
        quantity: 420,
        unit: Pence::new(500),
        numerator: 5,
        denominator: 12,
    };
    InvoiceDraft {
        membership: Some(MembershipReference::from_entropy([1; 5])),
        subject: Subject::Fee {
            period: day("2017-04-01"),
        },
        to: BillTo {
            name: Line::parse("Weavers Sample Primary School", "").unwrap(),
            address: None,
            purchase_order: None,
        },
        sent_to: Person {
            name: Line::parse("Robin Finance", "").unwrap(),
            email: EmailAddress::parse("robin@sample.example", "").unwrap(),
        },
        description: "Full membership".to_owned(),
        lines: vec![WorkingLine {
            from: day("2017-04-01"),
            to: day("2017-08-31"),
            pence: Pence::new(87_500),
            reason: "420 pupils × £5.00 × 5/12, April to August 2017".to_owned(),
            sum: Some(sum),
        }],
        vat: Vat {
            treatment: VatTreatment::NotRegistered,
            percent: None,
            tax: Pence::ZERO,
        },
        total: Pence::new(87_500),
        pupils: Some(PupilsOnRoll::new(420).unwrap()),
        schedule: "2016-05".to_owned(),
        replaces: None,
    }
}

pub(crate) fn invoice() -> Invoice {
    let dates = Dates {
        issued_on: day("2017-04-03"),
        due_on: day("2017-05-03"),
    };
    draft().issue(InvoiceNumber::after(41), dates)
}

/// The bank line of that number.
pub(crate) fn bank(number: u8) -> Means {
    let line = BankLineId::parse(&format!("{number:020x}")).unwrap();
    Means::Bank { line }
}

pub(crate) fn card(session: &str) -> Means {
    Means::Card {
        payment: PaymentReference::from_entropy([1; 5]),
        session: session.to_owned(),
    }
}

pub(crate) fn refund(number: u8) -> RefundReference {
    RefundReference::from_entropy([number; 5])
}

pub(crate) fn note(number: u32) -> CreditNoteNumber {
    CreditNoteNumber::after(number)
}
