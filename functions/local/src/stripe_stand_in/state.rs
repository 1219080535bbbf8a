//! All that the stand-in knows, and the changes it can go through.
//!
//! A value without clock, file or network: the time is an argument, and
//! `store` keeps the result. An event is made in the same change as what it
//! tells of, so that neither is ever kept without the other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::parameters::Parameters;
use super::refusal::Refusal;
use super::session::{Payment, Session, Status, identifier};

/// An answer is repeated to its idempotency key for a day, as Stripe does.
const KEPT_FOR: i64 = 24 * 60 * 60;

/// Sessions, answers kept for repetition, and events still to be delivered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    sessions: BTreeMap<String, Session>,
    kept: BTreeMap<String, Kept>,
    undelivered: BTreeMap<String, Event>,
}

/// An answer that its idempotency key gets again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    call: Call,
    answer: Session,
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
    pub(super) session: Session,
    pub(super) replayed: bool,
}

/// Something that happened to a session, told to the webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) created: i64,
    /// As it was just after it happened.
    pub(super) session: Session,
}

impl Event {
    /// `kind`, happening to `session` at `now`.
    pub(super) fn new(kind: &str, session: Session, now: i64) -> Event {
        Event {
            id: identifier("evt_1", 23),
            kind: kind.to_owned(),
            created: now,
            session,
        }
    }
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
        act: impl FnOnce(&mut State, &Parameters) -> Result<Session, Refusal>,
    ) -> Result<Answer, Refusal> {
        self.kept.retain(|_, kept| kept.at + KEPT_FOR > now);
        if let Some(key) = key
            && let Some(kept) = self.kept.get(key)
        {
            return if kept.call == call {
                Ok(Answer {
                    session: kept.answer.clone(),
                    replayed: true,
                })
            } else {
                Err(Refusal::KeyOfAnotherCall(key.to_owned()))
            };
        }
        let session = act(self, &call.parameters)?;
        if let Some(key) = key {
            let answer = session.clone();
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
            session,
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

    /// The session that a payment intent belongs to.
    pub(super) fn session_of_intent(&self, id: &str) -> Result<(&Session, &Payment), Refusal> {
        self.sessions
            .values()
            .filter_map(|session| Some((session, session.payment.as_ref()?)))
            .find(|(_, payment)| payment.intent() == id)
            .ok_or_else(|| Refusal::NoSuch {
                what: "payment_intent",
                id: id.to_owned(),
                parameter: "intent".to_owned(),
            })
    }

    /// Takes the money, and gives the identifier of the event that says so.
    pub(super) fn pay(&mut self, id: &str, now: i64) -> Result<String, Refusal> {
        let session = self.still_open(id)?;
        session.status = Status::Complete;
        session.payment = Some(Payment {
            stem: identifier("3", 23),
            created: now,
        });
        let session = session.clone();
        Ok(self.announce("checkout.session.completed", session, now))
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

    /// The events whose delivery was neither confirmed nor given up.
    pub(super) fn undelivered(&self) -> impl Iterator<Item = &Event> {
        self.undelivered.values()
    }

    /// Whether an event still has to be delivered.
    pub(super) fn is_undelivered(&self, event: &str) -> bool {
        self.undelivered.contains_key(event)
    }

    /// Notes that an event was delivered, or will not be.
    pub(super) fn is_done_with(&mut self, event: &str) {
        self.undelivered.remove(event);
    }

    /// Gives up every event that was not delivered yet.
    pub(super) fn nothing_is_undelivered(&mut self) {
        self.undelivered.clear();
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

    fn announce(&mut self, kind: &str, session: Session, now: i64) -> String {
        let event = Event::new(kind, session, now);
        let id = event.id.clone();
        self.undelivered.insert(id.clone(), event);
        id
    }
}
