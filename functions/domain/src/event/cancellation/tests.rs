//! What is charged for a place that is given up, by the norms of others and ours.

use jiff::civil::date;
use serde_json::{Value, json};

use super::{CancellationPolicy, Charge, Deadline};
use crate::calendar::{BankHolidays, LondonTime, day_begins};
use crate::money::Pence;

fn read(table: Value) -> Result<CancellationPolicy, String> {
    serde_json::from_value(table).map_err(|error| error.to_string())
}

/// Nothing, then half, then all.
fn ours() -> CancellationPolicy {
    read(json!({
        "steps": [
            { "until": "10 working days", "charge": "nothing" },
            { "until": "5 working days", "charge": "50%" },
        ],
        "late": "100%", "no_show": "100%",
    }))
    .unwrap()
}

/// So many days, as one other counts them.
fn within(until: &str, late: &str, no_show: &str) -> CancellationPolicy {
    let steps = [json!({ "until": until, "charge": "nothing" })];
    read(json!({ "steps": steps, "late": late, "no_show": no_show })).unwrap()
}

fn time(text: &str) -> LondonTime {
    LondonTime::parse(text).unwrap()
}

/// What is charged of £45 at an event on that day, for a place given up at
/// that instant.
fn charged(policy: &CancellationPolicy, starts: &str, now: &str) -> u64 {
    let none = BankHolidays::default();
    let charge = policy.charge(Pence::new(4_500), time(starts), now.parse().unwrap(), &none);
    charge.get()
}

#[test]
fn each_step_lasts_to_the_end_of_its_day() {
    // Ten working days before Tuesday 14 March is Tuesday 29 February.
    for (now, pence) in [
        ("2028-01-01T00:00:00Z", 0),
        ("2028-02-29T23:59:59Z", 0),
        ("2028-03-01T00:00:00Z", 2_250),
        ("2028-03-07T23:59:59Z", 2_250),
        ("2028-03-08T00:00:00Z", 4_500),
        ("2028-03-14T16:00:00Z", 4_500),
        ("2028-03-20T00:00:00Z", 4_500),
    ] {
        assert_eq!(charged(&ours(), "2028-03-14 16:00", now), pence, "{now}");
    }
}

#[test]
fn bank_holidays_are_no_working_days() {
    let easter = BankHolidays {
        days: [date(2028, 4, 14), date(2028, 4, 17)].into(),
        source: String::new(),
    };
    let until: Deadline = Deadline::parse("5 working days").unwrap();
    let starts = time("2028-04-20 09:00");
    assert_eq!(until.last_day(starts, &easter), date(2028, 4, 11));
    let none = BankHolidays::default();
    assert_eq!(until.last_day(starts, &none), date(2028, 4, 13));
}

#[test]
fn a_day_is_a_day_where_the_clocks_change() {
    let week = within("7 days", "100%", "100%");
    // The clocks go forward on 26 March 2028 and back on 29 October 2028: seven
    // days before are one hour less and one more than 168.
    for (starts, last, first) in [
        (
            "2028-03-28 00:30",
            "2028-03-21T23:59:59Z",
            "2028-03-22T00:00:00Z",
        ),
        (
            "2028-11-01 23:30",
            "2028-10-25T22:59:59Z",
            "2028-10-25T23:00:00Z",
        ),
    ] {
        assert_eq!(charged(&week, starts, last), 0, "{starts}");
        assert_eq!(charged(&week, starts, first), 4_500, "{starts}");
    }
    // The day on which they change is one as well.
    let day = within("1 day", "100%", "100%");
    assert_eq!(charged(&day, "2028-03-27 09:00", "2028-03-26T22:59:59Z"), 0);
    assert_eq!(
        charged(&day, "2028-03-27 09:00", "2028-03-26T23:00:00Z"),
        4_500
    );
    assert_eq!(charged(&day, "2028-10-30 09:00", "2028-10-29T23:59:59Z"), 0);
    assert_eq!(
        charged(&day, "2028-10-30 09:00", "2028-10-30T00:00:00Z"),
        4_500
    );
}

#[test]
fn the_norms_of_others_can_be_written() {
    let price = Pence::new(4_500);
    // West Sussex: £35 within ten working days, and where nobody came.
    let west_sussex = within("10 working days", "£35", "£35");
    assert_eq!(
        charged(&west_sussex, "2028-03-14 16:00", "2028-03-13T12:00:00Z"),
        3_500
    );
    assert_eq!(west_sussex.no_show_charge(price), Pence::new(3_500));
    // Never more than the place costs.
    assert_eq!(
        west_sussex.no_show_charge(Pence::new(2_000)),
        Pence::new(2_000)
    );
    // South Gloucestershire: £50 where nobody comes to a free course.
    let free_course = within("4 working days", "£50.00", "£50.00");
    assert_eq!(free_course.no_show_charge(Pence::ZERO), Pence::new(5_000));
    assert!(free_course.ever_charges(Pence::ZERO));
    // Bradford: nothing back within a fortnight.
    let bradford = within("15 days", "100%", "100%");
    assert_eq!(
        charged(&bradford, "2028-03-31 09:00", "2028-03-16T12:00:00Z"),
        0
    );
    assert_eq!(
        charged(&bradford, "2028-03-31 09:00", "2028-03-17T12:00:00Z"),
        4_500
    );
    // M25 Consortium: half within a week, all where nobody came.
    let m25 = within("7 days", "50%", "100%");
    assert_eq!(
        charged(&m25, "2028-03-14 16:00", "2028-03-14T12:00:00Z"),
        2_250
    );
    assert_eq!(m25.no_show_charge(price), price);
    assert!(!m25.ever_charges(Pence::ZERO));
}

#[test]
fn a_share_is_rounded_once_half_up() {
    for (share, price, pence) in [
        ("50%", 4_501, 2_251),
        ("33%", 100, 33),
        ("1%", 49, 0),
        ("1%", 50, 1),
        ("100%", 4_501, 4_501),
        ("nothing", 4_501, 0),
    ] {
        let charge = Charge::parse(share).unwrap();
        assert_eq!(charge.of(Pence::new(price)), Pence::new(pence), "{share}");
    }
}

#[test]
fn what_is_charged_never_falls_as_the_event_nears_and_is_never_more_than_the_price() {
    let policies = [
        ours(),
        CancellationPolicy::free(),
        within("15 days", "£35.00", "£70.00"),
        within("1 working day", "99%", "100%"),
    ];
    let (starts, none) = (time("2028-03-27 09:00"), BankHolidays::default());
    for (policy, price) in policies.iter().zip([4_500, 1, 3_333, 99_999]) {
        let price = Pence::new(price);
        let mut before = Pence::ZERO;
        for day in 1..=60 {
            let day = date(2028, 2, 1)
                .checked_add(jiff::Span::new().days(day))
                .unwrap();
            let charge = policy.charge(price, starts, day_begins(day), &none);
            assert!(before <= charge && charge <= price, "{policy:?} on {day}");
            before = charge;
        }
        assert!(before <= policy.no_show_charge(price), "{policy:?}");
    }
}

#[test]
fn a_policy_says_in_words_what_it_charges() {
    let lines = ours().lines(time("2028-03-14 16:00"), &BankHolidays::default());
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "Up to 10 working days before, until the end of 29 February 2028: nothing",
            "Up to 5 working days before, until the end of 7 March 2028: 50% of the price",
            "After that: the whole price",
            "If nobody comes: the whole price",
        ]
    );
    let always = read(json!({ "late": "£35", "no_show": "£35" })).unwrap();
    let lines = always.lines(time("2028-03-14 16:00"), &BankHolidays::default());
    assert_eq!(
        lines[0].to_string(),
        "At any time before: £35.00, but no more than the price of a place that has one"
    );
}

#[test]
fn a_table_that_cannot_be_meant_is_refused() {
    let table = |steps: &[(&str, &str)], late: &str, no_show: &str| {
        let steps: Vec<Value> = steps
            .iter()
            .map(|(until, charge)| json!({ "until": until, "charge": charge }))
            .collect();
        read(json!({ "steps": steps, "late": late, "no_show": no_show })).unwrap_err()
    };
    for (told, expected) in [
        (
            table(&[("5 days", "nothing"), ("10 days", "50%")], "100%", "100%"),
            "`10 days` is no nearer to the event than `5 days` above it; begin with the deadline that is furthest from the event",
        ),
        (
            table(&[("5 days", "nothing"), ("5 days", "50%")], "100%", "100%"),
            "`5 days` is no nearer to the event than `5 days` above it; begin with the deadline that is furthest from the event",
        ),
        (
            table(
                &[("10 working days", "nothing"), ("7 days", "50%")],
                "100%",
                "100%",
            ),
            "`7 days` and `10 working days` cannot be put in order; count all deadlines in days, or all in working days",
        ),
        (
            table(&[("10 days", "50%")], "25%", "100%"),
            "`25%` is less than `50%` before it; what is charged must not fall as the event nears, nor for a place at which nobody came",
        ),
        (
            table(&[("10 days", "nothing")], "£35", "£20"),
            "`£20.00` is less than `£35.00` before it; what is charged must not fall as the event nears, nor for a place at which nobody came",
        ),
        (
            table(&[("10 days", "50%")], "£35.00", "£35.00"),
            "`£35.00` and `50%` cannot be held against each other; write all charges as shares of the price, or all as sums",
        ),
        (
            table(&[], "101%", "100%"),
            "`101%` is more than the price of a place",
        ),
        (
            table(&[], "300%", "100%"),
            "`300%` is more than the price of a place",
        ),
        (
            table(&[], "50", "100%"),
            "`50` is neither a share of the price, such as `50%`, nor a sum, such as `£35.00`",
        ),
        (
            table(&[("0 days", "nothing")], "50%", "100%"),
            "`0 days` is not a number of days from 1 to 365, such as `10 working days` or `7 days`",
        ),
    ] {
        assert_eq!(told, expected);
    }
}

#[test]
fn what_is_neither_a_charge_nor_a_deadline_is_refused() {
    for text in [
        "", "%", "-5%", "+5%", "5.5%", "half", "£", "£-5", "all", "5 %%",
    ] {
        assert!(Charge::parse(text).is_err(), "{text}");
    }
    for text in ["50 %", " 50% ", "£35", "£1,000.50", "nothing", "0%", "£0"] {
        let charge = Charge::parse(text).unwrap();
        assert_eq!(Charge::parse(&charge.to_string()), Ok(charge), "{text}");
    }
    for text in [
        "",
        "days",
        "7",
        "7 hours",
        "-7 days",
        "+7 days",
        "366 days",
        "1.5 days",
        "7 work days",
    ] {
        assert!(Deadline::parse(text).is_err(), "{text}");
    }
    for text in ["1 day", "1 days", "  10  working days"] {
        let deadline = Deadline::parse(text).unwrap();
        assert_eq!(
            Deadline::parse(&deadline.to_string()),
            Ok(deadline),
            "{text}"
        );
    }
}
