//! What was kept for long enough goes, unless somebody holds it; of a booking
//! and of feedback only the people go. How long is the content's to say.
//!
//! A night takes so many records and no more; the next goes on.

use domain::calendar::london_date;
use domain::event::Event;
use domain::retention::Retention;
use domain::trail::Who;
use jiff::civil::Date;

use super::Done;
use crate::app::App;
use crate::store::{Lapsed, Purged, StoreError};

/// How many records one night takes: a function has five minutes, and each is
/// some hundredths of a second.
const MOST: usize = 2_000;

/// What went in a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    /// Applications that had come to nothing.
    pub applications: u32,
    /// Enquiries.
    pub enquiries: u32,
    /// Requests to be let in, and those of people about their data.
    pub requests: u32,
    /// Memberships, and the applications that they rested on.
    pub memberships: u32,
    /// Bookings whose people are forgotten.
    pub bookings: u32,
    /// Answers about events of which only the marks are left.
    pub feedback: u32,
    /// Invoices, credit notes, refunds, fee runs and lines of the bank.
    pub money: u32,
    /// Letters.
    pub letters: u32,
    /// Entries in the histories of memberships.
    pub history: u32,
    /// Records that are held.
    pub held: u32,
}

/// How many records this night takes still.
struct Night {
    left: usize,
    done: Done,
}

impl Night {
    /// Counts what became of a record; one of them, if it is gone.
    fn count(&mut self, purged: Purged) -> u32 {
        self.left = self.left.saturating_sub(1);
        match purged {
            Purged::Gone => return 1,
            Purged::Held => self.done.erased.held += 1,
            Purged::Changed => self.done.left += 1,
        }
        0
    }

    async fn purge(&mut self, app: &App, lapsed: Vec<Lapsed>) -> Result<u32, StoreError> {
        let mut gone = 0;
        for record in lapsed.iter().take(self.left) {
            let purged = app.store.purge_lapsed(record).await?;
            gone += self.count(purged);
        }
        Ok(gone)
    }
}

/// Lets go of what lapsed before today.
pub(super) async fn run(
    app: &App,
    retention: &Retention,
    events: &[Event],
    done: &mut Done,
) -> Result<(), StoreError> {
    let today = london_date(app.clock.now());
    let store = &app.store;
    let mut night = Night {
        left: MOST,
        done: *done,
    };
    if let Some(day) = retention.settled_applications.keep.first_kept(today) {
        let lapsed = store.lapsed_applications(day).await?;
        night.done.erased.applications = night.purge(app, lapsed).await?;
    }
    if let Some(day) = retention.enquiries.keep.first_kept(today) {
        let lapsed = store.lapsed_enquiries(day).await?;
        night.done.erased.enquiries = night.purge(app, lapsed).await?;
    }
    if let Some(day) = retention.requests_to_be_let_in.keep.first_kept(today) {
        let lapsed = store.lapsed_let_ins(day).await?;
        night.done.erased.requests = night.purge(app, lapsed).await?;
    }
    if let Some(day) = retention.subject_requests.keep.first_kept(today) {
        let lapsed = store.lapsed_subject_requests(day).await?;
        night.done.erased.requests += night.purge(app, lapsed).await?;
    }
    if let Some(day) = retention.letters.keep.first_kept(today) {
        let lapsed = store.lapsed_letters(day).await?;
        night.done.erased.letters = night.purge(app, lapsed).await?;
    }
    if let Some(day) = retention.money.keep.first_kept(today) {
        let lapsed = store.lapsed_money(day).await?;
        night.done.erased.money = night.purge(app, lapsed).await?;
    }
    if let Some(day) = retention.memberships.keep.first_kept(today) {
        let lapsed = store.lapsed_memberships(day).await?;
        night.done.erased.memberships = night.purge(app, lapsed).await?;
    }
    if let Some(day) = retention.bookings.keep.first_kept(today) {
        bookings(app, events, day, &mut night).await?;
    }
    if let Some(day) = retention.feedback.keep.first_kept(today) {
        night.done.erased.feedback = store.forget_feedback(day, night.left).await?;
    }
    if let Some(day) = retention.history.keep.first_kept(today) {
        histories(app, today, day, &mut night).await?;
    }
    *done = night.done;
    Ok(())
}

/// Forgets the people of the bookings of events that ended before a day. An
/// event of which nobody is named any more is not looked at again.
async fn bookings(
    app: &App,
    events: &[Event],
    before: Date,
    night: &mut Night,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    let ended = |event: &&Event| london_date(event.ends.instant()) < before;
    for event in events.iter().filter(ended) {
        if app.store.is_forgotten(&event.slug).await? {
            continue;
        }
        let mut all = true;
        for reference in app.store.bookings_at(&event.slug).await? {
            if night.left == 0 {
                return Ok(());
            }
            let read = app.store.booking_to_change(&reference).await?;
            let Some(read) = read.filter(|read| !read.value.is_forgotten()) else {
                continue;
            };
            let purged = app.store.forget_booking(&read, Who::Clock, now).await?;
            all &= purged == Purged::Gone;
            night.done.erased.bookings += night.count(purged);
        }
        if all {
            app.store.all_forgotten(&event.slug, now).await?;
        }
    }
    Ok(())
}

/// Shortens the histories of memberships, each once a month: on the day of the
/// month on which it began, so that no night has them all.
async fn histories(
    app: &App,
    today: Date,
    before: Date,
    night: &mut Night,
) -> Result<(), StoreError> {
    let of_month = |day: Date| day.day().min(28);
    for read in app.store.memberships().await? {
        let membership = &read.value;
        let is_old = london_date(membership.entered_at) < before;
        if is_old && of_month(membership.joined_on) == of_month(today) && night.left > 0 {
            let gone = app
                .store
                .shorten_membership_trail(membership, before)
                .await?;
            night.done.erased.history += gone;
            night.left -= 1;
        }
    }
    Ok(())
}
