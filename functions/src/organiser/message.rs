//! What the organiser writes to those who have booked: how many it reaches, and
//! the sending, once.

use std::collections::BTreeSet;

use domain::event::EventSlug;
use domain::telling::{Message, Telling, Tells};

use super::NotDone;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::store::{Outcome, StoreError, Tries};

/// How many a message reaches, as things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// How many people.
    pub people: usize,
    /// How many letters: who is in several bookings has one for each.
    pub letters: usize,
}

/// Counts whom a message reaches.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn reached(
    app: &App,
    event: &EventSlug,
    message: &Message,
) -> Result<Reached, StoreError> {
    let now = app.clock.now();
    let (mut people, mut letters) = (BTreeSet::new(), 0);
    for booking in app.store.bookings_for(event).await? {
        for letter in message.letters(&booking, now) {
            people.insert(letter.to.email.as_str().to_lowercase());
            letters += 1;
        }
    }
    let people = people.len();
    Ok(Reached { people, letters })
}

/// Decides that a message is sent; gives its name among the letters of the
/// event.
///
/// # Errors
///
/// [`NotDone`] if the records do not answer.
pub async fn send(
    app: &App,
    by: &Instruction,
    event: &EventSlug,
    message: &Message,
) -> Result<String, NotDone> {
    let mut tries = Tries::begin();
    loop {
        if let Some(id) = by.reply(app).await? {
            return Ok(id);
        }
        let now = app.clock.now();
        let bookings = app.store.bookings_at(event).await?.len();
        let id = entropy::key();
        let what = Tells::Message(message.clone());
        let telling = Telling::begun(&id, event, what, bookings, now);
        let mut transaction = by.transaction();
        transaction.telling(0, &telling, Some("message-sent"), now)?;
        by.remember(&mut transaction, &id, now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(event = %event, telling = %id, "message-sent");
            return Ok(id);
        }
        tries.again().await?;
    }
}
