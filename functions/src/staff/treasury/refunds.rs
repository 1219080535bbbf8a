//! Money that goes back: what is due, what is on its way, what was given back,
//! and what payers dispute.

use axum::extract::State;
use axum::response::Response;
use domain::calendar::{london_date, long_date};
use domain::refund::{Refund, RefundState, RefundWay};
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use super::payment;
use crate::answer::ApiError;
use crate::app::App;

/// How many refunds that are over are shown.
const OVER: usize = 50;

/// `GET /staff/refunds/`.
pub(super) async fn page(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    let due = app.store.payments_in_question().await?;
    let under_way = app.store.refunds_under_way().await?;
    let mut over = app.store.refunds_over().await?;
    over.truncate(OVER);
    let overpaid: Vec<Value> = app
        .store
        .open_invoices()
        .await?
        .iter()
        .map(|read| &read.value)
        .filter(|invoice| !invoice.overpaid().is_zero())
        .map(|invoice| {
            json!({
                "number": invoice.number, "name": invoice.says.to.name,
                "overpaid_pence": invoice.overpaid(),
            })
        })
        .collect();
    let context = json!({
        "due": due.iter().map(payment::words).collect::<Vec<_>>(),
        "overpaid": overpaid,
        "under_way": under_way.iter().map(words).collect::<Vec<_>>(),
        "over": over.iter().map(words).collect::<Vec<_>>(),
    });
    let about = ("Refunds", "/staff/refunds/", "staff/refunds.html");
    view::open(&app, &member, about, context).await
}

fn words(refund: &Refund) -> Value {
    let state = match &refund.state {
        RefundState::Asked => "To be carried out within half an hour".to_owned(),
        RefundState::OnItsWay => "On its way".to_owned(),
        RefundState::Made { at } => format!("Made on {}", long_date(london_date(*at))),
        RefundState::Failed { why, .. } => {
            format!("Could not be made ({why}): give it back otherwise")
        }
    };
    let payment = match &refund.way {
        RefundWay::Card { payment, .. } => Some(payment),
        RefundWay::Bank { .. } => None,
    };
    json!({
        "reference": refund.reference, "pence": refund.pence, "reason": refund.reason,
        "state": state, "payment": payment, "invoice": refund.invoice,
        "credit_note": refund.credit_note,
        "on": long_date(london_date(refund.asked_at)),
    })
}
