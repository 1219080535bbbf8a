//! Statements of several banks, what is proposed for their lines, and undoing.

use super::{
    Allocation, BankLine, BankLineId, BankRefusal, Ground, StatementLine, propose, read_statement,
};
use crate::invoice::tests::samples::{NOW, bank, day, invoice};
use crate::invoice::{Invoice, InvoiceNumber};
use crate::money::Pence;

fn rows(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines();
    rows.map(|row| row.split(';').map(str::to_owned).collect())
        .collect()
}

fn line(text: &str, pence: u64) -> StatementLine {
    StatementLine {
        on: day("2017-05-02"),
        text: text.to_owned(),
        pence: Pence::new(pence),
        of_same: 1,
    }
}

/// INV-00042 of £875.00, and INV-00043 of £100.00 to another school.
fn open() -> Vec<Invoice> {
    let mut other = invoice();
    other.number = InvoiceNumber::after(42);
    other.says.total = Pence::new(10_000);
    other.says.to.name = crate::contact::Line::parse("Spitalfields Sample School", "").unwrap();
    vec![invoice(), other]
}

#[test]
fn statements_are_read_by_the_names_of_their_columns() {
    for text in [
        "Date;Description;Amount\n02/05/2017;WEAVERS INV 42;875.00\n03/05/2017;Rent;-100.00",
        "Transaction Date;Transaction Description;Debit Amount;Credit Amount;Balance\n02/05/2017;WEAVERS INV 42;;875.00;9\n03/05/2017;Rent;100.00;;9",
        "date;narrative;paid out;paid in\n2 May 2017;WEAVERS INV 42;;£875.00\n3 May 2017;Rent;£100.00;",
        "Date;Reference;Value\n02/05/17;WEAVERS INV 42;+875\n\n03/05/17;Rent;(100.0)",
    ] {
        let statement = read_statement(&rows(text));
        assert_eq!(statement.faults, [], "{text}");
        assert_eq!(statement.lines, [line("WEAVERS INV 42", 87_500)], "{text}");
        assert_eq!(statement.went_out, 1, "{text}");
    }
}

#[test]
fn every_row_that_cannot_be_read_is_said() {
    let statement = read_statement(&rows(
        "Date;Details;Amount\n31/02/2017;x;1.00\n02/05/2017;y;lots\n02/05/2017;z;",
    ));
    let faults: Vec<_> = statement
        .faults
        .iter()
        .map(|fault| (fault.row, fault.what.as_str()))
        .collect();
    assert_eq!(
        faults,
        [
            (
                2,
                "`31/02/2017` is no date: write it as 27/3/2017 or 2017-03-27"
            ),
            (3, "`lots` is no sum: write it as 1234.50"),
            (4, "There is no sum in this row"),
        ]
    );
    let statement = read_statement(&rows("Day;What\n1;2"));
    assert!(statement.faults[0].what.contains("name one `Date`"));
    assert_eq!(read_statement(&[]).faults.len(), 1);
}

#[test]
fn two_payments_that_say_the_same_are_two() {
    let statement = read_statement(&rows(
        "Date;Details;Amount\n02/05/2017;x;1.00\n02/05/2017;x;1.00",
    ));
    let ids: Vec<String> = statement
        .lines
        .iter()
        .map(StatementLine::identity)
        .collect();
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn an_invoice_is_known_by_its_number_however_the_bank_shortens_it() {
    for text in [
        "WEAVERS INV-00042",
        "inv42",
        "INVOICE 00042 MAY",
        "BACS 00042",
        "INV 42/APR",
    ] {
        let found = propose(&line(text, 87_500), &open());
        assert_eq!(found[0].ground, Ground::NumberAndAmount, "{text}");
        assert_eq!(found[0].to[0].invoice, InvoiceNumber::after(41), "{text}");
    }
    assert!(propose(&line("ROOM 42", 1), &open()).is_empty());
    let paid = line("SPITALFIELDS INV-00041", 10_000);
    assert!(
        propose(&paid, &open()).is_empty(),
        "it names one that is paid"
    );
}

#[test]
fn part_over_and_several_are_proposed_with_all_of_the_line() {
    let less = &propose(&line("INV-00042", 50_000), &open())[0];
    assert_eq!(
        (less.ground, less.to[0].pence.get()),
        (Ground::NumberAndLess, 50_000)
    );
    let more = &propose(&line("INV-00042", 90_000), &open())[0];
    assert_eq!(
        (more.ground, more.to[0].pence.get()),
        (Ground::NumberAndMore, 90_000)
    );
    let both = &propose(&line("INV-00042 and INV-00043", 97_500), &open())[0];
    assert_eq!(both.ground, Ground::NumberAndAmount);
    let parts: Vec<u64> = both.to.iter().map(|part| part.pence.get()).collect();
    assert_eq!(parts, [87_500, 10_000]);
}

#[test]
fn without_a_number_the_name_and_the_sum_or_the_sum_alone_must_be_sure() {
    let name = &propose(&line("WEAVERS SAMPLE", 87_500), &open())[0];
    assert_eq!(name.ground, Ground::NameAndAmount);
    let sum = &propose(&line("FASTER PAYMENT", 10_000), &open())[0];
    assert_eq!(
        (sum.ground, sum.to[0].invoice),
        (Ground::Amount, InvoiceNumber::after(42))
    );
    let mut twins = open();
    twins[1].says.total = Pence::new(87_500);
    assert!(propose(&line("FASTER PAYMENT", 87_500), &twins).is_empty());
    let mut paid = open();
    let all = paid[0].balance();
    paid[0].pay(all, bank(1), NOW).unwrap();
    assert!(propose(&line("INV-00042", 87_500), &paid).is_empty());
}

#[test]
fn a_line_is_put_to_invoices_to_the_penny_and_can_be_undone() {
    let id = BankLineId::of_digest(&[7; 32]);
    let mut it = BankLine::new(id, line("INV-00042", 87_500), NOW);
    let part = |pence| Allocation {
        invoice: InvoiceNumber::after(41),
        pence: Pence::new(pence),
    };
    assert!(matches!(
        it.match_to(vec![part(1)]),
        Err(BankRefusal::NotAll { .. })
    ));
    assert_eq!(it.match_to(vec![]), Err(BankRefusal::Unclear));
    assert_eq!(
        it.match_to(vec![part(1), part(87_499)]),
        Err(BankRefusal::Unclear)
    );
    assert_eq!(it.undo(), Err(BankRefusal::NotDone));
    it.match_to(vec![part(87_500)]).unwrap();
    assert_eq!(it.match_to(vec![part(87_500)]), Err(BankRefusal::Done));
    assert_eq!(it.set_aside("Rent"), Err(BankRefusal::Done));
    assert_eq!(it.undo(), Ok(vec![part(87_500)]));
    it.set_aside("Rent of the hall").unwrap();
    assert_eq!((it.undo(), it.times), (Ok(vec![]), 1));
}
