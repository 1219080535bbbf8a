//! The page of a member: everything in one place, each part as it is now.

use std::collections::HashMap;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::account::{Contact, PupilReturn, academic_year, pupils_on, year_to_declare};
use domain::application::Application;
use domain::calendar::{london_date, long_date};
use domain::establishment::Establishment;
use domain::invoice::Invoice;
use domain::membership::{Category, Membership, Standing};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::booked::bookings;
use super::door::{Entered, screen_of};
use crate::answer::ApiError;
use crate::app::App;
use crate::site::Published;

/// `GET /account/{reference}/?done=…`.
pub(super) async fn page(
    State(app): State<App>,
    at: Entered,
    asked: Result<Query<HashMap<String, String>>, QueryRejection>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let now = app.clock.now();
    let today = london_date(now);
    let membership = at.membership();
    let invoices = app.store.invoices_of(at.reference()).await?;
    let returns = app.store.pupil_returns(at.reference()).await?;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let paid = invoices
        .iter()
        .filter(|invoice| invoice.paid_at().is_some());
    let context = json!({
        "done": asked.get("done").and_then(|done| done_words(done)),
        "reference": at.reference(), "urn": membership.member.urn,
        "category": membership.category.words(),
        "standing": membership.standing.words(),
        "joined_on": long_date(membership.joined_on),
        "ends_on": membership.ends_on.map(long_date), "link": membership.link,
        "is_member": membership.is_on(today),
        "may_give_notice": membership.standing == Standing::Active,
        "has_notice": membership.notice.is_some(),
        "invoices": invoices.iter().map(|invoice| invoice_row(invoice, today)).collect::<Vec<_>>(),
        "receipts": paid.map(|invoice| invoice_row(invoice, today)).collect::<Vec<_>>(),
        "bookings": bookings(&app, membership, now).await?,
        "pupils": pupils(&site, &at, &returns, today),
        "contacts": at.contacts.value.people.iter().map(|one| contact_row(one, &at)).collect::<Vec<_>>(),
        "entitlements": entitlements(&site, membership.category),
        "applications": applications(&app, membership).await?,
    });
    let name = membership.member.name.to_string();
    screen_of(&site, &at, (&name, "home"), context, StatusCode::OK)
}

/// What was just done, in words.
fn done_words(done: &str) -> Option<&'static str> {
    Some(match done {
        "added" => {
            "The contact was added. We have written to the person: signing in works from now on."
        }
        "changed" => "The contact was changed.",
        "moved" => {
            "We have written to the new address. It counts once the button behind the link in that letter is pressed, within a day; until then the old one does."
        }
        "removed" => "The contact was removed, and can see nothing here any more.",
        "pupils" => "We have your pupil return. You can correct it until 31 August.",
        _ => return None,
    })
}

fn invoice_row(invoice: &Invoice, today: Date) -> Value {
    let paid_on = invoice.paid_at().map(|at| long_date(london_date(at)));
    json!({
        "number": invoice.number, "description": invoice.says.description,
        "total_pence": invoice.says.total, "issued_on": long_date(invoice.issued_on),
        "due_on": long_date(invoice.due_on), "paid_on": paid_on,
        "balance_pence": invoice.balance(), "is_open": invoice.is_open(),
        "standing": invoice.standing().words(),
        "overdue": invoice.is_overdue(today), "payment": invoice.payment,
    })
}

fn contact_row(contact: &Contact, at: &Entered) -> Value {
    json!({
        "id": contact.id.as_str(), "name": contact.person.name, "email": contact.person.email,
        "job": contact.job, "role": contact.role.words(), "is_me": contact.id == at.me.id,
    })
}

/// The pupils of this academic year and of the next; nothing for an associate.
fn pupils(site: &Published, at: &Entered, returns: &[PupilReturn], today: Date) -> Option<Value> {
    let membership = at.membership();
    if membership.category != Category::Full {
        return None;
    }
    let year = year_to_declare(today);
    let declared = returns.iter().find(|one| one.year == year);
    let school = school(site, membership);
    Some(json!({
        "this_year": year_words(academic_year(today)),
        "now": pupils_on(today, returns, membership.member.pupils),
        "next_year": year_words(year), "due_before": format!("1 September {year}"),
        "declared": declared.map(|one| one.pupils),
        "declared_on": declared.map(|one| long_date(london_date(one.at))),
        "register": school.and_then(|school| school.pupils),
        "census": school.and_then(|school| school.census).map(long_date),
        "may_declare": at.goes_on() && at.me.role.may_change(),
    }))
}

/// The school as the register has it.
pub(super) fn school<'s>(
    site: &'s Published,
    membership: &Membership,
) -> Option<&'s Establishment> {
    site.publication.school(membership.member.urn.as_ref()?)
}

/// An academic year: `2017/18`.
pub(super) fn year_words(year: i16) -> String {
    format!("{year}/{:02}", (year + 1) % 100)
}

fn entitlements(site: &Published, category: Category) -> Value {
    let publication = &site.publication;
    let href = |id: &String| {
        let mut services = publication.services.iter();
        services
            .find(|service| service.id == *id)
            .map(|service| &service.href)
    };
    let rows: Vec<Value> = publication
        .entitlements
        .of(category)
        .map(|one| json!({ "text": one.text, "href": one.service.as_ref().and_then(href) }))
        .collect();
    json!({ "rows": rows, "source": publication.entitlements.source })
}

/// The application that led to the membership, and one that is live now.
async fn applications(app: &App, membership: &Membership) -> Result<Vec<Value>, ApiError> {
    let mut references: Vec<_> = membership.application.iter().cloned().collect();
    if let Some(urn) = &membership.member.urn {
        let live = app.store.live_application(urn).await?;
        references.extend(live.filter(|live| Some(live) != membership.application.as_ref()));
    }
    let mut rows = Vec::new();
    for reference in references {
        if let Some(read) = app.store.application(&reference).await? {
            rows.push(application_row(&read.value));
        }
    }
    Ok(rows)
}

fn application_row(application: &Application) -> Value {
    let decision = application.decisions.last();
    json!({
        "reference": application.reference, "category": application.category.words(),
        "state": application.state.words(),
        "sent_on": application.submitted_at.map(|at| long_date(london_date(at))),
        "decided_on": decision.map(|decision| long_date(decision.on)),
    })
}
