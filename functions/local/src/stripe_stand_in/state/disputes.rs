//! Disputes: the payer's bank takes the money, and gives it again or not.

use super::super::event::Event;
use super::super::fees;
use super::super::money::{Dispute, DisputeStanding, Line};
use super::super::objects;
use super::super::refusal::Refusal;
use super::super::session::identifier;
use super::State;

impl State {
    /// The payer disputes what is left of a session's money.
    pub(in super::super) fn dispute(&mut self, id: &str, now: i64) -> Result<Dispute, Refusal> {
        let session = self.session(id)?;
        session.paid()?;
        let amount = session.order.total() - self.refunded(id);
        if self.dispute_of(id).is_some() || amount == 0 {
            let message = "Nothing is left of this payment that could be disputed";
            return Err(Refusal::wrong("session", message));
        }
        let dispute = Dispute {
            id: identifier("du_1", 23),
            session: id.to_owned(),
            created: now,
            amount,
            standing: DisputeStanding::NeedsResponse,
        };
        self.moved(&dispute, -amount, fees::DISPUTE, "dispute", now);
        self.disputes.push(dispute.clone());
        self.tell_of_dispute("charge.dispute.created", &dispute, now);
        Ok(dispute)
    }

    /// The payer's bank has decided.
    pub(in super::super) fn decide_dispute(
        &mut self,
        id: &str,
        won: bool,
        now: i64,
    ) -> Result<Dispute, Refusal> {
        let found = self.disputes.iter_mut().find(|dispute| dispute.id == id);
        let dispute = found.ok_or_else(|| no_such_dispute(id))?;
        if dispute.standing != DisputeStanding::NeedsResponse {
            return Err(Refusal::wrong("dispute", "This dispute is already closed"));
        }
        dispute.standing = if won {
            DisputeStanding::Won
        } else {
            DisputeStanding::Lost
        };
        let dispute = dispute.clone();
        if won {
            self.moved(&dispute, dispute.amount, 0, "dispute_reversal", now);
        }
        self.tell_of_dispute("charge.dispute.closed", &dispute, now);
        Ok(dispute)
    }

    /// A dispute by its identifier.
    pub(in super::super) fn dispute_by_id(&self, id: &str) -> Result<&Dispute, Refusal> {
        let found = self.disputes.iter().find(|dispute| dispute.id == id);
        found.ok_or_else(|| no_such_dispute(id))
    }

    /// The dispute about a session's money.
    pub(in super::super) fn dispute_of(&self, session: &str) -> Option<&Dispute> {
        self.disputes
            .iter()
            .find(|dispute| dispute.session == session)
    }

    fn moved(&mut self, dispute: &Dispute, amount: i64, fee: i64, category: &str, now: i64) {
        let currency = self.sessions.get(&dispute.session);
        let currency = currency.map(|session| session.order.currency.clone());
        self.lines.push(Line {
            id: identifier("txn_1", 23),
            kind: "adjustment".to_owned(),
            category: category.to_owned(),
            amount,
            fee,
            currency: currency.unwrap_or_default(),
            created: now,
            available_on: now,
            source: dispute.id.clone(),
            description: Some("Chargeback".to_owned()),
            payout: None,
        });
    }

    fn tell_of_dispute(&mut self, kind: &str, dispute: &Dispute, now: i64) {
        let version = self.sessions.get(&dispute.session);
        let version = version.and_then(|session| session.api_version.clone());
        let object = objects::dispute(self, dispute, now);
        self.tell(Event::new(kind, object, version, now));
    }
}

fn no_such_dispute(id: &str) -> Refusal {
    Refusal::NoSuch {
        what: "dispute",
        id: id.to_owned(),
        parameter: "dispute".to_owned(),
    }
}
