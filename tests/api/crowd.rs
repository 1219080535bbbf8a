//! A thousand people of forty schools who want one of thirty places at the same
//! moment.

use std::time::Duration;

use domain::event::EventSlug;
use domain::places::Tally;
use functions::store::{Outcome, Transaction, Versioned};
use tests::Product;
use tests::changed::{places, with_event};
use tests::crowd::{BROWSERS, SCHOOLS, expect_agreement, gather, rush};

const EVENT: &str = "network";

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_at_once_for_thirty_places_are_thirty_confirmed_and_a_list_in_one_order() {
    let (product, _content) = with_event(EVENT, |text| {
        places(&text, 30).map(|text| text.replace("venue:", "limit_per_school: 2\nvenue:"))
    })
    .await;
    let clients = gather(&product).await;
    let (answers, _) = rush(&product, &format!("/book/{EVENT}/"), clients).await;
    let store = &product.app.store;
    let slug = EventSlug::parse(EVENT).unwrap();
    assert_eq!(answers.len(), usize::try_from(SCHOOLS * BROWSERS).unwrap());
    expect_agreement(store, &slug, 30, &answers).await;
    let tally = store.tally(&slug).await.unwrap().value;
    assert!(tally.by_party.values().all(|has| *has <= 2), "{tally:?}");
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
