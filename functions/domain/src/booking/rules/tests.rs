//! The rules as they are read: whole, in part, and such as cannot work.

use jiff::civil::date;
use serde_json::{Value, json};

use super::BookingRules;
use crate::event::CancellationPolicy;

fn lasting(minutes: u32) -> Value {
    json!({ "minutes": minutes, "source": "a test" })
}

/// The rules as they were before there were others.
fn first() -> Value {
    json!({ "checkout": lasting(30), "grace": lasting(5), "offer": lasting(2_880) })
}

fn read(rules: Value) -> Result<BookingRules, String> {
    serde_json::from_value(rules).map_err(|error| error.to_string())
}

fn with(name: &str, value: Value) -> Result<BookingRules, String> {
    let mut rules = first();
    rules[name] = value;
    read(rules)
}

#[test]
fn an_older_publication_is_read_and_charges_nothing() {
    let rules = read(first()).unwrap();
    let minutes = [
        rules.near.minutes,
        rules.offer_near.minutes,
        rules.confirmation.minutes,
        rules.approval.minutes,
        rules.feedback.minutes,
    ];
    assert_eq!(minutes, [10_080, 240, 30, 2_880, 86_400]);
    let spring = rules.terms.of(date(2028, 4, 30)).to_string();
    assert_eq!(spring, "Spring 2027/28");
    let nothing = CancellationPolicy::free();
    let unstated = &rules.cancellation;
    assert_eq!(
        (unstated.late, unstated.no_show),
        (nothing.late, nothing.no_show)
    );
    assert!(rules.bank_holidays.days.is_empty());
    // Near the event nobody has longer than at other times.
    let brief = with("offer", lasting(60)).unwrap();
    assert_eq!(brief.offer_near.minutes, 60);
}

#[test]
fn what_is_published_is_read_back_the_same() {
    let mut rules = first();
    rules["cancellation"] = json!({
        "steps": [{ "until": "10 working days", "charge": "nothing" }],
        "late": "£35", "no_show": "£70.00", "source": "a test",
    });
    rules["bank_holidays"] = json!({ "days": ["2028-04-17", "2028-04-14"], "source": "a test" });
    let rules = read(rules).unwrap();
    assert_eq!(rules.bank_holidays.days.first(), Some(&date(2028, 4, 14)));
    let again = serde_json::to_value(&rules).unwrap();
    assert_eq!(again["cancellation"]["late"], "£35.00");
    assert_eq!(read(again), Ok(rules));
}

#[test]
fn rules_that_cannot_work_are_refused() {
    for (name, value, told) in [
        (
            "approval",
            lasting(0),
            "`approval` must be at least 1 minute",
        ),
        (
            "confirmation",
            lasting(0),
            "`confirmation` must be at least 1 minute",
        ),
        (
            "offer_near",
            lasting(0),
            "`offer_near` must be at least 1 minute",
        ),
        (
            "offer_near",
            lasting(2_881),
            "`offer_near` must not be longer than `offer`: near the event there is less time",
        ),
        (
            "cancellation",
            json!({ "late": "nothing", "no_show": "nothing" }),
            "`cancellation` needs a `source`: where the rule stands, or why it is our default",
        ),
    ] {
        assert_eq!(with(name, value), Err(told.to_owned()), "{name}");
    }
}
