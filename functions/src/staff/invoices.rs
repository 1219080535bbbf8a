//! The invoices of a membership, as the membership's pages list them.

use domain::reference::MembershipReference;
use serde_json::Value;

use crate::app::App;
use crate::invoice_words;
use crate::store::StoreError;

/// The invoices of a membership, in the order of their numbers.
pub(super) async fn of(
    app: &App,
    membership: &MembershipReference,
) -> Result<Vec<Value>, StoreError> {
    let invoices = app.store.invoices_of(membership).await?;
    let words = invoices.iter();
    Ok(words
        .map(|invoice| invoice_words::of(app, invoice))
        .collect())
}
