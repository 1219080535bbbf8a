//! Money that goes back: refunds that are asked for, carried out, made in the
//! provider's dashboard, told of and failed; and disputes.

use domain::ledger::JournalEntry;
use domain::payment::{DisputeStanding, Payment, Purpose};
use domain::reference::{PaymentReference, RefundReference};
use domain::refund::{Refund, RefundState, RefundWay};
use domain::settlement::{
    Asked, DisputeTold, Identity, RefundSettled, RefundTold, ToldOutcome, ask_refund,
    settle_dispute, settle_refund,
};

use super::model::{Work, World};
use super::provider::Given;
use super::random::Random;
use super::steps::{sessions, settle, write_or_wait};

/// The treasurer asks for money to be given back.
pub fn ask(world: &mut World, random: &mut Random) {
    let all: Vec<Payment> = world
        .payments
        .values()
        .map(|kept| kept.value.clone())
        .collect();
    let Some(payment) = random.one_of(&all) else {
        return;
    };
    let sessions: Vec<String> = payment.paid_sessions().map(str::to_owned).collect();
    let Some(session) = random.one_of(&sessions) else {
        return;
    };
    let left = payment.refundable(&session);
    let pence = match random.below(3) {
        0 => payment.amount,
        _ => random.part(left),
    };
    let asked = Asked {
        session,
        pence,
        reason: "A test".to_owned(),
    };
    let identity = Identity {
        refund: RefundReference::from_entropy(world.name()),
        note: world.next_note(),
    };
    let kept = world.payment(&payment.reference).unwrap();
    let invoice = invoice_of(world, &payment);
    let value = invoice.as_ref().map(|(invoice, _)| invoice);
    let work = ask_refund(&kept.value, value, &asked, identity, world.now)
        .ok()
        .map(|settled| refunding(world, &payment.reference, invoice, settled));
    write_or_wait(world, random, work);
}

fn invoice_of(world: &World, payment: &Payment) -> Option<(domain::invoice::Invoice, u64)> {
    let Purpose::Invoice { invoice } = &payment.purpose else {
        return None;
    };
    let kept = world.invoice(*invoice)?;
    Some((kept.value.clone(), kept.version))
}

fn refunding(
    world: &World,
    payment: &PaymentReference,
    invoice: Option<(domain::invoice::Invoice, u64)>,
    settled: RefundSettled,
) -> Work {
    let kept = world.payment(payment).unwrap();
    let mut work = Work {
        read: vec![(format!("payment#{payment}"), kept.version)],
        payment: Some(settled.payment),
        refund: settled.new,
        ..Work::default()
    };
    if let Some((invoice, version)) = invoice {
        work.read
            .push((format!("invoice#{}", invoice.number.get()), version));
    }
    if let Some((reference, state)) = settled.state
        && let Some(kept) = world.refund(&reference)
    {
        work.read
            .push((format!("refund#{reference}"), kept.version));
        work.refund = Some(Refund {
            state,
            ..kept.value.clone()
        });
    }
    if let Some(note) = settled.note {
        work.read.push(world.notes_read());
        work.entries.push(JournalEntry::credit(&note, world.now));
        work.note = Some(note);
    }
    work.invoice.extend(settled.invoice);
    work.entries.extend(settled.entry);
    work
}

/// The job carries a refund out, and writes down what became of it; or not.
pub fn carry_out(world: &mut World, random: &mut Random) {
    let all: Vec<Refund> = world
        .refunds
        .values()
        .map(|kept| kept.value.clone())
        .collect();
    let Some(refund) = random.one_of(&all) else {
        return;
    };
    if refund.state == RefundState::Asked {
        let work = carried_out(world, &refund);
        write_or_wait(world, random, work);
    }
}

pub fn carried_out(world: &mut World, refund: &Refund) -> Option<Work> {
    let RefundWay::Card { session, payment } = &refund.way else {
        return None;
    };
    let key = Some(refund.reference.clone());
    let given = world.provider.refund(session, refund.pence, key);
    let told = given.map_or_else(
        || RefundTold {
            id: refund.reference.to_string(),
            refund: Some(refund.reference.clone()),
            session: session.clone(),
            pence: refund.pence,
            outcome: ToldOutcome::Failed {
                why: "refused".to_owned(),
            },
        },
        told,
    );
    told_work(world, payment, &told)
}

fn told(given: Given) -> RefundTold {
    RefundTold {
        id: given.id,
        refund: given.command,
        session: given.session,
        pence: given.pence,
        outcome: given.outcome,
    }
}

fn told_work(world: &mut World, payment: &PaymentReference, told: &RefundTold) -> Option<Work> {
    let identity = Identity {
        refund: RefundReference::from_entropy(world.name()),
        note: world.next_note(),
    };
    let kept = world.payment(payment)?;
    let invoice = invoice_of(world, &kept.value);
    let value = invoice.as_ref().map(|(invoice, _)| invoice);
    let settled = settle_refund(&kept.value, value, told, identity, world.now)?;
    Some(refunding(world, payment, invoice, settled))
}

/// Somebody gives money back in the provider's dashboard, or a refund that is
/// on its way comes to its end.
pub fn elsewhere(world: &mut World, random: &mut Random) {
    if random.below(2) == 0 {
        let Some(session) = random.one_of(&sessions(world)) else {
            return;
        };
        let Some(page) = world.provider.find(&session) else {
            return;
        };
        let pence = random.part(page.amount);
        world.provider.refund(&session, pence, None);
        return;
    }
    let most = u64::try_from(world.provider.given.len()).unwrap();
    let at = usize::try_from(random.below(most)).unwrap();
    if let Some(given) = world.provider.given.get_mut(at) {
        given.outcome = match (&given.outcome, random.below(4)) {
            (ToldOutcome::Pending | ToldOutcome::Succeeded, 0) => ToldOutcome::Failed {
                why: "lost_or_stolen_card".to_owned(),
            },
            (ToldOutcome::Pending, _) => ToldOutcome::Succeeded,
            (other, _) => other.clone(),
        };
    }
}

/// The webhook tells of a refund.
pub fn tell_of_refund(world: &mut World, random: &mut Random) {
    let Some(given) = random.one_of(&world.provider.given.clone()) else {
        return;
    };
    let work = refund_told(world, &given);
    write_or_wait(world, random, work);
}

pub fn refund_told(world: &mut World, given: &Given) -> Option<Work> {
    let (payment, _) = world.provider.record(&given.session)?;
    // The payment itself first, as the product does.
    if !world.payment(&payment)?.value.counts(&given.session) {
        return settle(world, &given.session);
    }
    told_work(world, &payment, &told(given.clone()))
}

/// A payer disputes, the bank decides, or the webhook tells of it.
pub fn dispute(world: &mut World, random: &mut Random) {
    match random.below(3) {
        0 => {
            let session = random.one_of(&sessions(world)).unwrap_or_default();
            world.provider.dispute(&session);
        }
        1 => {
            let won = random.below(2) == 0;
            let most = u64::try_from(world.provider.disputed.len()).unwrap();
            let at = usize::try_from(random.below(most)).unwrap();
            if let Some(one) = world.provider.disputed.get_mut(at)
                && one.standing == DisputeStanding::Open
            {
                one.standing = match won {
                    true => DisputeStanding::Won,
                    false => DisputeStanding::Lost,
                };
            }
        }
        _ => {
            let most = u64::try_from(world.provider.disputed.len()).unwrap();
            let at = usize::try_from(random.below(most)).unwrap();
            let work = dispute_told(world, at);
            write_or_wait(world, random, work);
        }
    }
}

pub fn dispute_told(world: &mut World, at: usize) -> Option<Work> {
    let one = world.provider.disputed.get(at)?.clone();
    let (payment, _) = world.provider.record(&one.session)?;
    let kept = world.payment(&payment)?;
    if !kept.value.counts(&one.session) {
        return settle(world, &one.session);
    }
    let told = DisputeTold {
        id: one.id.clone(),
        session: one.session.clone(),
        pence: one.pence,
        standing: one.standing,
        reason: "fraudulent".to_owned(),
    };
    let invoice = invoice_of(world, &kept.value);
    let value = invoice.as_ref().map(|(invoice, _)| invoice);
    let settled = settle_dispute(&kept.value, value, &told, world.now)?;
    let mut work = Work {
        read: vec![(format!("payment#{payment}"), kept.version)],
        payment: Some(settled.payment),
        ..Work::default()
    };
    if let Some((invoice, version)) = &invoice {
        work.read
            .push((format!("invoice#{}", invoice.number.get()), *version));
    }
    work.invoice.extend(settled.invoice);
    work.entries.extend(settled.entry);
    Some(work)
}
