//! The members of today, brought in from the list that was kept before: first
//! everything that is wrong with it, by line and column, then the list itself.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::calendar::london_date;
use domain::membership::{COLUMNS, ImportedMember, NEEDED};
use domain::staff::StaffMember;
use domain::trail::Who;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::signed_in::By;
use super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;
use crate::secretary::{self, Imported, Instruction, Refused};
use crate::typed::Typed;

const PATH: &str = "/staff/members/import/";

/// What is sent: the list, as it stands in a CSV file or as a spreadsheet
/// copies it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    list: String,
}

/// Something wrong with the list.
struct Problem {
    line: u64,
    column: String,
    what: String,
}

/// A row that is right, with its line.
struct Row {
    line: u64,
    member: ImportedMember,
}

/// `GET /staff/members/import/`.
pub(super) async fn page(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    show(&app, &member, &Form::default(), json!(null), StatusCode::OK).await
}

/// `POST /staff/members/import/`: what would be done. Nothing is.
pub(super) async fn check(
    State(app): State<App>,
    By(member): By,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let today = london_date(app.clock.now());
    let (rows, problems) = read(&typed.form.list, today);
    let mut there = Vec::new();
    let mut new = Vec::new();
    for row in &rows {
        let names = if secretary::is_there(&app, &row.member).await? {
            &mut there
        } else {
            &mut new
        };
        names.push(named(row));
    }
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let outcome = json!({
        "problems": shown(&problems), "new": new, "there": there, "done": false,
    });
    show(&app, &member, &typed.form, outcome, status).await
}

/// `POST /staff/members/import/commit/`: the list, if all of it is right.
pub(super) async fn commit(
    State(app): State<App>,
    By(member): By,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let today = london_date(app.clock.now());
    let (rows, mut problems) = read(&typed.form.list, today);
    let by = Instruction::by(Who::Staff(member.id.clone()));
    let (mut entered, mut there) = (Vec::new(), Vec::new());
    if problems.is_empty() {
        for row in &rows {
            match secretary::import(&app, &by, &row.member).await {
                Ok(Imported::Entered) => entered.push(named(row)),
                Ok(Imported::There) => there.push(named(row)),
                Err(Refused::Store(error)) => return Err(error.into()),
                Err(refused) => problems.push(Problem {
                    line: row.line,
                    column: "urn".to_owned(),
                    what: refused.to_string(),
                }),
            }
        }
    }
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let outcome = json!({
        "problems": shown(&problems), "new": entered, "there": there, "done": true,
    });
    show(&app, &member, &typed.form, outcome, status).await
}

/// The rows of a list that are right, and all that is wrong with the others.
fn read(list: &str, today: Date) -> (Vec<Row>, Vec<Problem>) {
    // A browser sends every line end as two characters, and lines are counted.
    let list = list.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let header = list.lines().next().unwrap_or_default();
    let delimiter = if header.contains('\t') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(list.as_bytes());
    let names: Vec<String> = match reader.headers() {
        Ok(header) => header
            .iter()
            .map(|name| name.trim().to_lowercase().replace('_', " "))
            .collect(),
        Err(_) => Vec::new(),
    };
    let mut problems = of_header(&names);
    let mut rows: Vec<Row> = Vec::new();
    if !problems.is_empty() {
        return (rows, problems);
    }
    let mut known: BTreeMap<String, u64> = BTreeMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let what = "This line cannot be read: save the list as UTF-8".to_owned();
                problems.push(Problem {
                    line,
                    column: String::new(),
                    what,
                });
                break;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != names.len() {
            let what = format!(
                "This line has {} cells and the first has {}: is a quotation mark missing around a comma?",
                record.len(),
                names.len()
            );
            problems.push(Problem {
                line,
                column: String::new(),
                what,
            });
            continue;
        }
        let cell = |column: &str| {
            let at = names.iter().position(|name| name == column);
            at.and_then(|at| record.get(at)).unwrap_or_default()
        };
        match ImportedMember::read(cell, today) {
            Ok(member) => match known.insert(member.identity(), line) {
                Some(first) => problems.push(Problem {
                    line,
                    column: "urn".to_owned(),
                    what: format!("The same member stands in line {first} already"),
                }),
                None => rows.push(Row { line, member }),
            },
            Err(faults) => problems.extend(faults.into_iter().map(|fault| Problem {
                line,
                column: fault.column.to_owned(),
                what: fault.what,
            })),
        }
    }
    if rows.is_empty() && problems.is_empty() {
        problems.push(Problem {
            line: 1,
            column: String::new(),
            what: "The list has no line below the names of its columns".to_owned(),
        });
    }
    (rows, problems)
}

/// What is wrong with the names of the columns.
fn of_header(names: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut note = |column: &str, what: String| {
        problems.push(Problem {
            line: 1,
            column: column.to_owned(),
            what,
        });
    };
    for column in COLUMNS.iter().take(NEEDED) {
        if !names.iter().any(|name| name == column) {
            note(column, format!("There is no column `{column}`"));
        }
    }
    for (index, name) in names.iter().enumerate() {
        if !COLUMNS.contains(&name.as_str()) {
            let known = COLUMNS.join(", ");
            note(
                name,
                format!("There is no such column: the list has {known}"),
            );
        } else if names[..index].contains(name) {
            note(name, "This column is there twice".to_owned());
        }
    }
    problems
}

fn named(row: &Row) -> Value {
    json!({
        "line": row.line, "name": row.member.member.name, "urn": row.member.member.urn,
        "category": row.member.category.words(),
    })
}

fn shown(problems: &[Problem]) -> Vec<Value> {
    problems
        .iter()
        .map(|problem| {
            json!({ "line": problem.line, "column": problem.column, "what": problem.what })
        })
        .collect()
}

async fn show(
    app: &App,
    member: &StaffMember,
    form: &Form,
    outcome: Value,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let screen = Screen {
        title: "Bring in the members of today",
        description: "",
        path: PATH,
    };
    let context = json!({
        "form": form, "errors": [], "outcome": outcome,
        "needed": COLUMNS[..NEEDED], "others": COLUMNS[NEEDED..],
    });
    view::page(app, member, screen, "staff/import.html", context, status).await
}
