//! What an edit of the content changes for those who have booked: the events of
//! two publications compared, one by one.
//!
//! An editor sees files, and not who has booked. Before something is published
//! it is said here what it does to whom, in numbers and without a name, so that
//! somebody can agree to it. Nobody who has a place loses it by an edit.

mod words;

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::booking::{About, Booking, BookingRules, RegistrationState};
use crate::event::{CancellationPolicy, Event, EventSlug};
use crate::money::Pence;
use crate::places::Tally;

/// What an edit changes about one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventEdit {
    /// The event, as it is; as it was where it is published no more.
    pub event: Event,
    /// What differs; at least one thing.
    pub differences: Vec<Difference>,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It is published no more.
    Withdrawn,
    /// It was not published, and is.
    Appeared,
    /// It is at other times, or in another place.
    Moved {
        /// When and where it was.
        was: Box<About>,
        /// When and where it is.
        is: Box<About>,
    },
    /// It has fewer places.
    Fewer {
        /// How many it had; no limit if not set.
        was: Option<u32>,
        /// How many it has.
        is: u32,
    },
    /// A place costs something else.
    Price {
        /// What it cost, and what it cost a member.
        was: [Option<Pence>; 2],
        /// What it costs, and what it costs a member.
        is: [Option<Pence>; 2],
    },
    /// Giving a place up costs something else.
    Terms,
}

/// Whom an edit concerns, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    /// How many bookings.
    pub bookings: usize,
    /// How many people who come or wait, named or not.
    pub delegates: usize,
    /// Of how many schools and organisations.
    pub schools: usize,
}

/// An edit that concerns somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// What changes.
    pub edit: EventEdit,
    /// Whom it concerns.
    pub numbers: Numbers,
    /// Who has a place, is kept one, or waits.
    pub places: TakenPlaces,
}

/// The places of an event that are taken or wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TakenPlaces {
    /// Those that are somebody's.
    pub confirmed: usize,
    /// Those that are kept for a time.
    pub held: usize,
    /// How many wait.
    pub waiting: usize,
}

/// What differs in what people may have booked, between the events and the
/// rules of one publication and those of another.
/// Events that were over before are none's concern any more.
#[must_use]
pub fn compare(
    (was, old): (&[Event], &BookingRules),
    (is, new): (&[Event], &BookingRules),
    now: Timestamp,
) -> Vec<EventEdit> {
    let known = was
        .iter()
        .filter(|event| now < event.ends.instant())
        .filter_map(|before| {
            let Some(after) = is.iter().find(|event| event.slug == before.slug) else {
                return Some(EventEdit {
                    event: before.clone(),
                    differences: vec![Difference::Withdrawn],
                });
            };
            let differences = differences((before, old), (after, new));
            (!differences.is_empty()).then(|| EventEdit {
                event: after.clone(),
                differences,
            })
        });
    let is_known = |event: &Event| was.iter().any(|before| before.slug == event.slug);
    let new = is
        .iter()
        .filter(|event| !is_known(event) && now < event.ends.instant())
        .map(|event| EventEdit {
            event: event.clone(),
            differences: vec![Difference::Appeared],
        });
    known.chain(new).collect()
}

/// What differs in one event that both have.
fn differences(
    (before, old): (&Event, &BookingRules),
    (after, new): (&Event, &BookingRules),
) -> Vec<Difference> {
    let mut found = Vec::new();
    let (was, is) = (About::of(before), About::of(after));
    if !was.is_same_meeting(&is) {
        found.push(Difference::Moved {
            was: Box::new(was),
            is: Box::new(is),
        });
    }
    if let Some(is) = after.capacity
        && before.capacity.is_none_or(|was| is < was)
    {
        let was = before.capacity;
        found.push(Difference::Fewer { was, is });
    }
    let prices = |event: &Event| [event.price_for(false), event.price_for(true)];
    if prices(before) != prices(after) {
        found.push(Difference::Price {
            was: prices(before),
            is: prices(after),
        });
    }
    let charges = |policy: &CancellationPolicy| CancellationPolicy {
        source: None,
        ..policy.clone()
    };
    if charges(before.policy(old)) != charges(after.policy(new)) {
        found.push(Difference::Terms);
    }
    found
}

impl EventEdit {
    /// The event's name.
    #[must_use]
    pub fn slug(&self) -> &EventSlug {
        &self.event.slug
    }

    /// Whom it concerns, of the bookings of the event; none if it concerns
    /// nobody.
    #[must_use]
    pub fn concern(&self, bookings: &[Booking], tally: &Tally, now: Timestamp) -> Option<Concern> {
        // They are told of that, and all is given back.
        if tally.called_off {
            return None;
        }
        let live: Vec<&Booking> = bookings
            .iter()
            .filter(|booking| {
                booking
                    .registrations
                    .iter()
                    .any(|one| one.state.at(now).is_live())
            })
            .collect();
        let states = || {
            let registrations = live.iter().flat_map(|booking| &booking.registrations);
            registrations
                .map(|one| one.state.at(now))
                .filter(|state| state.is_live())
        };
        let confirmed = states().filter(|state| state.has_place());
        let waiting = states().filter(|state| *state == RegistrationState::Waiting);
        let kept = |hold: &&crate::places::Hold| now < hold.until;
        let places = TakenPlaces {
            confirmed: confirmed.count(),
            held: tally.holds.iter().filter(kept).count(),
            waiting: waiting.count(),
        };
        let taken = places.confirmed + places.held;
        let applies = |difference: &&Difference| match difference {
            // Only who was told that it is not published is told that it is.
            Difference::Appeared => live.iter().any(|booking| booking.since.withdrawn),
            Difference::Fewer { is, .. } => taken > usize::try_from(*is).unwrap_or(usize::MAX),
            _ => true,
        };
        let differences = self.differences.iter().filter(applies);
        let differences: Vec<Difference> = differences.cloned().collect();
        if live.is_empty() || differences.is_empty() {
            return None;
        }
        let schools: BTreeSet<String> = live
            .iter()
            .map(|booking| match &booking.school.urn {
                Some(urn) => urn.to_string(),
                None => booking.school.name.as_str().to_lowercase(),
            })
            .collect();
        Some(Concern {
            edit: EventEdit {
                event: self.event.clone(),
                differences,
            },
            numbers: Numbers {
                bookings: live.len(),
                delegates: states().count(),
                schools: schools.len(),
            },
            places,
        })
    }
}

impl Concern {
    /// Whether people are written to.
    #[must_use]
    pub fn tells(&self) -> bool {
        self.edit.differences.iter().any(Difference::is_told)
    }

    /// Whether somebody has to agree before it is published: people are
    /// written to, or there are fewer places than people who have one.
    #[must_use]
    pub fn asks(&self) -> bool {
        let is_less = |one: &Difference| matches!(one, Difference::Fewer { .. });
        self.tells() || self.edit.differences.iter().any(is_less)
    }
}

impl Difference {
    /// Whether those who have booked are written to.
    fn is_told(&self) -> bool {
        matches!(
            self,
            Difference::Withdrawn | Difference::Appeared | Difference::Moved { .. }
        )
    }
}

#[cfg(test)]
mod tests;
