//! The worked examples of the fee rules, and the schedules that are refused.

use serde_json::{Value, json};

use super::{FeeSchedule, Quote};
use crate::school::PupilsOnRoll;

fn written() -> Value {
    json!({
        "version": "2016-05",
        "rate": { "pence_per_pupil": 500, "source": "E2" },
        "part_year": { "rule": "months", "source": "our default" },
        "periods": [
            { "name": "Fee holiday", "from": "2016-09-01", "to": "2017-03-31", "numerator": 0, "denominator": 12, "source": "E2" },
            { "name": "First charge", "from": "2017-04-01", "to": "2017-08-31", "numerator": 5, "denominator": 12, "source": "E2" },
            { "name": "Full year", "from": "2017-09-01", "to": "2018-08-31", "numerator": 12, "denominator": 12, "repeats": "yearly", "source": "E2" },
        ],
        "notice": { "months": 12, "free_until": "2016-12-31", "source": "E2" },
        "guarantee": { "pence": 2500, "source": "How to join" },
    })
}

fn quote(pupils: u32, joining: &str) -> Quote {
    let schedule: FeeSchedule = serde_json::from_value(written()).unwrap();
    schedule
        .quote(PupilsOnRoll::new(pupils).unwrap(), joining.parse().unwrap())
        .unwrap()
}

fn refusal(change: impl Fn(&mut Value)) -> String {
    let mut schedule = written();
    change(&mut schedule);
    serde_json::from_value::<FeeSchedule>(schedule)
        .unwrap_err()
        .to_string()
}

#[test]
fn joining_on_1_april_2017_with_420_pupils_costs_875_pounds() {
    let quote = quote(420, "2017-04-01");
    assert_eq!(quote.pence.to_string(), "£875.00");
    assert_eq!(
        quote.working[0].reason,
        "420 pupils × £5.00 × 5/12, April to August 2017"
    );
    assert_eq!(
        serde_json::to_value(quote.next_due).unwrap(),
        json!({ "on": "2017-09-01", "pence": 210_000 })
    );
}

#[test]
fn the_worked_examples_hold_to_the_penny() {
    for (pupils, joining, fee) in [
        (211, "2017-04-01", "£439.58"),
        (2, "2017-04-30", "£4.17"),
        (420, "2017-09-01", "£2,100.00"),
        (997, "2018-02-01", "£2,907.92"),
        (997, "2018-02-28", "£2,907.92"),
        (1_000, "2017-04-01", "£2,083.33"),
        (420, "2018-08-31", "£175.00"),
        (420, "2028-10-05", "£1,925.00"),
        (420, "2028-02-29", "£1,225.00"),
        (0, "2017-09-01", "£0.00"),
    ] {
        assert_eq!(
            quote(pupils, joining).pence.to_string(),
            fee,
            "{pupils} from {joining}"
        );
    }
}

#[test]
fn nothing_is_due_in_the_holiday_whatever_the_number_of_pupils() {
    for pupils in [0, 1, 420, 9_999] {
        for joining in ["2016-09-01", "2016-12-31", "2017-03-31"] {
            assert_eq!(quote(pupils, joining).pence.get(), 0);
        }
    }
    let next = quote(420, "2016-11-05").next_due.unwrap();
    assert_eq!(
        (next.on.to_string().as_str(), next.pence.get()),
        ("2017-04-01", 87_500)
    );
}

#[test]
fn before_the_first_period_nothing_is_due_yet() {
    let quote = quote(420, "2016-05-10");
    assert_eq!(quote.pence.get(), 0);
    assert_eq!(quote.working[0].to.to_string(), "2016-08-31");
    assert_eq!(quote.next_due.unwrap().on.to_string(), "2017-04-01");
}

#[test]
fn a_school_without_pupils_owes_nothing_and_never_will() {
    assert_eq!(quote(0, "2017-04-01").next_due, None);
}

#[test]
fn the_end_of_the_calendar_is_refused_rather_than_a_panic() {
    let schedule: FeeSchedule = serde_json::from_value(written()).unwrap();
    let quote = schedule.quote(PupilsOnRoll::new(1).unwrap(), "9999-12-31".parse().unwrap());
    assert!(quote.unwrap_err().to_string().contains("too far ahead"));
}

#[test]
fn a_gap_between_periods_names_the_day_that_is_missing() {
    let message = refusal(|schedule| schedule["periods"][1]["from"] = json!("2017-05-01"));
    assert_eq!(
        message,
        "the period `First charge` must begin on 1 April 2017, the day after the one before it"
    );
}

#[test]
fn a_schedule_that_could_charge_wrongly_is_refused() {
    assert!(refusal(|s| s["periods"] = json!([])).contains("is empty"));
    assert!(refusal(|s| s["periods"][0]["denominator"] = json!(0)).contains("from 0 to 1"));
    assert!(
        refusal(|s| s["periods"][2]["repeats"] = Value::Null)
            .contains("only the last period repeats")
    );
    assert!(
        refusal(|s| s["periods"][1]["to"] = json!("2017-08-30")).contains("last day of a month")
    );
    assert!(refusal(|s| s["rate"]["penny"] = json!(1)).contains("unknown field"));
}

fn owed(pupils: u32, from: &str, to: &str) -> Vec<(String, String, u64)> {
    let schedule: FeeSchedule = serde_json::from_value(written()).unwrap();
    let pupils = PupilsOnRoll::new(pupils).unwrap();
    let lines = schedule.owed(pupils, from.parse().unwrap(), to.parse().unwrap());
    let shown =
        |line: &super::WorkingLine| (line.from.to_string(), line.to.to_string(), line.pence.get());
    lines.unwrap().iter().map(shown).collect()
}

#[test]
fn notice_on_15_january_2017_with_420_pupils_owes_875_pounds_and_875_pounds() {
    let lines = owed(420, "2017-01-15", "2018-01-15");
    let expected = [
        ("2017-01-15", "2017-03-31", 0),
        ("2017-04-01", "2017-08-31", 87_500),
        ("2017-09-01", "2018-01-15", 87_500),
    ];
    let expected: Vec<_> = expected
        .map(|(from, to, pence)| (from.to_owned(), to.to_owned(), pence))
        .into();
    assert_eq!(lines, expected);
}

#[test]
fn the_last_year_is_charged_by_months_the_month_of_the_end_included() {
    let pence = |to: &str| owed(420, "2017-09-01", to)[0].2;
    assert_eq!(pence("2017-09-01"), 17_500);
    assert_eq!(pence("2018-01-31"), 87_500);
    assert_eq!(pence("2018-02-01"), 105_000);
    assert_eq!(pence("2018-08-31"), 210_000);
}

#[test]
fn nothing_is_owed_up_to_an_end_in_the_holiday() {
    assert_eq!(
        owed(420, "2016-06-01", "2016-12-31")
            .iter()
            .map(|line| line.2)
            .sum::<u64>(),
        0
    );
    assert!(owed(420, "2016-06-01", "2016-08-31").is_empty());
}
