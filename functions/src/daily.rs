//! What falls due by the calendar: drafts are reminded of and expire, notices
//! come to their end, and what was kept for long enough is forgotten.
//!
//! The rules hold whether or not this has run: an expired draft opens nothing,
//! and a last day is a last day. What is done here is to tidy up and to write
//! letters, so it may run twice, late, or not at all for a week.

mod drafts;
mod invoices;
mod lapsed;
mod needs;
mod notices;

use domain::calendar::london_date;

pub use lapsed::Erased;

use crate::app::App;
use crate::site::SiteError;
use crate::store::StoreError;

/// What a run has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// Applications that had expired, and are gone.
    pub purged: u32,
    /// Applicants who were reminded.
    pub reminded: u32,
    /// Memberships that have come to their end.
    pub ended: u32,
    /// Schools that were reminded of an invoice.
    pub invoices: u32,
    /// Bookings of which it is forgotten what their delegates needed.
    pub forgotten: u32,
    /// What was kept for long enough.
    pub erased: Erased,
    /// Records that somebody was changing, left for the next run.
    pub left: u32,
}

/// Why a run did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum DailyError {
    /// The rules are not published.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The records do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Does what has fallen due.
///
/// # Errors
///
/// [`DailyError`] if it did not come to its end; the next run goes on.
pub async fn run(app: &App) -> Result<Done, DailyError> {
    let site = app.site.published().await?;
    let retention = &site.publication.retention;
    let now = app.clock.now();
    let today = london_date(now);
    let mut done = Done::default();
    drafts::run(app, retention, now, &mut done).await?;
    notices::run(app, today, &mut done).await?;
    let reminders = &site.publication.fees.billing.reminders;
    invoices::run(app, reminders, today, &mut done).await?;
    let mut events = site.publication.events.clone();
    events.extend(app.store.withdrawn_events().await?);
    if let Some(day) = retention.needs.keep.first_kept(today) {
        needs::run(app, &events, day, &mut done).await?;
    }
    lapsed::run(app, retention, &events, &mut done).await?;
    tracing::info!(
        forgotten = done.forgotten,
        purged = done.purged,
        reminded = done.reminded,
        ended = done.ended,
        invoices = done.invoices,
        left = done.left,
        erased = ?done.erased,
        "what had fallen due was done"
    );
    Ok(done)
}
