//! The questions of an application, as a template shows them: on the
//! applicant's pages, and on the one page that the office enters paper with.

use domain::application::{Application, Field, FieldKind, Needed};
use domain::calendar::{london_date, long_date};
use domain::membership::Category;
use serde_json::{Value, json};

use crate::site::Published;

/// A question, for its template.
#[must_use]
pub fn shown(field: &Field, site: &Published, category: Category) -> Value {
    json!({
        "name": field.name, "label": label(field, site, category),
        "hint": field.hint, "kind": field.kind.name(),
        "autocomplete": field.autocomplete, "choices": choices(field),
    })
}

/// The label of a field; that of a commitment is its wording.
#[must_use]
pub fn label(field: &Field, site: &Published, category: Category) -> String {
    let commitments = &site.publication.commitments;
    match (field.kind, field.needed) {
        (FieldKind::Commitment(id), _) => commitments.wording(id, category).to_owned(),
        (FieldKind::Tick, _) => field.label.to_owned(),
        (_, Needed::Optional) => format!("{} (optional)", field.label),
        _ => field.label.to_owned(),
    }
}

fn choices(field: &Field) -> Vec<Value> {
    match field.kind {
        FieldKind::Choice(choices) => choices
            .iter()
            .map(|(value, label)| json!({ "value": value, "label": label }))
            .collect(),
        _ => Vec::new(),
    }
}

/// What the office has asked of an applicant, and what was replied.
pub(crate) fn asked(application: &Application) -> Vec<Value> {
    let day = |at| long_date(london_date(at));
    let questions = application.questions.iter().map(|question| {
        json!({
            "asked": question.asked, "asked_on": day(question.asked_at),
            "reply": question.reply, "replied_on": question.replied_at.map(day),
        })
    });
    questions.collect()
}
