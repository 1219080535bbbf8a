//! Payouts: what has come in goes to the bank account.

use super::super::money::{Line, Payout};
use super::super::refusal::Refusal;
use super::super::session::identifier;
use super::State;

impl State {
    /// Pays out all that is in the balance in one currency, without waiting
    /// until it is available.
    pub(in super::super) fn pay_out(&mut self, now: i64) -> Result<Payout, Refusal> {
        let is_waiting = |line: &&Line| line.payout.is_none();
        let currency = self.lines.iter().find(is_waiting);
        let currency = currency
            .map(|line| line.currency.clone())
            .unwrap_or_default();
        let goes_out = |line: &Line| line.payout.is_none() && line.currency == currency;
        let lines = self.lines.iter().filter(|line| goes_out(line));
        let amount: i64 = lines.map(Line::net).sum();
        if amount <= 0 {
            return Err(Refusal::coded(
                "amount",
                "balance_insufficient",
                "There is nothing in the balance that could be paid out",
            ));
        }
        let payout = Payout {
            id: identifier("po_1", 23),
            created: now,
            amount,
            currency: currency.clone(),
        };
        self.lines.push(Line {
            id: identifier("txn_1", 23),
            kind: "payout".to_owned(),
            category: "payout".to_owned(),
            amount: -amount,
            fee: 0,
            currency: payout.currency.clone(),
            created: now,
            available_on: now,
            source: payout.id.clone(),
            description: Some("STRIPE PAYOUT".to_owned()),
            payout: None,
        });
        for line in self.lines.iter_mut().filter(|line| goes_out(line)) {
            line.payout = Some(payout.id.clone());
        }
        self.payouts.push(payout.clone());
        Ok(payout)
    }

    /// A payout by its identifier.
    pub(in super::super) fn payout_by_id(&self, id: &str) -> Result<&Payout, Refusal> {
        let found = self.payouts.iter().find(|payout| payout.id == id);
        found.ok_or_else(|| Refusal::NoSuch {
            what: "payout",
            id: id.to_owned(),
            parameter: "payout".to_owned(),
        })
    }

    /// A line of the balance by its identifier.
    pub(in super::super) fn line_by_id(&self, id: &str) -> Result<&Line, Refusal> {
        let found = self.lines.iter().find(|line| line.id == id);
        found.ok_or_else(|| Refusal::NoSuch {
            what: "balance transaction",
            id: id.to_owned(),
            parameter: "id".to_owned(),
        })
    }

    /// The line that something wrote: the first, or the last.
    pub(in super::super) fn lines_of(&self, source: &str) -> Vec<&Line> {
        let is_of = |line: &&Line| line.source == source;
        self.lines.iter().filter(is_of).collect()
    }
}
