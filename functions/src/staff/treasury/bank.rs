//! The bank's statement: brought in as a file's text, and what of it waits,
//! each line with what it is likely for.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::bank::{BankLine, BankLineState, Proposal, propose, read_statement};
use domain::calendar::long_date;
use domain::form::FieldErrors;
use domain::invoice::Invoice;
use domain::staff::StaffMember;
use domain::trail::Who;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::screen::Screen;
use crate::treasurer;
use crate::typed::Typed;

/// How many lines that are done with are shown.
const DONE: usize = 50;

/// The form, as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    statement: String,
}

/// `GET /staff/bank/`.
pub(super) async fn page(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    let form = Form::default();
    show(&app, &member, &form, FieldErrors::default(), None).await
}

async fn show(
    app: &App,
    member: &StaffMember,
    form: &Form,
    errors: FieldErrors,
    brought: Option<Value>,
) -> Result<Response, ApiError> {
    let open = open(app).await?;
    let waiting = app.store.bank_lines_waiting().await?;
    let mut done = app.store.bank_lines_done().await?;
    done.truncate(DONE);
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let rows: Vec<Value> = waiting
        .iter()
        .map(|read| {
            let mut row = words(&read.value);
            row["version"] = json!(read.version);
            row["command"] = json!(entropy::key());
            let found = propose(&read.value.line, &open);
            row["proposals"] = found.iter().map(proposal).collect();
            row
        })
        .collect();
    let context = json!({
        "waiting": rows, "done": done.iter().map(|read| words(&read.value)).collect::<Vec<_>>(),
        "form": form, "errors": errors, "brought": brought, "command": entropy::key(),
        "may_act": member.has_any(super::KEEPS),
    });
    let screen = Screen {
        title: "Bank statement",
        description: "",
        path: "/staff/bank/",
    };
    view::page(app, member, screen, "staff/bank.html", context, status).await
}

/// The invoices that a line may be for.
pub(super) async fn open(app: &App) -> Result<Vec<Invoice>, ApiError> {
    let open = app.store.open_invoices().await?;
    Ok(open.into_iter().map(|read| read.value).collect())
}

/// A line, in words.
pub(super) fn words(line: &BankLine) -> Value {
    let (state, to) = match &line.state {
        BankLineState::Waiting => ("Waits".to_owned(), Vec::new()),
        BankLineState::Matched { to } => ("Paid".to_owned(), to.clone()),
        BankLineState::SetAside { reason } => (format!("Set aside: {reason}"), Vec::new()),
    };
    json!({
        "id": line.id, "on": long_date(line.line.on), "text": line.line.text,
        "pence": line.line.pence, "state": state, "to": to,
        "is_waiting": line.state == BankLineState::Waiting,
    })
}

/// A proposal, in words, and as its form sends it.
pub(super) fn proposal(proposal: &Proposal) -> Value {
    let to: Vec<Value> = proposal
        .to
        .iter()
        .map(|part| json!({ "invoice": part.invoice, "pence": part.pence }))
        .collect();
    json!({
        "to": to, "ground": proposal.ground.words(),
        "parts": super::bank_line::written(&proposal.to),
    })
}

/// `POST /staff/bank/`: brings a statement in. Where rows cannot be read,
/// nothing is brought in.
pub(super) async fn bring_in(
    State(app): State<App>,
    By(member): By,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let mut errors = FieldErrors::default();
    let statement = read_statement(&cells(&typed.form.statement));
    for fault in &statement.faults {
        errors.note("statement", format!("Row {}: {}", fault.row, fault.what));
    }
    if !errors.is_empty() {
        return show(&app, &member, &typed.form, errors, None).await;
    }
    let by = Instruction::by(Who::Staff(member.id.clone()));
    let brought = treasurer::bring_in(&app, &by, &statement).await?;
    if brought.new + brought.there == 0 {
        errors.note("statement", "No money came in by this statement");
        return show(&app, &member, &typed.form, errors, None).await;
    }
    if brought.there == 0 && statement.went_out == 0 {
        return Ok(Redirect::to("/staff/bank/").into_response());
    }
    let brought = json!({
        "new": brought.new, "there": brought.there, "went_out": statement.went_out,
    });
    let form = Form::default();
    show(&app, &member, &form, FieldErrors::default(), Some(brought)).await
}

/// The cells of a file's text: with commas, semicolons or, from a spreadsheet,
/// tabs between them.
fn cells(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let count = |mark: char| head.matches(mark).count();
    let marks = ['\t', ';', ','];
    let delimiter = marks.into_iter().max_by_key(|mark| count(*mark));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.map_or(b',', |mark| u8::try_from(mark).unwrap_or(b',')))
        .from_reader(text.as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}
