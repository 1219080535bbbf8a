//! Many records in few journeys.

use std::time::Duration;

use functions::store::Store;

use crate::money::membership;
use crate::samples::{booking, email, enquiry, slug, with_replies, write};

pub async fn more_than_a_hundred_records_are_read_in_the_order_asked_for(store: Store) {
    let members: Vec<_> = (0..120).map(membership).collect();
    for some in members.chunks(12) {
        write(&store, |all| {
            some.iter()
                .try_for_each(|member| all.new_membership(member))
        })
        .await;
    }
    let mut asked: Vec<_> = members.iter().map(|one| one.reference.clone()).collect();
    // One that is not there among them.
    asked.insert(60, membership(0).reference);
    asked.reverse();
    let people = store.contacts_of(&asked).await.unwrap();
    let leads: Vec<_> = people
        .iter()
        .map(|contacts| contacts.people.first().map(|lead| lead.person.clone()))
        .collect();
    let mut expected: Vec<_> = members
        .iter()
        .map(|one| Some(one.member.contact.clone()))
        .collect();
    expected.insert(60, None);
    expected.reverse();
    assert_eq!(leads, expected);

    let bookings: Vec<_> = (0..120).map(booking).collect();
    for some in bookings.chunks(30) {
        write(&store, |all| {
            some.iter().try_for_each(|one| all.new_booking(one))
        })
        .await;
    }
    assert!(store.bookings_for(&slug()).await.unwrap() == bookings);
}

/// DynamoDB answers a batch with 16 MB at most, and names the keys of what is
/// left, as the embedded engine does; MiniStack (1.5.33) answers with all of it
/// at once, and so does not try whether the rest is asked for.
pub async fn more_than_a_batch_holds_is_read_whole(store: Store) {
    let many = 44;
    for came in 0..many {
        let mut large = with_replies(&enquiry(came), 98);
        large.asked.person.email = email("sam");
        write(&store, |all| all.enquiry(&large)).await;
    }
    let looked = store
        .look_for(&email("sam"), None, Duration::MAX)
        .await
        .unwrap();
    assert_eq!(looked.found.len(), many as usize);
    let spoken = store.spoken_at(&email("sam"), &looked.found).await.unwrap();
    let places: Vec<_> = spoken.into_iter().map(|one| one.place).collect();
    let mut expected = looked.found;
    expected.sort();
    assert_eq!(places, expected);
}
