//! One record: written, read, changed.

use domain::access::{Grant, Purpose};
use domain::account::{AccountLink, Opens};
use domain::enquiry::Enquiry;
use domain::money::Pence;
use functions::entropy;
use functions::store::{Store, StoreError, Transaction, Versioned};

use crate::money::entry;
use crate::samples::{
    email, enquiry, letter, line, minute, passage, slug, urn, with_replies, write,
};

pub async fn a_record_comes_back_as_it_was_written_and_counts_its_writes(store: Store) {
    let first = enquiry(0);
    write(&store, |all| all.enquiry(&first)).await;
    let read = store.enquiry(&first.reference).await.unwrap().unwrap();
    let written = |version, value: &Enquiry| Versioned {
        version,
        value: value.clone(),
    };
    assert_eq!(read, written(1, &first));
    let next = first.closed(minute(1)).unwrap();
    write(&store, |all| {
        all.change_enquiry(&read, &next, "enquiry-closed", minute(1))
    })
    .await;
    let read = store.enquiry(&first.reference).await.unwrap().unwrap();
    assert_eq!(read, written(2, &next));
}

pub async fn what_nobody_wrote_is_not_there(store: Store) {
    let other = enquiry(0);
    store.check().await.unwrap();
    assert_eq!(store.enquiry(&other.reference).await.unwrap(), None);
    assert_eq!(store.tally(&slug()).await.unwrap(), Versioned::unwritten());
    assert_eq!(store.live_membership(&urn(1)).await.unwrap(), None);
    assert_eq!(store.enquiry_trail(&other.reference).await.unwrap(), []);
    assert_eq!(store.open_enquiries().await.unwrap(), []);
    assert_eq!(store.letters(10).await.unwrap(), []);
    assert_eq!(store.publication_version().await.unwrap(), None);
}

pub async fn text_in_any_script_and_what_is_empty_come_back(store: Store) {
    let mut asked = enquiry(0);
    asked.asked.person.name = line("Zoë Ødegård-N’Dour, 王小明");
    asked.asked.organisation = Some(line("প্রাথমিক বিদ্যালয় \"#:pk\" \\u0041 <b>&amp;"));
    asked.asked.message = passage("مرحبا\n\n👩🏽‍🏫 naïve café: Å is not Å\n{\"S\": \"text\"}");
    write(&store, |all| all.enquiry(&asked)).await;
    let read = store.enquiry(&asked.reference).await.unwrap().unwrap();
    assert_eq!(read.value, asked, "its list of replies is empty too");

    let link = AccountLink {
        id: entropy::key(),
        opens: Opens::SignIn {
            email: email("sam"),
            to: String::new(),
        },
        grant: Grant {
            purpose: Purpose::SignIn,
            nonce: String::new(),
            digest: String::new(),
            given_at: minute(0),
        },
        used_at: None,
    };
    write(&store, |all| all.new_account_link(&link)).await;
    let read = store.account_link(&link.id).await.unwrap().unwrap();
    assert_eq!(read.value, link);
}

pub async fn the_largest_number_comes_back(store: Store) {
    let mut entry = entry("everything", "2028-03-01");
    entry.postings[0].pence = Pence::new(u64::MAX);
    write(&store, |all| all.ledger(&entry)).await;
    assert_eq!(store.ledger(None).await.unwrap(), [entry]);
}

pub async fn a_record_of_almost_an_items_size_comes_back_and_a_larger_one_is_refused(store: Store) {
    // An item holds 400 KB.
    let large = with_replies(&enquiry(0), 98);
    write(&store, |all| all.enquiry(&large)).await;
    let read = store.enquiry(&large.reference).await.unwrap().unwrap();
    assert_eq!(read.value, large);

    let larger = with_replies(&enquiry(1), 105);
    let mut transaction = Transaction::new();
    transaction.enquiry(&larger).unwrap();
    transaction.letter(letter(&larger), minute(1)).unwrap();
    let refusal = store.commit(transaction).await.unwrap_err();
    assert!(matches!(refusal, StoreError::Database(_)), "{refusal}");
    assert_eq!(store.enquiry(&larger.reference).await.unwrap(), None);
    assert_eq!(store.letters(10).await.unwrap(), []);
}

pub async fn what_was_written_is_read_at_once(store: Store) {
    let first = enquiry(0);
    write(&store, |all| all.enquiry(&first)).await;
    for number in 1..=30 {
        let read = store.enquiry(&first.reference).await.unwrap().unwrap();
        assert_eq!(read.version, u64::from(number));
        let mut next = read.value.clone();
        next.received_at = minute(number);
        write(&store, |all| {
            all.change_enquiry(&read, &next, "moved", minute(number))
        })
        .await;
        let trail = store.enquiry_trail(&first.reference).await.unwrap();
        assert_eq!(trail[0].at, minute(number), "so is what is beside it");
    }
}
