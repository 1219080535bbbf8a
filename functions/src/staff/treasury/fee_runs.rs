//! Fee runs: which periods there are, what each member owes for one, freezing
//! it, and issuing its invoices.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::calendar::{london_date, long_date};
use domain::fee_run::{FeeRun, FeeRunRow, FeeRunState, RowFee, RowState};
use domain::form::FieldErrors;
use domain::money::Pence;
use domain::staff::StaffMember;
use domain::trail::Who;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::history::history;
use super::super::signed_in::By;
use super::super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::named::Named;
use crate::screen::Screen;
use crate::store::Versioned;
use crate::treasurer::{self, Refused};
use crate::typed::Typed;

/// How long one request goes on with a run: the gateway gives up at 30 seconds.
const PATIENCE: Duration = Duration::from_secs(15);

/// The form, as it was sent: what it is about is in its address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    version: String,
}

/// `GET /staff/fee-runs/`.
pub(super) async fn list(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let fees = &site.publication.fees;
    let today = london_date(app.clock.now());
    let runs = app.store.fee_runs().await?;
    let mut periods = Vec::new();
    // The period of today, the one before it and the two after it.
    let mut next = fees.period(today).ok().flatten();
    if let Some(before) = next
        .as_ref()
        .and_then(|period| period.from.yesterday().ok())
        .and_then(|day| fees.period(day).ok().flatten())
    {
        periods.push(before);
    }
    for _ in 0..3 {
        let Some(period) = next else { break };
        next = period
            .to
            .tomorrow()
            .ok()
            .and_then(|day| fees.period(day).ok().flatten());
        periods.push(period);
    }
    let mut rows: Vec<Value> = periods
        .iter()
        .map(|period| {
            let run = runs.iter().find(|run| run.value.period == period.from);
            json!({
                "period": period.from, "name": period.name,
                "from": long_date(period.from), "to": long_date(period.to),
                "is_free": period.numerator == 0,
                "state": run.map_or("not begun", |run| state_words(run.value.state)),
                "total_pence": run.map(|run| run.value.total),
            })
        })
        .collect();
    let older = runs
        .iter()
        .filter(|run| !periods.iter().any(|period| period.from == run.value.period));
    rows.extend(older.map(|run| {
        json!({
            "period": run.value.period, "name": run.value.name,
            "from": long_date(run.value.period), "to": long_date(run.value.to),
            "is_free": false, "state": state_words(run.value.state),
            "total_pence": run.value.total,
        })
    }));
    let about = ("Fee runs", "/staff/fee-runs/", "staff/fee-runs.html");
    view::open(&app, &member, about, json!({ "rows": rows })).await
}

const fn state_words(state: FeeRunState) -> &'static str {
    match state {
        FeeRunState::Freezing => "being frozen: freeze it again",
        FeeRunState::Frozen => "frozen",
        FeeRunState::Issuing => "being issued",
        FeeRunState::Issued { .. } => "issued",
    }
}

/// `GET /staff/fee-runs/{first day}/`.
pub(super) async fn page(
    State(app): State<App>,
    By(member): By,
    Named(period): Named,
) -> Result<Response, ApiError> {
    let period: Date = period.parse().map_err(|_| ApiError::NotFound)?;
    show(&app, &member, period, FieldErrors::default()).await
}

async fn show(
    app: &App,
    member: &StaffMember,
    period: Date,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let run = app.store.fee_run(period).await?;
    let frozen = run
        .as_ref()
        .filter(|run| run.value.state != FeeRunState::Freezing);
    let rows = match frozen {
        Some(run) => frozen_rows(app, &run.value).await?,
        None => match treasurer::preview(app, &site, period).await {
            Ok(rows) => rows,
            Err(Refused::NoPeriod) => return Err(ApiError::NotFound),
            Err(Refused::Store(error)) => return Err(error.into()),
            Err(refused) => return Err(ApiError::BadRequest(refused.to_string())),
        },
    };
    let trail = app.store.fee_run_trail(period).await?;
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let count = |of: fn(&FeeRunRow) -> bool| rows.iter().filter(|row| of(row)).count();
    let context = json!({
        "run": run.as_ref().map(|run| run_words(&run.value)),
        "version": run.as_ref().map_or(0, |run| run.version),
        "period": long_date(period), "command": entropy::key(), "errors": errors,
        "may_act": member.has_any(super::KEEPS),
        "rows": rows.iter().map(row_words).collect::<Vec<_>>(),
        "total_pence": rows.iter().map(FeeRunRow::pence).sum::<Pence>(),
        "to_issue": count(|row| matches!(row.owed, RowFee::Due { .. })),
        "waiting": count(|row| row.state == RowState::Waiting),
        "issued": count(|row| matches!(row.state, RowState::Issued { .. })),
        "history": history(app, trail).await?,
    });
    let path = address(period);
    let screen = Screen {
        title: "A fee run",
        description: "",
        path: &path,
    };
    view::page(app, member, screen, "staff/fee-run.html", context, status).await
}

async fn frozen_rows(app: &App, run: &FeeRun) -> Result<Vec<FeeRunRow>, ApiError> {
    let rows = app.store.fee_run_rows(run.period).await?;
    let rows = rows
        .into_iter()
        .map(|read: Versioned<FeeRunRow>| read.value);
    let mut rows: Vec<FeeRunRow> = rows.filter(|row| row.frozen_at == run.frozen_at).collect();
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(rows)
}

fn address(period: Date) -> String {
    format!("/staff/fee-runs/{period}/")
}

fn run_words(run: &FeeRun) -> Value {
    json!({
        "name": run.name, "to": long_date(run.to), "schedule": run.schedule,
        "state": state_words(run.state), "members": run.members, "total_pence": run.total,
        "frozen_on": long_date(london_date(run.frozen_at)),
        "is_frozen": run.state == FeeRunState::Frozen,
        "is_issuing": run.state == FeeRunState::Issuing,
        "is_issued": matches!(run.state, FeeRunState::Issued { .. }),
    })
}

fn row_words(row: &FeeRunRow) -> Value {
    let (pence, words) = match &row.owed {
        RowFee::Due { draft } => {
            let lines: Vec<&str> = draft
                .lines
                .iter()
                .map(|line| line.reason.as_str())
                .collect();
            (Some(draft.total), lines.join("; "))
        }
        RowFee::Nothing { why } => (None, why.to_string()),
        RowFee::Invoiced { invoice } => (None, format!("invoiced before ({invoice})")),
    };
    let invoice = match row.state {
        RowState::Issued { invoice } => Some(invoice),
        _ => None,
    };
    json!({
        "member": row.membership, "name": row.name, "pence": pence, "words": words,
        "invoice": invoice,
    })
}

/// What becomes of an action: the page again, with why nothing was done.
async fn answer(
    app: &App,
    member: &StaffMember,
    period: Date,
    done: Result<(), Refused>,
) -> Result<Response, ApiError> {
    let mut errors = FieldErrors::default();
    match done {
        Ok(()) => return Ok(Redirect::to(&address(period)).into_response()),
        Err(Refused::Store(error)) => return Err(error.into()),
        Err(Refused::NoRecord | Refused::NoPeriod) => return Err(ApiError::NotFound),
        Err(refused) => errors.note("", refused),
    }
    show(app, member, period, errors).await
}

fn instruction(member: &StaffMember, typed: &Typed<Form>) -> Instruction {
    Instruction {
        by: Who::Staff(member.id.clone()),
        seen: Some(typed.form.version.parse().unwrap_or(u64::MAX)),
        command: Some(typed.command.clone()),
    }
}

/// `POST /staff/fee-runs/{first day}/freeze/`.
pub(super) async fn freeze(
    State(app): State<App>,
    By(member): By,
    Named(period): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let period: Date = period.parse().map_err(|_| ApiError::NotFound)?;
    let site = app.site.published().await?;
    let by = instruction(&member, &typed);
    let done = treasurer::freeze(&app, &site, &by, period).await;
    answer(&app, &member, period, done).await
}

/// `POST /staff/fee-runs/{first day}/issue/`.
pub(super) async fn issue(
    State(app): State<App>,
    By(member): By,
    Named(period): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let period: Date = period.parse().map_err(|_| ApiError::NotFound)?;
    let by = instruction(&member, &typed);
    if let Err(refused) = treasurer::start_issuing(&app, &by, period).await {
        return answer(&app, &member, period, Err(refused)).await;
    }
    advance(&app, &member, period).await
}

/// `POST /staff/fee-runs/{first day}/go-on/`: what is left of it.
pub(super) async fn go_on(
    State(app): State<App>,
    By(member): By,
    Named(period): Named,
) -> Result<Response, ApiError> {
    let period: Date = period.parse().map_err(|_| ApiError::NotFound)?;
    advance(&app, &member, period).await
}

async fn advance(app: &App, member: &StaffMember, period: Date) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let done = Box::pin(treasurer::advance(app, &site, period, PATIENCE)).await;
    answer(app, member, period, done.map(|_| ())).await
}
