//! From a member's page to one of its invoices: the invoice's own page is
//! opened by the secret of a link that was given out with it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::access::Purpose;
use domain::account::ContactRole;
use domain::invoice::InvoiceNumber;

use super::door::Entered;
use crate::answer::ApiError;
use crate::app::App;

/// `GET …/invoices/{number}/`.
pub(super) async fn open(
    State(app): State<App>,
    at: Entered,
    Path((_, number)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    at.must(ContactRole::may_open_invoices)?;
    let number = InvoiceNumber::parse(&number).ok_or(ApiError::NotFound)?;
    let invoice = app.store.invoice(number).await?.map(|read| read.value);
    let invoice =
        invoice.filter(|invoice| invoice.says.membership.as_ref() == Some(at.reference()));
    let invoice = invoice.ok_or(ApiError::NotFound)?;
    let mut grants = invoice.grants.iter();
    let grant = grants.rfind(|grant| grant.purpose == Purpose::Invoice);
    let grant = grant.ok_or(ApiError::NotFound)?;
    let subject = number.to_string();
    let secret = app.links.derive(Purpose::Invoice, &subject, &grant.nonce);
    let page = format!("/invoices/{number}/{}/", secret.expose());
    Ok(Redirect::to(&page).into_response())
}
