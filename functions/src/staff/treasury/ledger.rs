//! The ledger: the trial balance, the income of each month by its stream, the
//! comparison with the card provider's balance, and all of it as files.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::calendar::{london_date, long_date, month_name};
use domain::form::FieldErrors;
use domain::ledger::{Income, JournalEntry, Signed, TrialBalance, monthly_income};
use domain::money::Pence;
use domain::staff::StaffMember;
use domain::trail::Who;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use super::invoice_changes::{reason, sum};
use crate::answer::ApiError;
use crate::app::App;
use crate::csv_file::download;
use crate::entropy;
use crate::screen::Screen;
use crate::store::{Guard, Outcome, Transaction};
use crate::typed::Typed;

/// What came in kind, as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    worth: String,
    what: String,
}

/// `GET /staff/ledger/?year=…`.
pub(super) async fn page(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let form = Form::default();
    show(&app, &member, &asked, (&form, FieldErrors::default())).await
}

/// The year that is asked for, September to August: that of today if none is.
fn year(app: &App, asked: &HashMap<String, String>) -> (Date, Date) {
    let today = london_date(app.clock.now());
    let this = domain::account::academic_year(today);
    let first = asked
        .get("year")
        .and_then(|year| year.trim().parse::<i16>().ok())
        .filter(|year| (2016..9998).contains(year))
        .unwrap_or(this);
    let from = Date::new(first, 9, 1).unwrap_or(today);
    let to = Date::new(first + 1, 8, 31).unwrap_or(today);
    (from, to)
}

async fn show(
    app: &App,
    member: &StaffMember,
    asked: &HashMap<String, String>,
    (form, errors): (&Form, FieldErrors),
) -> Result<Response, ApiError> {
    let (from, to) = year(app, asked);
    let entries = app.store.ledger(to.tomorrow().ok()).await?;
    let balance = TrialBalance::of(&entries);
    let accounts: Vec<Value> = balance
        .balances()
        .map(|one| {
            let debit = one.pence.max(0);
            let credit = (-one.pence).max(0);
            json!({
                "code": one.account.code(), "name": one.account.words(),
                "debit_pence": debit, "credit_pence": credit,
            })
        })
        .collect();
    let income = income(&entries, (from, to));
    let latest: Vec<Value> = entries
        .iter()
        .rev()
        .filter(|entry| entry.on >= from)
        .take(50)
        .map(entry_words)
        .collect();
    let reconciled = app.store.reconciliation().await?;
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let years = [from.year() - 1, from.year(), from.year() + 1];
    let context = json!({
        "accounts": accounts, "sum_pence": balance.sum(), "entries": latest,
        "debits_pence": balance.balances().map(|one| one.pence.max(0)).sum::<i64>(),
        "months": income, "most_pence": most(&income),
        "year": from.year(), "years": years, "until": long_date(to),
        "streams": Income::ALL.map(Income::words),
        "reconciled": reconciled.map(|done| json!({
            "on": long_date(london_date(done.at)), "is_even": done.is_even(),
            "provider": Signed(done.provider).to_string(), "books": Signed(done.books).to_string(),
            "lines": done.lines, "strange": done.strange,
            "differences": done.differences.iter().map(|one| json!({
                "payment": one.payment, "provider": Signed(one.provider).to_string(),
                "books": Signed(one.books).to_string(),
            })).collect::<Vec<_>>(),
        })),
        "form": form, "errors": errors, "command": entropy::key(),
        "may_act": member.has_any(super::KEEPS),
    });
    let screen = Screen {
        title: "Ledger",
        description: "",
        path: "/staff/ledger/",
    };
    view::page(app, member, screen, "staff/ledger.html", context, status).await
}

/// The income of each month of a year, by stream; months without any too.
fn income(entries: &[JournalEntry], (from, to): (Date, Date)) -> Vec<Value> {
    let months = monthly_income(entries, (from, to));
    let first = i32::from(from.year()) * 12 + i32::from(from.month()) - 1;
    (first..first + 12)
        .filter_map(|index| {
            let year = i16::try_from(index.div_euclid(12)).ok()?;
            let month = i8::try_from(index.rem_euclid(12) + 1).ok()?;
            let day = Date::new(year, month, 1).ok()?;
            let streams = months.get(&(year, month));
            let of = |income: Income| {
                let pence = streams.and_then(|streams| streams.get(&income));
                pence.copied().unwrap_or_default()
            };
            let sums: Vec<Value> = Income::ALL
                .iter()
                .map(|income| {
                    let pence = of(*income);
                    json!({
                        "stream": income.words(), "slug": income.slug(),
                        "pence": pence, "words": Signed(pence).to_string(),
                    })
                })
                .collect();
            let total: i64 = Income::ALL.iter().map(|income| of(*income)).sum();
            Some(json!({
                "month": format!("{} {}", month_name(day), year), "sums": sums,
                "total": Signed(total).to_string(), "total_pence": total,
            }))
        })
        .collect()
}

/// The most that came in a month, for the scale of the chart; never nought.
fn most(months: &[Value]) -> i64 {
    let totals = months
        .iter()
        .filter_map(|month| month["total_pence"].as_i64());
    totals.max().unwrap_or_default().max(1)
}

fn entry_words(entry: &JournalEntry) -> Value {
    let postings: Vec<Value> = entry
        .postings
        .iter()
        .map(|posting| {
            json!({
                "debit": posting.debit.words(), "credit": posting.credit.words(),
                "pence": posting.pence,
            })
        })
        .collect();
    json!({ "on": long_date(entry.on), "words": entry.words, "postings": postings })
}

/// `GET /staff/ledger.csv?year=…`: a row a posting, for an accounts package.
pub(super) async fn entries_file(
    State(app): State<App>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let (from, to) = year(&app, &asked);
    let entries = app.store.ledger(to.tomorrow().ok()).await?;
    let columns = [
        "date",
        "entry",
        "description",
        "member",
        "debit account",
        "debit name",
        "credit account",
        "credit name",
        "amount",
    ];
    let entries = entries.iter().filter(|entry| entry.on >= from);
    let rows = entries.flat_map(|entry| {
        let member = entry.membership.as_ref().map(ToString::to_string);
        entry.postings.iter().map(move |posting| {
            vec![
                entry.on.to_string(),
                entry.cause.to_string(),
                entry.words.clone(),
                member.clone().unwrap_or_default(),
                posting.debit.code().to_owned(),
                posting.debit.words().to_owned(),
                posting.credit.code().to_owned(),
                posting.credit.words().to_owned(),
                super::invoices::plain(posting.pence),
            ]
        })
    });
    download(&format!("ledger-{}.csv", from.year()), &columns, rows)
}

/// `GET /staff/income.csv?year=…`: a row a month, a column a stream.
pub(super) async fn income_file(
    State(app): State<App>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let (from, to) = year(&app, &asked);
    let entries = app.store.ledger(to.tomorrow().ok()).await?;
    let months = monthly_income(&entries, (from, to));
    let mut columns = vec!["month"];
    columns.extend(Income::ALL.iter().map(|income| income.words()));
    let rows = months.iter().map(|((year, month), streams)| {
        let mut row = vec![format!("{year}-{month:02}")];
        row.extend(Income::ALL.iter().map(|income| {
            let pence = streams.get(income).copied().unwrap_or_default();
            let sign = if pence < 0 { "-" } else { "" };
            format!(
                "{sign}{}",
                super::invoices::plain(Pence::new(pence.unsigned_abs()))
            )
        }));
        row
    });
    download(&format!("income-{}.csv", from.year()), &columns, rows)
}

/// `POST /staff/ledger/in-kind/`: something came in kind.
pub(super) async fn in_kind(
    State(app): State<App>,
    By(member): By,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let mut errors = FieldErrors::default();
    let worth = errors.keep("worth", sum(&typed.form.worth));
    let what = errors.keep("what", reason(&typed.form.what));
    let (Some(worth), Some(what)) = (worth, what) else {
        let nothing = HashMap::new();
        return show(&app, &member, &nothing, (&typed.form, errors)).await;
    };
    let now = app.clock.now();
    let mut transaction = Transaction::by(Who::Staff(member.id.clone()));
    let entry = JournalEntry::in_kind(&entropy::key(), worth, &what, now);
    transaction.ledger(&entry)?;
    transaction.remember(&typed.command, "", now)?;
    let outcome = app.store.commit(transaction).await?;
    if outcome != Outcome::Committed && !outcome.is_refused_by(Guard::Command) {
        return Err(ApiError::Unavailable(anyhow::anyhow!(
            "what came in kind was not entered"
        )));
    }
    Ok(Redirect::to("/staff/ledger/").into_response())
}
