//! What the national register has of a school that applies, beside what was
//! answered: the check that the secretary makes before the Board's meeting.

use domain::application::Application;
use domain::eligibility::{Outcome, propose};
use domain::establishment::Establishment;
use domain::membership::Category;
use domain::school::Urn;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::site::Published;

/// What the register says, and where the answers differ; none if the applicant
/// names no URN.
pub(super) fn check(application: &Application, site: &Published, today: Date) -> Option<Value> {
    let urn = Urn::parse(application.answers.text("urn")).ok()?;
    let Some(school) = site.publication.school(&urn) else {
        return Some(json!({ "known": false, "urn": urn }));
    };
    let proposal = propose(school, today);
    let fits = match application.category {
        Category::Full => proposal.outcome == Outcome::Full,
        Category::Associate => proposal.outcome == Outcome::Associate,
    };
    Some(json!({
        "known": true, "urn": urn, "name": school.name, "kind": school.kind_name,
        "fits": fits, "reason": proposal.reason,
        "differences": differences(application, school),
    }))
}

/// The answers that are not what the register has.
fn differences(application: &Application, school: &Establishment) -> Vec<Value> {
    let pupils = school.pupils.map(|pupils| pupils.to_string());
    let known = [
        ("Name", "school_name", Some(school.name.clone())),
        ("Postcode", "postcode", Some(school.postcode.clone())),
        ("Pupils on roll", "pupils", pupils),
    ];
    known
        .into_iter()
        .filter_map(|(label, field, register)| {
            let register = register.filter(|text| !text.is_empty())?;
            let answer = application.answers.text(field);
            let differs = !answer.is_empty() && answer != register;
            differs.then(|| json!({ "label": label, "register": register, "answer": answer }))
        })
        .collect()
}
