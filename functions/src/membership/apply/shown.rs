//! A page of questions as it is shown: with what was typed, what is wrong, what
//! somebody else has written meanwhile, and what the register says.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::application::{Answers, Application, Field, FieldKind, Page};
use domain::calendar::london_date;
use domain::eligibility::{Outcome, propose};
use domain::form::FieldErrors;
use domain::school::Urn;
use serde_json::{Value, json};

use super::access::Address;
use crate::answer::ApiError;
use crate::app::App;
use crate::questions::{self, label};
use crate::screen::Screen;
use crate::site::Published;

/// What a page is shown with.
pub(super) struct Shown<'a> {
    pub(super) page: &'a Page,
    pub(super) typed: &'a Answers,
    pub(super) errors: &'a FieldErrors,
    /// The edit that the form goes out from.
    pub(super) edit: u64,
    /// What somebody else has written meanwhile.
    pub(super) theirs: Option<&'a Answers>,
    /// Whether it was opened from the page of answers, to go back there.
    pub(super) from_check: bool,
}

/// The page.
pub(super) fn show(
    app: &App,
    site: &Published,
    address: &Address,
    application: &Application,
    shown: &Shown<'_>,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let page = shown.page;
    let all = application.answers.with(page, shown.typed);
    let asked: Vec<&Field> = page
        .fields
        .iter()
        .filter(|field| field.is_asked(&all))
        .collect();
    let fields: Vec<Value> = asked
        .iter()
        .map(|field| questions::shown(field, site, application.category))
        .collect();
    let form: BTreeMap<&str, &str> = asked
        .iter()
        .map(|field| (field.name, shown.typed.text(field.name)))
        .collect();
    let theirs: Option<Vec<Value>> = shown.theirs.map(|theirs| {
        let rows = asked
            .iter()
            .filter(|field| theirs.text(field.name) != shown.typed.text(field.name));
        rows.map(|field| {
            json!({
                "label": label(field, site, application.category),
                "value": said(field, theirs.text(field.name)),
            })
        })
        .collect()
    });
    let back = match (shown.from_check, page.previous(application.category)) {
        (true, _) => format!("{}check/", address.base()),
        (false, Some(previous)) => format!("{}{}/", address.base(), previous.slug),
        (false, None) => address.base(),
    };
    let today = london_date(app.clock.now());
    let context = json!({
        "fields": fields, "form": form, "errors": shown.errors, "lead": page.lead,
        "edit": shown.edit, "theirs": theirs, "back": back, "base": address.base(),
        "from": if shown.from_check { "check" } else { "" },
        "task": page.task.title(), "commitments_version": site.publication.commitments.version,
        "proposal": proposal(site, application, page, today),
    });
    let screen = Screen {
        title: page.title,
        description: "",
        path: "/apply/",
    };
    Ok((
        status,
        screen.render(site, "forms/apply/question.html", context)?,
    )
        .into_response())
}

/// What the register says of the school, beside its details: never an error.
fn proposal(
    site: &Published,
    application: &Application,
    page: &Page,
    today: jiff::civil::Date,
) -> Option<Value> {
    if page.slug != "school-details" {
        return None;
    }
    let urn = Urn::parse(application.answers.text("urn")).ok()?;
    let Some(school) = site.publication.school(&urn) else {
        return Some(json!({ "outcome": "unknown", "urn": urn, "reason": "" }));
    };
    let proposal = propose(school, today);
    (proposal.outcome != Outcome::Full)
        .then(|| json!({ "outcome": proposal.outcome, "urn": urn, "reason": proposal.reason }))
}

/// An answer as a person reads it.
pub(super) fn said(field: &Field, value: &str) -> String {
    match field.kind {
        FieldKind::Choice(choices) => choices
            .iter()
            .find(|(choice, _)| *choice == value)
            .map_or_else(String::new, |(_, label)| (*label).to_owned()),
        FieldKind::Tick | FieldKind::Commitment(_) if value == "agreed" => "Yes".to_owned(),
        _ => value.to_owned(),
    }
}
