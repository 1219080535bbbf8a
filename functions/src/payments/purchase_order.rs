//! A school asks for its invoice with another purchase order: it is issued
//! again under a new number, and the old one is credited in full.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::contact::Line;
use domain::form::FieldErrors;
use domain::invoice::BillTo;
use domain::payment::PaymentState;
use domain::trail::Who;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::attempt::close;
use super::invoice::{Address, show};
use crate::answer::ApiError;
use crate::app::App;
use crate::instruction::Instruction;
use crate::settlements::in_time;
use crate::treasurer::{self, Refused, Reissue};
use crate::typed::Typed;

/// The form, as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    purchase_order: String,
}

/// `POST /invoices/{number}/{secret}/purchase-order/`.
pub(super) async fn change(
    State(app): State<App>,
    address: Address,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let read = address.open(&app).await?;
    let wrong = match Line::parse(&typed.form.purchase_order, "the purchase order number") {
        Ok(order) => match again(&app, &address, &typed, order).await? {
            Ok(()) => return Ok(Redirect::to(&address.path()).into_response()),
            Err(sentence) => sentence,
        },
        Err(error) => error.to_string(),
    };
    let mut errors = FieldErrors::default();
    errors.note("purchase_order", wrong);
    let besides = json!({ "errors": errors, "form": typed.form, "command": typed.key });
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    show(&app, &address, &read.value, besides, status).await
}

/// Issues it again; the sentence says why not.
async fn again(
    app: &App,
    address: &Address,
    typed: &Typed<Form>,
    order: Line,
) -> Result<Result<(), String>, ApiError> {
    let by = Instruction::of_form(Who::Visitor, &typed.command);
    if by.is_done(app).await? {
        return Ok(Ok(()));
    }
    let invoice = address.open(app).await?.value;
    // A page that could still be paid on would pay the old one.
    if let Some(reference) = &invoice.payment
        && let Some(payment) = app.store.payment(reference).await?
        && payment.state == PaymentState::Open
        && !in_time(close(app, &payment)).await?
    {
        return Ok(Err("A payment of this invoice is on its way".to_owned()));
    }
    let says = Reissue {
        to: BillTo {
            purchase_order: Some(order),
            ..invoice.says.to.clone()
        },
        sent_to: invoice.says.sent_to.clone(),
    };
    match treasurer::reissue(app, &by, invoice.number, &says).await {
        Ok(_new) => Ok(Ok(())),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(refused) => Ok(Err(refused.to_string())),
    }
}
