//! A payer has told the bank that a payment was not theirs, or that they did
//! not get what it was for.

use jiff::Timestamp;

use crate::invoice::{Invoice, Means};
use crate::ledger::{Account, JournalEntry};
use crate::money::Pence;
use crate::payment::{Dispute, DisputeStanding, Payment};

/// The provider's record of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeTold {
    /// The provider's name for it.
    pub id: String,
    /// The page that the money came on.
    pub session: String,
    /// How much is disputed.
    pub pence: Pence,
    /// Where it stands.
    pub standing: DisputeStanding,
    /// The provider's word for the reason.
    pub reason: String,
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeSettled {
    /// The payment as it is then.
    pub payment: Payment,
    /// The invoice as it is then, if it is changed: it is owed again.
    pub invoice: Option<Invoice>,
    /// What moved.
    pub entry: Option<JournalEntry>,
    /// What happened, in a word.
    pub what: &'static str,
}

/// What follows from the provider's record of a dispute, if anything. One that
/// was decided stays so, whatever comes late.
#[must_use]
pub fn settle_dispute(
    payment: &Payment,
    invoice: Option<&Invoice>,
    told: &DisputeTold,
    now: Timestamp,
) -> Option<DisputeSettled> {
    let was = payment;
    let mut payment = payment.clone();
    if !payment.counts(&told.session) {
        return None;
    }
    let known = payment.disputes.iter().position(|one| one.id == told.id);
    let before = known.and_then(|at| payment.disputes.get(at)).cloned();
    let is_new = match &before {
        None => true,
        Some(before) => {
            before.standing == DisputeStanding::Open && told.standing != DisputeStanding::Open
        }
    };
    if !is_new {
        return None;
    }
    let dispute = Dispute {
        id: told.id.clone(),
        session: told.session.clone(),
        pence: told.pence,
        standing: told.standing,
        reason: told.reason.clone(),
        at: now,
    };
    match known.and_then(|at| payment.disputes.get_mut(at)) {
        Some(known) => *known = dispute,
        None => payment.disputes.push(dispute),
    }
    let (mut changed, mut entry) = (None, None);
    let what = match told.standing {
        DisputeStanding::Open => "payment-disputed",
        DisputeStanding::Won => "dispute-won",
        DisputeStanding::Lost => {
            let toward = payment.account_of(&told.session);
            // What was given back as well is held against what is due to payers.
            let over = payment
                .overdrawn(&told.session)
                .less(was.overdrawn(&told.session));
            let mut part = told.pence.less(over);
            if let Some(invoice) = invoice.filter(|_| toward == Account::Receivable) {
                let mut next = invoice.clone();
                part = part.min(next.paid());
                let by = Means::Card {
                    payment: payment.reference.clone(),
                    session: told.session.clone(),
                };
                match next.take_back(part, by, now) {
                    Ok(()) => changed = Some(next),
                    Err(_) => part = Pence::ZERO,
                }
            }
            entry = Some(JournalEntry::dispute_lost(
                &told.id,
                &[(toward, part), (Account::RefundsDue, told.pence.less(part))],
                invoice.and_then(|invoice| invoice.says.membership.clone()),
                now,
            ));
            "dispute-lost"
        }
    };
    Some(DisputeSettled {
        payment,
        invoice: changed,
        entry,
        what,
    })
}
