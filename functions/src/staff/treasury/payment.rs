//! The page of one payment by card: what came, what went back, disputes, and
//! giving money back the way it came.

use axum::response::Response;
use domain::calendar::{london_date, long_date};
use domain::day::past_day;
use domain::form::FieldErrors;
use domain::ledger::Account;
use domain::payment::{DisputeStanding, Payment, PaymentState, Purpose};
use domain::reference::PaymentReference;
use domain::settlement::Asked;
use domain::staff::Role;
use domain::trail::Entry;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::record::{At, Form, Record, Unfit};
use super::invoice_changes::{reason, sum};
use crate::answer::ApiError;
use crate::app::App;
use crate::store::{StoreError, Versioned};
use crate::treasurer;

/// What is typed into the form of a payment's page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::staff) struct Typed {
    session: String,
    refund_sum: String,
    refund_reason: String,
    /// `card` or `bank`.
    refund_way: String,
    refunded_on: String,
}

impl Record for Payment {
    type Form = Typed;

    const TITLE: &'static str = "A payment by card";
    const TEMPLATE: &'static str = "staff/payment.html";
    const KEEPS: &'static [Role] = super::KEEPS;

    async fn find(app: &App, reference: &str) -> Result<Option<Versioned<Self>>, StoreError> {
        match PaymentReference::parse(reference) {
            Ok(reference) => app.store.payment_to_change(&reference).await,
            Err(_) => Ok(None),
        }
    }

    fn address(&self) -> String {
        format!("/staff/payments/{}/", self.reference)
    }

    async fn trail(&self, app: &App) -> Result<Vec<Entry>, StoreError> {
        app.store.payment_trail(&self.reference).await
    }

    async fn opened(&self, _: &App) -> Result<Typed, StoreError> {
        let due = self.due_back().into_iter().next();
        let first = self.paid_sessions().next();
        let sum = due.map(|(_, pence)| super::invoices::plain(pence));
        Ok(Typed {
            session: due
                .map(|(session, _)| session)
                .or(first)
                .unwrap_or_default()
                .to_owned(),
            refund_sum: sum.unwrap_or_default(),
            refund_way: "card".to_owned(),
            ..Typed::default()
        })
    }

    async fn context(&self, _: &App, _: &Typed) -> Result<Value, ApiError> {
        Ok(json!({ "payment": words(self) }))
    }
}

/// A payment, in words.
pub(super) fn words(payment: &Payment) -> Value {
    let state = match &payment.state {
        PaymentState::Open => "not paid",
        PaymentState::Paid { .. } => "paid",
        PaymentState::Invoiced { .. } => "on an invoice",
        PaymentState::RefundDue { .. } => "paid when it was for nothing: due back",
    };
    let sessions: Vec<Value> = payment
        .paid_sessions()
        .enumerate()
        .map(|(index, session)| {
            json!({
                "session": session, "left_pence": payment.refundable(session),
                "is_due": payment.account_of(session) == Account::RefundsDue,
                "words": if index == 0 { "The payment" } else { "Paid again" },
            })
        })
        .collect();
    let disputes: Vec<Value> = payment
        .disputes
        .iter()
        .map(|dispute| {
            let standing = match dispute.standing {
                DisputeStanding::Open => "open: answer it at the card provider’s",
                DisputeStanding::Won => "won: the money is ours",
                DisputeStanding::Lost => "lost: the money is the payer’s",
            };
            json!({
                "pence": dispute.pence, "reason": dispute.reason, "standing": standing,
                "on": long_date(london_date(dispute.at)),
            })
        })
        .collect();
    let returned: Vec<Value> = payment
        .returned
        .iter()
        .map(|one| json!({ "refund": one.refund, "pence": one.pence, "failed": one.failed }))
        .collect();
    let (booking, invoice) = match &payment.purpose {
        Purpose::Booking { booking, .. } => (Some(booking), None),
        Purpose::Invoice { invoice } => (None, Some(invoice)),
    };
    let due: domain::money::Pence = payment.due_back().iter().map(|(_, pence)| *pence).sum();
    json!({
        "reference": payment.reference, "description": payment.description,
        "amount_pence": payment.amount, "state": state, "sessions": sessions,
        "disputes": disputes, "returned": returned, "booking": booking, "invoice": invoice,
        "due_pence": due, "asked_on": long_date(london_date(payment.created_at)),
    })
}

/// `POST /staff/payments/{reference}/refund/`.
pub(super) async fn give_back(at: At<Payment>, typed: Form<Payment>) -> Result<Response, ApiError> {
    let done = async {
        let form = &typed.form.form;
        let mut errors = FieldErrors::default();
        let pence = errors.keep("refund_sum", sum(&form.refund_sum));
        let why = errors.keep("refund_reason", reason(&form.refund_reason));
        let on = match form.refund_way.as_str() {
            "bank" => {
                let today = london_date(at.app.clock.now());
                let on = past_day(&form.refunded_on, "the day it was sent", today);
                errors.keep("refunded_on", on).map(Some)
            }
            _ => Some(None),
        };
        let (Some(pence), Some(reason), Some(on)) = (pence, why, on) else {
            return Err(errors.into());
        };
        let asked = Asked {
            session: form.session.clone(),
            pence,
            reason,
        };
        let reference = &at.read.value.reference;
        let by = at.by(&typed);
        if let Some(on) = on {
            treasurer::refund_payment_by_bank(&at.app, &by, reference, &asked, on).await?;
            return Ok(());
        }
        Ok::<_, Unfit>(treasurer::refund_by_card(&at.app, &by, reference, &asked, false).await?)
    }
    .await;
    at.answer(typed, "refund_sum", done).await
}
