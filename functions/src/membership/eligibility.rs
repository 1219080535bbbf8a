//! “Am I eligible?”: a school is found in the register by its name, URN or
//! postcode, and is told what it may apply for. Nothing here is an error: what
//! cannot be known leads to the associate's path and to a conversation.

use std::collections::HashMap;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::calendar::london_date;
use domain::eligibility::{Outcome, propose};
use domain::establishment::Establishment;
use domain::school::Urn;
use domain::school_search::{MOST, search as find};
use serde_json::{Value, json};

use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;
use crate::screen::Screen;

/// No school's name is longer; the rest is not shown again.
const LONGEST: usize = 200;

/// `GET /apply/eligibility/?q=`: the field, and the schools that are meant.
pub(super) async fn search(
    State(app): State<App>,
    asked: Result<Query<HashMap<String, String>>, QueryRejection>,
) -> Result<Response, ApiError> {
    // What is no text names no school.
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let typed = asked.get("q").map(String::as_str).unwrap_or_default();
    let site = app.site.published().await?;
    let typed: String = typed.trim().chars().take(LONGEST).collect();
    let found = find(&site.publication.schools, &typed);
    if let [only] = found.as_slice() {
        return Ok(Redirect::to(&page_of(only)).into_response());
    }
    let schools: Vec<Value> = found
        .iter()
        .map(|school| {
            json!({
                "name": school.name, "urn": school.urn, "postcode": school.postcode,
                "kind": school.kind_name, "href": page_of(school),
            })
        })
        .collect();
    let context = json!({
        "typed": typed, "schools": schools, "most": MOST, "many": schools.len() == MOST,
    });
    let screen = Screen {
        title: if typed.is_empty() {
            "Which school is it?"
        } else if schools.is_empty() {
            "We cannot find that school"
        } else {
            "Which of these schools is it?"
        },
        description: "Find your school and see which membership it may apply for.",
        path: "/apply/eligibility/",
    };
    Ok(screen
        .render(&site, "forms/apply/find-school.html", context)?
        .into_response())
}

fn page_of(school: &Establishment) -> String {
    format!("/apply/eligibility/{}/", school.urn)
}

/// `GET /apply/eligibility/{urn}/`: what that school may apply for, and why.
pub(super) async fn school(
    State(app): State<App>,
    Named(urn): Named,
) -> Result<Response, ApiError> {
    let urn = Urn::parse(&urn).map_err(|_| ApiError::NotFound)?;
    let site = app.site.published().await?;
    let Some(school) = site.publication.school(&urn) else {
        return Ok(Redirect::to(&format!("/apply/eligibility/?q={urn}")).into_response());
    };
    let proposal = propose(school, london_date(app.clock.now()));
    let title = match proposal.outcome {
        Outcome::Full => "Your school can apply for full membership",
        Outcome::Associate => "You can apply for associate membership",
        Outcome::TalkToUs => "Talk to us about membership",
        Outcome::Closed => "This school is closed",
    };
    let context = json!({
        "school": {
            "name": school.name, "urn": school.urn, "kind": school.kind_name,
            "address": school.address, "postcode": school.postcode,
        },
        "outcome": proposal.outcome, "reason": proposal.reason,
    });
    let path = page_of(school);
    let screen = Screen {
        title,
        description: "",
        path: &path,
    };
    Ok(screen
        .render(&site, "forms/apply/eligible.html", context)?
        .into_response())
}
