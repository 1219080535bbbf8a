//! What may happen, one step at a time: people, the organiser, the editor, the
//! card provider, time, and workers that read and are interrupted.

use domain::booking::{RegistrationCommand as Do, RegistrationId, RegistrationState as Is};
use domain::payment::{Outcome, PaymentState};
use domain::places::FirstStep;
use domain::reference::BookingReference;

use super::decide::decide;
use super::model::{Deed, Worker, World};
use crate::schedules::random::Random;

/// One step by chance.
pub fn one(world: &mut World, random: &mut Random) {
    match random.below(40) {
        0..=4 => book(world, random),
        5..=9 => to_all(world, random),
        10..=15 => to_one(world, random),
        16..=19 => answer_offer(world, random),
        20..=22 => begin(world, random),
        23..=26 => pay(world, random),
        27 => close(world, random),
        28..=29 => webhook(world, random),
        30 => invoice(world, random),
        31..=32 => later(world, random),
        33 => publish(world, random),
        34 => ask(world, random, None, Deed::CatchUp),
        35..=36 => again(world, random),
        37..=38 => go_on(world, random),
        // A crash: what was under way is never written.
        _ => drop(world.under_way.pop()),
    }
}

/// Time goes on: by minutes, by hours, or to the event.
fn later(world: &mut World, random: &mut Random) {
    let minutes = match random.below(12) {
        0 => 60 * random.below(6),
        1 if random.below(3) == 0 => 60 * 24,
        2..=4 => random.below(60),
        _ => random.below(12),
    };
    world.later(i64::try_from(minutes).unwrap());
}

/// The editor publishes the event with more places or fewer, or withdraws it,
/// or publishes it again; or the organiser calls it off.
fn publish(world: &mut World, random: &mut Random) {
    match random.below(20) {
        0 => command(world, random, Deed::CallOff),
        1..=3 => {
            world.is_published = false;
            world.happened.withdrawn += 1;
        }
        4..=11 if !world.is_published => world.is_published = true,
        _ => {
            let most = world.event.capacity.unwrap_or(8);
            let capacity = u64::from(most) + random.below(6);
            world.event.capacity = u32::try_from(capacity.saturating_sub(3).max(1)).ok();
        }
    }
}

fn command(world: &mut World, random: &mut Random, deed: Deed) {
    let command = world.number();
    ask(world, random, Some(command), deed);
}

/// A request comes in. It is answered, or the worker is interrupted and may go
/// on later; the same request may be sent again.
fn ask(world: &mut World, random: &mut Random, command: Option<u32>, deed: Deed) {
    let worker = Worker {
        command,
        deed,
        site: world.site(),
        booking: None,
        work: None,
    };
    if world.sent.len() > 12 {
        world.sent.remove(0);
    }
    world.sent.push(worker.clone());
    answer(world, random, worker);
}

/// A request that was sent before is sent again: its form was, or the provider
/// told of the same thing twice.
fn again(world: &mut World, random: &mut Random) {
    let Some(mut worker) = random.one_of(&world.sent) else {
        return;
    };
    worker.site = world.site();
    answer(world, random, worker);
}

/// A worker that was interrupted goes on with what it had read.
fn go_on(world: &mut World, random: &mut Random) {
    let most = u64::try_from(world.under_way.len()).unwrap();
    if most > 0 {
        let at = usize::try_from(random.below(most)).unwrap();
        let worker = world.under_way.swap_remove(at);
        answer(world, random, worker);
    }
}

/// Answers a request step by step, unless it is interrupted: it looks whether
/// its command was carried out, and reads its booking; then it decides by the
/// tally, then writes; and begins again if others were first. A booking relies
/// on the write alone to find out that it was made.
fn answer(world: &mut World, random: &mut Random, mut worker: Worker) {
    for _ in 0..3 {
        if worker.work.is_none() {
            if worker.booking.is_none() {
                let is_done = |command| world.done.contains(&command);
                let looks = !matches!(worker.deed, Deed::Book(..));
                if looks && worker.command.is_some_and(is_done) {
                    return;
                }
                read(world, &mut worker);
                if random.below(8) == 0 {
                    return world.under_way.push(worker);
                }
            }
            let Some(work) = decide(world, &worker) else {
                return;
            };
            worker.work = Some(Box::new(work));
            if random.below(4) == 0 {
                return world.under_way.push(worker);
            }
        }
        worker.booking = None;
        if let Some(work) = worker.work.take()
            && world.write(*work)
        {
            return;
        }
    }
}

fn read(world: &World, worker: &mut Worker) {
    let reference = match &worker.deed {
        Deed::All(reference, _) => reference,
        Deed::One(id, _) => &id.booking,
        _ => return,
    };
    worker.booking = world.bookings.get(reference).cloned();
}

fn book(world: &mut World, random: &mut Random) {
    let Some(event) = world.site() else { return };
    let (many, first) = match random.below(6) {
        // The organiser books at any time for whoever phones.
        0 => (1 + random.below(2), FirstStep::Known),
        _ if !event.is_open(world.now) => return,
        1..=3 => (1 + random.below(4), FirstStep::ConfirmAddress),
        _ => (1 + random.below(4), FirstStep::Known),
    };
    let booking = world.asked(random, u8::try_from(many).unwrap());
    command(world, random, Deed::Book(Box::new(booking), first));
}

fn booking_with(
    world: &World,
    random: &mut Random,
    is_so: fn(Is) -> bool,
) -> Option<BookingReference> {
    let some: Vec<_> = world
        .registrations()
        .filter(|(_, _, one)| is_so(one.state))
        .map(|(id, ..)| id.booking)
        .collect();
    random.one_of(&some)
}

/// The booker, or the school, answers for all places of a booking; or they are
/// called off with the event.
fn to_all(world: &mut World, random: &mut Random) {
    let unconfirmed = |state| matches!(state, Is::Unconfirmed { .. });
    let unapproved = |state| matches!(state, Is::Unapproved { .. });
    let (reference, done) = match random.below(12) {
        0..=3 if world.tally.value.called_off => {
            (booking_with(world, random, Is::is_live), Do::CallOff)
        }
        1 => (booking_with(world, random, unapproved), Do::Refuse),
        2..=5 => (booking_with(world, random, unapproved), Do::Approve),
        _ => (booking_with(world, random, unconfirmed), Do::ConfirmAddress),
    };
    if let Some(reference) = reference {
        command(world, random, Deed::All(reference, done));
    }
}

/// Something is done to one place: what its state invites, or anything.
fn to_one(world: &mut World, random: &mut Random) {
    let all: Vec<(RegistrationId, Is)> = world
        .registrations()
        .map(|(id, _, one)| (id, one.state))
        .collect();
    let Some((id, state)) = random.one_of(&all) else {
        return;
    };
    let has_begun = world.now >= world.event.starts.instant();
    let invited = match state {
        Is::Offered { .. } => [Do::Accept, Do::Swap, Do::Decline][third(random)],
        Is::Waiting => [Do::Leave, Do::Swap, Do::Leave][third(random)],
        Is::Confirmed if has_begun => [Do::Attend, Do::MissOut, Do::Attend][third(random)],
        Is::Attended | Is::Absent => [Do::Attend, Do::MissOut, Do::Attend][third(random)],
        _ => [Do::Cancel, Do::Cancel, Do::Swap][third(random)],
    };
    let anything = [
        Do::Cancel,
        Do::Leave,
        Do::Decline,
        Do::Accept,
        Do::Swap,
        Do::Attend,
        Do::MissOut,
    ];
    let done = match random.below(6) {
        0 => random.one_of(&anything).unwrap(),
        _ => invited,
    };
    if matches!(done, Do::Attend | Do::MissOut) && !has_begun {
        return;
    }
    command(world, random, Deed::One(id, done));
}

/// Whoever is offered a place answers in time.
fn answer_offer(world: &mut World, random: &mut Random) {
    let now = world.now;
    let offered: Vec<RegistrationId> = world
        .registrations()
        .filter(|(_, _, one)| matches!(one.state.at(now), Is::Offered { .. }))
        .map(|(id, ..)| id)
        .collect();
    if let Some(id) = random.one_of(&offered) {
        let answer = [Do::Accept, Do::Accept, Do::Decline][third(random)];
        command(world, random, Deed::One(id, answer));
    }
}

fn third(random: &mut Random) -> usize {
    usize::try_from(random.below(3)).unwrap()
}

/// A payer begins to pay for what is kept: the page is made once it is written
/// that it is kept for as long as paying takes.
fn begin(world: &mut World, random: &mut Random) {
    let now = world.now;
    let kept = world.registrations().filter(|(_, _, one)| {
        matches!(one.state.at(now), Is::Held { .. } | Is::Offered { .. }) || random.below(9) == 0
    });
    let open: Vec<_> = kept
        .filter_map(|(_, _, one)| world.payments.get(one.payment.as_ref()?))
        .filter(|kept| kept.value.state == PaymentState::Open && kept.value.attempt.is_none())
        .map(|kept| kept.value.reference.clone())
        .collect();
    if let Some(payment) = random.one_of(&open) {
        ask(world, random, None, Deed::Begin(payment));
    }
}

/// A payer pays on a page, in time or when the place is kept no longer, which
/// others may have found out by then.
fn pay(world: &mut World, random: &mut Random) {
    if random.below(3) == 0 {
        world.later(30 + i64::try_from(random.below(20)).unwrap());
        if random.below(2) == 0 {
            ask(world, random, None, Deed::CatchUp);
        }
    }
    end(world, random, Outcome::Paid);
}

/// A page closes unpaid.
fn close(world: &mut World, random: &mut Random) {
    end(world, random, Outcome::Expired);
}

fn end(world: &mut World, random: &mut Random, outcome: Outcome) {
    let pages = world.pages.iter_mut();
    let mut open: Vec<_> = pages
        .filter(|page| page.outcome == Outcome::Pending)
        .collect();
    let most = u64::try_from(open.len()).unwrap();
    let at = usize::try_from(random.below(most)).unwrap();
    let Some(page) = open.get_mut(at) else { return };
    page.outcome = outcome;
    let session = page.session.clone();
    if random.below(4) > 0 {
        ask(world, random, None, Deed::Settle(session));
    }
}

/// A webhook, a return or a sweep: all three read the page and settle it.
fn webhook(world: &mut World, random: &mut Random) {
    let pages = world.pages.iter();
    let sessions: Vec<_> = pages.map(|page| page.session.clone()).collect();
    if let Some(session) = random.one_of(&sessions) {
        ask(world, random, None, Deed::Settle(session));
    }
}

/// The treasurer puts places that are kept on an invoice.
fn invoice(world: &mut World, random: &mut Random) {
    let payments: Vec<_> = world.payments.keys().cloned().collect();
    if let Some(payment) = random.one_of(&payments)
        && random.below(2) == 0
    {
        command(world, random, Deed::Invoice(payment));
    }
}

/// Nobody does anything more: every page is settled, and time goes on until
/// nothing is kept and nothing is offered.
pub fn quiet(world: &mut World) {
    world.under_way.clear();
    world.is_published = true;
    for at in 0..world.pages.len() {
        let session = world.pages[at].session.clone();
        done(world, Deed::Settle(session));
    }
    let all: Vec<_> = world.bookings.keys().cloned().collect();
    for reference in all {
        if world.tally.value.called_off {
            done(world, Deed::All(reference, Do::CallOff));
        }
    }
    for _ in 0..400 {
        done(world, Deed::CatchUp);
        if world.tally.value.holds.is_empty() {
            return;
        }
        let untils = world.tally.value.holds.iter().map(|hold| hold.until);
        let next = untils.min().unwrap_or(world.now);
        world.now = world.now.max(next);
    }
    panic!("{}: it never comes to its end", world.when);
}

/// Does it, with nobody there to come between.
fn done(world: &mut World, deed: Deed) {
    let mut worker = Worker {
        command: None,
        deed,
        site: world.site(),
        booking: None,
        work: None,
    };
    read(world, &mut worker);
    if let Some(work) = decide(world, &worker) {
        assert!(world.write(work), "nobody is there to come between");
    }
}
