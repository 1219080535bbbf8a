//! Charges that the conditions of events propose for places nobody used: each
//! with its working, put on an invoice or waived, and those that are decided.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::booking::RegistrationId;
use domain::calendar::{london_date, long_date};
use domain::charges::{ChargeState, ProposedCharge};
use domain::form::FieldErrors;
use domain::invoice::{InvoiceNumber, MOST_PLACES, Payer};
use domain::money::Pence;
use domain::passage::Passage;
use domain::staff::StaffMember;
use domain::trail::Who;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use super::KEEPS;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::invoicing;
use crate::screen::Screen;
use crate::treasurer::{self, Refused};
use crate::typed::Typed;

/// How many of those that are decided are shown.
const DONE: usize = 50;

const PATH: &str = "/staff/charges/";

/// `GET /staff/charges/`.
pub(super) async fn page(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    show(&app, &member, &Waiver::default(), FieldErrors::default()).await
}

/// A charge that is waived, and why.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Waiver {
    registration: String,
    reason: String,
}

/// `POST /staff/charges/invoice/`: those whose names were ticked. In the order
/// of their names, so that the same form is the same command.
pub(super) async fn invoice(
    State(app): State<App>,
    By(member): By,
    typed: Typed<BTreeMap<String, String>>,
) -> Result<Response, ApiError> {
    let chosen: Vec<RegistrationId> = typed.form.keys().filter_map(|name| named(name)).collect();
    let site = app.site.published().await?;
    let by = Instruction::of_staff(&member, &typed.command);
    let mut errors = FieldErrors::default();
    match treasurer::invoice_charges(&app, &site, &by, &chosen).await {
        Ok(number) => {
            let page = format!("/staff/invoices/{number}/");
            return Ok(Redirect::to(&page).into_response());
        }
        Err(Refused::Store(error)) => return Err(error.into()),
        Err(refused) => errors.note("charges", refused),
    }
    show(&app, &member, &Waiver::default(), errors).await
}

/// `POST /staff/charges/waive/`.
pub(super) async fn waive(
    State(app): State<App>,
    By(member): By,
    typed: Typed<Waiver>,
) -> Result<Response, ApiError> {
    let id = named(&typed.form.registration).ok_or(ApiError::NotFound)?;
    let mut errors = FieldErrors::default();
    let reason = Passage::parse(&typed.form.reason, "why it is waived");
    if let Some(reason) = errors.keep("reason", reason) {
        let by = Instruction::of_staff(&member, &typed.command);
        match treasurer::waive_charge(&app, &by, &id, &reason).await {
            Ok(()) => return Ok(Redirect::to(PATH).into_response()),
            Err(Refused::Store(error)) => return Err(error.into()),
            Err(refused) => errors.note("charges", refused),
        }
    }
    show(&app, &member, &typed.form, errors).await
}

/// The registration that a field names.
fn named(text: &str) -> Option<RegistrationId> {
    serde_json::from_value(json!(text)).ok()
}

async fn show(
    app: &App,
    member: &StaffMember,
    form: &Waiver,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let mut payers: Vec<(Payer, Vec<Value>)> = Vec::new();
    let (mut to_credit, mut done) = (Vec::new(), Vec::new());
    let open = app.store.open_charges().await?;
    for charge in &open {
        if let ChargeState::Invoiced { invoice, .. } = &charge.state {
            let rows = match is_credited(app, *invoice, &open).await? {
                true => &mut done,
                false => &mut to_credit,
            };
            rows.push(row(app, charge).await?);
            continue;
        }
        let Some(payer) = treasurer::payer(app, charge).await? else {
            continue;
        };
        let row = row(app, charge).await?;
        match payers.iter_mut().find(|(known, _)| *known == payer) {
            Some((_, rows)) => rows.push(row),
            None => payers.push((payer, vec![row])),
        }
    }
    for charge in app.store.charges_done().await?.iter().take(DONE) {
        done.push(row(app, charge).await?);
    }
    let payers: Vec<Value> = payers
        .iter()
        .map(|(payer, rows)| {
            json!({
                "name": payer.to.name, "sent_to": payer.sent_to.name,
                "email": payer.sent_to.email, "member": payer.membership, "rows": rows,
            })
        })
        .collect();
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let context = json!({
        "payers": payers, "to_credit": to_credit, "done": done, "form": form,
        "errors": errors, "command": entropy::key(), "most": MOST_PLACES,
        "may_act": member.has_any(KEEPS),
    });
    let screen = Screen {
        title: "Charges",
        description: "",
        path: PATH,
    };
    view::page(app, member, screen, "staff/charges.html", context, status).await
}

/// Whether so much is credited on an invoice, or on the one in its place, as was
/// charged on it for delegates who came after all.
async fn is_credited(
    app: &App,
    number: InvoiceNumber,
    charges: &[ProposedCharge],
) -> Result<bool, ApiError> {
    let Some(invoice) = invoicing::standing(app, number).await? else {
        return Ok(false);
    };
    let invoice = invoice.value;
    if invoice.closed.is_some() {
        return Ok(true);
    }
    let on_it = charges.iter().filter(
        |charge| matches!(charge.state, ChargeState::Invoiced { invoice, .. } if invoice == number),
    );
    let net: Pence = on_it.map(|charge| charge.working.due()).sum();
    let says = &invoice.says;
    // With the VAT that is in the invoice.
    let gross = says.total.share(net.get(), says.net().get());
    Ok(invoice.credited() >= gross.unwrap_or(net))
}

/// A charge with its working, and what was decided about it.
async fn row(app: &App, charge: &ProposedCharge) -> Result<Value, ApiError> {
    let on = |at| long_date(london_date(at));
    let (state, by, reason, invoice) = match &charge.state {
        ChargeState::Open => ("To be decided".to_owned(), None, None, None),
        ChargeState::Covered => ("Kept of what was paid".to_owned(), None, None, None),
        ChargeState::Withdrawn { at } => (
            format!("Withdrawn on {}: the delegate came", on(*at)),
            None,
            None,
            None,
        ),
        ChargeState::Waived { by, at, reason } => (
            format!("Waived on {}", on(*at)),
            Some(by),
            Some(reason),
            None,
        ),
        ChargeState::Invoiced {
            by, at, invoice, ..
        } => (
            format!("Invoiced on {}", on(*at)),
            Some(by),
            None,
            Some(invoice),
        ),
    };
    let by = match by {
        Some(Who::Staff(id)) => app.store.staff_member(id).await?.map(|member| member.name),
        _ => None,
    };
    let working = &charge.working;
    let over = Some(working.over()).filter(|over| !over.is_zero());
    let booking = app.store.booking(&charge.registration.booking).await?;
    let payment = booking.and_then(|booking| {
        let registration = booking.registration(charge.registration.number)?;
        registration.payment.clone()
    });
    Ok(json!({
        "id": charge.registration, "title": charge.about.event_title, "on": long_date(charge.about.starts.date()),
        "delegate": charge.delegate, "school": charge.school.name,
        "cause": charge.cause.words(), "rule": working.rule, "price_pence": working.price,
        "charge_pence": working.charge, "paid_pence": working.paid, "due_pence": working.due(),
        "over_pence": over, "payment": payment, "state": state, "by": by,
        "reason": reason, "invoice": invoice,
    }))
}
