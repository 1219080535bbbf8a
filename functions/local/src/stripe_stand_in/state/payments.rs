//! Payments: by card at once, by Direct Debit once the bank has said so.

use super::super::fees;
use super::super::money::Line;
use super::super::refusal::Refusal;
use super::super::session::{Method, Payment, Session, Status, Taken, identifier};
use super::State;

impl State {
    /// Pays a session. A card's money is there; of a Direct Debit it is only
    /// known later.
    pub(in super::super) fn pay(
        &mut self,
        id: &str,
        method: Method,
        now: i64,
    ) -> Result<Session, Refusal> {
        let session = self.still_open(id)?;
        if !session.order.methods.contains(&method) {
            let message = format!("This session cannot be paid by {}", method.word());
            return Err(Refusal::wrong("payment_method_types", message));
        }
        session.status = Status::Complete;
        session.payment = Some(Payment {
            stem: identifier("3", 23),
            created: now,
            method,
            taken: match method {
                Method::Card => Taken::Succeeded,
                Method::BacsDebit => Taken::Processing,
            },
        });
        let session = session.clone();
        if session.is_paid() {
            self.came_in(&session, now);
        }
        self.announce("checkout.session.completed", session.clone(), now);
        Ok(session)
    }

    /// The bank has paid a Direct Debit.
    pub(in super::super) fn clear_debit(&mut self, id: &str, now: i64) -> Result<Session, Refusal> {
        let session = self.decide_debit(id, Taken::Succeeded)?;
        self.came_in(&session, now);
        let kind = "checkout.session.async_payment_succeeded";
        self.announce(kind, session.clone(), now);
        Ok(session)
    }

    /// The bank has not paid a Direct Debit.
    pub(in super::super) fn fail_debit(&mut self, id: &str, now: i64) -> Result<Session, Refusal> {
        let session = self.decide_debit(id, Taken::Failed)?;
        let kind = "checkout.session.async_payment_failed";
        self.announce(kind, session.clone(), now);
        Ok(session)
    }

    fn decide_debit(&mut self, id: &str, taken: Taken) -> Result<Session, Refusal> {
        let session = self
            .sessions
            .get_mut(id)
            .ok_or_else(|| Refusal::no_such_session(id))?;
        match &mut session.payment {
            Some(payment) if payment.taken == Taken::Processing => payment.taken = taken,
            _ => {
                let message = "No Direct Debit of this session waits for the bank";
                return Err(Refusal::wrong("session", message));
            }
        }
        Ok(session.clone())
    }

    fn came_in(&mut self, session: &Session, now: i64) {
        let Some(payment) = &session.payment else {
            return;
        };
        let order = &session.order;
        self.lines.push(Line {
            id: identifier("txn_3", 23),
            kind: match payment.method {
                Method::Card => "charge",
                Method::BacsDebit => "payment",
            }
            .to_owned(),
            category: "charge".to_owned(),
            amount: order.total(),
            fee: fees::of(order.total(), payment.method),
            currency: order.currency.clone(),
            created: now,
            available_on: now + fees::UNTIL_AVAILABLE,
            source: payment.charge(),
            description: order.payment_description.clone(),
            payout: None,
        });
    }

    /// The session that a payment intent or a charge belongs to.
    pub(in super::super) fn session_of_money(
        &self,
        what: &'static str,
        id: &str,
    ) -> Result<(&Session, &Payment), Refusal> {
        self.sessions
            .values()
            .filter_map(|session| Some((session, session.payment.as_ref()?)))
            .find(|(_, payment)| payment.intent() == id || payment.charge() == id)
            .ok_or_else(|| Refusal::NoSuch {
                what,
                id: id.to_owned(),
                parameter: match what {
                    "payment_intent" => "intent",
                    _ => "id",
                }
                .to_owned(),
            })
    }
}
