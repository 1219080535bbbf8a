//! What goes: a record with all that is beside it, or one item; nothing of what
//! somebody holds.

use std::time::Duration;

use domain::retention::Holdable;
use functions::store::{Lapsed, Purged, Store};

use crate::history::{MANY, renamed};
use crate::refused::hold;
use crate::samples::{email, minute, write};

/// An enquiry with a long history that may go.
async fn closed(store: &Store) -> (domain::enquiry::Enquiry, Lapsed) {
    let read = renamed(store, MANY).await;
    let next = read.value.closed(minute(200)).unwrap();
    write(store, |all| {
        all.change_enquiry(&read, &next, "closed", minute(200))
    })
    .await;
    (next, lapsed(store).await)
}

/// What may go by then.
async fn lapsed(store: &Store) -> Lapsed {
    let tomorrow = "2028-03-02".parse().unwrap();
    let lapsed = store.lapsed_enquiries(tomorrow).await.unwrap();
    assert_eq!(lapsed.len(), 1);
    lapsed[0].clone()
}

pub async fn a_record_goes_with_all_that_is_beside_it(store: Store) {
    let (closed, lapsed) = closed(&store).await;
    let beside = store.enquiry_trail(&closed.reference).await.unwrap();
    assert_eq!(beside.len(), MANY as usize + 2);
    assert_eq!(store.purge_lapsed(&lapsed).await.unwrap(), Purged::Gone);
    assert_eq!(store.enquiry(&closed.reference).await.unwrap(), None);
    assert_eq!(store.enquiry_trail(&closed.reference).await.unwrap(), []);
    let looked = store.look_for(&email("nobody"), None, Duration::MAX).await;
    assert_eq!(looked.unwrap().items, 0, "the table is empty");
}

pub async fn a_record_that_is_held_or_has_changed_stays_whole(store: Store) {
    let (closed, read) = closed(&store).await;
    let items = async || {
        let looked = store.look_for(&email("nobody"), None, Duration::MAX).await;
        looked.unwrap().items
    };
    let held = hold(Holdable::Enquiry(closed.reference.clone()));
    write(&store, |all| all.hold(&held)).await;
    let before = items().await;
    assert_eq!(store.purge_lapsed(&read).await.unwrap(), Purged::Held);
    assert_eq!(items().await, before);

    write(&store, |all| all.release(&held, minute(201))).await;
    let now = store.enquiry(&closed.reference).await.unwrap().unwrap();
    write(&store, |all| {
        all.change_enquiry(&now, &closed, "looked-at", minute(202))
    })
    .await;
    let before = items().await;
    assert_eq!(store.purge_lapsed(&read).await.unwrap(), Purged::Changed);
    assert_eq!(items().await, before);
    let again = lapsed(&store).await;
    assert_eq!(store.purge_lapsed(&again).await.unwrap(), Purged::Gone);
    assert_eq!(items().await, 0);
}

pub async fn an_item_goes_alone(store: Store) {
    let read = renamed(&store, 1).await;
    let sam = &read.value.asked.person.email;
    let looked = store.look_for(sam, None, Duration::MAX).await.unwrap();
    let [place] = &looked.found[..] else {
        panic!("{looked:?}");
    };
    assert_eq!(store.erase_item(place).await.unwrap(), Purged::Gone);
    assert_eq!(store.enquiry(&read.value.reference).await.unwrap(), None);
    let trail = store.enquiry_trail(&read.value.reference).await.unwrap();
    assert_eq!(trail.len(), 2);
}
