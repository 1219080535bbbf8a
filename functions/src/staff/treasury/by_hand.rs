//! An invoice that the treasurer writes: for a contract, a service, a grant.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::contact::{EmailAddress, Line, Person};
use domain::day;
use domain::form::FieldErrors;
use domain::invoice::{BillTo, ByHand};
use domain::ledger::Income;
use domain::membership::Membership;
use domain::passage::Passage;
use domain::reference::MembershipReference;
use domain::staff::StaffMember;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::signed_in::By;
use super::super::view;
use super::invoice_changes::sum;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::screen::Screen;
use crate::treasurer::{self, Refused};
use crate::typed::Typed;

/// The form, as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    member: String,
    name: String,
    address: String,
    order: String,
    contact: String,
    email: String,
    income: String,
    description: String,
    from: String,
    to: String,
    quantity: String,
    unit: String,
    note: String,
}

const PATH: &str = "/staff/invoices/new/";

/// `GET /staff/invoices/new/?member=…`: filled in with whom a member's invoices
/// go to.
pub(super) async fn page(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let reference = asked.get("member").map(String::as_str).unwrap_or_default();
    let mut form = Form {
        quantity: "1".to_owned(),
        income: Income::TradedServices.slug().to_owned(),
        ..Form::default()
    };
    if let Some(membership) = membership(&app, reference).await? {
        let of = &membership.member;
        let to = of.finance.as_ref().unwrap_or(&of.contact);
        let address = of.billing_address.as_ref().or(of.address.as_ref());
        form.member = membership.reference.to_string();
        form.name = of.name.to_string();
        form.address = address.map(ToString::to_string).unwrap_or_default();
        form.order = of
            .purchase_order
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        form.contact = to.name.to_string();
        form.email = to.email.as_str().to_owned();
    }
    let errors = FieldErrors::default();
    show(&app, &member, &form, (&entropy::key(), errors)).await
}

async fn membership(app: &App, reference: &str) -> Result<Option<Membership>, ApiError> {
    match MembershipReference::parse(reference) {
        Ok(reference) => Ok(app
            .store
            .membership(&reference)
            .await?
            .map(|read| read.value)),
        Err(_) => Ok(None),
    }
}

async fn show(
    app: &App,
    member: &StaffMember,
    form: &Form,
    (key, errors): (&str, FieldErrors),
) -> Result<Response, ApiError> {
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let streams: Vec<_> = Income::ALL
        .iter()
        .filter(|income| income.is_invoiced())
        .map(|income| json!({ "value": income.slug(), "label": income.words() }))
        .collect();
    let site = app.site.published().await?;
    let vat = &site.publication.fees.billing.vat;
    let context = json!({
        "form": form, "command": key, "errors": errors, "streams": streams,
        "vat": vat.treatment.words(),
    });
    let screen = Screen {
        title: "Write an invoice",
        description: "",
        path: PATH,
    };
    view::page(
        app,
        member,
        screen,
        "staff/invoice-new.html",
        context,
        status,
    )
    .await
}

/// `POST /staff/invoices/new/`.
pub(super) async fn issue(
    State(app): State<App>,
    By(member): By,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let membership = membership(&app, &typed.form.member).await?;
    let by = Instruction::of_staff(&member, &typed.command);
    let mut errors = FieldErrors::default();
    match typed.form.parse() {
        Ok(written) => {
            match treasurer::by_hand(&app, &site, &by, &written, membership.as_ref()).await {
                Ok(number) => {
                    let page = format!("/staff/invoices/{number}/");
                    return Ok(Redirect::to(&page).into_response());
                }
                Err(Refused::Store(error)) => return Err(error.into()),
                Err(refused) => errors.note("unit", refused),
            }
        }
        Err(found) => errors = found,
    }
    show(&app, &member, &typed.form, (&typed.key, errors)).await
}

impl Form {
    fn parse(&self) -> Result<ByHand, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Line::parse(&self.name, "who owes it"));
        let address = errors.keep(
            "address",
            Passage::parse_optional(&self.address, "the address"),
        );
        let order = match self.order.trim() {
            "" => Some(None),
            order => errors
                .keep("order", Line::parse(order, "the purchase order"))
                .map(Some),
        };
        let contact = errors.keep("contact", Line::parse(&self.contact, "who receives it"));
        let email = errors.keep(
            "email",
            EmailAddress::parse(&self.email, "the email address"),
        );
        let income = Income::of_slug(&self.income).filter(|income| income.is_invoiced());
        let income = errors.keep(
            "income",
            income.ok_or("Say which stream of income it belongs to"),
        );
        let description = errors.keep(
            "description",
            Line::parse(&self.description, "what it is for"),
        );
        let date = |text: &str| {
            day::parse(text).ok_or("Enter a day with day, month and year, like 14 March 2017")
        };
        let from = errors.keep("from", date(&self.from));
        let to = match (from, self.to.trim()) {
            (Some(from), "") => Some(from),
            (_, text) => errors.keep("to", date(text)),
        };
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            errors.note("to", "The last day must not be before the first");
        }
        let quantity: Result<u32, _> = self.quantity.trim().parse();
        let quantity = quantity.ok().filter(|quantity| *quantity > 0);
        let quantity = errors.keep(
            "quantity",
            quantity.ok_or("Enter how many, as a whole number"),
        );
        let unit = errors.keep("unit", sum(&self.unit));
        let note = errors.keep("note", Passage::parse_optional(&self.note, "the note"));
        if !errors.is_empty() {
            return Err(errors);
        }
        let written = (|| {
            Some(ByHand {
                to: BillTo {
                    name: name?,
                    address: address?,
                    purchase_order: order?,
                },
                sent_to: Person {
                    name: contact?,
                    email: email?,
                },
                income: income?,
                description: description?,
                service: (from?, to?),
                quantity: quantity?,
                unit: unit?,
                note: note?,
            })
        })();
        written.ok_or(errors)
    }
}
