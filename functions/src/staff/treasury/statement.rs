//! The statement of a member: what was brought forward, invoiced, credited,
//! paid and given back, in the order of the days, with what is owed after each.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::calendar::{london_date, long_date};
use domain::form::FieldErrors;
use domain::invoice::{Closed, Invoice, What};
use domain::ledger::Signed;
use domain::membership::Membership;
use domain::reference::MembershipReference;
use domain::staff::StaffMember;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use super::places;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::named::Named;
use crate::screen::Screen;

/// A line of a statement; below nought, less is owed.
struct Line {
    on: Date,
    words: String,
    pence: i64,
}

/// `GET /staff/statements/{reference}/`.
pub(super) async fn page(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let reference = MembershipReference::parse(&reference).map_err(|_| ApiError::NotFound)?;
    let read = app.store.membership(&reference).await?;
    let membership = read.ok_or(ApiError::NotFound)?.value;
    show(&app, &member, &membership, FieldErrors::default()).await
}

/// The statement, with the places that can be invoiced.
pub(super) async fn show(
    app: &App,
    member: &StaffMember,
    membership: &Membership,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let reference = &membership.reference;
    let invoices = app.store.invoices_of(reference).await?;
    let mut owed = 0;
    let rows: Vec<Value> = lines(membership, &invoices)
        .into_iter()
        .map(|line| {
            owed += line.pence;
            json!({
                "on": long_date(line.on), "words": line.words,
                "sum": Signed(line.pence).to_string(), "owed": Signed(owed).to_string(),
            })
        })
        .collect();
    let context = json!({
        "name": membership.member.name, "reference": reference, "rows": rows,
        "owed": Signed(owed).to_string(),
        "today": long_date(london_date(app.clock.now())),
        "places": places::kept(app, membership, app.clock.now()).await?,
        "command": entropy::key(), "errors": errors, "form": {},
        "may_act": member.has_any(super::KEEPS),
    });
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let path = format!("/staff/statements/{reference}/");
    let screen = Screen {
        title: "Statement",
        description: "",
        path: &path,
    };
    view::page(app, member, screen, "staff/statement.html", context, status).await
}

fn lines(membership: &Membership, invoices: &[Invoice]) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(forward) = membership.brought_forward {
        let pence = signed(forward.pence);
        lines.push(Line {
            on: forward.as_at,
            words: "Brought forward".to_owned(),
            pence: if forward.in_credit { -pence } else { pence },
        });
    }
    for invoice in invoices {
        let number = invoice.number;
        let total = signed(invoice.says.total);
        lines.push(Line {
            on: invoice.issued_on,
            words: format!("Invoice {number}: {}", invoice.says.description),
            pence: total,
        });
        if let Some(Closed::Void { at, .. }) = &invoice.closed {
            lines.push(Line {
                on: london_date(*at),
                words: format!("Invoice {number} is void"),
                pence: -total,
            });
        }
        for one in &invoice.account {
            let pence = signed(one.pence);
            let (words, pence) = match &one.what {
                What::Paid { .. } => (format!("Paid on invoice {number}"), -pence),
                What::TakenBack { .. } => (format!("Taken back on invoice {number}"), pence),
                What::Credited { note } => (format!("Credit note {note} to {number}"), -pence),
                What::Refunded { .. } => (format!("Given back on invoice {number}"), pence),
                What::RefundFailed { .. } => {
                    (format!("Refund on invoice {number} not made"), -pence)
                }
            };
            lines.push(Line {
                on: london_date(one.at),
                words,
                pence,
            });
        }
    }
    lines.sort_by_key(|line| line.on);
    lines
}

fn signed(pence: domain::money::Pence) -> i64 {
    i64::try_from(pence.get()).unwrap_or(i64::MAX)
}
