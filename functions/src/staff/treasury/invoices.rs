//! Invoices: those that ask for something, how old the debt is, and the others,
//! on a page and as a file.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::calendar::{london_date, long_date};
use domain::invoice::Invoice;
use domain::money::Pence;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::csv_file::download;

/// Which invoices can be asked for, and what people call them.
const WHICH: [(&str, &str); 5] = [
    ("", "Those to be paid"),
    ("overdue", "Those that are overdue"),
    ("overpaid", "Those that were paid too much on"),
    ("settled", "Those that ask for nothing more"),
    ("all", "All"),
];

/// `GET /staff/invoices/?which=…&q=…`.
pub(super) async fn list(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let said = |name: &str| asked.get(name).map(|text| text.trim()).unwrap_or_default();
    let today = london_date(app.clock.now());
    let found = wanted(&app, said("which"), today).await?;
    let sought = said("q").to_lowercase();
    let found: Vec<Invoice> = found
        .into_iter()
        .filter(|invoice| sought.is_empty() || is_about(invoice, &sought))
        .collect();
    let rows: Vec<Value> = found.iter().map(|invoice| row(invoice, today)).collect();
    let open = app.store.open_invoices().await?;
    let open: Vec<Invoice> = open.into_iter().map(|read| read.value).collect();
    let context = json!({
        "rows": rows, "options": WHICH, "which": said("which"), "q": said("q"),
        "ages": ages(&open, today),
        "balance_pence": found.iter().map(Invoice::balance).sum::<Pence>(),
        "may_act": member.has_any(super::KEEPS),
    });
    let about = ("Invoices", "/staff/invoices/", "staff/invoices.html");
    view::open(&app, &member, about, context).await
}

async fn wanted(app: &App, which: &str, today: Date) -> Result<Vec<Invoice>, ApiError> {
    let all = match which {
        "settled" | "all" => app.store.invoices().await?,
        _ => app.store.open_invoices().await?,
    };
    let is_wanted = |invoice: &Invoice| match which {
        "overdue" => invoice.is_overdue(today),
        "overpaid" => !invoice.overpaid().is_zero(),
        "settled" => !invoice.is_open(),
        "all" => true,
        _ => invoice.is_open(),
    };
    let all = all.into_iter().map(|read| read.value);
    Ok(all.filter(is_wanted).collect())
}

/// Whether an invoice has to do with what was typed, in small letters.
fn is_about(invoice: &Invoice, sought: &str) -> bool {
    let says = &invoice.says;
    let order = says.to.purchase_order.as_ref().map(ToString::to_string);
    [
        invoice.number.to_string(),
        says.to.name.to_string(),
        says.description.clone(),
        says.sent_to.email.as_str().to_owned(),
        order.unwrap_or_default(),
    ]
    .iter()
    .any(|text| text.to_lowercase().contains(sought))
}

fn row(invoice: &Invoice, today: Date) -> Value {
    json!({
        "number": invoice.number, "name": invoice.says.to.name,
        "description": invoice.says.description, "total_pence": invoice.says.total,
        "balance_pence": invoice.balance(), "overpaid_pence": invoice.overpaid(),
        "due_on": long_date(invoice.due_on), "overdue": invoice.is_overdue(today),
        "standing": invoice.standing().words(),
    })
}

/// How old what is owed is, by the day that it was due.
fn ages(open: &[Invoice], today: Date) -> Vec<Value> {
    let bands: [(&str, i32, i32); 5] = [
        ("Not due yet", i32::MIN, 0),
        ("Overdue by up to 30 days", 1, 30),
        ("31 to 60 days", 31, 60),
        ("61 to 90 days", 61, 90),
        ("More than 90 days", 91, i32::MAX),
    ];
    let days = |invoice: &Invoice| (today - invoice.due_on).get_days();
    bands
        .iter()
        .map(|(words, from, to)| {
            let of_band = open
                .iter()
                .filter(|one| one.is_open() && (*from..=*to).contains(&days(one)));
            let balances: Vec<Pence> = of_band.map(Invoice::balance).collect();
            let sum: Pence = balances.iter().copied().sum();
            json!({ "words": words, "count": balances.len(), "pence": sum })
        })
        .collect()
}

/// `GET /staff/invoices.csv?which=…`.
pub(super) async fn file(
    State(app): State<App>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let today = london_date(app.clock.now());
    let which = asked.get("which").map_or("all", String::as_str);
    let columns = [
        "number",
        "issued",
        "due",
        "name",
        "description",
        "purchase order",
        "net",
        "VAT",
        "total",
        "credited",
        "paid",
        "balance",
        "state",
        "income",
    ];
    let found = wanted(&app, which, today).await?;
    let rows = found.iter().map(|invoice| {
        let says = &invoice.says;
        let order = says.to.purchase_order.as_ref().map(ToString::to_string);
        vec![
            invoice.number.to_string(),
            invoice.issued_on.to_string(),
            invoice.due_on.to_string(),
            says.to.name.to_string(),
            says.description.clone(),
            order.unwrap_or_default(),
            plain(says.net()),
            plain(says.vat.tax),
            plain(says.total),
            plain(invoice.credited()),
            plain(invoice.paid()),
            plain(invoice.balance()),
            invoice.standing().words().to_owned(),
            says.income().words().to_owned(),
        ]
    });
    download(&format!("invoices-{today}.csv"), &columns, rows)
}

/// A sum as a spreadsheet reads it: `2907.92`.
pub(super) fn plain(pence: Pence) -> String {
    format!("{}.{:02}", pence.get() / 100, pence.get() % 100)
}
