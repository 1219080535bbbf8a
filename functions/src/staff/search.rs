//! One field for everything that the office keeps: schools, people, references.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::calendar::london_date;
use domain::invoice::InvoiceNumber;
use serde_json::{Value, json};

use super::application_words::{applicant, office_words};
use super::record::Record as _;
use super::signed_in::By;
use super::{applications, enquiries, member_words, members, view};
use crate::answer::ApiError;
use crate::app::App;

/// `GET /staff/search/?q=…`.
pub(super) async fn page(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let typed = asked.get("q").map(|text| text.trim()).unwrap_or_default();
    let found = match typed {
        "" => Vec::new(),
        text => find(&app, &text.to_lowercase()).await?,
    };
    let context = json!({ "q": typed, "rows": found });
    let about = ("Search", "/staff/search/", "staff/search.html");
    view::open(&app, &member, about, context).await
}

/// All that has to do with a text in small letters: members first, then
/// applications, invoices and enquiries.
async fn find(app: &App, sought: &str) -> Result<Vec<Value>, ApiError> {
    let today = london_date(app.clock.now());
    let store = &app.store;
    let mut rows = Vec::new();
    let memberships = store.memberships().await?;
    let memberships = memberships.into_iter().map(|read| read.value).collect();
    for members::Found { membership, person } in members::about(app, memberships, sought).await? {
        rows.push(json!({
            "kind": "Member", "href": super::member::address(&membership.reference),
            "reference": membership.reference, "name": membership.member.name,
            "state": member_words::standing(&membership, today), "person": person,
        }));
    }
    let mut all = store.open_applications().await?;
    all.extend(store.idle_drafts(app.clock.now()).await?);
    all.extend(store.settled_applications().await?);
    for read in all {
        let application = read.value;
        if applications::is_about(&application, sought) {
            rows.push(json!({
                "kind": "Application", "href": application.address(),
                "reference": application.reference, "name": applicant(&application),
                "state": office_words(application.state),
            }));
        }
    }
    if let Some(number) = InvoiceNumber::parse(sought)
        && let Some(read) = store.invoice(number).await?
    {
        let invoice = read.value;
        rows.push(json!({
            "kind": "Invoice",
            "href": invoice.says.membership.as_ref().map(super::member::address),
            "reference": invoice.number.to_string(), "name": invoice.says.to.name,
            "state": invoice.standing().words(),
        }));
    }
    let mut questions = store.open_enquiries().await?;
    questions.extend(store.closed_enquiries().await?);
    for enquiry in questions {
        if enquiries::is_about(&enquiry, sought) {
            rows.push(json!({
                "kind": "Enquiry", "href": enquiry.address(),
                "reference": enquiry.reference, "name": enquiry.asked.person.name,
                "state": enquiries::state_words(enquiry.state),
            }));
        }
    }
    Ok(rows)
}
