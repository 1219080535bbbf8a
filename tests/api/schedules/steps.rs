//! What may happen, one step at a time: payers, the provider, the treasurer,
//! the webhook, and workers that read and are interrupted.

use domain::payment::{Attempt, Outcome, Payment, PaymentState, Purpose};
use domain::reference::{PaymentReference, RefundReference};
use domain::refund::{Refund, RefundState};
use domain::settlement::{Asked, Identity, ask_refund, settle_invoice, settle_place};

use super::back::{
    ask, carried_out, carry_out, dispute, dispute_told, elsewhere, refund_told, tell_of_refund,
};
use super::desk::{by_bank, invoice_place, void};
use super::model::{Work, World};
use super::random::Random;

/// One step by chance.
pub fn one(world: &mut World, random: &mut Random) {
    match random.below(21) {
        0 => world.later(i64::try_from(random.below(50)).unwrap()),
        1..=3 => begin(world, random),
        4..=6 => pay(world, random),
        7 => close(world, random),
        8..=10 => webhook(world, random),
        11 => ask(world, random),
        12 => carry_out(world, random),
        13 => elsewhere(world, random),
        14 => tell_of_refund(world, random),
        15 => dispute(world, random),
        16 => by_bank(world, random),
        17 => void(world, random),
        18 => go_on(world, random),
        19 => invoice_place(world, random),
        // A crash: what was under way is never written.
        _ => drop(
            random
                .one_of(&world.under_way.clone())
                .map(|_| world.under_way.pop()),
        ),
    }
}

/// Writes now, or is interrupted and may go on later.
pub fn write_or_wait(world: &mut World, random: &mut Random, work: Option<Work>) {
    let Some(work) = work else { return };
    match random.below(3) {
        0 => world.under_way.push(work),
        _ => drop(world.write(work)),
    }
}

/// A worker that was interrupted goes on with what it had read.
fn go_on(world: &mut World, random: &mut Random) {
    let most = u64::try_from(world.under_way.len()).unwrap();
    if most > 0 {
        let at = usize::try_from(random.below(most)).unwrap();
        let work = world.under_way.swap_remove(at);
        world.write(work);
    }
}

/// A payer presses the button: the attempt is written down, the page is asked
/// for, and its name is written down; a crash may come after each.
fn begin(world: &mut World, random: &mut Random) {
    let all: Vec<Payment> = world
        .payments
        .values()
        .map(|kept| kept.value.clone())
        .collect();
    if random.below(3) == 0 {
        invoice_payment(world, random);
    }
    let Some(payment) = random.one_of(&all) else {
        return;
    };
    if payment.state != PaymentState::Open {
        return;
    }
    let attempt = match &payment.attempt {
        Some(attempt) => attempt.clone(),
        None => {
            let attempt = Attempt {
                key: format!("key_{}_{}", payment.reference, world.provider.pages.len()),
                expires_at: world.now,
                session: None,
                promised_at: None,
            };
            let Some(work) = note(world, &payment, Some(attempt.clone())) else {
                return;
            };
            if !world.write(work) {
                return;
            }
            attempt
        }
    };
    if attempt.session.is_some() || random.below(6) == 0 {
        return;
    }
    let session = world
        .provider
        .page(&payment.reference, &attempt.key, payment.amount);
    if random.below(6) == 0 {
        return;
    }
    let Some(kept) = world.payment(&payment.reference) else {
        return;
    };
    let mut next = kept.value.clone();
    let Some(noted) = next
        .attempt
        .as_mut()
        .filter(|noted| noted.key == attempt.key)
    else {
        return;
    };
    noted.session = Some(session);
    let work = Work {
        read: vec![(format!("payment#{}", next.reference), kept.version)],
        payment: Some(next),
        ..Work::default()
    };
    write_or_wait(world, random, Some(work));
}

/// A new attempt, which a place must still be kept for.
fn note(world: &World, payment: &Payment, attempt: Option<Attempt>) -> Option<Work> {
    let kept = world.payment(&payment.reference)?;
    let mut work = Work {
        read: vec![(format!("payment#{}", payment.reference), kept.version)],
        payment: Some(Payment {
            attempt,
            ..kept.value.clone()
        }),
        ..Work::default()
    };
    match &payment.purpose {
        Purpose::Booking { booking, .. } => {
            let mut tally = world.tally.value.clone();
            let mut booking = world.bookings[&booking.to_string()].clone();
            let bought = booking.bought_by(&payment.reference);
            let bought: Vec<_> = bought.map(|one| booking.id(one)).collect();
            let mut kept = false;
            for id in bought {
                if let Some(state) = tally.extend(&id, &world.rules, world.now) {
                    booking.registration_mut(id.number).unwrap().state = state;
                    kept = true;
                }
            }
            if !kept {
                return None;
            }
            work.bookings.push(booking);
            work.tally = Some(tally);
            work.read.push(world.tally_read());
        }
        Purpose::Invoice { invoice } => {
            let kept = world.invoice(*invoice)?;
            if kept.value.balance() != payment.amount {
                return None;
            }
        }
    }
    Some(work)
}

/// A school asks for a page to pay an invoice on, and has no payment for what
/// is owed.
fn invoice_payment(world: &mut World, random: &mut Random) {
    let all: Vec<u32> = world.invoices.keys().copied().collect();
    let Some(kept) = random
        .one_of(&all)
        .map(|number| world.invoices[&number].clone())
    else {
        return;
    };
    if !kept.value.is_open() {
        return;
    }
    let reference = PaymentReference::from_entropy(world.name());
    let number = kept.value.number;
    let payment = Payment::new(
        reference.clone(),
        Purpose::Invoice { invoice: number },
        kept.value.balance(),
        "An invoice".to_owned(),
        world.now,
    );
    let mut invoice = kept.value;
    invoice.payment = Some(reference);
    let work = Work {
        read: vec![(format!("invoice#{}", number.get()), kept.version)],
        payment: Some(payment),
        invoice: vec![invoice],
        ..Work::default()
    };
    world.write(work);
}

/// A payer pays on a page, or the bank pays what was promised, or does not.
fn pay(world: &mut World, random: &mut Random) {
    let most = u64::try_from(world.provider.pages.len()).unwrap();
    let at = usize::try_from(random.below(most)).unwrap();
    let Some(page) = world.provider.pages.get_mut(at) else {
        return;
    };
    page.outcome = match (page.outcome, random.below(8)) {
        (Outcome::Pending, 0) => Outcome::Promised,
        (Outcome::Promised, 1) => Outcome::Failed,
        (Outcome::Pending | Outcome::Promised, _) => Outcome::Paid,
        (other, _) => other,
    };
}

/// A page closes unpaid.
fn close(world: &mut World, random: &mut Random) {
    let sessions = sessions(world);
    let session = random.one_of(&sessions).unwrap_or_default();
    if let Some(page) = world.provider.find(&session)
        && page.outcome == Outcome::Pending
    {
        page.outcome = Outcome::Expired;
    }
}

pub fn sessions(world: &World) -> Vec<String> {
    let pages = world.provider.pages.iter();
    pages.map(|page| page.session.clone()).collect()
}

/// A webhook, a return or a sweep: all three read the page and settle it.
fn webhook(world: &mut World, random: &mut Random) {
    let Some(session) = random.one_of(&sessions(world)) else {
        return;
    };
    let work = settle(world, &session);
    write_or_wait(world, random, work);
}

pub fn settle(world: &mut World, session: &str) -> Option<Work> {
    let (reference, record) = world.provider.record(session)?;
    let kept = world.payment(&reference)?.clone();
    kept.value.check(&record, false).expect("a record of ours");
    let mut work = Work {
        read: vec![(format!("payment#{reference}"), kept.version)],
        ..Work::default()
    };
    match &kept.value.purpose {
        Purpose::Invoice { invoice } => {
            let invoice = world.invoice(*invoice)?;
            let settled = settle_invoice(&kept.value, &invoice.value, &record, world.now)?;
            let name = format!("invoice#{}", invoice.value.number.get());
            work.read.push((name, invoice.version));
            work.payment = Some(settled.payment);
            work.invoice.extend(settled.invoice);
            work.entries.extend(settled.entry);
        }
        Purpose::Booking { booking, .. } => {
            let booking = &world.bookings[&booking.to_string()];
            let tally = &world.tally.value;
            let by = (Some(&world.event), &world.rules);
            let settled = settle_place(&kept.value, booking, tally, by, &record, world.now)?;
            work.read.push(world.tally_read());
            let mut payment = settled.payment;
            let changes = settled.changes;
            work.bookings.push(settled.booking);
            work.tally = Some(settled.tally);
            work.entries.extend(settled.entry);
            if !settled.back.is_zero() {
                let asked = Asked {
                    session: session.to_owned(),
                    pence: settled.back,
                    reason: "Paid for places that had gone".to_owned(),
                };
                let identity = Identity {
                    refund: RefundReference::from_entropy(world.name()),
                    note: world.next_note(),
                };
                let back = ask_refund(&payment, None, &asked, identity, world.now).unwrap();
                work.entries.extend(back.entry);
                work.refund = back.new;
                payment = back.payment;
            }
            work.payment = Some(payment);
            world.enter(&mut work, changes);
        }
    }
    Some(work)
}

/// Nobody does anything more: the sweep runs until there is nothing to do.
pub fn quiet(world: &mut World) {
    world.under_way.clear();
    for _ in 0..64 {
        let mut works = 0;
        let asked: Vec<Refund> = world
            .refunds
            .values()
            .map(|kept| kept.value.clone())
            .collect();
        for refund in asked {
            if refund.state == RefundState::Asked
                && let Some(work) = carried_out(world, &refund)
            {
                works += 1;
                assert!(world.write(work), "nobody is there to come between");
            }
        }
        for session in sessions(world) {
            if let Some(work) = settle(world, &session) {
                works += 1;
                assert!(world.write(work), "nobody is there to come between");
            }
        }
        for given in world.provider.given.clone() {
            if let Some(work) = refund_told(world, &given) {
                works += 1;
                assert!(world.write(work), "nobody is there to come between");
            }
        }
        for at in 0..world.provider.disputed.len() {
            if let Some(work) = dispute_told(world, at) {
                works += 1;
                assert!(world.write(work), "nobody is there to come between");
            }
        }
        if works == 0 {
            return;
        }
    }
    panic!("the sweep never comes to its end");
}
