//! What the treasurer enters about an invoice: a credit note, that it is void,
//! whom it is to, money that goes back, and what was overpaid.

use axum::response::Response;
use domain::calendar::london_date;
use domain::contact::{EmailAddress, Line, Person};
use domain::day::past_day;
use domain::form::FieldErrors;
use domain::invoice::{BillTo, Invoice, InvoiceNumber};
use domain::money::Pence;
use domain::passage::Passage;
use domain::settlement::Asked;

use super::super::record::{At, Form, Unfit, wrong};
use super::invoice::refundable;
use crate::answer::ApiError;
use crate::treasurer::{self, Reissue};

/// A sum that was typed.
pub(super) fn sum(text: &str) -> Result<Pence, String> {
    match Pence::parse(text) {
        Ok(pence) if !pence.is_zero() => Ok(pence),
        _ => Err("Enter the sum in pounds and pence, such as 45.00".to_owned()),
    }
}

/// A reason that was typed: whoever receives the invoice reads it.
pub(super) fn reason(text: &str) -> Result<String, String> {
    let line = Line::parse(text, "the reason").map_err(|error| error.to_string())?;
    Ok(line.to_string())
}

/// `POST /staff/invoices/{reference}/credit/`.
pub(super) async fn credit(at: At<Invoice>, typed: Form<Invoice>) -> Result<Response, ApiError> {
    let done = async {
        let form = &typed.form.form;
        let mut errors = FieldErrors::default();
        let pence = errors.keep("credit_sum", sum(&form.credit_sum));
        let why = errors.keep("credit_reason", reason(&form.credit_reason));
        let (pence, why) = pence.zip(why).ok_or(errors)?;
        let number = at.read.value.number;
        Ok(treasurer::credit(&at.app, &at.by(&typed), number, pence, &why).await?)
    }
    .await;
    at.answer(typed, "credit_sum", done).await
}

/// `POST /staff/invoices/{reference}/void/`.
pub(super) async fn void(at: At<Invoice>, typed: Form<Invoice>) -> Result<Response, ApiError> {
    let done = async {
        let why =
            reason(&typed.form.form.void_reason).map_err(|said| wrong("void_reason", said))?;
        let number = at.read.value.number;
        Ok(treasurer::void(&at.app, &at.by(&typed), number, &why).await?)
    }
    .await;
    at.answer(typed, "void_reason", done).await
}

/// `POST /staff/invoices/{reference}/reissue/`.
pub(super) async fn reissue(at: At<Invoice>, typed: Form<Invoice>) -> Result<Response, ApiError> {
    let done = async {
        let form = &typed.form.form;
        let mut errors = FieldErrors::default();
        let name = errors.keep("bill_name", Line::parse(&form.bill_name, "who owes it"));
        let address = errors.keep(
            "bill_address",
            Passage::parse_optional(&form.bill_address, "the address"),
        );
        let order = match form.bill_order.trim() {
            "" => Some(None),
            order => errors
                .keep("bill_order", Line::parse(order, "the purchase order"))
                .map(Some),
        };
        let contact = errors.keep(
            "bill_contact",
            Line::parse(&form.bill_contact, "who receives it"),
        );
        let email = errors.keep(
            "bill_email",
            EmailAddress::parse(&form.bill_email, "the email address"),
        );
        let (Some(name), Some(address), Some(order), Some(contact), Some(email)) =
            (name, address, order, contact, email)
        else {
            return Err(errors.into());
        };
        let says = Reissue {
            to: BillTo {
                name,
                address,
                purchase_order: order,
            },
            sent_to: Person {
                name: contact,
                email,
            },
        };
        let number = at.read.value.number;
        Ok::<_, Unfit>(treasurer::reissue(&at.app, &at.by(&typed), number, &says).await?)
    }
    .await;
    at.answer(typed, "bill_name", done).await
}

/// `POST /staff/invoices/{reference}/refund/`.
pub(super) async fn refund(at: At<Invoice>, typed: Form<Invoice>) -> Result<Response, ApiError> {
    let done = async {
        let form = &typed.form.form;
        let today = london_date(at.app.clock.now());
        let mut errors = FieldErrors::default();
        let pence = errors.keep("refund_sum", sum(&form.refund_sum));
        let why = errors.keep("refund_reason", reason(&form.refund_reason));
        let by = at.by(&typed);
        if form.refund_way == "bank" {
            let on = errors.keep(
                "refunded_on",
                past_day(&form.refunded_on, "the day it was sent", today),
            );
            let (Some(pence), Some(why), Some(on)) = (pence, why, on) else {
                return Err(errors.into());
            };
            let number = at.read.value.number;
            let how = (on, why.as_str());
            treasurer::refund_by_bank(&at.app, &by, number, pence, how).await?;
            return Ok::<_, Unfit>(());
        }
        let payment = match &at.read.value.payment {
            Some(reference) => at.app.store.payment(reference).await?,
            None => None,
        };
        let by_card = payment.as_ref().and_then(refundable);
        let (Some(payment), Some((session, _))) = (&payment, by_card) else {
            errors.note(
                "refund_way",
                "Nothing of it was paid by card: give it back by bank transfer",
            );
            return Err(errors.into());
        };
        let (pence, reason) = pence.zip(why).ok_or(errors)?;
        let asked = Asked {
            session,
            pence,
            reason,
        };
        treasurer::refund_by_card(&at.app, &by, &payment.reference, &asked, true).await?;
        Ok(())
    }
    .await;
    at.answer(typed, "refund_sum", done).await
}

/// `POST /staff/invoices/{reference}/give-on/`.
pub(super) async fn give_on(at: At<Invoice>, typed: Form<Invoice>) -> Result<Response, ApiError> {
    let done = async {
        let form = &typed.form.form;
        let mut errors = FieldErrors::default();
        let to = InvoiceNumber::parse(&form.give_to);
        let to = to.ok_or("Enter the number of the other invoice, such as INV-00042");
        let to = errors.keep("give_to", to);
        let pence = errors.keep("give_sum", sum(&form.give_sum));
        let (to, pence) = to.zip(pence).ok_or(errors)?;
        let from = at.read.value.number;
        Ok(treasurer::give_on(&at.app, &at.by(&typed), from, to, pence).await?)
    }
    .await;
    at.answer(typed, "give_sum", done).await
}
