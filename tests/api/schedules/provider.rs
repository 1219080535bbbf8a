//! The card provider, as far as money is concerned: pages, refunds, disputes.

use domain::money::Pence;
use domain::payment::{DisputeStanding, Outcome, Record};
use domain::reference::{PaymentReference, RefundReference};
use domain::settlement::ToldOutcome;

/// A page to pay on.
#[derive(Debug, Clone)]
pub struct Page {
    pub session: String,
    pub key: String,
    pub payment: PaymentReference,
    pub amount: Pence,
    pub outcome: Outcome,
}

/// A refund.
#[derive(Debug, Clone)]
pub struct Given {
    pub id: String,
    pub command: Option<RefundReference>,
    pub session: String,
    pub pence: Pence,
    pub outcome: ToldOutcome,
}

/// A dispute.
#[derive(Debug, Clone)]
pub struct Disputed {
    pub id: String,
    pub session: String,
    pub pence: Pence,
    pub standing: DisputeStanding,
}

#[derive(Debug, Default)]
pub struct Provider {
    pub pages: Vec<Page>,
    pub given: Vec<Given>,
    pub disputed: Vec<Disputed>,
}

impl Provider {
    /// Asks for a page: the same key gives the same page.
    pub fn page(&mut self, payment: &PaymentReference, key: &str, amount: Pence) -> String {
        if let Some(known) = self.pages.iter().find(|page| page.key == key) {
            return known.session.clone();
        }
        let session = format!("cs_{}", self.pages.len() + 1);
        self.pages.push(Page {
            session: session.clone(),
            key: key.to_owned(),
            payment: payment.clone(),
            amount,
            outcome: Outcome::Pending,
        });
        session
    }

    pub fn find(&mut self, session: &str) -> Option<&mut Page> {
        self.pages.iter_mut().find(|page| page.session == session)
    }

    /// Its record of a page, as we read it.
    pub fn record(&self, session: &str) -> Option<(PaymentReference, Record)> {
        let page = self.pages.iter().find(|page| page.session == session)?;
        let record = Record {
            session: page.session.clone(),
            reference: Some(page.payment.to_string()),
            amount: i64::try_from(page.amount.get()).ok(),
            currency: Some("gbp".to_owned()),
            live: false,
            outcome: page.outcome,
        };
        Some((page.payment.clone(), record))
    }

    /// What it can still give back of a page: it refuses more, and anything of
    /// what is disputed.
    fn left(&self, session: &str) -> Pence {
        let Some(page) = self.pages.iter().find(|page| page.session == session) else {
            return Pence::ZERO;
        };
        if page.outcome != Outcome::Paid || self.is_disputed(session) {
            return Pence::ZERO;
        }
        let went: Pence = self
            .given
            .iter()
            .filter(|one| one.session == session && !one.has_failed())
            .map(|one| one.pence)
            .sum();
        page.amount.less(went)
    }

    fn is_disputed(&self, session: &str) -> bool {
        self.disputed
            .iter()
            .any(|one| one.session == session && one.standing != DisputeStanding::Won)
    }

    /// Gives money back, once for each command; none if it refuses.
    pub fn refund(
        &mut self,
        session: &str,
        pence: Pence,
        command: Option<RefundReference>,
    ) -> Option<Given> {
        let known = self
            .given
            .iter()
            .find(|one| command.is_some() && one.command == command);
        if let Some(known) = known {
            return Some(known.clone());
        }
        if pence.is_zero() || pence > self.left(session) {
            return None;
        }
        let given = Given {
            id: format!("re_{}", self.given.len() + 1),
            command,
            session: session.to_owned(),
            pence,
            outcome: ToldOutcome::Pending,
        };
        self.given.push(given.clone());
        Some(given)
    }

    /// Opens a dispute over all of a page that nothing was given back of.
    pub fn dispute(&mut self, session: &str) {
        let Some(page) = self.pages.iter().find(|page| page.session == session) else {
            return;
        };
        let untouched = self.left(session) == page.amount;
        let is_first = self.disputed.iter().all(|one| one.session != session);
        if page.outcome == Outcome::Paid && untouched && is_first {
            self.disputed.push(Disputed {
                id: format!("dp_{}", self.disputed.len() + 1),
                session: session.to_owned(),
                pence: page.amount,
                standing: DisputeStanding::Open,
            });
        }
    }

    /// The pages that were paid on.
    pub fn paid(&self) -> impl Iterator<Item = &Page> {
        self.pages
            .iter()
            .filter(|page| page.outcome == Outcome::Paid)
    }

    /// The refunds that were not refused.
    pub fn refunds(&self) -> impl Iterator<Item = &Given> {
        self.given.iter()
    }

    /// What it holds for us: what came, less what went back and was lost.
    pub fn holds(&self) -> i64 {
        let sum = |pence: Pence| i64::try_from(pence.get()).unwrap();
        let came: i64 = self.paid().map(|page| sum(page.amount)).sum();
        let went: i64 = self
            .given
            .iter()
            .filter(|one| !one.has_failed())
            .map(|one| sum(one.pence))
            .sum();
        let lost: i64 = self
            .disputed
            .iter()
            .filter(|one| one.standing == DisputeStanding::Lost)
            .map(|one| sum(one.pence))
            .sum();
        came - went - lost
    }
}

impl Given {
    pub fn has_failed(&self) -> bool {
        matches!(self.outcome, ToldOutcome::Failed { .. })
    }
}
