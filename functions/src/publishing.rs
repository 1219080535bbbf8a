//! A publication in the place of another: whom it concerns is known before, and
//! letters to them are decided in the transaction that publishes.
//!
//! What is published while somebody else publishes is refused, since what was
//! agreed to was something else. The letters are written by [`crate::telling`].

use domain::edit::{Concern, Difference, compare};
use domain::event::{Event, EventSlug};
use domain::places::Tally;
use domain::publication::Publication;
use domain::telling::{Telling, Tells};
use jiff::Timestamp;

use crate::store::{Store, StoreError, Transaction};

/// How many events one publication may change for those who have booked: a
/// transaction holds a hundred items, and each event has up to three.
const MOST: usize = 30;

/// What a publication would do, as things are.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The version that it would replace.
    replaces: Option<String>,
    /// The edits that concern somebody.
    pub concerns: Vec<Concern>,
    /// Events that would be published no more, and that somebody has booked at
    /// some time: the organiser still has to see them.
    gone: Vec<Event>,
    /// Whether what is published cannot be read: it was written by another
    /// version of this program, and nobody knows what differs.
    is_blind: bool,
}

/// Why something was not published.
#[derive(Debug, thiserror::Error)]
pub enum NotPublished {
    /// More than one transaction holds.
    #[error(
        "it changes {0} events that somebody has booked, and at most {MOST} can be changed at once: publish some of the edits first"
    )]
    TooMany(usize),
    /// The records do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Plan {
    /// Compares a publication with the one that is current, and counts whom
    /// what differs concerns.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn of(store: &Store, next: &Publication, now: Timestamp) -> Result<Plan, StoreError> {
        let current = match store.current().await {
            Err(StoreError::Unreadable(_)) => {
                return Ok(Plan {
                    replaces: store.publication_version().await?,
                    is_blind: true,
                    ..Plan::default()
                });
            }
            current => current?,
        };
        let mut plan = Plan {
            replaces: current.version,
            ..Plan::default()
        };
        let Some(before) = current.publication else {
            return Ok(plan);
        };
        for edit in compare(before.bookable(), next.bookable(), now) {
            let bookings = store.bookings_for(edit.slug()).await?;
            let tally: Tally = store.tally(edit.slug()).await?.value;
            plan.concerns.extend(edit.concern(&bookings, &tally, now));
        }
        for event in &before.events {
            let is_gone = next.event(&event.slug).is_none();
            if is_gone && !store.bookings_at(&event.slug).await?.is_empty() {
                plan.gone.push(event.clone());
            }
        }
        Ok(plan)
    }

    /// Whether somebody has to agree to it.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.is_blind || self.concerns.iter().any(Concern::asks)
    }

    /// The events of which letters are written.
    pub fn told(&self) -> impl Iterator<Item = &EventSlug> {
        let told = self.concerns.iter().filter(|concern| concern.tells());
        told.map(|concern| concern.edit.slug())
    }

    /// What it does, and to whom, in words; empty if it concerns nobody.
    #[must_use]
    pub fn words(&self) -> String {
        if self.is_blind {
            return "what is published cannot be read by this version: whom the difference concerns is not known, and nobody is written to\n".to_owned();
        }
        let words: Vec<String> = self.concerns.iter().map(Concern::words).collect();
        words.join("\n")
    }

    /// Publishes, and decides on the letters; gives the version, or none if
    /// something else was published meanwhile.
    ///
    /// # Errors
    ///
    /// [`NotPublished`] says why not.
    pub async fn carry_out(
        &self,
        store: &Store,
        next: &Publication,
        now: Timestamp,
    ) -> Result<Option<String>, NotPublished> {
        let changed = self.told().count().max(self.gone.len());
        if changed > MOST {
            return Err(NotPublished::TooMany(changed));
        }
        let mut transaction = Transaction::new();
        for event in &self.gone {
            transaction.withdrawn(event)?;
        }
        for concern in self.concerns.iter().filter(|concern| concern.tells()) {
            let slug = concern.edit.slug();
            let bookings = store.bookings_at(slug).await?.len();
            let telling = Telling::begun(Telling::EDIT, slug, Tells::Edit, bookings, now);
            // Those who were told already know, so all are gone through anew.
            let read = store.telling(slug, Telling::EDIT).await?;
            let version = read.map_or(0, |read| read.version);
            let what = concern.edit.differences.iter().find_map(name);
            transaction.telling(version, &telling, what, now)?;
        }
        let version = store
            .publish(next, self.replaces.as_deref(), transaction)
            .await?;
        for concern in &self.concerns {
            if version.is_some() {
                let (event, numbers) = (concern.edit.slug(), concern.numbers);
                tracing::info!(%event, bookings = numbers.bookings, "an edit concerns bookings");
            }
        }
        Ok(version)
    }
}

/// What the trail of an event calls it.
fn name(difference: &Difference) -> Option<&'static str> {
    match difference {
        Difference::Withdrawn => Some("event-withdrawn"),
        Difference::Appeared => Some("event-on-again"),
        Difference::Moved { .. } => Some("event-moved"),
        Difference::Fewer { .. } | Difference::Price { .. } | Difference::Terms => None,
    }
}

/// Publishes whatever it concerns, and gives the plan that was carried out: for
/// a machine on which edits are tried, and letters go nowhere.
///
/// # Errors
///
/// [`NotPublished`] says why not.
pub async fn publish_all(
    store: &Store,
    next: &Publication,
    now: Timestamp,
) -> Result<Plan, NotPublished> {
    loop {
        let plan = Plan::of(store, next, now).await?;
        if plan.carry_out(store, next, now).await?.is_some() {
            return Ok(plan);
        }
    }
}
