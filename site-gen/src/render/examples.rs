//! Worked examples for the fees page: what schools of three sizes would pay,
//! by the code that charges them.

use domain::fees::FeeSchedule;
use domain::school::PupilsOnRoll;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

/// A school of two forms of entry (7 × 60), and one whose fee does not come out
/// in whole pounds.
const SIZES: [&str; 2] = ["420", "211"];

/// A large secondary school, which joins in the middle of a year.
const LATE: (&str, i8) = ("997", 5);

/// What one school would pay.
#[derive(Serialize)]
pub(super) struct Example {
    pupils: u32,
    joining: String,
    pence: u64,
    reason: String,
}

/// The examples: each period from its first day, and one joining late.
pub(super) fn worked(schedule: &FeeSchedule) -> Vec<Example> {
    let mut asked: Vec<(&str, Date)> = Vec::new();
    for period in &schedule.periods {
        asked.extend(SIZES.map(|pupils| (pupils, period.from)));
    }
    let (pupils, months) = LATE;
    let late = schedule
        .periods
        .last()
        .and_then(|period| period.from.checked_add(months.months()).ok());
    asked.extend(late.map(|joining| (pupils, joining)));
    asked
        .into_iter()
        .filter_map(|(pupils, joining)| example(schedule, pupils, joining))
        .collect()
}

fn example(schedule: &FeeSchedule, pupils: &str, joining: Date) -> Option<Example> {
    let quote = schedule
        .quote(PupilsOnRoll::parse(pupils).ok()?, joining)
        .ok()?;
    let reasons: Vec<_> = quote
        .working
        .iter()
        .map(|line| line.reason.clone())
        .collect();
    Some(Example {
        pupils: pupils.parse().ok()?,
        joining: joining.to_string(),
        pence: quote.pence.get(),
        reason: reasons.join("; "),
    })
}
