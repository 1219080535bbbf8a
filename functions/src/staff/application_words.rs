//! An application in words: all that was answered, asked and decided.

use domain::application::{Application, ApplicationState, Decision, FieldKind, Page, Source, Task};
use domain::calendar::{london_date, long_date};
use serde_json::{Value, json};

use crate::questions;

/// An application as it is shown in full.
pub(super) fn whole(application: &Application) -> Value {
    let tasks: Vec<Value> = Task::of(application.category)
        .iter()
        .map(|task| {
            let pages: Vec<Value> = Page::of_task(application.category, *task)
                .map(|page| json!({ "title": page.title, "rows": rows(application, page) }))
                .collect();
            json!({ "title": task.title(), "pages": pages })
        })
        .collect();
    json!({
        "reference": application.reference,
        "name": applicant(application),
        "urn": application.answers.text("urn"),
        "category": application.category.words(),
        "state": office_words(application.state),
        "submitted_on": application.submitted_at.map(day),
        "on_paper": matches!(application.source, Source::Paper { .. }),
        "wording": application.agreement.as_ref().map(|agreement| &agreement.version),
        "tasks": tasks,
        "questions": questions::asked(application),
        "decisions": decisions(&application.decisions),
        "membership": application.membership,
    })
}

/// An answer as a person reads it.
fn said(kind: FieldKind, text: &str) -> String {
    match kind {
        _ if text.is_empty() => "Not provided".to_owned(),
        FieldKind::Choice(choices) => choices
            .iter()
            .find(|(choice, _)| *choice == text)
            .map_or_else(|| text.to_owned(), |(_, label)| (*label).to_owned()),
        FieldKind::Tick | FieldKind::Commitment(_) => "Agreed".to_owned(),
        _ => text.to_owned(),
    }
}

/// What was answered on a page.
fn rows(application: &Application, page: &Page) -> Vec<Value> {
    let asked = page
        .fields
        .iter()
        .filter(|field| field.is_asked(&application.answers));
    asked
        .map(|field| {
            let text = application.answers.text(field.name);
            json!({ "label": field.label, "value": said(field.kind, text) })
        })
        .collect()
}

/// The decisions of an application, the one that counts first.
fn decisions(decisions: &[Decision]) -> Vec<Value> {
    let newest_first = decisions.iter().rev().enumerate();
    newest_first
        .map(|(index, decision)| {
            json!({
                "superseded": index > 0,
                "outcome": if decision.approved { "Approved" } else { "Declined" },
                "on": long_date(decision.on), "minute": decision.minute,
                "decider": decision.decider, "reason": decision.reason,
                "recorded_by": decision.recorded_by, "recorded_on": day(decision.recorded_at),
            })
        })
        .collect()
}

/// Who applies: the school, or whoever it is.
pub(super) fn applicant(application: &Application) -> String {
    ["school_name", "organisation", "contact_name"]
        .iter()
        .map(|name| application.answers.text(name))
        .find(|text| !text.is_empty())
        .unwrap_or("Not named yet")
        .to_owned()
}

/// A state as the office says it.
pub(super) const fn office_words(state: ApplicationState) -> &'static str {
    match state {
        ApplicationState::Draft => "Not sent yet",
        ApplicationState::Unconfirmed => "Sent; the address is not confirmed",
        ApplicationState::Submitted => "Received",
        ApplicationState::UnderReview => "Under review",
        ApplicationState::InformationRequested => "Waiting for the applicant",
        ApplicationState::Approved => "Approved",
        ApplicationState::Declined => "Declined",
        ApplicationState::Withdrawn => "Withdrawn",
        ApplicationState::Expired => "Expired",
    }
}

/// The day of an instant, in words.
pub(super) fn day(at: jiff::Timestamp) -> String {
    long_date(london_date(at))
}
