//! Applications that nobody goes on with: their applicants are reminded, then
//! they are gone.

use domain::access::Purpose;
use domain::application::{Application, ApplicationState};
use domain::calendar::{london_date, long_date};
use domain::letter::{Letter, LetterLink, News};
use domain::retention::Retention;
use jiff::{SignedDuration, Timestamp};

use super::Done;
use crate::app::App;
use crate::store::{Outcome, StoreError, Transaction, Versioned};

/// Reminds and purges.
pub(super) async fn run(
    app: &App,
    retention: &Retention,
    now: Timestamp,
    done: &mut Done,
) -> Result<(), StoreError> {
    let idle = retention.idle_days();
    let warned = idle.saturating_sub(retention.reminder_days());
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
    Ok(())
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

fn days_before(now: Timestamp, days: u32) -> Timestamp {
    let hours = SignedDuration::from_hours(i64::from(days) * 24);
    now.saturating_sub(hours).unwrap_or(Timestamp::MIN)
}
