//! Money given back: as the treasurer asks, and as the provider says.

use jiff::Timestamp;

use crate::calendar::london_date;
use crate::invoice::{CreditNote, CreditNoteNumber, Invoice};
use crate::ledger::{Account, JournalEntry};
use crate::money::Pence;
use crate::payment::{Payment, RefundRefusal, Returned};
use crate::reference::RefundReference;
use crate::refund::{Refund, RefundState, RefundWay};

/// The names that a new refund takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its own.
    pub refund: RefundReference,
    /// The number of the credit note, if it needs one.
    pub note: CreditNoteNumber,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The page that the money came on.
    pub session: String,
    /// How much.
    pub pence: Pence,
    /// Why.
    pub reason: String,
}

/// The provider's record of a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundTold {
    /// The provider's name for it.
    pub id: String,
    /// Ours, if we asked for it.
    pub refund: Option<RefundReference>,
    /// The page that the money came on.
    pub session: String,
    /// How much.
    pub pence: Pence,
    /// What became of it.
    pub outcome: ToldOutcome,
}

/// What became of a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToldOutcome {
    /// It is on its way.
    Pending,
    /// The money has left us.
    Succeeded,
    /// The money stayed with us, or came back.
    Failed {
        /// The provider's word for why.
        why: String,
    },
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundSettled {
    /// The payment as it is then.
    pub payment: Payment,
    /// The invoice as it is then, if it is changed.
    pub invoice: Option<Invoice>,
    /// The refund, if it is new.
    pub new: Option<Refund>,
    /// Where a known refund stands then.
    pub state: Option<(RefundReference, RefundState)>,
    /// The credit note that goes with it.
    pub note: Option<CreditNote>,
    /// What moved.
    pub entry: Option<JournalEntry>,
    /// What happened, in a word.
    pub what: &'static str,
}

/// Asks for money to be given back the way it came.
///
/// # Errors
///
/// [`RefundRefusal`] says why not.
pub fn ask_refund(
    payment: &Payment,
    invoice: Option<&Invoice>,
    asked: &Asked,
    identity: Identity,
    now: Timestamp,
) -> Result<RefundSettled, RefundRefusal> {
    let mut changed = payment.clone();
    changed.set_aside(identity.refund.clone(), &asked.session, asked.pence)?;
    // What is on the invoice is guarded by it too: what was given back by
    // bank is not given back again by card.
    if let Some(invoice) = invoice
        && payment.account_of(&asked.session) == Account::Receivable
        && asked.pence > invoice.paid()
    {
        return Err(RefundRefusal::TooMuch(invoice.paid()));
    }
    let both = (payment, changed);
    let settled = enter(both, invoice, asked, identity, RefundState::Asked, now);
    Ok(settled)
}

/// What follows from the provider's record of a refund, if anything.
#[must_use]
pub fn settle_refund(
    payment: &Payment,
    invoice: Option<&Invoice>,
    told: &RefundTold,
    identity: Identity,
    now: Timestamp,
) -> Option<RefundSettled> {
    // One that was refused, and that the provider made after all because it was
    // asked twice, is another.
    let known = payment
        .returned
        .iter()
        .position(|one| match one.provider.as_deref() {
            Some(id) => id == told.id,
            None => told.refund.as_ref() == Some(&one.refund),
        });
    if let Some(known) = known {
        return settle_known(payment, invoice, known, told, now);
    }
    // It was made in the provider's dashboard, or after all; one that failed
    // before we heard of it has moved nothing.
    let state = match &told.outcome {
        ToldOutcome::Failed { .. } => return None,
        ToldOutcome::Pending => RefundState::OnItsWay,
        ToldOutcome::Succeeded => RefundState::Made { at: now },
    };
    if !payment.counts(&told.session) {
        return None;
    }
    let mut changed = payment.clone();
    changed.returned.push(Returned {
        refund: identity.refund.clone(),
        session: told.session.clone(),
        pence: told.pence,
        provider: Some(told.id.clone()),
        made: told.outcome == ToldOutcome::Succeeded,
        failed: false,
    });
    let asked = Asked {
        session: told.session.clone(),
        pence: told.pence,
        reason: match &told.refund {
            Some(refused) => format!("{refused} was refused, and made after all"),
            None => "Given back in the card provider’s dashboard".to_owned(),
        },
    };
    let both = (payment, changed);
    Some(enter(both, invoice, &asked, identity, state, now))
}

/// Enters a refund, in whatever state, with its credit note.
fn enter(
    (before, payment): (&Payment, Payment),
    invoice: Option<&Invoice>,
    asked: &Asked,
    identity: Identity,
    state: RefundState,
    now: Timestamp,
) -> RefundSettled {
    let toward = payment.account_of(&asked.session);
    let on_invoice = invoice.filter(|_| toward == Account::Receivable);
    let mut note = None;
    let mut changed = None;
    // What is more than came is held against what is due to payers.
    let over = payment
        .overdrawn(&asked.session)
        .less(before.overdrawn(&asked.session));
    let part = asked.pence.less(over);
    let part = on_invoice.map_or(part, |invoice| part.min(invoice.paid()));
    if let Some(invoice) = on_invoice {
        let credit = invoice.to_credit(part);
        if !credit.is_zero() {
            let mut made =
                invoice.credit_note(identity.note, credit, &asked.reason, london_date(now));
            made.refund = Some(identity.refund.clone());
            note = Some(made);
        }
        let mut next = invoice.clone();
        let number = note.as_ref().map(|note| note.number);
        if next
            .refund(part, identity.refund.clone(), number, now)
            .is_ok()
        {
            changed = Some(next);
        } else {
            note = None;
        }
    }
    let membership = invoice.and_then(|invoice| invoice.says.membership.clone());
    let entry = JournalEntry::refund(
        &identity.refund,
        &[
            (toward, part),
            (Account::RefundsDue, asked.pence.less(part)),
        ],
        Account::CardProvider,
        membership.clone(),
        now,
    );
    let refund = Refund {
        reference: identity.refund,
        way: RefundWay::Card {
            payment: payment.reference.clone(),
            session: asked.session.clone(),
        },
        invoice: invoice.map(|invoice| invoice.number),
        membership,
        pence: asked.pence,
        reason: asked.reason.clone(),
        credit_note: note.as_ref().map(|note| note.number),
        asked_at: now,
        state,
    };
    RefundSettled {
        payment,
        invoice: changed,
        new: Some(refund),
        state: None,
        note,
        entry: Some(entry),
        what: "refund-entered",
    }
}

fn settle_known(
    payment: &Payment,
    invoice: Option<&Invoice>,
    at: usize,
    told: &RefundTold,
    now: Timestamp,
) -> Option<RefundSettled> {
    let was = payment;
    let mut payment = payment.clone();
    let before = payment.returned.get(at)?.clone();
    if before.failed {
        return None;
    }
    let known = payment.returned.get_mut(at)?;
    known.provider = Some(told.id.clone());
    let state = match &told.outcome {
        ToldOutcome::Pending if before.provider.is_some() => return None,
        ToldOutcome::Pending => RefundState::OnItsWay,
        ToldOutcome::Succeeded if before.made => return None,
        ToldOutcome::Succeeded => {
            known.made = true;
            RefundState::Made { at: now }
        }
        ToldOutcome::Failed { why } => {
            known.failed = true;
            RefundState::Failed {
                at: now,
                why: why.clone(),
            }
        }
    };
    let (mut changed, mut entry) = (None, None);
    let what = if matches!(state, RefundState::Failed { .. }) {
        let toward = payment.account_of(&before.session);
        // What was more than came is so no more; the rest is with us again.
        let over = was
            .overdrawn(&before.session)
            .less(payment.overdrawn(&before.session));
        let mut part = before.pence.less(over);
        if let Some(invoice) = invoice.filter(|_| toward == Account::Receivable) {
            let mut next = invoice.clone();
            match next.refund_failed(&before.refund, part, now) {
                Ok(()) => changed = Some(next),
                Err(_) => part = Pence::ZERO,
            }
        }
        entry = Some(JournalEntry::refund_failed(
            &before.refund,
            &[
                (toward, part),
                (Account::RefundsDue, before.pence.less(part)),
            ],
            Account::CardProvider,
            invoice.and_then(|invoice| invoice.says.membership.clone()),
            now,
        ));
        "refund-failed"
    } else {
        "refund-told"
    };
    Some(RefundSettled {
        payment,
        invoice: changed,
        new: None,
        state: Some((before.refund, state)),
        note: None,
        entry,
        what,
    })
}
