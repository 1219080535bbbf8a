//! Ten thousand schedules of webhooks, returns, sweeps, refunds, disputes and
//! crashes, in any order, any number of times, late or lost: whatever happens,
//! each payment settles once, the ledger balances and agrees with the card
//! provider's, no paid booking is without a place or a refund due, and no
//! number is left out.
//!
//! The rules are those that the product runs by; the records and the provider
//! are a model, in which a worker reads, others come between, and what it
//! writes is refused if what it read has changed. A schedule is one seed:
//! `SEED=17 cargo nextest run -p tests --test api every_schedule` replays it.

use model::World;
use random::Random;

mod back;
mod checks;
mod desk;
mod model;
mod provider;
pub mod random;
mod steps;

/// How many schedules are run, unless one is asked for.
const SCHEDULES: u64 = 10_000;

/// How many steps a schedule has at the most.
const STEPS: u64 = 160;

/// Runs a schedule; how many pages were paid on in it, and refunds made.
fn run(seed: u64) -> (usize, usize) {
    let mut random = Random::of(seed);
    let mut world = World::new(&mut random);
    let steps = 10 + random.below(STEPS - 10);
    for step in 0..steps {
        steps::one(&mut world, &mut random);
        checks::always(&world, &format!("SEED={seed}, step {step}"));
    }
    steps::quiet(&mut world);
    checks::always(&world, &format!("SEED={seed}, when all is quiet"));
    checks::at_the_end(&world, &format!("SEED={seed}, at the end"));
    (
        world.provider.paid().count(),
        world.provider.refunds().count(),
    )
}

#[test]
fn every_schedule_of_webhooks_refunds_and_crashes_leaves_the_books_right() {
    let asked = std::env::var("SEED").ok();
    if let Some(seed) = asked.and_then(|seed| seed.parse().ok()) {
        run(seed);
        return;
    }
    let (mut paid, mut refunded) = (0, 0);
    for seed in 0..SCHEDULES {
        let happened = run(seed);
        paid += happened.0;
        refunded += happened.1;
    }
    // A model in which nothing happens would hold as well.
    let many = usize::try_from(SCHEDULES).unwrap();
    assert!(
        paid > many && refunded > many / 4,
        "{paid} paid, {refunded} refunded"
    );
}
