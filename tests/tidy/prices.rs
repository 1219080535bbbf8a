//! A price comes from the publication, never from a request.

use crate::report::Report;
use crate::tree::{files, production, text};

/// A field with one of these words in its name would be a sum of money.
const MONEY: &[&str] = &[
    "price", "pence", "amount", "fee", "fees", "cost", "total", "sum", "pounds",
];

const REMEDY: &str =
    "look the price up in the publication by the event or the school; a browser never sends one";

/// Where the treasurer, signed in, decides on a sum: what is given back, what
/// is credited. That is no price.
const TREASURER: &[&str] = &[
    "functions/src/staff/treasury",
    "themes/partnership/templates/staff/invoice.html",
    "themes/partnership/templates/staff/payment.html",
];

/// The modules that speak to a provider or to the table, not to a browser.
const NOT_A_BROWSER: &[&str] = &[
    "functions/src/store",
    "functions/src/stripe",
    "functions/src/mail",
    "functions/src/config",
];

#[test]
fn no_form_has_a_field_for_a_price() {
    let mut report = Report::default();
    for source in production("functions/src") {
        if NOT_A_BROWSER
            .iter()
            .chain(TREASURER)
            .any(|module| source.path.starts_with(module))
        {
            continue;
        }
        for (form, fields) in source.read_structs() {
            for (offset, field) in fields.iter().filter(|(_, field)| is_money(field)) {
                report.add(
                    &source.place(*offset),
                    &format!("`{form}` is read from a request and has `{field}`"),
                    REMEDY,
                );
            }
        }
    }
    report.finish();
}

#[test]
fn no_screen_sends_a_price_back() {
    let mut report = Report::default();
    let screens = files("themes", ".html");
    assert!(
        !screens.is_empty(),
        "themes: there is no template; has the folder moved?"
    );
    for screen in screens
        .into_iter()
        .filter(|screen| !TREASURER.contains(&screen.as_str()))
    {
        for (index, line) in text(&screen).lines().enumerate() {
            let names = line
                .split(" name=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next());
            // Such as `<meta name="…">`, which sends nothing.
            for name in names.filter(|name| is_money(name) && !line.contains("<meta")) {
                report.add(
                    &format!("{screen}:{}", index + 1),
                    &format!("the form has a field `{name}`"),
                    REMEDY,
                );
            }
        }
    }
    report.finish();
}

fn is_money(field: &str) -> bool {
    field.split(['_', '-']).any(|word| MONEY.contains(&word))
}
