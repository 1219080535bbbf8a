//! Refunds: those that the treasurer asked for are carried out; those that were
//! made in the provider's dashboard are entered; those that failed are undone.

use domain::invoice::CreditNoteNumber;
use domain::ledger::JournalEntry;
use domain::payment::Purpose;
use domain::reference::{PaymentReference, RefundReference};
use domain::refund::{Refund, RefundState, RefundWay};
use domain::settlement::{Identity, RefundTold, ToldOutcome, settle_refund};

use super::{provider, remember, unavailable};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::store::{Guard, Outcome, Transaction, Tries};
use crate::stripe::{ProviderError, RefundOutcome, RefundRecord};

/// Has the provider give money back as the treasurer asked. The refund's own
/// reference is the key: however often it is asked, it is given back once.
///
/// # Errors
///
/// [`ApiError`] if it is not known what became of it: it is asked again later.
pub async fn carry_out(app: &App, refund: &Refund) -> Result<(), ApiError> {
    let RefundWay::Card { payment, session } = &refund.way else {
        return Ok(());
    };
    if refund.is_over() {
        return Ok(());
    }
    let key = refund.reference.to_string();
    let made = provider(app)?.refund(session, refund.pence, &key).await;
    let (id, outcome) = match made {
        Ok(made) => (made.id, outcome(made.outcome)),
        // A key that is wrong says nothing of the refund: it is asked again.
        Err(ProviderError::Refused(refusal)) if !refusal.is_of_our_key() => {
            tracing::error!(refund = %refund.reference, "a refund was refused: {refusal}");
            let why = refusal.to_string();
            // It has no name of the provider's: ours stands for it.
            (key, ToldOutcome::Failed { why })
        }
        Err(error) => return Err(unavailable(error)),
    };
    let told = RefundTold {
        id,
        refund: Some(refund.reference.clone()),
        session: session.clone(),
        pence: refund.pence,
        outcome,
    };
    enter(app, payment, &told, None).await
}

/// Does what follows from the provider's record of a refund.
pub(super) async fn told(app: &App, id: &str, notice: Option<&str>) -> Result<(), ApiError> {
    let record = provider(app)?.refund_record(id).await;
    record_told(app, record.map_err(unavailable)?, notice).await
}

/// Does what follows from the provider's records of all refunds of a charge.
pub(super) async fn of_charge(app: &App, charge: &str) -> Result<(), ApiError> {
    let records = provider(app)?.refunds_of_charge(charge).await;
    for record in records.map_err(unavailable)? {
        record_told(app, record, None).await?;
    }
    Ok(())
}

async fn record_told(
    app: &App,
    record: RefundRecord,
    notice: Option<&str>,
) -> Result<(), ApiError> {
    let Some(origin) = record.origin else {
        tracing::warn!(refund = %record.id, "a refund of what is not ours was passed over");
        return Ok(());
    };
    let reference = origin.reference.as_deref();
    let payment = reference.and_then(|text| PaymentReference::parse(text).ok());
    let Some(payment) = payment else {
        tracing::warn!(refund = %record.id, "a refund of what is not ours was passed over");
        return Ok(());
    };
    if origin.live != provider(app)?.config().is_live() || record.currency != "gbp" {
        return Err(ApiError::Internal(anyhow::anyhow!(
            "refund {} of payment {payment} is of another mode or currency",
            record.id
        )));
    }
    let command = record.command.as_deref();
    let told = RefundTold {
        id: record.id,
        refund: command.and_then(|key| RefundReference::parse(key).ok()),
        session: origin.session,
        pence: record.amount,
        outcome: outcome(record.outcome),
    };
    enter(app, &payment, &told, notice).await
}

fn outcome(outcome: RefundOutcome) -> ToldOutcome {
    match outcome {
        RefundOutcome::Pending => ToldOutcome::Pending,
        RefundOutcome::Succeeded => ToldOutcome::Succeeded,
        RefundOutcome::Failed { why } => ToldOutcome::Failed { why },
    }
}

/// Writes down what follows, if anything.
async fn enter(
    app: &App,
    payment: &PaymentReference,
    told: &RefundTold,
    notice: Option<&str>,
) -> Result<(), ApiError> {
    let mut tries = Tries::begin();
    loop {
        let Some(read) = app.store.payment_to_change(payment).await? else {
            tracing::warn!(%payment, "a refund names a payment that is not here");
            return Ok(());
        };
        let invoice = match &read.value.purpose {
            Purpose::Invoice { invoice } => app.store.invoice(*invoice).await?,
            Purpose::Booking { .. } => None,
        };
        // The payment itself may not be settled yet: first things first.
        if !read.value.counts(&told.session) {
            super::settle(app, &told.session, None).await?;
            let again = app.store.payment(payment).await?;
            if again.is_none_or(|again| !again.counts(&told.session)) {
                tracing::warn!(%payment, "a refund is of a page that was not paid on");
                return Ok(());
            }
            continue;
        }
        let issued = app.store.credit_notes_issued().await?;
        let identity = Identity {
            refund: RefundReference::from_entropy(entropy::bytes()),
            note: CreditNoteNumber::after(issued.value.last),
        };
        let now = app.clock.now();
        let value = invoice.as_ref().map(|read| &read.value);
        let Some(settled) = settle_refund(&read.value, value, told, identity, now) else {
            return Ok(());
        };
        let mut transaction = Transaction::new();
        if let Some(note) = &settled.note {
            transaction.new_credit_note(&issued, note, now)?;
            transaction.ledger(&JournalEntry::credit(note, now))?;
        }
        if let Some(entry) = &settled.entry {
            transaction.ledger(entry)?;
        }
        if let (Some(read), Some(next)) = (&invoice, &settled.invoice) {
            transaction.invoice(read, next, settled.what, now)?;
        }
        if let Some(refund) = &settled.new {
            transaction.new_refund(refund, now)?;
        }
        if let Some((reference, state)) = settled.state
            && let Some(read) = app.store.refund(&reference).await?
        {
            let is_failed = matches!(state, RefundState::Failed { .. });
            let next = Refund {
                state,
                ..read.value.clone()
            };
            transaction.refund(&read, &next, settled.what, now)?;
            if is_failed {
                tracing::error!(refund = %reference, "a refund could not be made: the treasurer has to give it back otherwise");
            }
        }
        transaction.payment(read.version, &settled.payment, settled.what, now)?;
        remember(&mut transaction, notice, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(%payment, "{}", settled.what);
            return Ok(());
        }
        tries.again().await?;
    }
}
