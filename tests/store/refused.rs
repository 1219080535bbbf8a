//! Conditions: what stands in the way of a change is said, and nothing of the
//! change is there.

use domain::account::Session;
use domain::booking::RegistrationId;
use domain::places::Tally;
use domain::reference::ApplicationReference;
use domain::retention::{Hold, Holdable};
use domain::staff::StaffId;
use functions::entropy;
use functions::store::{Command, Guard, Outcome, Store};

use crate::money::{entry, invoice, membership};
use crate::samples::{booking, commit, email, enquiry, line, minute, passage, slug, urn, write};

pub fn refused_by(guards: &[Guard]) -> Outcome {
    Outcome::Refused(guards.to_vec())
}

/// A hold of a record.
pub fn hold(record: Holdable) -> Hold {
    Hold {
        record,
        reason: passage("A complaint"),
        by: StaffId::parse("staff-1").unwrap(),
        since: minute(0),
    }
}

pub async fn a_change_of_what_has_changed_meanwhile_is_refused(store: Store) {
    let first = enquiry(0);
    write(&store, |all| all.enquiry(&first)).await;
    let read = store.enquiry(&first.reference).await.unwrap().unwrap();
    let closed = first.closed(minute(1)).unwrap();
    write(&store, |all| {
        all.change_enquiry(&read, &closed, "closed", minute(1))
    })
    .await;

    let mut other = first.clone();
    other.asked.person.name = line("Somebody else");
    let late = commit(&store, |all| {
        all.change_enquiry(&read, &other, "renamed", minute(2))
    })
    .await;

    assert_eq!(late, refused_by(&[Guard::Unchanged]));
    let read = store.enquiry(&first.reference).await.unwrap().unwrap();
    assert_eq!((read.version, read.value), (2, closed));
    let trail = store.enquiry_trail(&first.reference).await.unwrap();
    let told: Vec<&str> = trail.iter().map(|entry| entry.what.as_str()).collect();
    assert_eq!(told, ["closed", "enquiry-received"]);
}

pub async fn a_new_record_replaces_none(store: Store) {
    let first = enquiry(0);
    write(&store, |all| all.enquiry(&first)).await;
    let mut second = enquiry(1);
    second.reference = first.reference.clone();
    let again = commit(&store, |all| all.enquiry(&second)).await;
    assert_eq!(again, refused_by(&[Guard::Unchanged]));
    let read = store.enquiry(&first.reference).await.unwrap().unwrap();
    assert_eq!((read.version, read.value), (1, first));

    // Nor does one that was read when there was none.
    let taken = |confirmed| Tally {
        confirmed,
        ..Tally::default()
    };
    write(&store, |all| all.tally(&slug(), 0, &taken(1))).await;
    let again = commit(&store, |all| all.tally(&slug(), 0, &taken(2))).await;
    assert_eq!(again, refused_by(&[Guard::Unchanged]));
    assert_eq!(store.tally(&slug()).await.unwrap().value, taken(1));
}

pub async fn every_guard_that_refuses_is_named(store: Store) {
    let command = Command::of_form(&entropy::key(), &"typed");
    let booked = booking(1);
    let registration = booked.id(&booked.registrations[0]);
    let member = membership(1);
    let about = enquiry(1);
    let entered = entry("the same", "2028-03-01");
    let applied = ApplicationReference::from_entropy(entropy::bytes());
    let issued = store.invoices_issued().await.unwrap();
    let first = invoice(&member, issued.value.last);
    write(&store, |all| {
        all.remember(&command, "/", minute(0))?;
        all.named_at(&slug(), &email("delegate.1"), 0, &registration)?;
        all.hold_urn(&urn(1), &applied)?;
        all.new_invoice(&issued, &first, minute(0))?;
        all.ledger(&entered)?;
        all.tally(&slug(), 0, &Tally::default())?;
        all.enquiry(&about)
    })
    .await;
    let held = hold(Holdable::Enquiry(about.reference));
    write(&store, |all| {
        all.new_membership(&member)?;
        all.hold(&held)
    })
    .await;

    let issued = store.invoices_issued().await.unwrap();
    let second = invoice(&member, issued.value.last);
    let other = RegistrationId {
        number: 2,
        ..registration
    };
    let outcome = commit(&store, |all| {
        all.remember(&command, "/", minute(0))?;
        all.named_at(&slug(), &email("delegate.1"), 0, &other)?;
        all.hold_urn(&urn(1), &applied)?;
        all.new_invoice(&issued, &second, minute(0))?;
        all.ledger(&entered)?;
        all.hold(&held)?;
        all.tally(&slug(), 0, &Tally::default())
    })
    .await;

    let all = [
        Guard::Command,
        Guard::Delegate,
        Guard::LiveApplication,
        Guard::Member,
        Guard::Fee,
        Guard::Cause,
        Guard::Held,
        Guard::Unchanged,
    ];
    assert_eq!(outcome, refused_by(&all));
    assert_eq!(store.invoices_issued().await.unwrap(), issued);
    assert_eq!(store.invoice(second.number).await.unwrap(), None);
}

pub async fn what_is_only_asked_about_is_not_written(store: Store) {
    let applied = ApplicationReference::from_entropy(entropy::bytes());
    // Held, because the school is no member: which is asked and not written.
    write(&store, |all| all.hold_urn(&urn(1), &applied)).await;
    assert_eq!(
        store.live_application(&urn(1)).await.unwrap(),
        Some(applied)
    );
    assert_eq!(store.live_membership(&urn(1)).await.unwrap(), None);

    let nowhere = Holdable::Enquiry(enquiry(0).reference);
    let held = hold(nowhere.clone());
    let refused = commit(&store, |all| all.hold(&held)).await;
    assert_eq!(refused, refused_by(&[Guard::Unchanged]));
    assert!(!store.is_there(&nowhere).await.unwrap());
    assert_eq!(store.hold(&nowhere).await.unwrap(), None);
}

pub async fn a_urn_is_let_go_by_whoever_holds_it_alone(store: Store) {
    let reference = || ApplicationReference::from_entropy(entropy::bytes());
    let (holds, other) = (reference(), reference());
    write(&store, |all| all.hold_urn(&urn(1), &holds)).await;
    let refused = commit(&store, |all| all.release_urn(&urn(1), &other)).await;
    assert_eq!(refused, refused_by(&[Guard::Unchanged]));
    assert_eq!(
        store.live_application(&urn(1)).await.unwrap(),
        Some(holds.clone())
    );
    write(&store, |all| all.release_urn(&urn(1), &holds)).await;
    assert_eq!(store.live_application(&urn(1)).await.unwrap(), None);
    write(&store, |all| all.hold_urn(&urn(1), &other)).await;
}

pub async fn a_hold_needs_its_record_and_is_one(store: Store) {
    let first = enquiry(0);
    write(&store, |all| all.enquiry(&first)).await;
    let held = hold(Holdable::Enquiry(first.reference));
    write(&store, |all| all.hold(&held)).await;
    let again = commit(&store, |all| all.hold(&held)).await;
    assert_eq!(again, refused_by(&[Guard::Held]));
    assert_eq!(store.holds().await.unwrap(), std::slice::from_ref(&held));
    write(&store, |all| all.release(&held, minute(1))).await;
    let again = commit(&store, |all| all.release(&held, minute(1))).await;
    assert_eq!(again, refused_by(&[Guard::Unchanged]));
    assert_eq!(store.holds().await.unwrap(), []);
}

pub async fn a_session_that_has_ended_is_not_begun_again_by_being_used(store: Store) {
    let session = Session::begin(email("sam"), minute(0));
    write(&store, |all| all.account_session("a secret", &session)).await;
    let used = session.used(minute(3)).unwrap();
    store.keep_account_session("a secret", &used).await.unwrap();
    let read = store.account_session("a secret", minute(4)).await.unwrap();
    assert_eq!(read, Some(used.clone()));
    store.end_account_session("a secret").await.unwrap();
    store.keep_account_session("a secret", &used).await.unwrap();
    let read = store.account_session("a secret", minute(4)).await.unwrap();
    assert_eq!(read, None);
    // To end it again harms nobody.
    store.end_account_session("a secret").await.unwrap();
}
