//! What a payment for an invoice settles: decided from the provider's own
//! record, once.

use domain::access::Purpose as LinkFor;
use domain::invoice::{InvoiceNumber, InvoiceState};
use domain::letter::{Letter, LetterLink, News};
use domain::payment::{Outcome as Became, PaymentState, Record};
use domain::reference::PaymentReference;

use super::provider;
use super::settle::remember;
use crate::answer::ApiError;
use crate::app::App;
use crate::store::{Guard, Outcome, PaidInvoice, Transaction, Tries};

/// Does what follows from the provider's record: the invoice is paid, or the
/// money is due back because it was paid already, or nothing.
pub(super) async fn settle(
    app: &App,
    reference: &PaymentReference,
    number: InvoiceNumber,
    record: &Record,
    notice: Option<&str>,
) -> Result<(), ApiError> {
    let live = provider(app)?.config().is_live();
    let mut tries = Tries::begin();
    loop {
        let Some(read) = app.store.paid_invoice(reference, number).await? else {
            tracing::warn!(payment = %reference, "a payment page names records that are not here");
            return Ok(());
        };
        if read.invoice.value.payment.as_ref() != Some(reference) {
            return Err(ApiError::Internal(anyhow::anyhow!(
                "payment {reference} is not for invoice {number}"
            )));
        }
        read.payment.value.check(record, live).map_err(|error| {
            ApiError::Internal(anyhow::anyhow!(
                "payment {reference} was not settled: {error}"
            ))
        })?;
        let Some(transaction) = follow(app, &read, record, notice)? else {
            return Ok(());
        };
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            return Ok(());
        }
        tries.again().await?;
    }
}

/// What follows, if anything.
fn follow(
    app: &App,
    read: &PaidInvoice,
    record: &Record,
    notice: Option<&str>,
) -> Result<Option<Transaction>, ApiError> {
    let now = app.clock.now();
    let mut payment = read.payment.value.clone();
    let mut invoice = read.invoice.value.clone();
    let mut transaction = Transaction::new();
    let session = record.session.clone();
    let what = match (&payment.state, record.outcome) {
        (PaymentState::Open, Became::Paid) if invoice.state == InvoiceState::Issued => {
            payment.state = PaymentState::Paid { at: now, session };
            invoice.state = InvoiceState::Paid { at: now };
            let subject = invoice.number.to_string();
            let (grant, _) = app.links.give(LinkFor::Invoice, &subject, now);
            let letter = Letter {
                to: invoice.sent_to.clone(),
                news: News::InvoicePaid {
                    number: invoice.number,
                    member: invoice.to.name.to_string(),
                    amount_pence: invoice.total,
                    link: LetterLink::of(&grant),
                },
            };
            invoice.grants.push(grant);
            transaction.letter(letter, now)?;
            transaction.invoice(read.invoice.version, &invoice, "invoice-paid", now)?;
            "payment-settled"
        }
        (PaymentState::Open, Became::Paid) => {
            tracing::error!(payment = %payment.reference, "an invoice was paid twice: one payment is due back");
            payment.state = PaymentState::RefundDue { at: now, session };
            "payment-refund-due"
        }
        (PaymentState::Open, Became::Expired) if payment.is_under_way(&record.session) => {
            payment.attempt = None;
            "payment-page-expired"
        }
        (PaymentState::Paid { .. } | PaymentState::RefundDue { .. }, Became::Paid)
            if !payment.counts(&record.session) =>
        {
            tracing::error!(payment = %payment.reference, session = %record.session, "a payment was made twice: one is due back");
            payment.paid_again.push(session);
            "payment-made-twice"
        }
        _ => return Ok(None),
    };
    transaction.payment(read.payment.version, &payment, what, now)?;
    remember(&mut transaction, notice, now)?;
    tracing::info!(payment = %payment.reference, invoice = %invoice.number, "{what}");
    Ok(Some(transaction))
}
