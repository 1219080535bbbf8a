//! What each thing moves, and that nothing moves out of balance.

use jiff::Timestamp;

use super::{Account, Income, JournalEntry, Signed, TrialBalance, monthly_income};
use crate::bank::BankLineId;
use crate::invoice::tests::samples::{NOW, day, invoice, note};
use crate::money::Pence;

fn changes(entry: &JournalEntry) -> Vec<(Account, i64)> {
    entry.changes().into_iter().collect()
}

#[test]
fn an_invoice_is_owed_and_its_income_is_ours_and_its_vat_is_not() {
    let mut issued = invoice();
    issued.says.vat.tax = Pence::new(17_500);
    issued.says.total = Pence::new(105_000);
    let entry = JournalEntry::invoice(&issued, NOW);
    let expected = [
        (Account::Receivable, 105_000),
        (Account::Vat, -17_500),
        (Account::Income(Income::Subscriptions), -87_500),
    ];
    assert_eq!(changes(&entry), expected);
    let void = JournalEntry::void(&issued, NOW);
    assert_eq!(
        TrialBalance::of([&entry, &void])
            .balances()
            .map(|one| one.pence)
            .max(),
        Some(0)
    );
}

#[test]
fn the_trial_balance_is_nought_after_a_year_of_all_sorts() {
    let issued = invoice();
    let line = BankLineId::parse(&"0".repeat(20)).unwrap();
    let entries = [
        JournalEntry::invoice(&issued, NOW),
        JournalEntry::bank(&issued, &line, Pence::new(50_000), (1, false), NOW),
        JournalEntry::bank(&issued, &line, Pence::new(50_000), (1, true), NOW),
        JournalEntry::credit(
            &issued.credit_note(note(0), Pence::new(7_500), "", day("2017-06-01")),
            NOW,
        ),
        JournalEntry::provider_fee("txn_1", 245, NOW),
        JournalEntry::provider_fee("txn_2", -245, NOW),
        JournalEntry::payout("txn_3", 1_000, NOW),
        JournalEntry::in_kind(
            "k",
            Pence::new(90_000),
            "Rooms of the Professional Development Centre",
            NOW,
        ),
    ];
    let balance = TrialBalance::of(&entries);
    assert_eq!(balance.sum(), 0);
    assert_eq!(balance.balance(Account::Receivable), 80_000);
    assert_eq!(balance.balance(Account::Bank), 1_000);
    assert_eq!(balance.balance(Account::Income(Income::InKind)), -90_000);
    let mut causes: Vec<String> = entries
        .iter()
        .map(|entry| entry.cause.to_string())
        .collect();
    causes.sort();
    causes.dedup();
    assert_eq!(causes.len(), entries.len(), "two causes have one key");
}

#[test]
fn income_is_counted_in_the_month_of_london() {
    let at: Timestamp = "2017-08-31T23:30:00Z".parse().unwrap();
    let entry = JournalEntry::invoice(&invoice(), at);
    let income = monthly_income([&entry], (day("2017-01-01"), day("2017-12-31")));
    assert_eq!(income[&(2017, 9)][&Income::Subscriptions], 87_500);
    assert!(monthly_income([&entry], (day("2017-01-01"), day("2017-08-31"))).is_empty());
}

#[test]
fn the_streams_are_the_seven_of_the_prospectus_and_in_kind_is_never_invoiced() {
    assert_eq!(Income::ALL.len(), 7);
    for income in Income::ALL {
        assert_eq!(Income::of_slug(income.slug()), Some(income));
        assert_eq!(income.is_invoiced(), income != Income::InKind);
    }
    assert_eq!(Signed(-450).to_string(), "−£4.50");
}
