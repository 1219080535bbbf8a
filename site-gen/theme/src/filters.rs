//! The filters: money, days and times as people write them.

use domain::calendar::{clock_time, in_london, long_date};
use domain::money::Pence;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::nested::nested;

/// Gives templates the filters.
pub(crate) fn register(tera: &mut Tera) {
    // Tera’s own copies the text, and a page’s text is most of the page.
    tera.register_filter("safe", |value: Value, _: Kwargs, _: &State| {
        value.mark_safe()
    });
    tera.register_filter("nested", |headings: Value, _: Kwargs, _: &State| {
        nested(&headings)
    });
    tera.register_filter("pounds", |pence: u64, _: Kwargs, _: &State| {
        Pence::new(pence).to_string()
    });
    tera.register_filter(
        "long_date",
        |text: &str, _: Kwargs, _: &State| -> TeraResult<String> { Ok(long_date(day(text)?)) },
    );
    tera.register_filter(
        "time",
        |text: &str, _: Kwargs, _: &State| -> TeraResult<String> {
            Ok(clock_time(moment(text)?.time()))
        },
    );
    tera.register_filter(
        "date_time",
        |text: &str, _: Kwargs, _: &State| -> TeraResult<String> {
            let moment = moment(text)?;
            Ok(format!(
                "{}, {}",
                long_date(moment.date()),
                clock_time(moment.time())
            ))
        },
    );
}

/// The day of `2017-04-01`, of a local time, or of an instant in London.
fn day(text: &str) -> TeraResult<Date> {
    if let Ok(moment) = moment(text) {
        return Ok(moment.date());
    }
    text.parse()
        .map_err(|_| Error::message(format!("`{text}` is not a day, such as `2017-04-01`")))
}

/// The local time of `2028-03-14T16:00`, or of an instant such as
/// `2028-03-14T16:00:00Z` in London.
fn moment(text: &str) -> TeraResult<DateTime> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(in_london(instant).datetime());
    }
    let has_time = text.contains(['T', ' ']);
    match text.parse() {
        Ok(moment) if has_time => Ok(moment),
        _ => Err(Error::message(format!(
            "`{text}` is not a day and a time, such as `2028-03-14T16:00`"
        ))),
    }
}
