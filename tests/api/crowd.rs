//! A thousand people of forty schools who want one of thirty places at the same
//! moment.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::booking::RegistrationState;
use domain::event::EventSlug;
use domain::letter::News;
use domain::places::Tally;
use functions::store::{Outcome, Transaction, Versioned};
use tests::Product;
use tests::changed::{places, with_event};
use tests::crowd::{BROWSERS, SCHOOLS, gather, rush};

const EVENT: &str = "network";

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_at_once_for_thirty_places_are_thirty_confirmed_and_a_list_in_one_order() {
    let (product, _content) = with_event(EVENT, |text| {
        places(&text, 30).map(|text| text.replace("venue:", "limit_per_school: 2\nvenue:"))
    })
    .await;
    let clients = gather(&product).await;
    let all = usize::try_from(SCHOOLS * BROWSERS).unwrap();
    let (answers, _) = rush(&product, &format!("/book/{EVENT}/"), clients).await;
    let shown: BTreeSet<&str> = answers
        .iter()
        .filter(|answer| answer.status == 303 && answer.at.starts_with("/bookings/BKG-"))
        .map(|answer| answer.at.as_str())
        .collect();
    assert_eq!(
        shown.len(),
        all,
        "each has a booking of their own, and no error"
    );

    let store = &product.app.store;
    let slug = EventSlug::parse(EVENT).unwrap();
    let tally = store.tally(&slug).await.unwrap().value;
    assert_eq!((tally.confirmed, tally.holds.len()), (30, 0));
    assert!(tally.by_party.values().all(|has| *has <= 2), "{tally:?}");
    assert_eq!(tally.by_party.values().sum::<u32>(), 30);
    assert_eq!(tally.waiting.len(), all - 30);

    // The list, the bookings and the letters say the same.
    let mut stands: BTreeMap<&str, usize> = BTreeMap::new();
    for reference in store.bookings_at(&slug).await.unwrap() {
        let booking = store.booking(&reference).await.unwrap().unwrap();
        let registration = &booking.registrations[0];
        let is_waiting = registration.state == RegistrationState::Waiting;
        let position = tally.position(&booking.id(registration));
        assert_eq!(is_waiting, position.is_some(), "{booking:?}");
        *stands.entry(registration.state.name()).or_default() += 1;
    }
    assert_eq!(
        stands,
        BTreeMap::from([("confirmed", 30), ("waiting", all - 30)])
    );
    let (mut told, mut confirmed) = (BTreeMap::new(), BTreeSet::new());
    for item in store.letters(2 * all).await.unwrap() {
        match item.letter.news {
            News::BookingWaiting {
                position, booking, ..
            } => {
                told.insert(position, booking.reference);
            }
            News::BookingConfirmed { booking, .. } => {
                confirmed.insert(booking.reference);
            }
            other => panic!("{other:?}"),
        }
    }
    let waiting = tally.waiting.iter().map(|one| &one.registration.booking);
    let told: Vec<_> = told.values().collect();
    assert_eq!(
        told,
        waiting.collect::<Vec<_>>(),
        "each is told their own position"
    );
    assert_eq!(confirmed.len(), 30);
}

#[tokio::test]
async fn places_that_were_handed_on_and_have_changed_elsewhere_are_read_again() {
    let product = Product::start().await;
    let store = &product.app.store;
    let slug = EventSlug::parse(EVENT).unwrap();
    let mut clients = gather(&product).await;
    clients.truncate(1);
    let turn = store.turn(&slug).await;
    let booking = async { rush(&product, &format!("/book/{EVENT}/"), clients).await.0 };
    let elsewhere = async {
        // By now the other waits for its turn.
        tokio::time::sleep(Duration::from_millis(500)).await;
        let tally = Tally {
            confirmed: 1,
            ..Tally::default()
        };
        let mut transaction = Transaction::new();
        transaction.tally(&slug, 0, &tally).unwrap();
        let written = store.commit(transaction).await.unwrap();
        assert_eq!(written, Outcome::Committed);
        turn.leave(Versioned::unwritten());
    };
    let (answers, ()) = tokio::join!(booking, elsewhere);
    assert_eq!(answers[0].status, 303);
    let tally = store.tally(&slug).await.unwrap();
    assert_eq!((tally.version, tally.value.confirmed), (2, 2));
}
