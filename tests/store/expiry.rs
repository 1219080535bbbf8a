//! What has had its time is not found, whether or not the database has taken it:
//! that may be days later.

use std::collections::BTreeSet;

use domain::access::{Grant, Purpose};
use domain::account::{AccountLink, LinkState, Opens, Session};
use domain::session;
use domain::staff::{Role, StaffId, StaffMember};
use functions::entropy;
use functions::identity::SignIn;
use functions::store::{Guard, Store};

use crate::refused::refused_by;
use crate::samples::{at_once, commit, email, minute, write};

pub async fn a_session_that_has_had_its_time_is_not_found(store: Store) {
    let session = Session::begin(email("sam"), minute(0));
    write(&store, |all| all.account_session("a secret", &session)).await;
    let found = async |secret, at| store.account_session(secret, minute(at)).await.unwrap();
    assert_eq!(found("a secret", 59).await, Some(session));
    assert_eq!(found("a secret", 60).await, None);
    assert_eq!(found("another", 0).await, None);

    let member = StaffMember {
        id: StaffId::parse("staff-1").unwrap(),
        name: "Sam".to_owned(),
        roles: BTreeSet::from([Role::Secretary, Role::Treasurer]),
    };
    let session = session::Session::begin(member.clone(), minute(0));
    write(&store, |all| all.staff_session("a secret", &session)).await;
    let found = async |at| store.staff_session("a secret", minute(at)).await.unwrap();
    assert_eq!(found(59).await, Some(session));
    assert_eq!(found(60).await, None);
    store.end_staff_session("a secret").await.unwrap();
    assert_eq!(found(1).await, None);
    assert_eq!(store.staff().await.unwrap(), [member]);
}

pub async fn answers_are_there_for_an_hour(store: Store) {
    let typed = vec!["one".to_owned(), String::new()];
    store
        .keep_answers("a secret", &typed, minute(0))
        .await
        .unwrap();
    let found = async |at| store.answers::<Vec<String>>("a secret", minute(at)).await;
    assert_eq!(found(59).await.unwrap(), Some(typed));
    assert_eq!(found(60).await.unwrap(), None);
}

pub async fn a_sign_in_that_has_begun_is_taken_once_and_in_time(store: Store) {
    let begun = SignIn {
        state: "state".to_owned(),
        nonce: "nonce".to_owned(),
        verifier: "verifier".to_owned(),
        to: String::new(),
    };
    store
        .begin_sign_in("late", &begun, minute(0))
        .await
        .unwrap();
    let late = store.take_sign_in("late", minute(10)).await.unwrap();
    assert!(late.is_none());
    for _ in 0..6 {
        store
            .begin_sign_in("a secret", &begun, minute(0))
            .await
            .unwrap();
        let taken = at_once(8, |_| {
            let store = store.clone();
            async move { store.take_sign_in("a secret", minute(9)).await.unwrap() }
        })
        .await;
        let taken: Vec<SignIn> = taken.into_iter().flatten().collect();
        assert_eq!(taken.len(), 1, "one has it");
        assert_eq!(taken[0].verifier, begun.verifier);
    }
}

pub async fn a_link_is_used_once(store: Store) {
    let link = AccountLink {
        id: entropy::key(),
        opens: Opens::SignIn {
            email: email("sam"),
            to: "/account/".to_owned(),
        },
        grant: Grant {
            purpose: Purpose::SignIn,
            nonce: entropy::key(),
            digest: entropy::key(),
            given_at: minute(0),
        },
        used_at: None,
    };
    write(&store, |all| all.new_account_link(&link)).await;
    let read = store.account_link(&link.id).await.unwrap().unwrap();
    assert_eq!(read.value.state(minute(14)), LinkState::Open);
    assert_eq!(read.value.state(minute(15)), LinkState::Expired);
    write(&store, |all| all.use_account_link(&read, minute(1))).await;
    let again = commit(&store, |all| all.use_account_link(&read, minute(2))).await;
    assert_eq!(again, refused_by(&[Guard::Unchanged]));
    let read = store.account_link(&link.id).await.unwrap().unwrap();
    assert_eq!(read.value.used_at, Some(minute(1)));
}
