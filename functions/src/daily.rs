//! What falls due by the calendar: drafts are reminded of and expire, notices
//! come to their end.
//!
//! The rules hold whether or not this has run: an expired draft opens nothing,
//! and a last day is a last day. What is done here is to tidy up and to write
//! letters, so it may run twice, late, or not at all for a week.

use domain::access::Purpose;
use domain::application::{Application, ApplicationState};
use domain::booking::{Booking, Needs};
use domain::calendar::{london_date, long_date};
use domain::invoice::Invoice;
use domain::letter::{Letter, LetterLink, MoneyAbout, News};
use domain::membership::{Category, Standing};
use domain::reference::BookingReference;
use domain::trail::Who;
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::invoicing;
use crate::site::SiteError;
use crate::store::{Outcome, StoreError, Transaction, Versioned};

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
    let rules = &site.publication.membership;
    let now = app.clock.now();
    let mut done = Done::default();
    let (idle, warned) = (
        rules.draft.days,
        rules.draft.days.saturating_sub(rules.reminder.days),
    );
    for read in app.store.idle_drafts(days_before(now, warned)).await? {
        if read.value.has_expired(idle, now) {
            match app.store.purge(&read).await? {
                true => done.purged += 1,
                false => done.left += 1,
            }
        } else if read.value.reminded_at.is_none() {
            match remind(app, &read, idle, now).await? {
                true => done.reminded += 1,
                false => done.left += 1,
            }
        }
    }
    let today = london_date(now);
    for read in app.store.memberships_that_ended(today).await? {
        let Some(ended) = read.value.reach_end(today) else {
            continue;
        };
        let mut transaction = Transaction::by(Who::Clock);
        if let (Category::Full, Standing::Ended, Some(urn)) =
            (ended.category, ended.standing, &ended.member.urn)
        {
            transaction.release_member_urn(urn, &ended.reference)?;
        }
        let letter = Letter {
            to: ended.member.contact.clone(),
            news: News::MembershipEnded {
                reference: ended.reference.clone(),
                member: ended.member.name.to_string(),
                ends_on: ended.ends_on.unwrap_or(today),
            },
        };
        transaction.letter(letter, now)?;
        transaction.change_membership(&read, &ended, "membership-ended", now)?;
        match app.store.commit(transaction).await? {
            Outcome::Committed => done.ended += 1,
            Outcome::Refused(_) => done.left += 1,
        }
    }
    let reminders = &site.publication.fees.billing.reminders;
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
    for event in &site.publication.events {
        let past = now.duration_since(event.ends.instant());
        // Once a day is enough, and a night that failed is made up for.
        if past < Needs::KEPT || past > Needs::KEPT * 3 {
            continue;
        }
        for reference in app.store.bookings_at(&event.slug).await? {
            match forget_needs(app, &reference, now).await? {
                Some(true) => done.forgotten += 1,
                Some(false) => done.left += 1,
                None => {}
            }
        }
    }
    tracing::info!(
        forgotten = done.forgotten,
        purged = done.purged,
        reminded = done.reminded,
        ended = done.ended,
        invoices = done.invoices,
        left = done.left,
        "what had fallen due was done"
    );
    Ok(done)
}

/// Reminds whoever applies, once, if an address is known; whether it was
/// written.
async fn remind(
    app: &App,
    read: &Versioned<Application>,
    idle_days: u32,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut application = read.value.clone();
    application.reminded_at = Some(now);
    let mut transaction = Transaction::new();
    let purpose = match application.state {
        ApplicationState::Unconfirmed => Purpose::Confirm,
        _ => Purpose::Draft,
    };
    if let (Some(contact), Some(until)) = (
        application.answers.contact(),
        application.expires_at(idle_days),
    ) {
        let subject = application.reference.to_string();
        let (grant, _) = app.links.give(purpose, &subject, now);
        let letter = Letter {
            to: contact,
            news: News::ApplicationExpires {
                reference: application.reference.clone(),
                on: long_date(london_date(until)),
                link: LetterLink::of(&grant),
            },
        };
        application.grants.push(grant);
        transaction.letter(letter, now)?;
    }
    transaction.application(read.version, &application, None, now)?;
    Ok(app.store.commit(transaction).await? == Outcome::Committed)
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

fn days_before(now: Timestamp, days: u32) -> Timestamp {
    let hours = SignedDuration::from_hours(i64::from(days) * 24);
    now.saturating_sub(hours).unwrap_or(Timestamp::MIN)
}

/// Forgets what the delegates of a booking needed; whether it was so, none if
/// nothing was said.
async fn forget_needs(
    app: &App,
    reference: &BookingReference,
    now: Timestamp,
) -> Result<Option<bool>, StoreError> {
    let read = app.store.booking_to_change(reference).await?;
    let Some(read) = read.filter(|read| !read.value.needs.is_empty()) else {
        return Ok(None);
    };
    let next = Booking {
        needs: Needs::default(),
        ..read.value
    };
    let mut transaction = Transaction::by(Who::Clock);
    transaction.booking(read.version, &next, "needs-forgotten", now)?;
    Ok(Some(
        app.store.commit(transaction).await? == Outcome::Committed,
    ))
}
