//! An invoice's own page: what is owed and how it was worked out, what was
//! paid, and the ways to pay. Its number can be guessed, so the address has a
//! secret.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Purpose as LinkFor;
use domain::invoice::{Invoice, InvoiceNumber};
use domain::payment::{Payment, PaymentState, Purpose};
use domain::reference::PaymentReference;
use serde_json::{Value, json};

use super::attempt::{Next, begin, close};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::invoice_words;
use crate::invoicing::promised_at;
use crate::links::LinkSecret;
use crate::screen::Screen;
use crate::settlements::in_time;
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
    pub(super) fn path(&self) -> String {
        format!("/invoices/{}/{}/", self.number, self.secret.expose())
    }

    /// The invoice, if the secret is that of a link to it.
    pub(super) async fn open(&self, app: &App) -> Result<Versioned<Invoice>, ApiError> {
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
    let invoice = address.open(&app).await?.value;
    show(&app, &address, &invoice, json!({}), StatusCode::OK).await
}

/// The page, with what is said besides.
pub(super) async fn show(
    app: &App,
    address: &Address,
    invoice: &Invoice,
    besides: Value,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let mut words = invoice_words::of(app, invoice);
    let promised = promised_at(app, invoice).await?;
    let more = json!({
        "pay_action": address.path(),
        "credit_notes": invoice_words::credit_notes(app, invoice).await?,
        "promised_on": promised.map(invoice_words::day_of),
        "bank": app.config.bank.as_ref().map(|bank| json!({
            "name": bank.name, "sort_code": bank.sort_code, "number": bank.number,
        })),
        "replaces_url": other(app, invoice.says.replaces).await?,
        "replaced_by_url": other(app, invoice_words::replaced_by(invoice)).await?,
    });
    if let (Value::Object(words), Value::Object(more)) = (&mut words, more) {
        words.extend(more);
    }
    let mut context = json!({
        "invoice": words, "command": entropy::key(), "errors": [], "form": {},
    });
    if let (Value::Object(context), Value::Object(besides)) = (&mut context, besides) {
        context.extend(besides);
    }
    let title = format!("Invoice {}", invoice.number);
    let screen = Screen {
        title: &title,
        description: "",
        path: "/invoices/",
    };
    let page = screen.render(&site, "forms/invoice.html", context)?;
    Ok((status, page).into_response())
}

/// Where the invoice before or after this one is: whoever may see one of them
/// may see the other.
pub(super) async fn other(
    app: &App,
    number: Option<InvoiceNumber>,
) -> Result<Option<String>, ApiError> {
    let Some(number) = number else {
        return Ok(None);
    };
    let read = app.store.invoice(number).await?;
    let grant = read.and_then(|read| {
        let mut grants = read.value.grants.into_iter();
        grants.rfind(|grant| grant.purpose == LinkFor::Invoice)
    });
    let subject = number.to_string();
    let secret = grant.map(|grant| app.links.derive(LinkFor::Invoice, &subject, &grant.nonce));
    Ok(secret.map(|secret| format!("/invoices/{number}/{}/", secret.expose())))
}

/// `POST /invoices/{number}/{secret}/`: on to the provider's page.
pub(super) async fn pay(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let pay = async {
        match payment(&app, &address).await? {
            Some(payment) => begin(&app, &payment).await,
            None => Ok(Next::Settled),
        }
    };
    let next = match in_time(pay).await? {
        Next::Provider(url) => url,
        Next::Settled => address.path(),
    };
    Ok(Redirect::to(&next).into_response())
}

/// The payment of what is owed on an invoice: the one that was begun, or a new
/// one, kept with the invoice in one transaction. One that asks for another
/// sum is closed first, so that only one can be paid at a time.
async fn payment(app: &App, address: &Address) -> Result<Option<Payment>, ApiError> {
    let mut tries = Tries::begin();
    loop {
        let read = address.open(app).await?;
        if !read.value.is_open() {
            return Ok(None);
        }
        let amount = read.value.balance();
        let begun = match &read.value.payment {
            Some(reference) => app.store.payment(reference).await?,
            None => None,
        };
        match begun.filter(|payment| payment.state == PaymentState::Open) {
            Some(payment) if payment.amount == amount => return Ok(Some(payment)),
            Some(payment) if !close(app, &payment).await? => return Ok(None),
            _ => {}
        }
        let now = app.clock.now();
        let mut invoice = read.value.clone();
        let purpose = Purpose::Invoice {
            invoice: invoice.number,
        };
        let payment = Payment::new(
            PaymentReference::from_entropy(entropy::bytes()),
            purpose,
            amount,
            format!("Invoice {}", invoice.number),
            now,
        );
        invoice.payment = Some(payment.reference.clone());
        let mut transaction = Transaction::new();
        transaction.new_payment(&payment)?;
        transaction.invoice(&read, &invoice, "invoice-payment-asked", now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            return Ok(Some(payment));
        }
        tries.again().await?;
    }
}
