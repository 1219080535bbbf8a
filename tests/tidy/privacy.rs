//! Nothing personal is logged: identifiers only.

use crate::report::Report;
use crate::source::{Source, closing, words};
use crate::tree::production;

const MACROS: &[&str] = &[
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "event",
    "span",
    "trace_span",
    "debug_span",
    "info_span",
    "warn_span",
    "error_span",
    "instrument",
    "println",
    "eprintln",
    "print",
    "eprint",
    "dbg",
];

/// A name with one of these words in it is somebody's.
const PERSONAL: &[&str] = &[
    "email",
    "telephone",
    "phone",
    "address",
    "postcode",
    "head",
    "contact",
    "finance",
    "person",
    "booker",
    "recipient",
    "attendee",
    "surname",
    "forename",
    "secret",
    "token",
    "password",
    "cookie",
    "signature",
];

/// What is a person's own words, or may be. `name` could be anybody's; a log
/// says `table` or `function` where it means that.
const TYPED: &[&str] = &[
    "name",
    "full_name",
    "form",
    "fields",
    "typed",
    "body",
    "query",
    "uri",
    "headers",
    "request",
];

/// Records, which have personal fields and are shown only by `?`. By `%` it
/// can only be their reference: they have no text of their own.
const RECORDS: &[&str] = &[
    "application",
    "applicant",
    "booking",
    "delegate",
    "details",
    "letter",
    "payment",
    "school",
];

const REMEDY: &str =
    "log an identifier (a reference, a URN, a request id) and leave the rest in the record";

#[test]
fn no_log_line_names_a_personal_field() {
    let mut report = Report::default();
    for source in production("functions/src") {
        // A command's output is for the person who runs it.
        for offset in log_lines(&source)
            .into_iter()
            .filter(|_| !source.path.starts_with("functions/src/bin/publish"))
        {
            let open = offset + source.code[offset..].find('(').unwrap_or_default();
            let end = closing(&source.code, open);
            for value in values(&source.code[open..end]).chain(captured(&source.text[open..end])) {
                let what = format!("a log line says `{value}`, which is personal or may be");
                report.add(&source.place(offset), &what, REMEDY);
            }
        }
    }
    report.finish();
}

/// Where a macro that logs begins.
fn log_lines(source: &Source) -> Vec<usize> {
    let is_log = |(offset, word): &(usize, &str)| {
        let after = &source.code[offset + word.len()..];
        let is_macro = after.starts_with("!(") && MACROS.contains(word);
        is_macro || (*word == "instrument" && after.starts_with('('))
    };
    source
        .words()
        .into_iter()
        .filter(is_log)
        .map(|(offset, _)| offset)
        .collect()
}

/// The personal names among the arguments.
fn values(arguments: &str) -> impl Iterator<Item = &str> {
    words(arguments).into_iter().filter_map(|(offset, word)| {
        let before = arguments[..offset].trim_end();
        let after = arguments[offset + word.len()..].trim_start();
        // `reference = …` names a field, `booking.reference` is a part.
        let names_a_field = after.starts_with('=') && !after.starts_with("==");
        let goes_on = after.starts_with(['.', '(']) || after.starts_with("::");
        let whole = !goes_on && !names_a_field && !before.ends_with("::");
        let typed = whole && TYPED.contains(&word);
        let record = whole && RECORDS.contains(&word) && before.ends_with('?');
        (is_personal(word) || typed || record).then_some(word)
    })
}

/// The personal names that a message captures, such as `{email}`.
fn captured(message: &str) -> impl Iterator<Item = &str> {
    let captures = message
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    captures.filter_map(|capture| {
        let (name, form) = capture.split_once(':').unwrap_or((capture, ""));
        let record = RECORDS.contains(&name) && form.contains('?');
        (is_personal(name) || TYPED.contains(&name) || record).then_some(name)
    })
}

fn is_personal(name: &str) -> bool {
    name.split('_').any(|word| PERSONAL.contains(&word))
}

#[test]
fn what_is_personal_is_told_from_what_is_not() {
    let found = |line: &str| {
        let source = Source::new("a.rs".to_owned(), line.to_owned());
        let offset = log_lines(&source)[0];
        values(&source.code[offset..])
            .chain(captured(&source.text[offset..]))
            .count()
    };
    assert_eq!(
        found(r#"tracing::info!(reference = %booking.reference, "booked")"#),
        0
    );
    assert_eq!(
        found(r#"tracing::error!(request_id, "the address is not known")"#),
        0
    );
    assert_eq!(found(r#"info!(email = %form.email, "booked")"#), 2);
    assert_eq!(found(r#"info!(?booking, "booked")"#), 1);
    assert_eq!(found(r#"info!(booking = %booking, "booked")"#), 0);
    assert_eq!(found(r#"warn!("no place for {booking:?}")"#), 1);
    assert_eq!(found(r#"warn!("no place for {head_name}")"#), 1);
}
