//! The outbox: a letter is one sender's at a time, and nobody's once it has gone.

use domain::delivery::{Delivery, Fault, Stopped, TAKEN_FOR};
use domain::letter::OutboxItem;
use functions::store::{Store, Versioned};
use jiff::Timestamp;

use crate::samples::{at_once, enquiry, letter, minute, write};

/// The one letter of the store, as it is now.
async fn the_letter(store: &Store) -> Versioned<OutboxItem> {
    let letters = store.letters(10).await.unwrap();
    assert_eq!(letters.len(), 1);
    store.letter(&letters[0].id).await.unwrap().unwrap()
}

async fn are_due(store: &Store, now: Timestamp) -> usize {
    store.letters_due(now).await.unwrap().len()
}

/// The letter goes on, as it is now.
async fn move_on(store: &Store, next: impl FnOnce(&Delivery) -> Delivery) {
    let read = the_letter(store).await;
    let next = next(&read.value.delivery);
    assert!(store.move_letter(&read, next.clone()).await.unwrap());
    let now = the_letter(store).await;
    assert_eq!((now.version, now.value.delivery), (read.version + 1, next));
}

pub async fn a_letter_is_due_until_it_is_sent(store: Store) {
    let written = minute(10);
    write(&store, |all| all.letter(letter(&enquiry(0)), written)).await;
    let waits = [9, 10, 11].map(minute);
    assert_eq!(are_due(&store, waits[0]).await, 0);
    assert_eq!(are_due(&store, waits[1]).await, 1, "at that very instant");
    move_on(&store, |waiting| waiting.take(waits[1]).unwrap()).await;
    assert_eq!(are_due(&store, waits[2]).await, 0, "somebody is sending it");
    let freed = waits[1] + TAKEN_FOR;
    assert_eq!(are_due(&store, freed).await, 1, "and does not come back");
    move_on(&store, |taken| taken.take(freed).unwrap()).await;
    move_on(&store, |taken| taken.failed(Fault::Passing, freed)).await;
    let later = minute(100);
    assert_eq!(are_due(&store, freed).await, 0, "it waits for another try");
    assert_eq!(are_due(&store, later).await, 1);
    move_on(&store, |waiting| waiting.take(later).unwrap()).await;
    move_on(&store, |_| Delivery::Sent {
        at: later,
        message_id: "1".to_owned(),
    })
    .await;
    assert_eq!(are_due(&store, Timestamp::MAX).await, 0);
    assert_eq!(store.letters_stopped(10).await.unwrap(), []);
}

pub async fn a_letter_that_is_stopped_waits_for_somebody_and_goes_again(store: Store) {
    write(&store, |all| all.letter(letter(&enquiry(0)), minute(0))).await;
    move_on(&store, |_| Delivery::stopped(Stopped::NoPost, minute(1))).await;
    assert_eq!(are_due(&store, Timestamp::MAX).await, 0);
    let stopped = store.letters_stopped(10).await.unwrap();
    assert_eq!(stopped, [the_letter(&store).await]);
    move_on(&store, |stopped| stopped.again().unwrap()).await;
    assert_eq!(store.letters_stopped(10).await.unwrap(), []);
    assert_eq!(are_due(&store, minute(2)).await, 1);
}

pub async fn of_those_who_take_a_letter_at_once_one_has_it(store: Store) {
    for round in 0..6 {
        write(&store, |all| all.letter(letter(&enquiry(0)), minute(round))).await;
        let due = store.letters_due(minute(round)).await.unwrap();
        let [read] = &due[..] else {
            panic!("{due:?}");
        };
        let taken = at_once(8, |_| {
            let (store, read) = (store.clone(), read.clone());
            async move {
                let next = read.value.delivery.take(minute(round)).unwrap();
                store.move_letter(&read, next).await.unwrap()
            }
        })
        .await;
        assert_eq!(taken.iter().filter(|has_it| **has_it).count(), 1);
        let read = store.letter(&read.value.id).await.unwrap().unwrap();
        let sent = Delivery::Sent {
            at: minute(round),
            message_id: "1".to_owned(),
        };
        assert!(store.move_letter(&read, sent).await.unwrap());
    }
}
