//! A payment for an invoice.

use domain::invoice::InvoiceNumber;
use domain::payment::{Purpose, Record};
use domain::reference::PaymentReference;
use domain::settlement::{InvoiceSettled, settle_invoice};
use jiff::Timestamp;

use super::{provider, remember};
use crate::answer::ApiError;
use crate::app::App;
use crate::invoicing;
use crate::metrics::{self, Metric};
use crate::store::{Guard, Outcome, PaidInvoice, Transaction, Tries};

/// Does what follows from the provider's record of a page.
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
        if read.payment.value.purpose != (Purpose::Invoice { invoice: number }) {
            return Err(ApiError::Internal(anyhow::anyhow!(
                "payment {reference} is not for invoice {number}"
            )));
        }
        read.payment.value.check(record, live).map_err(|error| {
            ApiError::Internal(anyhow::anyhow!(
                "payment {reference} was not settled: {error}"
            ))
        })?;
        let now = app.clock.now();
        let (payment, invoice) = (&read.payment.value, &read.invoice.value);
        let Some(settled) = settle_invoice(payment, invoice, record, now) else {
            return Ok(());
        };
        let mut transaction = write(app, &read, settled, now)?;
        remember(&mut transaction, notice, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            metrics::measure(Metric::Payments, 1);
        }
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            return Ok(());
        }
        tries.again().await?;
    }
}

fn write(
    app: &App,
    read: &PaidInvoice,
    settled: InvoiceSettled,
    now: Timestamp,
) -> Result<Transaction, ApiError> {
    let payment = &settled.payment;
    let number = read.invoice.value.number;
    let mut transaction = Transaction::new();
    if let Some(mut invoice) = settled.invoice {
        let letter = invoicing::receipt(app, &mut invoice, payment.amount, now);
        transaction.letter(letter, now)?;
        transaction.invoice(&read.invoice, &invoice, "invoice-paid", now)?;
    }
    if let Some(entry) = &settled.entry {
        transaction.ledger(entry)?;
    }
    transaction.payment(read.payment.version, payment, settled.what, now)?;
    match settled.what {
        "payment-refund-due" | "payment-made-twice" => {
            tracing::error!(payment = %payment.reference, invoice = %number, "{}: the treasurer has to give it back", settled.what);
        }
        what => tracing::info!(payment = %payment.reference, invoice = %number, "{what}"),
    }
    Ok(transaction)
}
