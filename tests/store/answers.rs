//! What DynamoDB itself answers at times and neither engine ever does: that two
//! met, that it is too busy, that the rest is for later; and that an answer is
//! lost on its way. Each is answered once by a door before an engine. The codes are
//! those of `TransactionCanceledException` in AWS's reference of the API.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::account::Session;
use domain::money::Pence;
use domain::payment::{Payment, Purpose};
use domain::places::Tally;
use domain::reference::PaymentReference;
use domain::staff::{self, StaffId, StaffMember};
use functions::entropy;
use functions::store::{Guard, HistoryOf, StoreError, Transaction};
use local::database::TABLE;

use crate::door::{Answer, behind, behind_before, cancelled};
use crate::engine::Engine;
use crate::money::membership;
use crate::refused::refused_by;
use crate::samples::{booking, commit, email, enquiry, letter, minute, slug, write};

#[tokio::test]
async fn who_met_another_or_was_too_quick_decides_again() {
    let (store, door) = behind().await;
    let about = enquiry(0);
    for reason in [
        "TransactionConflict",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
    ] {
        door.answer("TransactWriteItems", cancelled(&["None", reason, "None"]));
        let met = commit(&store, |all| {
            all.tally(&slug(), 0, &Tally::default())?;
            all.letter(letter(&about), minute(0))?;
            all.letter(letter(&about), minute(0))
        })
        .await;
        assert_eq!(met, refused_by(&[Guard::Unchanged]), "{reason}");
    }
    assert!(door.has_answered());
}

#[tokio::test]
async fn what_no_decision_mends_is_an_error() {
    let (store, door) = behind().await;
    let mut transaction = Transaction::new();
    transaction.enquiry(&enquiry(0)).unwrap();
    door.answer(
        "TransactWriteItems",
        cancelled(&["None", "ValidationError"]),
    );
    let error = store.commit(transaction).await.unwrap_err();
    let StoreError::Database(why) = &error else {
        panic!("{error:?}");
    };
    assert!(why.starts_with("TransactionCanceledException"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_whose_answer_is_lost_is_made_once() {
    lose_an_answer(Engine::embedded().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_whose_answer_is_lost_is_made_once_on_an_emulator_too() {
    lose_an_answer(Engine::emulator().await).await;
}

async fn lose_an_answer(engine: Engine) {
    let (store, door) = behind_before(engine).await;
    let about = enquiry(0);
    door.answer("TransactWriteItems", Answer::Lost);
    // Asked once more with the same token, DynamoDB knows that it has done it.
    write(&store, |all| {
        all.enquiry(&about)?;
        all.letter(letter(&about), minute(0))
    })
    .await;
    assert!(door.has_answered());
    assert_eq!(store.letters(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_read_together_while_it_changes_is_read_one_after_another() {
    let (store, door) = behind().await;
    let booked = booking(0);
    let purpose = Purpose::Booking {
        booking: booked.reference.clone(),
        event: slug(),
    };
    let reference = PaymentReference::from_entropy(entropy::bytes());
    let words = "A place".to_owned();
    let payment = Payment::new(reference, purpose, Pence::new(100), words, minute(0));
    write(&store, |all| {
        all.tally(&slug(), 0, &Tally::default())?;
        all.new_booking(&booked)?;
        all.new_payment(&payment)
    })
    .await;
    let (payment_reference, booking) = (&payment.reference, &booked.reference);
    for reason in ["TransactionConflict", "ThrottlingError"] {
        door.answer("TransactGetItems", cancelled(&["None", reason, "None"]));
        let read = store.paid_place(payment_reference, booking, &slug()).await;
        assert_eq!(read.unwrap().unwrap().payment.value, payment, "{reason}");
        assert!(door.has_answered());
    }
}

#[tokio::test]
async fn a_session_ends_though_it_is_used_at_that_moment() {
    let (store, door) = behind().await;
    let session = Session::begin(email("sam"), minute(0));
    let member = StaffMember {
        id: StaffId::parse("staff-1").unwrap(),
        name: "Sam".to_owned(),
        roles: [].into(),
    };
    let of_staff = staff::Session::begin(member, minute(0));
    write(&store, |all| {
        all.account_session("a secret", &session)?;
        all.staff_session("a secret", &of_staff)
    })
    .await;
    let met = || cancelled(&["TransactionConflict"]);

    door.answer("TransactWriteItems", met());
    store.end_account_session("a secret").await.unwrap();
    assert!(door.has_answered());
    let found = store.account_session("a secret", minute(1)).await.unwrap();
    assert_eq!(found, None);

    door.answer("TransactWriteItems", met());
    store.end_staff_session("a secret").await.unwrap();
    assert!(door.has_answered());
    let found = store.staff_session("a secret", minute(1)).await.unwrap();
    assert_eq!(found, None);
}

#[tokio::test]
async fn what_a_batch_leaves_for_later_is_asked_for_again() {
    let (store, door) = behind().await;
    let member = membership(0);
    write(&store, |all| all.new_membership(&member)).await;
    door.answer("BatchGetItem", Answer::Later);
    let people = store.contacts_of(&[member.reference]).await.unwrap();
    assert!(door.has_answered());
    assert_eq!(people[0].people[0].person, member.member.contact);
}

/// Neither engine ever answers with what was there a moment ago; DynamoDB does,
/// unless it is asked not to. Of its index it cannot be asked.
#[tokio::test]
async fn what_is_read_is_asked_for_as_it_is_now() {
    let (store, door) = behind().await;
    let about = enquiry(0);
    let member = membership(0);
    write(&store, |all| {
        all.enquiry(&about)?;
        all.new_membership(&member)
    })
    .await;
    let of = HistoryOf::Enquiry(&about.reference);
    let last = Transaction::new();
    store.erase_history(of, 1, last, minute(1)).await.unwrap();
    store.enquiry(&about.reference).await.unwrap();
    store.enquiry_trail(&about.reference).await.unwrap();
    store
        .contacts_of(std::slice::from_ref(&member.reference))
        .await
        .unwrap();
    let tomorrow = "2028-03-02".parse().unwrap();
    store
        .shorten_membership_trail(&member, tomorrow)
        .await
        .unwrap();
    let sam = &about.asked.person.email;
    let looked = store.look_for(sam, None, Duration::ZERO).await.unwrap();
    store.purge_whole(&looked.found[0]).await.unwrap();

    let mut kinds = BTreeSet::new();
    for (call, asked) in door.asked.lock().unwrap().iter() {
        let batch = &asked["RequestItems"][TABLE]["ConsistentRead"];
        let is_now = match call.as_str() {
            "GetItem" | "Query" | "Scan" => &asked["ConsistentRead"],
            "BatchGetItem" => batch,
            _ => continue,
        };
        assert_eq!(*is_now, true, "{call} {asked}");
        kinds.insert(call.clone());
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
}
