//! Ten thousand schedules of bookings, answers, payments, cancellations and
//! crashes at one event, in any order, any number of times, late or lost:
//! whatever happens, no place is given twice and none is lost, the waiting list
//! keeps its order, no party has more than it may, and each delegate has one
//! letter of one change.
//!
//! The rules, and who is told what, are those that the product runs by; the
//! records are a model, in which a worker reads, others come between, and what
//! it writes is refused if what it read has changed. A worker goes by the event
//! as it was published when the request came. A schedule is one seed:
//! `SEED=17 cargo nextest run -p tests --test api every_schedule_of_bookings`
//! replays it.

use model::{Happened, World};

use crate::schedules::random::Random;

mod checks;
mod decide;
mod letters;
mod model;
mod parties;
mod steps;

/// How many schedules are run, unless one is asked for.
const SCHEDULES: u64 = 10_000;

/// How many steps a schedule has at the most.
const STEPS: u64 = 140;

/// Runs a schedule; what happened in it.
fn run(seed: u64) -> Happened {
    let mut random = Random::of(seed);
    let mut world = World::new(&mut random, seed);
    let steps = 15 + random.below(STEPS - 15);
    for step in 0..steps {
        world.when = format!("SEED={seed}, step {step}");
        steps::one(&mut world, &mut random);
    }
    world.when = format!("SEED={seed}, when all is quiet");
    steps::quiet(&mut world);
    checks::at_the_end(&world);
    world.happened
}

#[test]
fn every_schedule_of_bookings_and_crashes_gives_each_place_once_and_in_order() {
    let asked = std::env::var("SEED").ok();
    if let Some(seed) = asked.and_then(|seed| seed.parse().ok()) {
        println!("SEED={seed}: {:?}", run(seed));
        return;
    }
    let mut happened = Happened::default();
    for seed in 0..SCHEDULES {
        happened += run(seed);
    }
    // A model in which nothing happens would hold as well.
    let many = u32::try_from(SCHEDULES).unwrap();
    let often = [
        happened.confirmed / 4,
        happened.waited,
        happened.offered,
        happened.accepted * 2,
        happened.lapsed,
        happened.given_up,
        happened.refused_writes,
        happened.paid_late * 8,
        happened.due_back * 8,
        happened.withdrawn * 4,
    ];
    assert!(
        often.iter().all(|often| *often > many / 2),
        "{happened:?} in {SCHEDULES} schedules"
    );
}
