//! The way back from the provider's page. What the browser says of it is not
//! believed: the payment is read again.

use axum::extract::State;
use axum::response::Redirect;
use domain::payment::Purpose;

use super::pay::find;
use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;
use crate::settlements::{in_time, settle};

/// `GET /pay/{payment}/return`: settle what can be, and on to the booking.
pub(super) async fn back(
    State(app): State<App>,
    Named(reference): Named,
) -> Result<Redirect, ApiError> {
    let payment = find(&app, &reference).await?;
    if let Some(session) = payment
        .attempt
        .as_ref()
        .and_then(|attempt| attempt.session.as_deref())
    {
        // The webhook comes as well; the booking's page is honest either way.
        match in_time(settle(&app, session, None)).await {
            Err(ApiError::Unavailable(error)) => {
                tracing::warn!(payment = %payment.reference, "a payment could not be read on return: {error}");
            }
            other => other?,
        }
    }
    Ok(Redirect::to(&match &payment.purpose {
        Purpose::Booking { booking, .. } => format!("/bookings/{booking}/"),
        // The invoice's own page needs the secret of its letter.
        Purpose::Invoice { .. } => format!("/pay/{}/", payment.reference),
    }))
}
