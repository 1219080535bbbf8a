//! What a decision reads first: the places, and how the event is joined.

use domain::booking::{Allowance, AllowanceOf};
use domain::event::EventSlug;
use jiff::Timestamp;

use super::Decision;
use crate::app::App;
use crate::site::Published;
use crate::store::{PlacesRead, StoreError, Turn, Versioned};

/// What was read for a decision before its turn has come.
#[derive(Debug)]
pub struct Known {
    /// The places.
    pub places: PlacesRead,
    /// What is included in a membership, where the event includes any.
    pub allowance: Option<(AllowanceOf, Versioned<Allowance>)>,
}

/// Whether an event has a link that those who have a place are told.
pub(super) fn is_online(site: &Published, event: &EventSlug) -> bool {
    let event = site.publication.event(event);
    event.is_some_and(|event| event.online)
}

impl<'a> Decision<'a> {
    /// A decision about an event, at a moment.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn about(
        app: &'a App,
        site: &'a Published,
        event: &EventSlug,
        now: Timestamp,
    ) -> Result<Decision<'a>, StoreError> {
        let places = match is_online(site, event) {
            true => app.store.places(event).await?,
            false => PlacesRead::offline(app.store.tally(event).await?),
        };
        Ok(Decision::of(app, site, event, places, now))
    }

    /// A decision about an event in one's turn: by the places that were handed on,
    /// if they were, or that are `known` already.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn in_turn(
        (app, site): (&'a App, &'a Published),
        event: &EventSlug,
        turn: &mut Turn,
        known: Option<Known>,
        now: Timestamp,
    ) -> Result<Decision<'a>, StoreError> {
        if let Some(tally) = turn.handed() {
            let mut places = PlacesRead::offline(tally);
            if is_online(site, event) {
                // After the places: whoever sets a link writes them too, so that
                // one which is set meanwhile refuses the decision.
                places.joining = Some(app.store.joining(event).await?.value);
            }
            return Ok(Decision::of(app, site, event, places, now));
        }
        match known {
            Some(known) => Ok(Decision::knowing(app, site, event, known, now)),
            None => Decision::about(app, site, event, now).await,
        }
    }

    /// A decision about an event by what is known of it.
    #[must_use]
    pub fn knowing(
        app: &'a App,
        site: &'a Published,
        event: &EventSlug,
        known: Known,
        now: Timestamp,
    ) -> Decision<'a> {
        let mut decision = Decision::of(app, site, event, known.places, now);
        decision.allowances.extend(known.allowance);
        decision
    }
}
