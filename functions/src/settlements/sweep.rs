//! The sweep: refunds that are asked for are carried out, payments that were
//! left open and events that never came are settled, fee runs, callings off
//! and letters that were cut off go on, places that came free are offered, and
//! whoever came to a series has a certificate once it is over. What cannot be
//! settled is reported.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::fee_run::FeeRunState;
use jiff::SignedDuration;

use super::{follow, provider, settle, unavailable};
use crate::answer::ApiError;
use crate::app::App;
use crate::{certifying, organiser, places, telling, treasurer};

/// How far back events are asked after: three days, far longer than two runs
/// are apart, and as long as Stripe itself tries.
const BACK: SignedDuration = SignedDuration::from_hours(3 * 24);

/// How long a run goes on with a fee run.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a sweep has done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Swept {
    /// Refunds that were carried out.
    pub refunds: usize,
    /// Payments that were looked at because the provider says that they are
    /// over.
    pub payments: usize,
    /// Events that the provider could not deliver, and that were followed.
    pub notices: usize,
    /// What could not be settled: what, and why.
    pub left: Vec<(String, String)>,
}

/// Does all of it. What fails is left for the next run, and hides nothing else.
///
/// # Errors
///
/// [`ApiError`] if the records or the provider do not answer at all.
pub async fn sweep(app: &App) -> Result<Swept, ApiError> {
    let mut swept = Swept::default();
    // They need nothing of the provider.
    go_on_with_fee_runs(app).await?;
    go_on_with_call_offs(app).await?;
    go_on_with_letters(app).await?;
    offer_what_is_free(app).await?;
    certify_what_is_due(app).await?;
    for refund in app.store.refunds_under_way().await? {
        match Box::pin(super::carry_out(app, &refund)).await {
            Ok(()) => swept.refunds += 1,
            Err(error) => swept.leave(refund.reference.to_string(), &error),
        }
    }
    let begun = app.store.payments_begun().await?;
    let open: BTreeSet<String> = begun
        .into_iter()
        .filter_map(|payment| payment.attempt?.session)
        .collect();
    let from = app.clock.system_now().saturating_sub(BACK);
    let from = from.unwrap_or(jiff::Timestamp::MIN);
    let missed = provider(app)?.missed(&open, from).await;
    let missed = missed.map_err(unavailable)?;
    for page in missed.pages {
        let session = page.record.session;
        match Box::pin(settle(app, &session, None)).await {
            Ok(()) => swept.payments += 1,
            Err(error) => swept.leave(session, &error),
        }
    }
    for notice in missed.notices {
        match Box::pin(follow(app, &notice.about, Some(&notice.id))).await {
            Ok(()) => swept.notices += 1,
            Err(error) => swept.leave(notice.id, &error),
        }
    }
    for (session, error) in missed.unread {
        swept.leave(session, &unavailable(error));
    }
    tracing::info!(
        refunds = swept.refunds,
        payments = swept.payments,
        notices = swept.notices,
        left = swept.left.len(),
        "payments were swept"
    );
    Ok(swept)
}

impl Swept {
    fn leave(&mut self, what: String, error: &ApiError) {
        tracing::error!(%what, "the sweep could not settle it: {error}");
        self.left.push((what, error.to_string()));
    }
}

async fn go_on_with_call_offs(app: &App) -> Result<(), ApiError> {
    let site = app.site.published().await?;
    for job in app.store.call_offs().await? {
        let done = Box::pin(organiser::advance(app, &site, &job.event, PATIENCE)).await;
        if let Err(error) = done {
            tracing::error!(event = %job.event, "an event was not called off to its end: {error}");
        }
    }
    Ok(())
}

/// Letters to those who have booked an event, that were cut off or have yet to
/// be begun.
async fn go_on_with_letters(app: &App) -> Result<(), ApiError> {
    for job in app.store.tellings().await? {
        let by_name = (&job.event, job.id.as_str());
        let done = telling::advance(&app.store, &app.clock, by_name, PATIENCE).await;
        if let Err(error) = done {
            tracing::error!(event = %job.event, "letters did not come to their end: {error}");
        }
    }
    Ok(())
}

/// Who waits is offered what others have not kept in time, or what an editor has
/// added. What fails is left for the next run.
async fn offer_what_is_free(app: &App) -> Result<(), ApiError> {
    let site = app.site.published().await?;
    match places::let_time_pass(app, &site).await {
        Ok(0) => {}
        Ok(events) => tracing::info!(events, "places were let go or offered"),
        Err(error) => tracing::error!("places were not offered: {error}"),
    }
    Ok(())
}

/// Who came to a series has a certificate once it is over. What fails is left
/// for the next run.
async fn certify_what_is_due(app: &App) -> Result<(), ApiError> {
    let site = app.site.published().await?;
    if let Err(error) = certifying::certify_what_is_due(app, &site).await {
        tracing::error!("certificates were not given: {error}");
    }
    Ok(())
}

async fn go_on_with_fee_runs(app: &App) -> Result<(), ApiError> {
    let site = app.site.published().await?;
    for run in app.store.fee_runs().await? {
        if run.value.state != FeeRunState::Issuing {
            continue;
        }
        let period = run.value.period;
        let done = Box::pin(treasurer::advance(app, &site, period, PATIENCE)).await;
        if let Err(error) = done {
            tracing::error!(%period, "a fee run did not come to its end: {error}");
        }
    }
    Ok(())
}
