//! Papers to try it with.

use domain::money::Pence;
use jiff::civil::date;

use super::{Bank, By, Change, Customer, Kind, Note, Paper, Payment, Row, Seller, Vat};

/// A fee for part of a year, still to be paid.
pub(super) fn invoice() -> Paper {
    let first = date(2017, 4, 1);
    let last = date(2017, 8, 31);
    Paper {
        kind: Kind::Invoice {
            due: date(2017, 5, 1),
            owed: Pence::new(208_333),
            settled: None,
        },
        number: "INV-00042".to_owned(),
        issued: date(2017, 4, 1),
        supplied: Some((first, last)),
        summary: "Full membership from 1 April 2017 to 31 August 2017".to_owned(),
        seller: Seller {
            name: "Tower Hamlets Education Partnership".to_owned(),
            details: vec![
                "Registered office: placeholder, none is set yet.".to_owned(),
                "Company number: placeholder, none is set yet.".to_owned(),
            ],
            vat_number: None,
            email: "office@example.org".to_owned(),
        },
        customer: Customer {
            name: "Sample Primary School".to_owned(),
            address: ["1 Example Street", "London", "E1 1AA"]
                .map(str::to_owned)
                .to_vec(),
            attention: Some("Sam Finance".to_owned()),
        },
        purchase_order: Some("PO-2017-0815".to_owned()),
        rows: vec![Row {
            description: "1 April 2017 to 31 August 2017".to_owned(),
            working: Some("5 of 12 months of £5.00 for each pupil".to_owned()),
            quantity: Some("1,000 pupils".to_owned()),
            unit: Some(Pence::new(500)),
            amount: Pence::new(208_333),
        }],
        vat: Vat::None {
            because: "No VAT is charged: THE Partnership is not registered for it.".to_owned(),
        },
        total: Pence::new(208_333),
        since: Vec::new(),
        basis: Some("By the fee schedule 2016.1, for 1,000 pupils on roll.".to_owned()),
        payment: Some(Payment {
            bank: Some(Bank {
                name: "Sample Account".to_owned(),
                sort_code: "00-00-00".to_owned(),
                number: "00000000".to_owned(),
            }),
            reference: "INV-00042".to_owned(),
            page: Some("https://www.example.org/invoices/INV-00042/secret/".to_owned()),
            remittance: "office@example.org".to_owned(),
        }),
        notes: vec![Note {
            text: "It stands in place of invoice INV-00041, which had another purchase order."
                .to_owned(),
            address: Some("https://www.example.org/invoices/INV-00041/secret/".to_owned()),
        }],
    }
}

/// Places at many events, with VAT, of which some was paid.
pub(super) fn long() -> Paper {
    let row = |index: u64| Row {
        description: format!("Spring meeting, session {index}: 2 places"),
        working: Some("One place is free for a member".to_owned())
            .filter(|_| index.is_multiple_of(3)),
        quantity: Some("1".to_owned()),
        unit: Some(Pence::new(4500)),
        amount: Pence::new(4500),
    };
    Paper {
        kind: Kind::Invoice {
            due: date(2018, 3, 3),
            owed: Pence::new(274_000),
            settled: None,
        },
        number: "INV-00107".to_owned(),
        supplied: None,
        summary: "Sixty bookings of one school".to_owned(),
        rows: (1..=60).map(row).collect(),
        vat: Vat::Charged {
            percent: 20,
            net: Pence::new(270_000),
            tax: Pence::new(54_000),
        },
        total: Pence::new(324_000),
        since: vec![Change {
            words: "Paid by bank transfer, 9 February 2018".to_owned(),
            by: By::Less(Pence::new(50_000)),
        }],
        seller: Seller {
            details: vec![
                "Registered office: 1 Sample Road, London E1 1AB".to_owned(),
                "Company number 00000000, registered in England".to_owned(),
            ],
            vat_number: Some("GB 000 0000 00".to_owned()),
            ..invoice().seller
        },
        ..invoice()
    }
}

/// A credit note.
pub(super) fn credit_note() -> Paper {
    Paper {
        kind: Kind::CreditNote {
            invoice: "INV-00041".to_owned(),
        },
        number: "CRN-00003".to_owned(),
        summary: "The whole of invoice INV-00041".to_owned(),
        payment: None,
        notes: vec![Note {
            text: "Invoice INV-00042 stands in its place.".to_owned(),
            address: None,
        }],
        ..invoice()
    }
}

/// An invoice that is paid.
pub(super) fn settled() -> Paper {
    Paper {
        kind: Kind::Invoice {
            due: date(2017, 5, 1),
            owed: Pence::ZERO,
            settled: Some("Paid on 3 May 2017".to_owned()),
        },
        since: vec![Change {
            words: "Paid by card, 3 May 2017".to_owned(),
            by: By::Less(Pence::new(208_333)),
        }],
        payment: None,
        ..invoice()
    }
}

/// The same with another name of the customer in every place where people type.
pub(super) fn typed(text: &str) -> Paper {
    let mut paper = invoice();
    paper.summary = text.to_owned();
    paper.customer.name = text.to_owned();
    paper.customer.address = vec![text.to_owned()];
    paper.customer.attention = Some(text.to_owned());
    paper.purchase_order = Some(text.to_owned());
    paper.rows[0].description = text.to_owned();
    paper.rows[0].working = Some(text.to_owned());
    paper.notes[0].text = text.to_owned();
    paper
}
