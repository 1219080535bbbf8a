//! The invoices of a membership, as the membership's pages list them.

use domain::calendar::{london_date, long_date};
use domain::invoice::InvoiceState;
use domain::reference::MembershipReference;
use serde_json::{Value, json};

use crate::app::App;
use crate::store::StoreError;

/// The invoices of a membership, in the order of their numbers.
pub(super) async fn of(
    app: &App,
    membership: &MembershipReference,
) -> Result<Vec<Value>, StoreError> {
    let today = london_date(app.clock.now());
    let invoices = app.store.invoices().await?;
    let own = invoices
        .iter()
        .map(|read| &read.value)
        .filter(|invoice| invoice.membership == *membership);
    Ok(own
        .map(|invoice| {
            let paid_on = match invoice.state {
                InvoiceState::Paid { at } => Some(long_date(london_date(at))),
                InvoiceState::Issued => None,
            };
            json!({
                "number": invoice.number.to_string(), "description": invoice.description,
                "total_pence": invoice.total, "issued_on": long_date(invoice.issued_on),
                "due_on": long_date(invoice.due_on), "overdue": invoice.is_overdue(today),
                "paid_on": paid_on,
                "lines": invoice.lines.iter().map(|line| json!({
                    "from": long_date(line.from), "to": long_date(line.to),
                    "pence": line.pence, "reason": line.reason,
                })).collect::<Vec<_>>(),
            })
        })
        .collect())
}
