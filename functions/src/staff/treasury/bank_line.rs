//! The page of one line of the bank's statement: put to invoices, set aside,
//! undone.

use axum::response::Response;
use domain::bank::{Allocation, BankLine, BankLineId, propose};
use domain::invoice::InvoiceNumber;
use domain::money::Pence;
use domain::staff::Role;
use domain::trail::Entry;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::record::{At, Form, Record, Unfit, wrong};
use super::bank;
use super::invoice_changes::reason;
use crate::answer::ApiError;
use crate::app::App;
use crate::store::{StoreError, Versioned};
use crate::treasurer;

/// What is typed into the forms of a line's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::staff) struct Typed {
    /// `INV-00042 875.00`, one a line.
    parts: String,
    /// Why it is set aside.
    why: String,
}

impl Record for BankLine {
    type Form = Typed;

    const TITLE: &'static str = "A line of the bank statement";
    const TEMPLATE: &'static str = "staff/bank-line.html";
    const KEEPS: &'static [Role] = super::KEEPS;

    async fn find(app: &App, reference: &str) -> Result<Option<Versioned<Self>>, StoreError> {
        match BankLineId::parse(reference) {
            Some(id) => app.store.bank_line(&id).await,
            None => Ok(None),
        }
    }

    fn address(&self) -> String {
        format!("/staff/bank/{}/", self.id)
    }

    async fn trail(&self, app: &App) -> Result<Vec<Entry>, StoreError> {
        app.store.bank_line_trail(&self.id).await
    }

    async fn opened(&self, app: &App) -> Result<Typed, StoreError> {
        let open = app.store.open_invoices().await?;
        let open: Vec<_> = open.into_iter().map(|read| read.value).collect();
        let surest = propose(&self.line, &open).into_iter().next();
        Ok(Typed {
            parts: surest.map(|found| written(&found.to)).unwrap_or_default(),
            why: String::new(),
        })
    }

    async fn context(&self, app: &App, _: &Typed) -> Result<Value, ApiError> {
        let open = bank::open(app).await?;
        let found = propose(&self.line, &open);
        let owed: Vec<Value> = open
            .iter()
            .filter(|invoice| invoice.is_open())
            .map(|invoice| {
                json!({
                    "number": invoice.number, "name": invoice.says.to.name,
                    "balance_pence": invoice.balance(),
                })
            })
            .collect();
        Ok(json!({
            "line": bank::words(self), "owed": owed,
            "proposals": found.iter().map(bank::proposal).collect::<Vec<_>>(),
        }))
    }
}

/// Parts as they are typed: a line each, the number and the sum.
pub(super) fn written(parts: &[Allocation]) -> String {
    let lines: Vec<String> = parts
        .iter()
        .map(|part| {
            let pence = part.pence.get();
            format!("{} {}.{:02}", part.invoice, pence / 100, pence % 100)
        })
        .collect();
    lines.join("\n")
}

/// Reads parts as they are typed.
fn read_parts(text: &str) -> Result<Vec<Allocation>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let parts: Option<Vec<Allocation>> = lines
        .map(|line| {
            let (number, sum) = line.split_once(char::is_whitespace)?;
            Some(Allocation {
                invoice: InvoiceNumber::parse(number)?,
                pence: Pence::parse(sum).ok()?,
            })
        })
        .collect();
    parts.ok_or_else(|| {
        "Write each invoice on a line of its own, with the sum, such as INV-00042 875.00".to_owned()
    })
}

/// `POST /staff/bank/{reference}/match/`.
pub(super) async fn match_to(
    at: At<BankLine>,
    typed: Form<BankLine>,
) -> Result<Response, ApiError> {
    let done = async {
        let parts = read_parts(&typed.form.form.parts).map_err(|said| wrong("parts", said))?;
        Ok::<_, Unfit>(
            treasurer::match_line(&at.app, &at.by(&typed), &at.read.value.id, &parts).await?,
        )
    }
    .await;
    at.answer(typed, "parts", done).await
}

/// `POST /staff/bank/{reference}/set-aside/`.
pub(super) async fn set_aside(
    at: At<BankLine>,
    typed: Form<BankLine>,
) -> Result<Response, ApiError> {
    let done = async {
        let why = reason(&typed.form.form.why).map_err(|said| wrong("why", said))?;
        Ok::<_, Unfit>(
            treasurer::set_aside(&at.app, &at.by(&typed), &at.read.value.id, &why).await?,
        )
    }
    .await;
    at.answer(typed, "why", done).await
}

/// `POST /staff/bank/{reference}/undo/`.
pub(super) async fn undo(at: At<BankLine>, typed: Form<BankLine>) -> Result<Response, ApiError> {
    let done = treasurer::undo(&at.app, &at.by(&typed), &at.read.value.id).await;
    at.answer(typed, "", done.map_err(Unfit::from)).await
}
