//! All that the stand-in knows, and the changes it can go through.
//!
//! A value without clock, file or network: the time is an argument, and
//! `store` keeps the result. An event is made in the same change as what it
//! tells of, so that neither is ever kept without the other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::event::{self, Delivery, Event, Snapshot};
use super::money::{Dispute, Line, Payout, Refund};
use super::parameters::Parameters;
use super::refusal::Refusal;
use super::session::{Session, Status};

mod disputes;
mod payments;
mod payouts;
mod refunds;

pub(super) use refunds::Wanted;

/// An answer is repeated to its idempotency key for a day, as Stripe does.
const KEPT_FOR: i64 = 24 * 60 * 60;

/// Sessions and their money, answers kept for repetition, and events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    sessions: BTreeMap<String, Session>,
    kept: BTreeMap<String, Kept>,
    #[serde(alias = "undelivered")]
    events: BTreeMap<String, Event>,
    /// The oldest first, as the three that follow.
    #[serde(default)]
    refunds: Vec<Refund>,
    #[serde(default)]
    disputes: Vec<Dispute>,
    #[serde(default)]
    payouts: Vec<Payout>,
    #[serde(default)]
    lines: Vec<Line>,
}

/// An answer that its idempotency key gets again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    call: Call,
    answer: Snapshot,
    at: i64,
}

/// What was called, and with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Call {
    pub(super) address: String,
    pub(super) parameters: Parameters,
}

/// An answer, and whether it had been given before.
pub(super) struct Answer {
    pub(super) object: Snapshot,
    pub(super) replayed: bool,
}

impl State {
    /// Carries out `act`, or repeats its answer if `key` came before with the same call.
    ///
    /// A refusal is not kept: the caller may put the call right and use the key again.
    pub(super) fn once(
        &mut self,
        key: Option<&str>,
        call: Call,
        now: i64,
        act: impl FnOnce(&mut State, &Parameters) -> Result<Snapshot, Refusal>,
    ) -> Result<Answer, Refusal> {
        self.kept.retain(|_, kept| kept.at + KEPT_FOR > now);
        if let Some(key) = key
            && let Some(kept) = self.kept.get(key)
        {
            return if kept.call == call {
                Ok(Answer {
                    object: kept.answer.clone(),
                    replayed: true,
                })
            } else {
                Err(Refusal::KeyOfAnotherCall(key.to_owned()))
            };
        }
        let object = act(self, &call.parameters)?;
        if let Some(key) = key {
            let answer = object.clone();
            self.kept.insert(
                key.to_owned(),
                Kept {
                    call,
                    answer,
                    at: now,
                },
            );
        }
        Ok(Answer {
            object,
            replayed: false,
        })
    }

    /// Adds a session.
    pub(super) fn add(&mut self, session: &Session) {
        self.sessions.insert(session.id.clone(), session.clone());
    }

    /// A session by its identifier.
    pub(super) fn session(&self, id: &str) -> Result<&Session, Refusal> {
        self.sessions
            .get(id)
            .ok_or_else(|| Refusal::no_such_session(id))
    }

    /// Ends an open session unpaid.
    pub(super) fn expire(&mut self, id: &str, now: i64) -> Result<Session, Refusal> {
        let session = self.still_open(id)?;
        session.status = Status::Expired;
        let session = session.clone();
        self.announce("checkout.session.expired", session.clone(), now);
        Ok(session)
    }

    /// Ends every session whose time has run out.
    pub(super) fn expire_what_is_due(&mut self, now: i64) {
        let due: Vec<String> = self
            .sessions
            .values()
            .filter(|session| session.is_due(now))
            .map(|session| session.id.clone())
            .collect();
        for id in due {
            self.expire(&id, now)
                .expect("a session that is due is open");
        }
    }

    /// When the next open session runs out.
    pub(super) fn next_expiry(&self) -> Option<i64> {
        self.sessions
            .values()
            .filter(|session| session.status == Status::Open)
            .map(|session| session.order.expires_at)
            .min()
    }

    /// Every session, the newest first.
    pub(super) fn sessions(&self) -> Vec<&Session> {
        let mut sessions: Vec<_> = self.sessions.values().collect();
        sessions.sort_by_key(|session| std::cmp::Reverse((session.created, &session.id)));
        sessions
    }

    /// Every event that is kept, the newest first.
    pub(super) fn events(&self) -> Vec<&Event> {
        let mut events: Vec<_> = self.events.values().collect();
        events.sort_by_key(|event| std::cmp::Reverse((event.created, event.number)));
        events
    }

    /// Every refund, the oldest first.
    pub(super) fn refunds(&self) -> &[Refund] {
        &self.refunds
    }

    /// Every dispute, the oldest first.
    pub(super) fn disputes(&self) -> &[Dispute] {
        &self.disputes
    }

    /// Every payout, the oldest first.
    pub(super) fn payouts(&self) -> &[Payout] {
        &self.payouts
    }

    /// Every line of the balance, the oldest first.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The events whose delivery was neither confirmed nor given up.
    pub(super) fn undelivered(&self) -> impl Iterator<Item = &Event> {
        self.events
            .values()
            .filter(|event| event.delivery == Delivery::Pending)
    }

    /// Whether an event still has to be delivered.
    pub(super) fn is_undelivered(&self, event: &str) -> bool {
        self.events
            .get(event)
            .is_some_and(|event| event.delivery == Delivery::Pending)
    }

    /// Notes that an event was delivered, or will not be.
    pub(super) fn is_done_with(&mut self, event: &str, delivery: Delivery) {
        if let Some(event) = self.events.get_mut(event) {
            event.delivery = delivery;
        }
    }

    /// Gives up every event that was not delivered yet.
    pub(super) fn nothing_is_undelivered(&mut self) {
        for event in self.events.values_mut() {
            if event.delivery == Delivery::Pending {
                event.delivery = Delivery::Failed;
            }
        }
    }

    fn still_open(&mut self, id: &str) -> Result<&mut Session, Refusal> {
        match self.sessions.get_mut(id) {
            None => Err(Refusal::no_such_session(id)),
            Some(session) if session.status != Status::Open => {
                Err(Refusal::NotOpen(session.status))
            }
            Some(session) => Ok(session),
        }
    }

    /// Tells of a session as it is now.
    fn announce(&mut self, kind: &str, session: Session, now: i64) {
        let version = session.api_version.clone();
        self.tell(Event::new(kind, session, version, now));
    }

    /// Keeps an event until it is told, and for as long as Stripe does.
    fn tell(&mut self, mut event: Event) {
        let now = event.created;
        self.events.retain(|_, event| {
            event.delivery == Delivery::Pending || event.created + event::KEPT_FOR > now
        });
        let last = self.events.values().map(|event| event.number).max();
        event.number = last.unwrap_or_default() + 1;
        self.events.insert(event.id.clone(), event);
    }
}
