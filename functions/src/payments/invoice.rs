//! An invoice's own page: what is owed and how it was worked out, and the ways
//! to pay. Its number can be guessed, so the address has a secret.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Purpose as LinkFor;
use domain::calendar::{london_date, long_date};
use domain::invoice::{Invoice, InvoiceNumber, InvoiceState};
use domain::payment::{Payment, PaymentState, Purpose};
use domain::reference::PaymentReference;
use serde_json::{Value, json};

use super::attempt::{Next, begin};
use super::in_time;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::links::LinkSecret;
use crate::screen::Screen;
use crate::store::{Outcome, Transaction, Tries, Versioned};

/// The variable parts of an invoice's address.
pub(super) struct Address {
    number: InvoiceNumber,
    secret: LinkSecret,
}

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Address, ApiError> {
        let read = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let Path(mut named) = read.map_err(|_| ApiError::NotFound)?;
        let number = named.remove("number").unwrap_or_default();
        Ok(Address {
            number: InvoiceNumber::parse(&number).ok_or(ApiError::NotFound)?,
            secret: LinkSecret::typed(&named.remove("secret").unwrap_or_default()),
        })
    }
}

impl Address {
    fn path(&self) -> String {
        format!("/invoices/{}/{}/", self.number, self.secret.expose())
    }

    /// The invoice, if the secret is that of a link to it.
    async fn open(&self, app: &App) -> Result<Versioned<Invoice>, ApiError> {
        let read = app.store.invoice(self.number).await?;
        let read = read.ok_or(ApiError::NotFound)?;
        match self.secret.find(&read.value.grants) {
            Some(grant) if grant.purpose == LinkFor::Invoice => Ok(read),
            _ => Err(ApiError::NotFound),
        }
    }
}

/// `GET /invoices/{number}/{secret}/`.
pub(super) async fn page(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let invoice = address.open(&app).await?.value;
    let today = london_date(app.clock.now());
    let lines: Vec<Value> = invoice
        .lines
        .iter()
        .map(|line| {
            json!({
                "from": long_date(line.from), "to": long_date(line.to),
                "pence": line.pence, "reason": line.reason,
            })
        })
        .collect();
    let paid_on = match invoice.state {
        InvoiceState::Paid { at } => Some(long_date(london_date(at))),
        InvoiceState::Issued => None,
    };
    let bank = app.config.bank.as_ref().map(|bank| {
        json!({
            "name": bank.name, "sort_code": bank.sort_code, "number": bank.number,
        })
    });
    let context = json!({ "invoice": {
        "number": invoice.number, "to": invoice.to, "description": invoice.description,
        "lines": lines, "total_pence": invoice.total, "pupils": invoice.pupils,
        "schedule": invoice.schedule, "issued_on": long_date(invoice.issued_on),
        "due_on": long_date(invoice.due_on), "overdue": invoice.is_overdue(today),
        "paid_on": paid_on, "pay_action": address.path(), "bank": bank,
    } });
    let title = format!("Invoice {}", invoice.number);
    let screen = Screen {
        title: &title,
        description: "",
        path: "/invoices/",
    };
    Ok((
        StatusCode::OK,
        screen.render(&site, "forms/invoice.html", context)?,
    )
        .into_response())
}

/// `POST /invoices/{number}/{secret}/`: on to the provider's page.
pub(super) async fn pay(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let next = match payment(&app, &address).await? {
        Some(payment) => in_time(begin(&app, &payment)).await?,
        None => Next::Settled,
    };
    let next = match next {
        Next::Provider(url) => url,
        Next::Settled => address.path(),
    };
    Ok(Redirect::to(&next).into_response())
}

/// The payment of an invoice that is owed: the one that was begun, or a new
/// one, kept with the invoice in one transaction.
async fn payment(app: &App, address: &Address) -> Result<Option<Payment>, ApiError> {
    let mut tries = Tries::begin();
    loop {
        let read = address.open(app).await?;
        let mut invoice = read.value;
        if invoice.state != InvoiceState::Issued {
            return Ok(None);
        }
        if let Some(reference) = &invoice.payment {
            return Ok(app.store.payment(reference).await?);
        }
        let now = app.clock.now();
        let payment = Payment {
            reference: PaymentReference::from_entropy(entropy::bytes()),
            purpose: Purpose::Invoice {
                invoice: invoice.number,
            },
            amount: invoice.total,
            description: format!("Invoice {}", invoice.number),
            state: PaymentState::Open,
            attempt: None,
            paid_again: Vec::new(),
            created_at: now,
        };
        invoice.payment = Some(payment.reference.clone());
        let mut transaction = Transaction::new();
        transaction.new_payment(&payment)?;
        transaction.invoice(read.version, &invoice, "invoice-payment-asked", now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            return Ok(Some(payment));
        }
        tries.again().await?;
    }
}
