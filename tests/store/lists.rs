//! Lists, by the table's index: in their order, whole however long they are, and
//! without what has left them.
//!
//! Both engines write an index with the record; that of DynamoDB follows a moment
//! later. So nothing is decided by a list alone: a record that was found in one is
//! changed only by the version that it was found with.

use domain::application::Application;
use domain::delivery::{Delivery, Stopped};
use domain::enquiry::Enquiry;
use domain::membership::Category;
use domain::reference::ApplicationReference;
use functions::entropy;
use functions::store::{Purged, Store};

use crate::samples::{booking, enquiry, letter, minute, slug, urn, with_replies, write};

fn minutes(enquiries: &[Enquiry]) -> Vec<jiff::Timestamp> {
    enquiries.iter().map(|one| one.received_at).collect()
}

pub async fn a_list_is_in_its_order_however_it_was_written(store: Store) {
    for came in [5, 2, 9, 0, 7, 1, 8, 3, 6, 4] {
        write(&store, |all| all.enquiry(&enquiry(came))).await;
    }
    let listed = store.open_enquiries().await.unwrap();
    assert_eq!(minutes(&listed), (0..10).map(minute).collect::<Vec<_>>());
}

pub async fn a_list_is_whole_past_a_page(store: Store) {
    // A page is a megabyte; these are three.
    let all: Vec<Enquiry> = (0..8)
        .map(|came| with_replies(&enquiry(came), 95))
        .collect();
    for one in all.iter().rev() {
        write(&store, |all| all.enquiry(one)).await;
    }
    assert!(store.open_enquiries().await.unwrap() == all);
}

pub async fn what_goes_on_leaves_its_list_and_what_goes_away_leaves_all(store: Store) {
    let (first, second) = (enquiry(0), enquiry(1));
    write(&store, |all| {
        all.enquiry(&first)?;
        all.enquiry(&second)
    })
    .await;
    let read = store.enquiry(&first.reference).await.unwrap().unwrap();
    let closed = first.closed(minute(2)).unwrap();
    write(&store, |all| {
        all.change_enquiry(&read, &closed, "closed", minute(2))
    })
    .await;
    let open = store.open_enquiries().await.unwrap();
    assert_eq!(minutes(&open), [minute(1)]);
    assert_eq!(store.closed_enquiries().await.unwrap(), [closed]);

    let tomorrow = "2028-03-02".parse().unwrap();
    let lapsed = store.lapsed_enquiries(tomorrow).await.unwrap();
    assert_eq!(lapsed.len(), 1);
    assert_eq!(store.purge_lapsed(&lapsed[0]).await.unwrap(), Purged::Gone);
    assert_eq!(store.closed_enquiries().await.unwrap(), []);
    assert_eq!(store.open_enquiries().await.unwrap(), [second]);
}

pub async fn the_end_of_a_list_is_read_from_its_end(store: Store) {
    for number in 0..6 {
        write(&store, |all| {
            all.letter(letter(&enquiry(number)), minute(number))
        })
        .await;
    }
    for read in store.letters_due(minute(9)).await.unwrap() {
        let stopped = Delivery::stopped(Stopped::GivenUp, read.value.created_at);
        assert!(store.move_letter(&read, stopped).await.unwrap());
    }
    let stopped = store.letters_stopped(4).await.unwrap();
    let since: Vec<_> = stopped.iter().map(|read| read.value.created_at).collect();
    assert_eq!(since, [5, 4, 3, 2].map(minute));
}

pub async fn a_list_is_read_up_to_an_instant(store: Store) {
    for number in 0..6 {
        let reference = ApplicationReference::from_entropy(entropy::bytes());
        let draft = Application::begin(reference, Category::Full, minute(number));
        write(&store, |all| all.new_application(&draft)).await;
    }
    let idle = store.idle_drafts(minute(3)).await.unwrap();
    let since: Vec<_> = idle.iter().map(|read| read.value.started_at).collect();
    assert_eq!(
        since,
        [0, 1, 2].map(minute),
        "that of the very instant is not idle"
    );
}

pub async fn the_bookings_of_a_school_are_not_those_of_another(store: Store) {
    let (ours, theirs) = (booking(1), booking(10));
    write(&store, |all| {
        all.new_booking(&ours)?;
        all.new_booking(&theirs)
    })
    .await;
    assert_eq!(store.bookings_of(&urn(1)).await.unwrap(), [ours]);
    assert_eq!(store.bookings_of(&urn(10)).await.unwrap(), [theirs]);
    assert_eq!(store.bookings_of(&urn(2)).await.unwrap(), []);
    assert_eq!(store.bookings_at(&slug()).await.unwrap().len(), 2);
}
