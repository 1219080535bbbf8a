//! How long it takes to make the PDF of an invoice, and how large it is: of one
//! line, and of sixty on four pages. It is held against PDF/UA-1 each time.

use std::time::{Duration, Instant};

use domain::money::Pence;
use functions::paper::{Customer, Kind, Paper, Row, Seller, Vat, render};
use jiff::civil::date;

/// So often is each made.
const TIMES: usize = 200;

fn main() {
    let begun = Instant::now();
    let made = render(&paper(1)).map(|pdf| pdf.len());
    let first = begun.elapsed();
    println!("the first, with the reading of the type: {}", shown(first));
    assert!(made.is_ok(), "the first could not be made");
    for rows in [1, 60] {
        let paper = paper(rows);
        let mut bytes = 0;
        let mut taken: Vec<Duration> = (0..TIMES)
            .map(|_| {
                let begun = Instant::now();
                bytes = render(&paper).map_or(0, |pdf| pdf.len());
                begun.elapsed()
            })
            .collect();
        taken.sort_unstable();
        println!(
            "lines: {rows:2}   median {}   slowest of {TIMES} {}   {bytes} bytes",
            shown(taken[TIMES / 2]),
            shown(taken[TIMES - 1]),
        );
    }
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

fn paper(rows: u64) -> Paper {
    let row = |number| Row {
        description: format!("Spring meeting, session {number}"),
        working: Some("The price for a member".to_owned()),
        quantity: Some("1".to_owned()),
        unit: Some(Pence::new(4500)),
        amount: Pence::new(4500),
    };
    let total = Pence::new(4500 * rows);
    Paper {
        kind: Kind::Invoice {
            due: date(2018, 3, 3),
            owed: total,
            settled: None,
        },
        number: "INV-00107".to_owned(),
        issued: date(2018, 2, 1),
        supplied: None,
        summary: "Places at the spring meeting".to_owned(),
        seller: Seller {
            name: "Tower Hamlets Education Partnership".to_owned(),
            details: vec!["Company number 00000000".to_owned()],
            vat_number: None,
            email: "office@example.org".to_owned(),
        },
        customer: Customer {
            name: "Sample Primary School".to_owned(),
            address: vec!["1 Example Street".to_owned(), "London".to_owned()],
            attention: None,
        },
        purchase_order: None,
        rows: (1..=rows).map(row).collect(),
        vat: Vat::None {
            because: "No VAT is charged.".to_owned(),
        },
        total,
        since: Vec::new(),
        basis: None,
        payment: None,
        notes: Vec::new(),
    }
}
