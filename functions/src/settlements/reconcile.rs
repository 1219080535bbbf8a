//! The books against the provider's balance: each of its lines has its entry,
//! its fees and payouts are entered, and what differs is said.

use std::collections::BTreeMap;

use domain::ledger::{Account, Cause, JournalEntry, Reconciliation, differences};
use domain::trail::Who;
use jiff::Timestamp;

use super::{provider, unavailable};
use crate::answer::ApiError;
use crate::app::App;
use crate::store::Transaction;
use crate::stripe::{BalanceKind, BalanceLine};

/// Compares the books with the provider's balance over all of its time until
/// now, and enters the fees and payouts that it has made.
///
/// # Errors
///
/// [`ApiError`] if the records or the provider do not answer.
pub async fn reconcile(app: &App) -> Result<Reconciliation, ApiError> {
    let until = app.clock.system_now();
    let until = until.saturating_add(jiff::SignedDuration::from_secs(1));
    let lines = provider(app)?
        .balance(Timestamp::UNIX_EPOCH, until.unwrap_or(Timestamp::MAX))
        .await
        .map_err(unavailable)?;
    let mut found = Reconciliation {
        at: app.clock.now(),
        lines: lines.len(),
        ..Reconciliation::default()
    };
    let mut provider: BTreeMap<String, i64> = BTreeMap::new();
    for line in &lines {
        found.provider += line.net;
        enter(app, line).await?;
        match (&line.kind, &line.reference) {
            (BalanceKind::Payout | BalanceKind::PayoutFailed | BalanceKind::Fee, _) => {}
            (_, Some(reference)) => *provider.entry(reference.clone()).or_insert(0) += line.gross,
            (_, None) => found.strange.push(line.id.clone()),
        }
    }
    let mut books: BTreeMap<String, i64> = BTreeMap::new();
    let refunds = payments_of_refunds(app).await?;
    let disputes = payments_of_disputes(app).await?;
    for entry in app.store.ledger(None).await? {
        let change = entry.change(Account::CardProvider);
        found.books += change;
        let payment = match &entry.cause {
            Cause::Card { payment, .. } => Some(payment.to_string()),
            Cause::Refund { refund } | Cause::RefundFailed { refund } => {
                refunds.get(&refund.to_string()).cloned()
            }
            Cause::Dispute { dispute } => disputes.get(dispute).cloned(),
            _ => None,
        };
        if let Some(payment) = payment {
            *books.entry(payment).or_insert(0) += change;
        }
    }
    found.differences = differences(&provider, &books);
    app.store.keep_reconciliation(&found).await?;
    Ok(found)
}

/// How old a comparison may be: they are made once a day.
const FRESH: jiff::SignedDuration = jiff::SignedDuration::from_hours(20);

/// Compares the two if that was not done today; whether they agree.
///
/// # Errors
///
/// [`ApiError`] if the records or the provider do not answer.
pub async fn reconcile_when_due(app: &App) -> Result<bool, ApiError> {
    let now = app.clock.now();
    let is_fresh = |at: Timestamp| now.duration_since(at) < FRESH && at <= now;
    let found = match app.store.reconciliation().await? {
        Some(latest) if is_fresh(latest.at) => latest,
        _ => reconcile(app).await?,
    };
    if !found.is_even() {
        tracing::error!(
            provider = found.provider,
            books = found.books,
            differences = found.differences.len(),
            strange = found.strange.len(),
            "the books differ from the card provider's balance"
        );
    }
    Ok(found.is_even())
}

/// Enters what the provider kept or paid out by a line.
async fn enter(app: &App, line: &BalanceLine) -> Result<(), ApiError> {
    let at = line.at;
    let mut entries = Vec::new();
    match line.kind {
        BalanceKind::Payout | BalanceKind::PayoutFailed => {
            entries.push(JournalEntry::payout(&line.id, -line.gross, at));
        }
        // What Stripe charges by itself is the line itself.
        BalanceKind::Fee => entries.push(JournalEntry::provider_fee(&line.id, -line.net, at)),
        _ => {}
    }
    if line.fee != 0 && line.kind != BalanceKind::Fee {
        let name = format!("{}#FEE", line.id);
        entries.push(JournalEntry::provider_fee(&name, line.fee, at));
    }
    for entry in entries {
        if !app.store.is_entered(&entry.cause).await? {
            let mut transaction = Transaction::by(Who::Clock);
            transaction.ledger(&entry)?;
            // Refused where another run was first: then it is entered.
            app.store.commit(transaction).await?;
        }
    }
    Ok(())
}

/// The payment that each refund by card is of.
async fn payments_of_refunds(app: &App) -> Result<BTreeMap<String, String>, ApiError> {
    let mut all = app.store.refunds_under_way().await?;
    all.extend(app.store.refunds_over().await?);
    let by_card = all.into_iter().filter_map(|refund| match refund.way {
        domain::refund::RefundWay::Card { payment, .. } => {
            Some((refund.reference.to_string(), payment.to_string()))
        }
        domain::refund::RefundWay::Bank { .. } => None,
    });
    Ok(by_card.collect())
}

/// The payment that each lost dispute is about, as its entry says it.
async fn payments_of_disputes(app: &App) -> Result<BTreeMap<String, String>, ApiError> {
    let mut all = BTreeMap::new();
    for entry in app.store.ledger(None).await? {
        if let Cause::Dispute { dispute } = &entry.cause
            && let Ok(record) = provider(app)?.dispute(dispute).await
            && let Some(reference) = record.origin.and_then(|origin| origin.reference)
        {
            all.insert(dispute.clone(), reference);
        }
    }
    Ok(all)
}
