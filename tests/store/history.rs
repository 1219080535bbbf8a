//! The history of a record: an entry with every change, and the personal values
//! beside it, which can go.

use domain::enquiry::Enquiry;
use domain::retention::Holdable;
use functions::store::{Guard, HistoryOf, Outcome, Store, Transaction, Versioned};

use crate::refused::{hold, refused_by};
use crate::samples::{enquiry, line, minute, with_replies, write};

/// More than one transaction takes away.
pub const MANY: u32 = 95;

/// An enquiry whose asker was renamed so often, the last as it is now.
pub async fn renamed(store: &Store, often: u32) -> Versioned<Enquiry> {
    let first = enquiry(0);
    write(store, |all| all.enquiry(&first)).await;
    let mut read = Versioned {
        version: 1,
        value: first,
    };
    for number in 1..=often {
        let mut next = read.value.clone();
        next.asked.person.name = line(&format!("Name {number}"));
        let at = minute(number);
        write(store, |all| all.change_enquiry(&read, &next, "renamed", at)).await;
        read = Versioned {
            version: read.version + 1,
            value: next,
        };
    }
    read
}

pub async fn a_history_is_in_order_and_whole_past_a_page(store: Store) {
    let first = with_replies(&enquiry(0), 40);
    write(&store, |all| all.enquiry(&first)).await;
    // Each changes 160 KB for others: their values are two and a half pages.
    for number in 1..=8 {
        let read = store.enquiry(&first.reference).await.unwrap().unwrap();
        let next = with_replies(&first, if number % 2 == 0 { 40 } else { 0 });
        let what = format!("change-{number}");
        write(&store, |all| {
            all.change_enquiry(&read, &next, &what, minute(number))
        })
        .await;
    }
    let trail = store.enquiry_trail(&first.reference).await.unwrap();
    let told: Vec<_> = trail.iter().map(|entry| entry.what.clone()).collect();
    let expected = (1..=8).rev().map(|number| format!("change-{number}"));
    let expected: Vec<_> = expected.chain(["enquiry-received".to_owned()]).collect();
    assert_eq!(told, expected, "the latest first");
    for entry in &trail[..8] {
        assert_eq!(entry.fields.len(), 3 * 40);
        assert!(entry.fields.iter().all(|field| field.values.is_some()));
    }
}

pub async fn the_values_in_a_history_go_and_its_entries_stay(store: Store) {
    let read = renamed(&store, MANY).await;
    let of = HistoryOf::Enquiry(&read.value.reference);
    let last = Transaction::new();
    let erased = store
        .erase_history(of, read.version, last, minute(200))
        .await;
    assert_eq!(erased.unwrap(), Outcome::Committed);
    let trail = store.enquiry_trail(&read.value.reference).await.unwrap();
    assert_eq!(trail.len(), usize::try_from(MANY).unwrap() + 2);
    assert_eq!(trail[0].what, "personal-values-erased");
    for entry in &trail[1..=usize::try_from(MANY).unwrap()] {
        assert_eq!(entry.fields[0].name, "asked.person.name");
        assert_eq!(entry.fields[0].values, None);
    }
    assert_eq!(
        store.enquiry(&read.value.reference).await.unwrap(),
        Some(read)
    );
}

pub async fn a_history_is_erased_only_as_it_was_read_and_while_nobody_holds_it(store: Store) {
    let read = renamed(&store, MANY).await;
    let reference = &read.value.reference;
    let of = HistoryOf::Enquiry(reference);
    let erase = async |version| {
        let last = Transaction::new();
        store
            .erase_history(of, version, last, minute(200))
            .await
            .unwrap()
    };
    let before = store.enquiry_trail(reference).await.unwrap();
    let refused = erase(read.version - 1).await;
    assert!(refused.is_refused_by(Guard::Unchanged), "{refused:?}");
    assert!(store.enquiry_trail(reference).await.unwrap() == before);

    let held = hold(Holdable::Enquiry(reference.clone()));
    write(&store, |all| all.hold(&held)).await;
    let before = store.enquiry_trail(reference).await.unwrap();
    assert_eq!(erase(read.version).await, refused_by(&[Guard::Held]));
    assert!(store.enquiry_trail(reference).await.unwrap() == before);
}
