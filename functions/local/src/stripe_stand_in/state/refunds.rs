//! Refunds, part and whole: never more than is left of the charge.

use std::collections::BTreeMap;

use super::super::event::Event;
use super::super::money::{Dispute, DisputeStanding, Line, Refund, RefundStanding};
use super::super::objects;
use super::super::refusal::Refusal;
use super::super::session::{Method, Session, identifier};
use super::State;

/// What is to be given back.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Wanted {
    /// All that is left, if not set.
    pub(in super::super) amount: Option<i64>,
    pub(in super::super) reason: Option<String>,
    pub(in super::super) metadata: BTreeMap<String, String>,
}

impl State {
    /// Gives back what a session took. By card it is done at once; to a bank
    /// account it takes days.
    pub(in super::super) fn refund(
        &mut self,
        id: &str,
        wanted: Wanted,
        now: i64,
    ) -> Result<Refund, Refusal> {
        let session = self.session(id)?.clone();
        let payment = session.paid()?;
        let (order, charge) = (&session.order, payment.charge());
        let left = order.total() - self.refunded(id);
        let refused = |code, message| Err(Refusal::coded("amount", code, message));
        let is_disputed = |dispute: &Dispute| dispute.standing != DisputeStanding::Won;
        if self.dispute_of(id).is_some_and(is_disputed) {
            let message = format!("Charge {charge} has been charged back; cannot issue a refund.");
            return Err(Refusal::coded("charge", "charge_disputed", message));
        }
        if left == 0 {
            let message = format!("Charge {charge} has already been refunded.");
            return Err(Refusal::coded("charge", "charge_already_refunded", message));
        }
        let amount = wanted.amount.unwrap_or(left);
        if amount < 1 {
            return refused(
                "parameter_invalid_integer",
                "Invalid positive integer".to_owned(),
            );
        }
        if amount > left {
            let message = format!(
                "Refund amount ({}) is greater than unrefunded amount on charge ({})",
                order.in_words(amount),
                order.in_words(left)
            );
            return Err(Refusal::wrong("amount", message));
        }
        let (prefix, standing) = match payment.method {
            Method::Card => ("re_3", RefundStanding::Succeeded),
            Method::BacsDebit => ("pyr_1", RefundStanding::Pending),
        };
        let refund = Refund {
            id: identifier(prefix, 23),
            session: id.to_owned(),
            created: now,
            amount,
            standing,
            reason: wanted.reason,
            metadata: wanted.metadata,
        };
        let kind = match payment.method {
            Method::Card => "refund",
            Method::BacsDebit => "payment_refund",
        };
        self.lines.push(line(&refund, &session, kind, now));
        self.refunds.push(refund.clone());
        self.tell_of_refund("refund.created", &refund, now);
        let charge = objects::charge(self, &session, payment);
        let version = session.api_version.clone();
        self.tell(Event::new("charge.refunded", charge, version, now));
        Ok(refund)
    }

    /// The money of a refund has arrived.
    pub(in super::super) fn finish_refund(
        &mut self,
        id: &str,
        now: i64,
    ) -> Result<Refund, Refusal> {
        let refund = self.refund_in(id, &[RefundStanding::Pending])?;
        refund.standing = RefundStanding::Succeeded;
        let refund = refund.clone();
        self.tell_of_refund("refund.updated", &refund, now);
        Ok(refund)
    }

    /// The payer's bank has sent a refund back.
    pub(in super::super) fn fail_refund(&mut self, id: &str, now: i64) -> Result<Refund, Refusal> {
        let may = [RefundStanding::Pending, RefundStanding::Succeeded];
        let refund = self.refund_in(id, &may)?;
        refund.standing = RefundStanding::Failed;
        let refund = refund.clone();
        let session = self.session(&refund.session)?.clone();
        self.lines
            .push(line(&refund, &session, "refund_failure", now));
        self.tell_of_refund("refund.failed", &refund, now);
        Ok(refund)
    }

    /// A refund by its identifier.
    pub(in super::super) fn refund_by_id(&self, id: &str) -> Result<&Refund, Refusal> {
        let found = self.refunds.iter().find(|refund| refund.id == id);
        found.ok_or_else(|| no_such_refund(id))
    }

    /// What was given back of a session's money, or is on its way.
    pub(in super::super) fn refunded(&self, session: &str) -> i64 {
        self.refunds
            .iter()
            .filter(|refund| refund.session == session)
            .filter(|refund| refund.standing != RefundStanding::Failed)
            .map(|refund| refund.amount)
            .sum()
    }

    fn refund_in(&mut self, id: &str, may: &[RefundStanding]) -> Result<&mut Refund, Refusal> {
        let found = self.refunds.iter_mut().find(|refund| refund.id == id);
        let refund = found.ok_or_else(|| no_such_refund(id))?;
        if !may.contains(&refund.standing) {
            let message = format!("This refund has {} already", refund.standing.word());
            return Err(Refusal::wrong("refund", message));
        }
        Ok(refund)
    }

    fn tell_of_refund(&mut self, kind: &str, refund: &Refund, now: i64) {
        let version = self.sessions.get(&refund.session);
        let version = version.and_then(|session| session.api_version.clone());
        let object = objects::refund(self, refund);
        self.tell(Event::new(kind, object, version, now));
    }
}

fn line(refund: &Refund, session: &Session, kind: &str, now: i64) -> Line {
    let came_back = kind == "refund_failure";
    Line {
        id: identifier("txn_3", 23),
        kind: kind.to_owned(),
        category: if came_back { kind } else { "refund" }.to_owned(),
        amount: if came_back {
            refund.amount
        } else {
            -refund.amount
        },
        fee: 0,
        currency: session.order.currency.clone(),
        created: now,
        available_on: now,
        source: refund.id.clone(),
        description: Some(if came_back {
            "REFUND FAILURE".to_owned()
        } else {
            "REFUND FOR CHARGE".to_owned()
        }),
        payout: None,
    }
}

fn no_such_refund(id: &str) -> Refusal {
    Refusal::NoSuch {
        what: "refund",
        id: id.to_owned(),
        parameter: "refund".to_owned(),
    }
}
