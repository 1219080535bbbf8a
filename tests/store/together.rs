//! Transactions: all of one or nothing, and of those that meet, one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::account::Session;
use domain::money::Pence;
use domain::payment::{Payment, Purpose};
use domain::places::Tally;
use domain::reference::PaymentReference;
use functions::entropy;
use functions::store::{
    Command, CommandRecord, Guard, Outcome, Store, StoreError, Transaction, Versioned,
};

use crate::money::membership;
use crate::refused::refused_by;
use crate::samples::{at_once, booking, commit, enquiry, letter, minute, slug, write};

/// How many meet.
const MANY: usize = 8;
/// How often they do.
const ROUNDS: u32 = 6;

pub async fn one_refusal_leaves_nothing_of_a_transaction(store: Store) {
    let first = enquiry(0);
    let command = Command::of_form(&entropy::key(), &"typed");
    write(&store, |all| all.tally(&slug(), 0, &Tally::default())).await;
    let refused = commit(&store, |all| {
        all.enquiry(&first)?;
        all.letter(letter(&first), minute(0))?;
        // The one that is refused stands between others.
        all.tally(&slug(), 7, &Tally::default())?;
        all.new_booking(&booking(0))?;
        all.remember(&command, "/", minute(0))
    })
    .await;
    assert_eq!(refused, refused_by(&[Guard::Unchanged]));
    assert_eq!(store.enquiry(&first.reference).await.unwrap(), None);
    assert_eq!(store.enquiry_trail(&first.reference).await.unwrap(), []);
    assert_eq!(store.open_enquiries().await.unwrap(), []);
    assert_eq!(store.letters(10).await.unwrap(), []);
    assert_eq!(store.bookings_at(&slug()).await.unwrap(), []);
    assert_eq!(store.command(&command).await.unwrap(), None);
    assert_eq!(store.tally(&slug()).await.unwrap().version, 1);
}

pub async fn a_command_that_arrives_twice_is_carried_out_once(store: Store) {
    let command = Command::of_form(&entropy::key(), &"typed");
    let (first, second) = (enquiry(0), enquiry(1));
    write(&store, |all| {
        all.remember(&command, "/first/", minute(0))?;
        all.enquiry(&first)
    })
    .await;
    let again = commit(&store, |all| {
        all.remember(&command, "/second/", minute(1))?;
        all.enquiry(&second)
    })
    .await;
    assert_eq!(again, refused_by(&[Guard::Command]));
    let answer = CommandRecord {
        reply: "/first/".to_owned(),
    };
    assert_eq!(store.command(&command).await.unwrap(), Some(answer));
    assert_eq!(store.open_enquiries().await.unwrap(), [first]);
}

pub async fn of_those_who_change_a_record_at_the_same_moment_one_does(store: Store) {
    for round in 0..ROUNDS {
        let read = store.tally(&slug()).await.unwrap();
        assert_eq!((read.version, read.value.confirmed), (round.into(), round));
        let outcomes = at_once(MANY, |_| {
            let (store, read) = (store.clone(), read.clone());
            async move {
                let about = enquiry(round);
                let next = Tally {
                    confirmed: round + 1,
                    ..read.value
                };
                commit(&store, |all| {
                    all.tally(&slug(), read.version, &next)?;
                    all.enquiry(&about)?;
                    all.letter(letter(&about), minute(round))
                })
                .await
            }
        })
        .await;
        expect_one(outcomes, Guard::Unchanged);
    }
    let rounds = usize::try_from(ROUNDS).unwrap();
    assert_eq!(store.open_enquiries().await.unwrap().len(), rounds);
    assert_eq!(store.letters(100).await.unwrap().len(), rounds);
}

pub async fn of_a_command_that_arrives_at_the_same_moment_one_is_carried_out(store: Store) {
    for round in 0..ROUNDS {
        let command = Command::of_form(&entropy::key(), &"typed");
        let outcomes = at_once(MANY, |_| {
            let (store, command) = (store.clone(), command.clone());
            async move {
                commit(&store, |all| {
                    all.remember(&command, "/", minute(round))?;
                    all.enquiry(&enquiry(round))
                })
                .await
            }
        })
        .await;
        // Or, where they truly met, that what was asked for may have changed.
        expect_one(outcomes, Guard::Command);
        let entered = store.open_enquiries().await.unwrap().len();
        assert_eq!(entered, usize::try_from(round).unwrap() + 1);
    }
}

/// Who met is told so by this guard, or asked to decide again.
fn expect_one(outcomes: Vec<Outcome>, guard: Guard) {
    let (committed, refused): (Vec<_>, Vec<_>) = outcomes
        .into_iter()
        .partition(|outcome| *outcome == Outcome::Committed);
    assert_eq!(committed.len(), 1, "and {refused:?}");
    for outcome in refused {
        let told = [guard, Guard::Unchanged];
        assert!(
            told.iter().any(|one| outcome.is_refused_by(*one)),
            "{outcome:?}"
        );
    }
}

pub async fn a_hundred_items_are_written_together_and_no_more(store: Store) {
    let about = enquiry(0);
    let letters = |many| {
        let mut all = Transaction::new();
        for _ in 0..many {
            all.letter(letter(&about), minute(0)).unwrap();
        }
        all
    };
    let refusal = store.commit(letters(101)).await.unwrap_err();
    assert!(matches!(refusal, StoreError::Database(_)), "{refusal}");
    assert_eq!(store.letters(200).await.unwrap().len(), 0);
    assert_eq!(
        store.commit(letters(100)).await.unwrap(),
        Outcome::Committed
    );
    assert_eq!(store.letters(200).await.unwrap().len(), 100);
}

pub async fn an_item_twice_in_a_transaction_is_an_error(store: Store) {
    let mut twice = Transaction::new();
    twice.tally(&slug(), 0, &Tally::default()).unwrap();
    twice.letter(letter(&enquiry(0)), minute(0)).unwrap();
    twice.tally(&slug(), 0, &Tally::default()).unwrap();
    let refusal = store.commit(twice).await.unwrap_err();
    assert!(matches!(refusal, StoreError::Database(_)), "{refusal}");
    assert_eq!(store.tally(&slug()).await.unwrap(), Versioned::unwritten());
    assert_eq!(store.letters(10).await.unwrap(), []);
}

pub async fn what_is_read_together_is_of_one_instant(store: Store) {
    let booked = booking(0);
    let purpose = Purpose::Booking {
        booking: booked.reference.clone(),
        event: slug(),
    };
    let reference = PaymentReference::from_entropy(entropy::bytes());
    let sum = Pence::new(100);
    let payment = Payment::new(reference, purpose, sum, "A place".to_owned(), minute(0));
    let read = async |store: &Store| {
        let (payment, booking) = (&payment.reference, &booked.reference);
        store.paid_place(payment, booking, &slug()).await.unwrap()
    };
    write(&store, |all| {
        all.tally(&slug(), 0, &Tally::default())?;
        all.new_booking(&booked)
    })
    .await;
    assert!(read(&store).await.is_none(), "one of them is not there");
    write(&store, |all| all.new_payment(&payment)).await;

    let is_over = Arc::new(AtomicBool::new(false));
    let changing = {
        let (store, is_over) = (store.clone(), Arc::clone(&is_over));
        let (booked, payment) = (booked.clone(), payment.clone());
        tokio::spawn(async move {
            for version in 1..=30 {
                write(&store, |all| {
                    all.tally(&slug(), version, &Tally::default())?;
                    all.booking(version, &booked, "changed", minute(0))?;
                    all.payment(version, &payment, "changed", minute(0))
                })
                .await;
            }
            is_over.store(true, Ordering::Relaxed);
        })
    };
    let mut looks = 0;
    while !is_over.load(Ordering::Relaxed) {
        let seen = read(&store).await.unwrap();
        let versions = [
            seen.payment.version,
            seen.booking.version,
            seen.places.tally.version,
        ];
        assert_eq!(versions, [versions[0]; 3]);
        looks += 1;
    }
    changing.await.unwrap();
    assert!(looks > 1, "it was looked at while it changed");
    assert_eq!(read(&store).await.unwrap().places.tally.version, 31);
}

pub async fn what_is_not_there_keeps_its_place_among_what_is_read_together(store: Store) {
    let member = membership(1);
    let session = Session::begin(member.member.contact.email.clone(), minute(0));
    write(&store, |all| {
        all.new_membership(&member)?;
        all.account_session("a secret", &session)
    })
    .await;
    let (event, reference) = (slug(), &member.reference);
    let read = store.places_and_member(&event, "a secret", reference, None);
    let (places, of_member) = read.await.unwrap();
    assert_eq!(places.tally, Versioned::unwritten());
    assert_eq!(places.joining, None);
    assert_eq!(of_member.session, Some(session));
    assert_eq!(of_member.membership, Some(member.clone()));
    let lead = &of_member.contacts.people[0];
    assert_eq!(lead.person, member.member.contact);
}
