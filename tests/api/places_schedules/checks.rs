//! What must hold after every write, and when all is quiet.

use std::collections::{BTreeMap, BTreeSet};

use domain::booking::{Booking, Registration, RegistrationId, RegistrationState as Is};
use domain::event::Event;
use domain::payment::PaymentState;
use domain::places::{Awaits, Party, Tally};
use domain::reference::BookingReference;

use super::letters::{expected, gives_up, written};
use super::model::{Deed, Work, World};
use super::parties::{has_right, is_free, party, places, places_of};

/// What a transaction leaves for those whom a decision is not about, in items,
/// and what letting go and offering take of it.
const ITEMS: usize = 40;
const TO_LET_GO: usize = 3;
const TO_OFFER: usize = 5;

/// What must hold of what was just written.
pub fn of_write(
    world: &mut World,
    (before, bookings): (&Tally, &BTreeMap<BookingReference, Booking>),
    work: &Work,
) {
    let was: Was = bookings
        .iter()
        .map(|(reference, booking)| (reference.to_string(), booking.registrations.clone()))
        .collect();
    let when = format!("{}, {:?} at {}", world.when, work.deed, work.now);
    says_what_the_bookings_say(world, &when);
    only_what_was_asked_has_moved(work, &was, &when);
    places_are_given_as_far_as_there_are(before, work, &was, &when);
    the_list_keeps_its_order(before, work, &was, &when);
    no_freed_place_is_lost(work, &was, &when);
    assert_eq!(
        written(&work.letters),
        expected(work, &was),
        "{when}: one letter of one change (what was written, what should be)"
    );
    count(world, work, &was);
}

/// The tally says what the registrations say, and nothing else.
fn says_what_the_bookings_say(world: &World, when: &str) {
    let tally = &world.tally.value;
    let mut confirmed = 0;
    let mut by_party: BTreeMap<Party, u32> = BTreeMap::new();
    let mut waiting = BTreeSet::new();
    let mut held = BTreeMap::new();
    for (id, booking, one) in world.registrations() {
        match one.state {
            Is::Confirmed | Is::Attended | Is::Absent => {
                confirmed += 1;
                if let Some(party) = party(booking, one.state) {
                    *by_party.entry(party).or_default() += 1;
                }
            }
            Is::Waiting => drop(waiting.insert(id)),
            state => {
                if let Some(until) = state.until() {
                    held.insert(id, (state, until, party(booking, state)));
                }
            }
        }
    }
    assert_eq!(tally.confirmed, confirmed, "{when}: the places of somebody");
    assert_eq!(tally.by_party, by_party, "{when}: the places of parties");
    let in_list: BTreeSet<_> = tally.waiting.iter().map(|one| &one.registration).collect();
    assert_eq!(
        in_list.len(),
        tally.waiting.len(),
        "{when}: twice in the list"
    );
    assert_eq!(in_list, waiting.iter().collect(), "{when}: the list");
    for hold in &tally.holds {
        let Some((state, until, party)) = held.remove(&hold.registration) else {
            panic!(
                "{when}: {} is kept a place twice, or for nothing",
                hold.registration
            );
        };
        assert_eq!((until, party), (hold.until, hold.party.clone()), "{when}");
        let agrees = match hold.awaits {
            Awaits::Confirmation => matches!(state, Is::Unconfirmed { .. }),
            Awaits::Approval => matches!(state, Is::Unapproved { .. }),
            Awaits::Payment | Awaits::OfferPayment => matches!(state, Is::Held { .. }),
            Awaits::Answer => matches!(state, Is::Offered { .. }),
        };
        assert!(agrees, "{when}: {hold:?} of one that is {state:?}");
    }
    for (id, (state, ..)) in held {
        let may_be_without = matches!(state, Is::Unconfirmed { .. } | Is::Unapproved { .. });
        assert!(
            may_be_without,
            "{when}: {id} is {state:?}, and nothing is kept"
        );
    }
}

/// Whom a decision is about.
fn is_about(work: &Work, booking: &Booking, one: &Registration) -> bool {
    match &work.deed {
        Deed::Book(own, _) => own.reference == booking.reference,
        Deed::All(reference, _) => *reference == booking.reference,
        Deed::One(id, _) => *id == booking.id(one),
        Deed::Begin(payment) | Deed::Invoice(payment) => one.payment.as_ref() == Some(payment),
        Deed::Settle(_) => {
            let mut paid = work.payments.iter();
            paid.any(|paid| one.payment.as_ref() == Some(&paid.reference))
        }
        Deed::CallOff | Deed::CatchUp => false,
    }
}

/// Of others only time has changed anything, and nobody who has a place loses
/// it but by giving it up.
fn only_what_was_asked_has_moved(work: &Work, was: &Was, when: &str) {
    for booking in &work.bookings {
        let Some(before) = was.get(&booking.reference.to_string()) else {
            continue;
        };
        for (was, is) in before.iter().zip(&booking.registrations) {
            let id = booking.id(is);
            if let Is::Offered { until } = is.state
                && was.state != is.state
            {
                assert!(until > work.now, "{when}: {id} has no time to answer");
            }
            if was.state == is.state {
                continue;
            }
            let by_time = is.state == was.state.at(work.now)
                || (was.state == Is::Waiting && matches!(is.state, Is::Offered { .. }));
            assert!(
                by_time || is_about(work, booking, is),
                "{when}: {id} was {:?} and is {:?}",
                was.state,
                is.state
            );
            let has_lapsed = was.state.at(work.now) != was.state;
            assert!(
                by_time || !has_lapsed || matches!(work.deed, Deed::Settle(_)),
                "{when}: {id} was {:?}, and its time had passed",
                was.state
            );
            let given_up = match &work.deed {
                Deed::One(_, command) | Deed::All(_, command) => gives_up(*command),
                _ => false,
            };
            let still = matches!(is.state, Is::Confirmed | Is::Attended | Is::Absent);
            assert!(
                was.state != Is::Confirmed || still || given_up,
                "{when}: {id} has lost its place"
            );
        }
    }
}

/// How the registrations of each booking stood before.
type Was = BTreeMap<String, Vec<Registration>>;

/// How a registration stood before.
fn was_of(was: &Was, booking: &Booking, number: u8) -> Option<Is> {
    let before = was.get(&booking.reference.to_string())?;
    let registration = before.iter().find(|one| one.number == number)?;
    Some(registration.state)
}

/// Who has or is kept a place, and was not before.
fn given<'w>(
    before: &Tally,
    work: &'w Work,
    was: &Was,
) -> Vec<(RegistrationId, &'w Booking, Option<Party>)> {
    let is_new = |booking: &Booking, one: &Registration| {
        let id = booking.id(one);
        let has = |tally: &Tally| tally.holds.iter().any(|hold| hold.registration == id);
        let had = has(before) || was_of(was, booking, one.number) == Some(Is::Confirmed);
        (has(&work.tally) || one.state == Is::Confirmed) && !had
    };
    let all = work.bookings.iter().flat_map(|booking| {
        let new = booking.registrations.iter();
        new.filter(|one| is_new(booking, one))
            .map(move |one| (booking.id(one), booking, party(booking, one.state)))
    });
    all.collect()
}

fn places_are_given_as_far_as_there_are(before: &Tally, work: &Work, was: &Was, when: &str) {
    let given = given(before, work, was);
    let Some(event) = work.site.as_ref().filter(|_| !before.called_off) else {
        assert!(
            given.is_empty(),
            "{when}: given at an event that is no more"
        );
        assert!(
            work.tally.confirmed <= before.confirmed,
            "{when}: somebody’s at an event that is no more"
        );
        let is_begun = matches!(work.deed, Deed::Begin(_));
        assert!(
            !is_begun,
            "{when}: to be paid for at an event that is no more"
        );
        return;
    };
    what_was_kept_for_another_party_is_within_the_limit_too(work, was, event, when);
    if given.is_empty() {
        return;
    }
    if let Some(capacity) = event.capacity {
        assert!(
            places(&work.tally) <= capacity,
            "{when}: {} of {capacity} places",
            places(&work.tally)
        );
    }
    for (id, _, party) in given {
        if let (Some(limit), Some(party)) = (event.limit_per_school, &party) {
            let has = places_of(&work.tally, party);
            assert!(has <= limit, "{when}: {has} of {party}, by {id}");
        }
    }
}

/// A place that was kept for whoever named a school, and is the school's now.
fn what_was_kept_for_another_party_is_within_the_limit_too(
    work: &Work,
    was: &Was,
    event: &Event,
    when: &str,
) {
    let Some(limit) = event.limit_per_school else {
        return;
    };
    for booking in &work.bookings {
        for one in &booking.registrations {
            let before = was_of(was, booking, one.number);
            let before = before.and_then(|before| party(booking, before));
            let is = party(booking, one.state).filter(|is| before.as_ref() != Some(is));
            let is_placed = matches!(one.state, Is::Confirmed | Is::Held { .. });
            if let Some(is) = is.filter(|_| is_placed) {
                let has = places_of(&work.tally, &is);
                assert!(has <= limit, "{when}: {has} of {is}, by an approval");
            }
        }
    }
}

/// Nobody is given a place before somebody who waited longer and had a right to
/// it, and the list itself is only shortened, and added to at its end.
fn the_list_keeps_its_order(before: &Tally, work: &Work, was: &Was, when: &str) {
    let after: Vec<&RegistrationId> = work
        .tally
        .waiting
        .iter()
        .map(|one| &one.registration)
        .collect();
    let stayed = before.waiting.iter().map(|one| &one.registration);
    let stayed: Vec<_> = stayed.filter(|id| after.contains(id)).collect();
    assert_eq!(
        after[..stayed.len()],
        stayed,
        "{when}: the list is in its order"
    );
    let Some(event) = work.site.as_ref().filter(|event| event.gives(work.now)) else {
        return;
    };
    for (id, _, party) in given(before, work, was) {
        let rank = before.waiting.iter().position(|one| one.registration == id);
        let earlier = &before.waiting[..rank.unwrap_or(before.waiting.len())];
        for waiter in earlier
            .iter()
            .filter(|one| after.contains(&&one.registration))
        {
            let waits = waiter.party.as_ref();
            let had_right = has_right(&work.tally, event, waits)
                || (waits.is_some() && waits == party.as_ref());
            assert!(
                !had_right,
                "{when}: {id} was given a place before {}",
                waiter.registration
            );
        }
    }
}

/// No place is free while somebody waits who has a right to it, and no money
/// goes back for a place that is free.
fn no_freed_place_is_lost(work: &Work, was: &Was, when: &str) {
    let Some(event) = work.site.as_ref().filter(|_| !work.tally.called_off) else {
        return;
    };
    let offers = work.changes.iter();
    let offers = offers.filter(|change| matches!(change.state, Is::Offered { .. }));
    let offers = offers.count();
    let used = (work.changes.len() - offers) * TO_LET_GO + offers * TO_OFFER;
    if used + TO_OFFER > ITEMS || !is_free(&work.tally, event) {
        return;
    }
    let mut waiting = work.tally.waiting.iter();
    let first = waiting.find(|one| has_right(&work.tally, event, one.party.as_ref()));
    let is_open = event.gives(work.now);
    if let Some(first) = first.filter(|_| is_open) {
        panic!("{when}: a place is free, and {} waits", first.registration);
    }
    for booking in &work.bookings {
        let none = Vec::new();
        let before = was.get(&booking.reference.to_string()).unwrap_or(&none);
        for (was, is) in before.iter().zip(&booking.registrations) {
            let is_due_back = is.state == Is::RefundDue && was.state != Is::RefundDue;
            let own = party(booking, is.state);
            let had_right = has_right(&work.tally, event, own.as_ref());
            assert!(
                !(is_due_back && had_right),
                "{when}: money goes back to {}, and a place is free",
                booking.id(is)
            );
        }
    }
}

fn count(world: &mut World, work: &Work, was: &Was) {
    let happened = &mut world.happened;
    for booking in &work.bookings {
        let none = Vec::new();
        let before = was.get(&booking.reference.to_string()).unwrap_or(&none);
        for one in &booking.registrations {
            let was = before.iter().find(|was| was.number == one.number);
            let was = was.map(|was| was.state);
            if was == Some(one.state) {
                continue;
            }
            match one.state {
                Is::Confirmed => happened.confirmed += 1,
                Is::Waiting => happened.waited += 1,
                Is::Offered { .. } => happened.offered += 1,
                Is::Lapsed | Is::Expired => happened.lapsed += 1,
                Is::Cancelled | Is::Left | Is::Declined => happened.given_up += 1,
                Is::RefundDue => happened.due_back += 1,
                _ => {}
            }
            let was_offered = matches!(was, Some(Is::Offered { .. }));
            if was_offered && matches!(one.state, Is::Confirmed | Is::Held { .. }) {
                happened.accepted += 1;
            }
            let was_late = was.is_some_and(|was| !was.at(work.now).is_live());
            if was_late && one.state == Is::Confirmed {
                happened.paid_late += 1;
            }
        }
    }
}

/// What must hold when nobody does anything more, and time has had its effect.
pub fn at_the_end(world: &World) {
    let when = &world.when;
    if world.tally.value.called_off {
        let states = world.registrations();
        let mut states = states.map(|(_, _, one)| one.state.at(world.now));
        assert!(
            !states.any(Is::is_live),
            "{when}: called off, and not all of it"
        );
    }
    assert!(
        world.tally.value.holds.is_empty(),
        "{when}: something is kept"
    );
    for page in &world.pages {
        let payment = &world.payments[&page.payment].value;
        if page.outcome == domain::payment::Outcome::Paid {
            assert!(
                payment.counts(&page.session),
                "{when}: {} was paid, and is counted for nothing",
                page.session
            );
        }
    }
    for kept in world.payments.values() {
        let payment = &kept.value;
        let mut bookings = world.bookings.values();
        let booking = bookings.find(|kept| kept.value.bought_by(&payment.reference).count() > 0);
        let booking = &booking.expect("a payment is for places").value;
        let has =
            |one: &&Registration| matches!(one.state, Is::Confirmed | Is::Attended | Is::Absent);
        let has = booking.bought_by(&payment.reference).filter(has).count();
        if matches!(
            payment.state,
            PaymentState::Open | PaymentState::RefundDue { .. }
        ) {
            assert_eq!(has, 0, "{when}: a place is somebody’s, and is not paid for");
        }
    }
}
