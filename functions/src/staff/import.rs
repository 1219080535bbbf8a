//! The members of today, brought in from the list that was kept before: first
//! everything that is wrong with it, by line and column, then the list itself.
//! The page keeps the list between the two, so a file is sent once.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::calendar::london_date;
use domain::form::FieldErrors;
use domain::membership::{COLUMNS, NEEDED};
use domain::staff::StaffMember;
use domain::trail::Who;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::signed_in::By;
use super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::instruction::Instruction;
use crate::screen::Screen;
use crate::secretary::{self, Imported, Refused};

mod list;
mod sent;

use list::{Problem, Row, read};
use sent::Sent;

const PATH: &str = "/staff/members/import/";

/// The list, as it stands in a CSV file or as a spreadsheet copies it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    list: String,
}

/// `GET /staff/members/import/`.
pub(super) async fn page(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    let opened = Sent {
        form: Form::default(),
        errors: FieldErrors::default(),
    };
    show(&app, &member, &opened, None).await
}

/// `POST /staff/members/import/`: what would be done. Nothing is.
pub(super) async fn check(
    State(app): State<App>,
    By(member): By,
    sent: Sent,
) -> Result<Response, ApiError> {
    if !sent.errors.is_empty() {
        return show(&app, &member, &sent, None).await;
    }
    let (rows, problems) = read(&sent.form.list, london_date(app.clock.now()));
    let mut outcome = Outcome {
        problems,
        ..Outcome::default()
    };
    for row in &rows {
        match secretary::is_there(&app, &row.member).await? {
            true => outcome.there.push(named(row)),
            false => outcome.new.push(named(row)),
        }
    }
    show(&app, &member, &sent, Some(outcome)).await
}

/// `POST /staff/members/import/commit/`: the list, if all of it is right.
pub(super) async fn commit(
    State(app): State<App>,
    By(member): By,
    sent: Sent,
) -> Result<Response, ApiError> {
    if !sent.errors.is_empty() {
        return show(&app, &member, &sent, None).await;
    }
    let (rows, problems) = read(&sent.form.list, london_date(app.clock.now()));
    let by = Instruction::by(Who::Staff(member.id.clone()));
    let is_right = problems.is_empty();
    let mut outcome = Outcome {
        problems,
        done: true,
        ..Outcome::default()
    };
    for row in rows.iter().filter(|_| is_right) {
        match secretary::import(&app, &by, &row.member).await {
            Ok(Imported::Entered) => outcome.new.push(named(row)),
            Ok(Imported::There) => outcome.there.push(named(row)),
            Err(Refused::Store(error)) => return Err(error.into()),
            Err(refused) => outcome.problems.push(Problem {
                line: row.line,
                column: "urn".to_owned(),
                what: refused.to_string(),
            }),
        }
    }
    show(&app, &member, &sent, Some(outcome)).await
}

/// What became of a list, or would.
#[derive(Default)]
struct Outcome {
    problems: Vec<Problem>,
    /// Those who are entered.
    new: Vec<Value>,
    /// Those who are members already.
    there: Vec<Value>,
    /// Whether it is done, or was only looked at.
    done: bool,
}

fn named(row: &Row) -> Value {
    json!({
        "line": row.line, "name": row.member.member.name, "urn": row.member.member.urn,
        "category": row.member.category.words(),
    })
}

async fn show(
    app: &App,
    member: &StaffMember,
    sent: &Sent,
    outcome: Option<Outcome>,
) -> Result<Response, ApiError> {
    let screen = Screen {
        title: "Bring in the members of today",
        description: "",
        path: PATH,
    };
    let is_wrong = !sent.errors.is_empty()
        || outcome
            .as_ref()
            .is_some_and(|outcome| !outcome.problems.is_empty());
    let status = match is_wrong {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let outcome = outcome.map(|outcome| {
        json!({
            "problems": outcome.problems.iter().map(shown).collect::<Vec<_>>(),
            "new": outcome.new, "there": outcome.there, "done": outcome.done,
        })
    });
    let context = json!({
        "form": sent.form, "errors": sent.errors, "outcome": outcome,
        "needed": COLUMNS[..NEEDED], "others": COLUMNS[NEEDED..],
    });
    view::page(app, member, screen, "staff/import.html", context, status).await
}

fn shown(problem: &Problem) -> Value {
    json!({ "line": problem.line, "column": problem.column, "what": problem.what })
}
