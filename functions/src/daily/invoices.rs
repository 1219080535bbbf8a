//! Invoices that are due, or overdue: whoever receives them is reminded.

use domain::fees::Reminders;
use domain::invoice::Invoice;
use domain::letter::MoneyAbout;
use domain::trail::Who;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Done;
use crate::app::App;
use crate::invoicing;
use crate::store::{Outcome, StoreError, Transaction, Versioned};

/// Writes the reminders of a day.
pub(super) async fn run(
    app: &App,
    reminders: &Reminders,
    today: Date,
    done: &mut Done,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    for read in app.store.invoices_due(today).await? {
        let Some(days) = read.value.reminder(reminders, today) else {
            continue;
        };
        if invoicing::promised_at(app, &read.value).await?.is_some() {
            continue;
        }
        match remind_of_invoice(app, &read, days, now).await? {
            true => done.invoices += 1,
            false => done.left += 1,
        }
    }
    Ok(())
}

/// Reminds whoever receives an invoice; whether it was written.
async fn remind_of_invoice(
    app: &App,
    read: &Versioned<Invoice>,
    days: u32,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut invoice = read.value.clone();
    invoice.reminded.push(days);
    let letter = invoicing::letter(app, &mut invoice, MoneyAbout::Reminder { days }, now);
    let mut transaction = Transaction::by(Who::Clock);
    transaction.letter(letter, now)?;
    transaction.invoice(read, &invoice, "invoice-reminded", now)?;
    Ok(app.store.commit(transaction).await? == Outcome::Committed)
}
