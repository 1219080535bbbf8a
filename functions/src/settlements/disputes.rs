//! Disputes: the payment is marked while one is open, and undone when it is
//! lost.

use domain::payment::{DisputeStanding, Purpose};
use domain::reference::PaymentReference;
use domain::settlement::{DisputeTold, settle_dispute};

use super::{provider, remember, unavailable};
use crate::answer::ApiError;
use crate::app::App;
use crate::store::{Guard, Outcome, Transaction, Tries};
use crate::stripe::Standing;

/// Does what follows from the provider's record of a dispute.
pub(super) async fn told(app: &App, id: &str, notice: Option<&str>) -> Result<(), ApiError> {
    let provider = provider(app)?;
    let record = provider.dispute(id).await.map_err(unavailable)?;
    let origin = record.origin.as_ref();
    let reference = origin.and_then(|origin| origin.reference.as_deref());
    let payment = reference.and_then(|text| PaymentReference::parse(text).ok());
    let (Some(origin), Some(payment)) = (origin, payment) else {
        tracing::warn!(dispute = %id, "a dispute about what is not ours was passed over");
        return Ok(());
    };
    if record.live != provider.config().is_live() || record.currency != "gbp" {
        return Err(ApiError::Internal(anyhow::anyhow!(
            "dispute {id} about payment {payment} is of another mode or currency"
        )));
    }
    let told = DisputeTold {
        id: record.id.clone(),
        session: origin.session.clone(),
        pence: record.amount,
        standing: match record.standing {
            Standing::Open => DisputeStanding::Open,
            Standing::Won => DisputeStanding::Won,
            Standing::Lost => DisputeStanding::Lost,
        },
        reason: record.reason.clone(),
    };
    enter(app, &payment, &told, notice).await
}

async fn enter(
    app: &App,
    payment: &PaymentReference,
    told: &DisputeTold,
    notice: Option<&str>,
) -> Result<(), ApiError> {
    let mut tries = Tries::begin();
    loop {
        let Some(read) = app.store.payment_to_change(payment).await? else {
            tracing::warn!(%payment, "a dispute names a payment that is not here");
            return Ok(());
        };
        if !read.value.counts(&told.session) {
            super::settle(app, &told.session, None).await?;
            let again = app.store.payment(payment).await?;
            if again.is_none_or(|again| !again.counts(&told.session)) {
                tracing::warn!(%payment, "a dispute is about a page that was not paid on");
                return Ok(());
            }
            continue;
        }
        let invoice = match &read.value.purpose {
            Purpose::Invoice { invoice } => app.store.invoice(*invoice).await?,
            Purpose::Booking { .. } => None,
        };
        let now = app.clock.now();
        let value = invoice.as_ref().map(|read| &read.value);
        let Some(settled) = settle_dispute(&read.value, value, told, now) else {
            return Ok(());
        };
        let mut transaction = Transaction::new();
        if let (Some(read), Some(next)) = (&invoice, &settled.invoice) {
            transaction.invoice(read, next, settled.what, now)?;
        }
        if let Some(entry) = &settled.entry {
            transaction.ledger(entry)?;
        }
        transaction.payment(read.version, &settled.payment, settled.what, now)?;
        remember(&mut transaction, notice, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::warn!(%payment, dispute = %told.id, "{}: the treasurer has to look at it", settled.what);
            return Ok(());
        }
        tries.again().await?;
    }
}
