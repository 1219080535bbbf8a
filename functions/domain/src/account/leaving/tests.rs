//! The withdrawal decision table, row by row: the last day, and what is owed.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Leaving, leaving};
use crate::account::{ContactId, PupilReturn};
use crate::bank::BankLineId;
use crate::contact::{EmailAddress, Line, Person};
use crate::fees::FeeSchedule;
use crate::invoice::{Dates, Fee, Invoice, InvoiceNumber, Means, first_fee};
use crate::membership::{Category, Member, Membership, Standing};
use crate::money::Pence;
use crate::reference::{ApplicationReference, MembershipReference};
use crate::school::PupilsOnRoll;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// As `content/fees.yaml` has it.
fn schedule() -> FeeSchedule {
    let period = |name: &str, from: &str, to: &str, numerator: u64| {
        serde_json::json!({
            "name": name, "from": from, "to": to, "numerator": numerator, "denominator": 12,
            "source": "E2",
        })
    };
    let mut full = period("Full academic year", "2017-09-01", "2018-08-31", 12);
    full["repeats"] = "yearly".into();
    serde_json::from_value(serde_json::json!({
        "version": "2016-05",
        "rate": { "pence_per_pupil": 500, "source": "E2" },
        "part_year": { "rule": "months", "source": "our default" },
        "periods": [
            period("Fee holiday", "2016-09-01", "2017-03-31", 0),
            period("First charge", "2017-04-01", "2017-08-31", 5),
            full,
        ],
        "notice": { "months": 12, "free_until": "2016-12-31", "source": "E2" },
        "guarantee": { "pence": 2500, "source": "How to join" },
    }))
    .unwrap()
}

fn membership(joined: &str) -> Membership {
    Membership {
        reference: MembershipReference::from_entropy([1; 5]),
        category: Category::Full,
        member: Member {
            name: Line::parse("Sample Primary School", "").unwrap(),
            urn: None,
            address: None,
            contact: Person {
                name: Line::parse("Sam", "").unwrap(),
                email: EmailAddress::parse("sam@sample.example", "").unwrap(),
            },
            finance: None,
            billing_address: None,
            purchase_order: None,
            pupils: Some(PupilsOnRoll::new(420).unwrap()),
        },
        application: Some(ApplicationReference::from_entropy([2; 5])),
        joined_on: day(joined),
        standing: Standing::Active,
        notice: None,
        ends_on: None,
        before: None,
        after: None,
        link: None,
        brought_forward: None,
        entered_at: Timestamp::UNIX_EPOCH,
    }
}

/// The invoice that joining made due.
fn first_invoice(membership: &Membership) -> Invoice {
    let schedule = schedule();
    let Fee::Due(draft) = first_fee(membership, &schedule).unwrap() else {
        panic!("joining makes a fee due");
    };
    let dates = Dates::by_terms(&schedule, membership.joined_on);
    draft.issue(InvoiceNumber::after(0), dates)
}

fn pay(invoice: &mut Invoice) {
    let line = BankLineId::parse(&"a".repeat(20)).unwrap();
    let all = invoice.balance();
    let by = Means::Bank { line };
    invoice.pay(all, by, Timestamp::UNIX_EPOCH).unwrap();
}

fn owed(membership: &Membership, received: &str, invoices: &[Invoice]) -> (Date, Leaving) {
    let schedule = schedule();
    let notice = schedule.notice.withdrawal(day(received), None).unwrap();
    let leaving = leaving(membership, &notice, &schedule, &[], invoices).unwrap();
    (notice.ends_on, leaving)
}

fn pence(leaving: &Leaving) -> Vec<u64> {
    let lines = leaving.lines.iter();
    lines.map(|line| line.working.pence.get()).collect()
}

#[test]
fn notice_on_or_before_31_december_2016_owes_nothing() {
    for received in ["2016-09-20", "2016-11-05", "2016-12-31"] {
        let (ends_on, leaving) = owed(&membership("2016-09-20"), received, &[]);
        assert_eq!(ends_on, day(received));
        assert!(leaving.lines.is_empty(), "{received}");
        assert!(leaving.total.is_zero(), "{received}");
    }
}

#[test]
fn notice_on_1_january_2017_owes_the_fee_to_the_same_date_a_year_later() {
    let (ends_on, leaving) = owed(&membership("2016-09-20"), "2017-01-01", &[]);
    assert_eq!(ends_on, day("2018-01-01"));
    assert_eq!(pence(&leaving), [0, 87_500, 87_500]);
}

#[test]
fn notice_on_15_january_2017_with_420_pupils_owes_875_pounds_and_875_pounds() {
    let (ends_on, leaving) = owed(&membership("2016-09-20"), "2017-01-15", &[]);
    assert_eq!(ends_on, day("2018-01-15"));
    let spans: Vec<String> = leaving
        .lines
        .iter()
        .map(|line| {
            let working = &line.working;
            format!("{} {} {}", working.from, working.to, working.pence.get())
        })
        .collect();
    assert_eq!(
        spans,
        [
            "2016-09-20 2017-03-31 0",
            "2017-04-01 2017-08-31 87500",
            "2017-09-01 2018-01-15 87500",
        ]
    );
    assert_eq!(leaving.total.get(), 175_000);
}

#[test]
fn the_month_of_the_last_day_is_charged_whole() {
    let (_, on_the_first) = owed(&membership("2017-09-01"), "2018-02-01", &[]);
    let (_, on_the_last) = owed(&membership("2017-09-01"), "2018-02-28", &[]);
    assert_eq!(pence(&on_the_first), pence(&on_the_last));
    // September 2018 to February 2019: six of twelve months.
    assert_eq!(pence(&on_the_first), [210_000, 105_000]);
}

#[test]
fn a_year_that_ends_on_29_february_ends_on_the_28th() {
    let (ends_on, _) = owed(&membership("2017-09-01"), "2020-02-29", &[]);
    assert_eq!(ends_on, day("2021-02-28"));
}

#[test]
fn what_is_invoiced_is_not_asked_for_again_and_is_owed_until_it_is_paid() {
    let membership = membership("2017-04-03");
    let mut invoice = first_invoice(&membership);
    let (_, leaving) = owed(&membership, "2017-05-02", std::slice::from_ref(&invoice));
    // September 2017 to May 2018: nine of twelve months.
    assert_eq!(pence(&leaving), [87_500, 157_500]);
    assert_eq!(leaving.lines[0].invoice, Some(invoice.number));
    assert_eq!(leaving.lines[1].invoice, None);
    assert_eq!(
        (
            leaving.to_come.get(),
            leaving.open.get(),
            leaving.total.get()
        ),
        (157_500, 87_500, 245_000)
    );
    pay(&mut invoice);
    let (_, leaving) = owed(&membership, "2017-05-02", &[invoice]);
    assert_eq!(leaving.total.get(), 157_500);
}

#[test]
fn an_invoice_that_reaches_beyond_the_last_day_is_said_to() {
    let membership = membership("2017-09-01");
    let mut invoice = first_invoice(&membership);
    pay(&mut invoice);
    let schedule = schedule();
    let mut notice = schedule.notice.withdrawal(day("2017-10-01"), None).unwrap();
    notice.ends_on = day("2018-01-15");
    let leaving = leaving(&membership, &notice, &schedule, &[], &[invoice]).unwrap();
    assert_eq!(leaving.in_excess.get(), 210_000 - 87_500);
    assert!(leaving.total.is_zero());
}

#[test]
fn each_year_is_reckoned_by_its_own_return() {
    let membership = membership("2016-09-20");
    let schedule = schedule();
    let notice = schedule.notice.withdrawal(day("2017-01-15"), None).unwrap();
    let returned = PupilReturn {
        year: 2017,
        pupils: PupilsOnRoll::new(480).unwrap(),
        register: None,
        reason: None,
        by: ContactId::parse(&"a".repeat(32)).unwrap(),
        at: Timestamp::UNIX_EPOCH,
    };
    let leaving = leaving(&membership, &notice, &schedule, &[returned], &[]).unwrap();
    assert_eq!(pence(&leaving), [0, 87_500, 100_000]);
}

#[test]
fn an_associate_owes_no_fee() {
    let mut associate = membership("2016-09-20");
    associate.category = Category::Associate;
    let (ends_on, leaving) = owed(&associate, "2017-01-15", &[]);
    assert_eq!(ends_on, day("2018-01-15"));
    assert!(leaving.lines.is_empty() && leaving.total.is_zero());
}

#[test]
fn a_member_that_was_brought_in_owes_its_balance_and_no_period_that_was_over_then() {
    let mut imported = membership("2016-09-20");
    imported.application = None;
    imported.entered_at = "2017-10-02T09:00:00Z".parse().unwrap();
    let (_, leaving) = owed(&imported, "2017-10-02", &[]);
    // 2017/18, and September and October 2018.
    assert_eq!(pence(&leaving), [210_000, 35_000]);
    imported.brought_forward = Some(crate::membership::BroughtForward {
        as_at: day("2017-08-31"),
        pence: Pence::new(12_345),
        in_credit: false,
    });
    let (_, with_balance) = owed(&imported, "2017-10-02", &[]);
    assert_eq!(with_balance.open.get(), 12_345);
    assert_eq!(with_balance.total.get(), leaving.total.get() + 12_345);
}

#[test]
fn an_invoice_for_something_else_in_the_same_months_is_no_fee() {
    let membership = membership("2017-09-01");
    let mut other = first_invoice(&membership);
    other.says.subject = crate::invoice::Subject::ByHand {
        income: crate::ledger::Income::BespokeAssignments,
    };
    let (_, leaving) = owed(&membership, "2017-10-01", &[other]);
    assert_eq!(leaving.lines[0].invoice, None);
}
