//! Every row of the invoice's table of states, every state by every command,
//! and the worked examples of the fees.

pub(crate) mod samples;

use super::{Invoice, InvoiceNumber, InvoiceRefusal, Standing};
use crate::fees::{Reminders, VatTreatment};
use crate::money::Pence;
use samples::{NOW, bank, card, day, draft, invoice, note, refund};

const ALL: u64 = 87_500;
const PART: u64 = 30_000;

fn pence(pence: u64) -> Pence {
    Pence::new(pence)
}

/// An invoice of 875 pounds in each standing, by the way that leads to it.
fn in_standing(standing: Standing) -> Invoice {
    let mut it = invoice();
    let replacing = InvoiceNumber::after(42);
    match standing {
        Standing::Issued => {}
        Standing::PartPaid => it.pay(pence(PART), bank(1), NOW).unwrap(),
        Standing::Paid => it.pay(pence(ALL), card("cs_1"), NOW).unwrap(),
        Standing::Overpaid => it.pay(pence(ALL + 1), bank(1), NOW).unwrap(),
        Standing::PartCredited => it.credit(pence(PART), note(0), NOW).unwrap(),
        Standing::Credited => it.credit(pence(ALL), note(0), NOW).unwrap(),
        Standing::PartRefunded => {
            it.pay(pence(ALL), card("cs_1"), NOW).unwrap();
            it.refund(pence(PART), refund(1), Some(note(0)), NOW)
                .unwrap();
        }
        Standing::Refunded => {
            it.pay(pence(ALL), card("cs_1"), NOW).unwrap();
            it.refund(pence(ALL), refund(1), Some(note(0)), NOW)
                .unwrap();
        }
        Standing::Replaced => it.replace(replacing, note(0), NOW).unwrap(),
        Standing::Void => it.void("A test", NOW).unwrap(),
    }
    assert_eq!(it.standing(), standing);
    it
}

const STANDINGS: [Standing; 10] = [
    Standing::Issued,
    Standing::PartPaid,
    Standing::Paid,
    Standing::Overpaid,
    Standing::PartCredited,
    Standing::Credited,
    Standing::PartRefunded,
    Standing::Refunded,
    Standing::Replaced,
    Standing::Void,
];

type Command = fn(&mut Invoice) -> Result<(), InvoiceRefusal>;

/// Each command, and where it leads from each standing; none where it is refused.
fn expect(name: &str, command: Command, to: [Option<Standing>; 10]) {
    for (from, to) in STANDINGS.into_iter().zip(to) {
        let before = in_standing(from);
        let mut after = before.clone();
        let done = command(&mut after).map(|()| after.standing()).ok();
        assert_eq!(done, to, "{name} from {from:?}");
        if to.is_none() {
            assert_eq!(after, before, "{name} from {from:?} changed something");
        }
    }
}

#[test]
fn a_payment_leads_from_each_standing_where_the_table_says() {
    use Standing::{Overpaid, Paid, PartPaid};
    let over = Some(Overpaid);
    expect(
        "a part",
        |it| it.pay(pence(PART), bank(9), NOW),
        [
            Some(PartPaid),
            Some(PartPaid),
            over,
            over,
            Some(PartPaid),
            over,
            over,
            over,
            None,
            None,
        ],
    );
    expect(
        "what is owed",
        |it| it.pay(it.balance(), bank(9), NOW),
        [
            Some(Paid),
            Some(Paid),
            None,
            None,
            Some(Paid),
            None,
            None,
            None,
            None,
            None,
        ],
    );
}

#[test]
fn a_credit_note_leads_from_each_standing_where_the_table_says() {
    use Standing::{Credited, Paid, PartCredited, PartPaid};
    expect(
        "a part",
        |it| it.credit(pence(PART), note(9), NOW),
        [
            Some(PartCredited),
            Some(PartPaid),
            None,
            None,
            Some(PartCredited),
            None,
            None,
            None,
            None,
            None,
        ],
    );
    expect(
        "what is owed",
        |it| it.credit(it.balance(), note(9), NOW),
        [
            Some(Credited),
            Some(Paid),
            None,
            None,
            Some(Credited),
            None,
            None,
            None,
            None,
            None,
        ],
    );
}

#[test]
fn issuing_again_and_making_void_are_for_what_nobody_touched() {
    let only = |standing| {
        let mut to = [None; 10];
        to[0] = Some(standing);
        to
    };
    expect(
        "void",
        |it| it.void("Wrong school", NOW),
        only(Standing::Void),
    );
    let by = |it: &mut Invoice| it.replace(InvoiceNumber::after(99), note(9), NOW);
    expect("reissue", by, only(Standing::Replaced));
}

#[test]
fn a_refund_leads_from_each_standing_where_the_table_says() {
    use Standing::{Overpaid, Paid, PartRefunded, Refunded};
    expect(
        "a penny",
        |it| it.refund(pence(1), refund(9), Some(note(9)), NOW),
        [
            None,
            Some(Standing::PartPaid),
            Some(PartRefunded),
            Some(Paid),
            None,
            None,
            Some(PartRefunded),
            None,
            None,
            None,
        ],
    );
    expect(
        "all",
        |it| it.refund(it.paid(), refund(9), Some(note(9)), NOW),
        [
            None,
            Some(Standing::PartCredited),
            Some(Refunded),
            Some(Refunded),
            None,
            None,
            Some(Refunded),
            None,
            None,
            None,
        ],
    );
    let mut overpaid = in_standing(Overpaid);
    assert_eq!(overpaid.to_credit(pence(2)), pence(1));
    overpaid
        .refund(pence(2), refund(1), Some(note(0)), NOW)
        .unwrap();
    assert_eq!(overpaid.standing(), PartRefunded);
}

#[test]
fn no_refund_is_more_than_what_was_paid_and_not_given_back() {
    let mut it = in_standing(Standing::Paid);
    let more = it.refund(pence(ALL + 1), refund(1), Some(note(0)), NOW);
    assert_eq!(more, Err(InvoiceRefusal::TooMuch(pence(ALL))));
    it.refund(pence(ALL), refund(1), Some(note(0)), NOW)
        .unwrap();
    let again = it.refund(pence(1), refund(2), Some(note(1)), NOW);
    assert_eq!(again, Err(InvoiceRefusal::TooMuch(Pence::ZERO)));
}

#[test]
fn a_refund_that_fails_leaves_the_money_with_us_for_the_payer() {
    let mut it = in_standing(Standing::Refunded);
    assert_eq!(it.refund_failed(&refund(1), pence(ALL), NOW), Ok(()));
    assert_eq!(
        (it.standing(), it.overpaid()),
        (Standing::Overpaid, pence(ALL))
    );
    assert_eq!(
        it.refund_failed(&refund(1), pence(ALL), NOW),
        Err(InvoiceRefusal::Counted)
    );
    it.refund(pence(ALL), refund(2), None, NOW).unwrap();
    assert_eq!(it.standing(), Standing::Refunded);
}

#[test]
fn a_payment_is_entered_once_and_taken_back_once() {
    let mut it = invoice();
    it.pay(pence(ALL), card("cs_1"), NOW).unwrap();
    assert_eq!(
        it.pay(pence(ALL), card("cs_1"), NOW),
        Err(InvoiceRefusal::Counted)
    );
    it.take_back(pence(ALL), card("cs_1"), NOW).unwrap();
    assert_eq!(
        it.take_back(pence(ALL), card("cs_1"), NOW),
        Err(InvoiceRefusal::Counted)
    );
    assert_eq!(
        (it.standing(), it.balance()),
        (Standing::Issued, pence(ALL))
    );
    it.void("Nothing is left on it", NOW).unwrap();
}

#[test]
fn what_was_overpaid_goes_on_to_another_invoice_and_no_more() {
    let mut it = in_standing(Standing::Overpaid);
    let other = InvoiceNumber::after(50);
    assert_eq!(
        it.give_on(pence(2), other, NOW),
        Err(InvoiceRefusal::TooMuch(pence(1)))
    );
    it.give_on(pence(1), other, NOW).unwrap();
    assert_eq!(it.standing(), Standing::Paid);
}

#[test]
fn the_balance_is_the_total_less_credits_and_payments_and_more_by_refunds() {
    let mut it = invoice();
    it.credit(pence(7_500), note(0), NOW).unwrap();
    it.pay(pence(50_000), bank(1), NOW).unwrap();
    assert_eq!(it.balance(), pence(30_000));
    it.pay(pence(30_000), bank(2), NOW).unwrap();
    assert_eq!((it.standing(), it.paid_at()), (Standing::Paid, Some(NOW)));
}

#[test]
fn overdue_is_derived_from_the_balance_and_the_day() {
    let mut it = invoice();
    assert!(!it.is_overdue(day("2017-05-03")));
    assert!(it.is_overdue(day("2017-05-04")));
    it.pay(pence(1), bank(1), NOW).unwrap();
    assert!(it.is_overdue(day("2017-05-04")));
    it.pay(it.balance(), bank(2), NOW).unwrap();
    assert!(!it.is_overdue(day("2017-05-04")));
}

#[test]
fn a_reminder_goes_one_fourteen_and_thirty_days_after_and_never_twice() {
    let rules = Reminders {
        days_after: vec![1, 14, 30],
        source: String::new(),
    };
    let mut it = invoice();
    let due = |it: &Invoice, on: &str| it.reminder(&rules, day(on));
    assert_eq!(due(&it, "2017-05-03"), None);
    assert_eq!(due(&it, "2017-05-04"), Some(1));
    it.reminded.push(1);
    assert_eq!(due(&it, "2017-05-16"), None);
    assert_eq!(due(&it, "2017-05-17"), Some(14));
    // Nobody ran it for weeks: one letter, not two.
    assert_eq!(due(&it, "2017-07-01"), Some(30));
    it.reminded.push(30);
    assert_eq!(due(&it, "2017-07-01"), None);
    let mut paid = invoice();
    paid.pay(paid.balance(), bank(1), NOW).unwrap();
    assert_eq!(due(&paid, "2017-05-04"), None);
}

#[test]
fn the_vat_of_all_credit_notes_is_that_of_the_invoice() {
    let mut says = draft();
    says.vat.treatment = VatTreatment::Standard;
    (says.vat.percent, says.vat.tax) = (Some(20), pence(16_667));
    says.total = pence(100_000);
    let mut it = invoice();
    it.says = says;
    let mut taxes = Vec::new();
    for (at, part) in [33_333, 33_333, 33_334].into_iter().enumerate() {
        let number = note(u32::try_from(at).unwrap());
        let note = it.credit_note(number, pence(part), "Fewer pupils", day("2017-06-01"));
        taxes.push(note.tax);
        it.credit(pence(part), number, NOW).unwrap();
    }
    assert_eq!(taxes.into_iter().sum::<Pence>(), pence(16_667));
    assert_eq!(it.standing(), Standing::Credited);
}

#[test]
fn an_invoice_is_worked_out_again_from_what_it_stores() {
    let it = invoice();
    let written = serde_json::to_value(&it).unwrap();
    let read: Invoice = serde_json::from_value(written).unwrap();
    assert_eq!(read, it);
    let again: Pence = read
        .says
        .lines
        .iter()
        .map(|line| line.sum.unwrap().total().unwrap())
        .sum();
    assert_eq!(again, read.says.net());
    assert_eq!(
        (read.says.pupils.unwrap().get(), read.says.schedule.as_str()),
        (420, "2016-05")
    );
}
