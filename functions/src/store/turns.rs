//! Turns: those in one process who decide about the same event do so one after
//! another, and whoever has decided hands the places on.
//!
//! They need not meet in the database to find out that they are many, nor read
//! what the one before has just written. A courtesy, not the safeguard: that is
//! the version of the tally, which holds between processes too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::event::EventSlug;
use domain::places::Tally;
use tokio::sync::OwnedMutexGuard;

use super::{Store, Versioned};

/// The places as the one before left them.
type Left = Option<Versioned<Tally>>;

/// Whose turn it is, event by event.
#[derive(Debug, Clone, Default)]
pub(super) struct Turns(Arc<Mutex<HashMap<EventSlug, Arc<tokio::sync::Mutex<Left>>>>>);

/// One's turn to decide about an event, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    handed: Left,
    left: OwnedMutexGuard<Left>,
}

impl Turn {
    /// The places as the one before wrote them, if one has waited for that;
    /// once: whoever finds that they have changed reads them.
    pub fn handed(&mut self) -> Option<Versioned<Tally>> {
        self.handed.take()
    }

    /// Hands on the places that were written.
    pub fn leave(mut self, tally: Versioned<Tally>) {
        *self.left = Some(tally);
    }
}

impl Store {
    /// Waits for one's turn to decide about an event.
    pub async fn turn(&self, event: &EventSlug) -> Turn {
        let turn = {
            let mut turns = self.turns.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(event.clone()).or_default())
        };
        match Arc::clone(&turn).try_lock_owned() {
            // Nobody is there, and what was left may be old.
            Ok(mut left) => {
                *left = None;
                Turn { handed: None, left }
            }
            Err(_) => {
                let mut left = turn.lock_owned().await;
                let handed = left.take();
                Turn { handed, left }
            }
        }
    }
}
