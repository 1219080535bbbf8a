//! What must hold, always and when all is quiet.

use domain::booking::RegistrationState;
use domain::ledger::{Account, Cause, TrialBalance};
use domain::money::Pence;
use domain::payment::{DisputeStanding, PaymentState, Purpose};

use super::model::{PRICE, World};

fn signed(pence: Pence) -> i64 {
    i64::try_from(pence.get()).unwrap()
}

/// What must hold after every step.
pub fn always(world: &World, when: &str) {
    let balance = TrialBalance::of(world.ledger.values());
    assert_eq!(balance.sum(), 0, "{when}: the ledger is out of balance");
    let owed: i64 = world
        .invoices
        .values()
        .map(|kept| &kept.value)
        .map(|invoice| signed(invoice.asked()) - signed(invoice.paid()))
        .sum();
    assert_eq!(
        balance.balance(Account::Receivable),
        owed,
        "{when}: what is owed on invoices"
    );
    let capacity = world.event.capacity.unwrap_or(u32::MAX);
    let held = u32::try_from(world.tally.value.holds.len()).unwrap();
    assert!(
        world.tally.value.confirmed + held <= capacity,
        "{when}: more places than there are"
    );
    for (at, number) in world.invoices.keys().enumerate() {
        assert_eq!(usize::try_from(*number).unwrap(), at + 1, "{when}: a gap");
    }
    for (at, note) in world.notes.value.iter().enumerate() {
        let number = usize::try_from(note.number.get()).unwrap();
        assert_eq!(number, at + 1, "{when}: a gap in the credit notes");
    }
    for kept in world.payments.values() {
        let payment = &kept.value;
        let Purpose::Booking { booking, .. } = &payment.purpose else {
            continue;
        };
        let booking = &world.bookings[&booking.to_string()];
        let bought: Vec<_> = booking.bought_by(&payment.reference).collect();
        let have = bought
            .iter()
            .filter(|one| one.state == RegistrationState::Confirmed);
        let (have, all) = (have.count(), bought.len());
        match &payment.state {
            PaymentState::Paid { .. } => {
                assert!(have > 0, "{when}: paid, and without a place");
                let back = Pence::new(PRICE.get() * u64::try_from(all - have).unwrap());
                let asked: Pence = payment.returned.iter().map(|one| one.pence).sum();
                assert!(asked >= back, "{when}: a place was paid for, and not given");
            }
            PaymentState::Invoiced { .. } => {
                assert_eq!(have, all, "{when}: invoiced, and without a place");
            }
            PaymentState::RefundDue { .. } => assert_eq!(
                have, 0,
                "{when}: money is due back for a place that is somebody’s"
            ),
            PaymentState::Open => assert_eq!(have, 0, "{when}: a place was given for nothing"),
        }
    }
    let confirmed = world.bookings.values();
    let confirmed = confirmed.flat_map(|booking| &booking.registrations);
    let confirmed = confirmed.filter(|one| one.state == RegistrationState::Confirmed);
    assert_eq!(
        u32::try_from(confirmed.count()).unwrap(),
        world.tally.value.confirmed,
        "{when}: the tally counts what the bookings say"
    );
}

/// What must hold when nobody does anything more, and the sweep has run.
pub fn at_the_end(world: &World, when: &str) {
    for page in world.provider.paid() {
        let counted = world
            .ledger
            .values()
            .filter(|entry| {
                matches!(&entry.cause, Cause::Card { session, .. } if *session == page.session)
            })
            .count();
        assert_eq!(counted, 1, "{when}: {} is settled once", page.session);
    }
    let balance = TrialBalance::of(world.ledger.values());
    assert_eq!(
        balance.balance(Account::CardProvider),
        world.provider.holds(),
        "{when}: what the provider holds"
    );
    for given in world.provider.refunds() {
        let session = &given.session;
        let is_known = |kept: &super::model::Kept<domain::payment::Payment>| {
            let mut known = kept.value.returned.iter();
            known.any(|one| one.provider.as_deref() == Some(given.id.as_str()))
        };
        // What failed before we heard of it has moved nothing.
        if given.has_failed() && !world.payments.values().any(is_known) {
            continue;
        }
        let mut payments = world.payments.values().map(|kept| &kept.value);
        let payment = payments.find(|one| one.counts(session));
        let payment = payment.unwrap_or_else(|| panic!("{when}: {session} was given back of"));
        let known = payment
            .returned
            .iter()
            .find(|one| one.provider.as_deref() == Some(given.id.as_str()));
        let known = known.unwrap_or_else(|| panic!("{when}: {} is not known", given.id));
        assert_eq!(known.failed, given.has_failed(), "{when}: {}", given.id);
    }
    let due: i64 = world
        .payments
        .values()
        .flat_map(|kept| kept.value.due_back())
        .map(|(_, pence)| signed(pence))
        .sum();
    let disputed: i64 = world
        .payments
        .values()
        .flat_map(|kept| {
            kept.value.disputes.iter().filter(|one| {
                one.standing == DisputeStanding::Open
                    && kept.value.account_of(&one.session) == Account::RefundsDue
            })
        })
        .map(|one| signed(one.pence))
        .sum();
    assert_eq!(
        -balance.balance(Account::RefundsDue),
        due + disputed,
        "{when}: what is due back to payers"
    );
}
