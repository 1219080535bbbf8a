//! An event that is cancelled: everybody who has, is kept or waits for a place
//! is told, booking by booking, and all of the money goes back. It may be cut
//! off between any two bookings, and goes on.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::EventSlug;
use crate::passage::Passage;

/// How far the calling off of an event has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallOff {
    /// The event.
    pub event: EventSlug,
    /// Why, as everybody is told.
    pub reason: Passage,
    /// When it was decided.
    pub begun_at: Timestamp,
    /// How many bookings there were then.
    pub bookings: usize,
    /// How many of them are dealt with.
    pub done: usize,
    /// When the last was.
    pub ended_at: Option<Timestamp>,
}
