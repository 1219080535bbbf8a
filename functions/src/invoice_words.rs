//! An invoice as pages show it: the school's own, the member's, the staff's.

use domain::calendar::{london_date, long_date};
use domain::invoice::{Closed, CreditNote, Invoice, InvoiceNumber, Means, Move, Subject, What};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::app::App;
use crate::paper::period;
use crate::store::StoreError;

/// What a page says of an invoice.
#[must_use]
pub fn of(app: &App, invoice: &Invoice) -> Value {
    let today = london_date(app.clock.now());
    let says = &invoice.says;
    let lines: Vec<Value> = says
        .lines
        .iter()
        .map(|line| {
            json!({
                "days": period(line.from, line.to),
                "pence": line.pence, "reason": line.reason,
            })
        })
        .collect();
    // A place at an event has its own price: no schedule says it.
    let is_fee = matches!(says.subject, Subject::Fee { .. });
    let closed_reason = match &invoice.closed {
        Some(Closed::Void { reason, .. }) => Some(reason),
        _ => None,
    };
    json!({
        "number": invoice.number, "to": says.to, "sent_to": says.sent_to,
        "description": says.description, "lines": lines,
        "net_pence": says.net(), "vat_pence": says.vat.tax, "vat_percent": says.vat.percent,
        "vat_words": says.vat.treatment.words(), "total_pence": says.total,
        "pupils": says.pupils, "schedule": is_fee.then_some(&says.schedule),
        "service": says.service().map(|(from, to)| period(from, to)),
        "issued_on": long_date(invoice.issued_on), "due_on": long_date(invoice.due_on),
        "standing": invoice.standing().words(),
        "is_open": invoice.is_open(), "overdue": invoice.is_overdue(today),
        "balance_pence": invoice.balance(), "paid_pence": invoice.paid(),
        "credited_pence": invoice.credited(), "overpaid_pence": invoice.overpaid(),
        "is_touched": !invoice.account.is_empty() || invoice.closed.is_some(),
        "paid_on": invoice.paid_at().map(day_of), "void_because": closed_reason,
        "replaces": says.replaces, "replaced_by": replaced_by(invoice),
        "moves": invoice.account.iter().map(moved).collect::<Vec<_>>(),
        "payment": invoice.payment,
    })
}

/// The day of an instant, in words.
#[must_use]
pub fn day_of(at: Timestamp) -> String {
    long_date(london_date(at))
}

/// The invoice that stands in place of this one.
#[must_use]
pub fn replaced_by(invoice: &Invoice) -> Option<InvoiceNumber> {
    match &invoice.closed {
        Some(Closed::Replaced { by, .. }) => Some(*by),
        _ => None,
    }
}

/// One line of an invoice's account.
fn moved(one: &Move) -> Value {
    let note = match &one.what {
        What::Credited { note } => Some(note),
        _ => None,
    };
    json!({ "on": day_of(one.at), "what": what(&one.what), "pence": one.pence, "note": note })
}

/// What happened to an invoice, in words.
#[must_use]
pub fn what(what: &What) -> String {
    match what {
        What::Paid { by } => format!("Paid {}", means(by)),
        What::TakenBack { by } => match by {
            Means::Invoice { other } => format!("Put to invoice {other}"),
            by => format!("Taken back: paid {}", means(by)),
        },
        What::Credited { note } => format!("Credit note {note}"),
        What::Refunded { refund } => format!("Refunded ({refund})"),
        What::RefundFailed { refund } => format!("Refund {refund} could not be made"),
    }
}

fn means(by: &Means) -> String {
    match by {
        Means::Card { .. } => "by card or Direct Debit".to_owned(),
        Means::Bank { .. } => "by bank transfer".to_owned(),
        Means::Invoice { other } => format!("from what was overpaid on {other}"),
    }
}

/// The credit notes of an invoice, in words.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn credit_notes(app: &App, invoice: &Invoice) -> Result<Vec<Value>, StoreError> {
    let notes = app.store.credit_notes_of(invoice).await?;
    Ok(notes.iter().map(credit_note).collect())
}

fn credit_note(note: &CreditNote) -> Value {
    json!({
        "number": note.number, "on": long_date(note.issued_on), "reason": note.reason,
        "total_pence": note.total, "vat_pence": note.tax,
    })
}
