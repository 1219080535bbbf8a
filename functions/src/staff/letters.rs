//! Letters that did not go, or came back: why, to whom, and sent again once the
//! address is right. And, on the page of a record, which of its addresses letters
//! come back from.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::calendar::{london_date, london_minute, long_date};
use domain::contact::EmailAddress;
use domain::delivery::{Delivery, Returned, Stopped};
use domain::form::FieldErrors;
use domain::staff::StaffMember;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::signed_in::By;
use super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::letters;
use crate::mail::compose;
use crate::named::Named;
use crate::screen::Screen;
use crate::store::StoreError;
use crate::typed::Typed;

const PATH: &str = "/staff/letters/";

/// How many are shown.
const MOST: usize = 200;

/// The form has nothing to fill in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {}

/// `GET /staff/letters/`.
pub(super) async fn list(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    show(&app, &member, FieldErrors::default()).await
}

/// `POST /staff/letters/{id}/again/`.
pub(super) async fn again(
    State(app): State<App>,
    By(member): By,
    Named(id): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let by = Instruction::of_staff(&member, &typed.command);
    if letters::again(&app, &by, &id).await? {
        return Ok(Redirect::to(PATH).into_response());
    }
    let mut errors = FieldErrors::default();
    errors.note("letters", "This letter is on its way, or is no longer kept");
    show(&app, &member, errors).await
}

async fn show(app: &App, member: &StaffMember, errors: FieldErrors) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let mut rows = Vec::new();
    for read in app.store.letters_stopped(MOST).await? {
        let letter = &read.value;
        let (why, at) = match &letter.delivery {
            Delivery::Stopped { why, at } => (stopped(*why), *at),
            Delivery::Returned { why, at } => (returned(*why), *at),
            Delivery::Waiting { .. } | Delivery::Taken { .. } | Delivery::Sent { .. } => continue,
        };
        // One that cannot be put into words hides no other.
        let subject = match compose(&site, &app.links, letter) {
            Ok(words) => words.subject,
            Err(error) => {
                tracing::error!(letter = %letter.id, "a letter cannot be put into words: {error}");
                format!("A letter of the kind “{}”", letter.letter.news.template())
            }
        };
        rows.push(json!({
            "id": letter.id, "name": letter.letter.to.name, "email": letter.address(),
            "subject": subject, "why": why, "at": london_minute(at),
            "written": london_minute(letter.created_at),
        }));
    }
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::CONFLICT,
    };
    let screen = Screen {
        title: "Letters that did not arrive",
        description: "",
        path: PATH,
    };
    let context = json!({
        "rows": rows, "errors": errors, "command": entropy::key(),
        "may_act": member.has_any(super::MAY_SEND_AGAIN),
    });
    view::page(app, member, screen, "staff/letters.html", context, status).await
}

const fn stopped(why: Stopped) -> &'static str {
    match why {
        Stopped::Refused => "Our provider did not take it: look at the address",
        Stopped::GivenUp => "It was tried for a day and a half, and our provider never took it",
        Stopped::NoPost => "Letters to this address had come back before",
    }
}

const fn returned(why: Returned) -> &'static str {
    match why {
        Returned::Bounced => "It came back: there is no such address, or it takes no letters",
        Returned::Unwanted => "Its reader marked it as unwanted",
    }
}

/// Which of some addresses letters come back from, as every page of the staff
/// area shows it.
pub(super) async fn without_post(
    app: &App,
    addresses: &[EmailAddress],
) -> Result<Vec<Value>, StoreError> {
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let found = app.store.without_post(addresses).await?;
    let mut rows: Vec<Value> = found
        .iter()
        .map(|(email, known)| {
            let since = long_date(london_date(known.at));
            json!({ "email": email, "since": since, "unwanted": known.why == Returned::Unwanted })
        })
        .collect();
    rows.sort_by_key(|row| row["email"].to_string());
    Ok(rows)
}
