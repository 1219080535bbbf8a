//! The search that reads the whole table, for whoever asks what is held of them.

use std::time::Duration;

use domain::subject::Place;
use functions::store::{Kind, Store};

use crate::samples::{booking, email, enquiry, letter, minute, with_replies, write};

pub async fn whoever_is_looked_for_is_found_page_by_page_and_nobody_else(store: Store) {
    let mut theirs = Vec::new();
    for number in 0..12 {
        // A page is a megabyte; these are four, and every fourth is of the person.
        let mut about = with_replies(&enquiry(number), 90);
        if number % 4 == 0 {
            about.asked.person.email = email("Sam");
            theirs.push(about.reference.to_string());
        }
        write(&store, |all| all.enquiry(&about)).await;
    }
    let mut about = enquiry(20);
    about.asked.person.email = email("sam");
    let mut booked = booking(20);
    booked.registrations[0]
        .delegate
        .as_mut()
        .unwrap()
        .person
        .email = email("sam");
    write(&store, |all| {
        all.letter(letter(&about), minute(0))?;
        all.new_booking(&booked)
    })
    .await;

    let (mut found, mut after, mut items, mut pages) = (Vec::new(), None::<Place>, 0, 0);
    let sam = email("sam");
    loop {
        // No longer than it takes to read one page.
        let looked = store.look_for(&sam, after.as_ref(), Duration::ZERO);
        let looked = looked.await.unwrap();
        found.extend(looked.found);
        items += looked.items;
        pages += 1;
        after = looked.after;
        if after.is_none() {
            break;
        }
    }
    assert!(pages >= 4, "{pages} pages");
    // Each enquiry and its history, the letter, and the booking with its two.
    assert_eq!(items, 12 * 2 + 1 + 3);
    let mut spoken = store.spoken_at(&email("sam"), &found).await.unwrap();
    spoken.sort_by_key(|one| one.kind);
    let kinds: Vec<_> = spoken.iter().map(|one| one.kind).collect();
    let enquiries = [Kind::Enquiry; 3];
    assert_eq!(
        kinds,
        [&enquiries[..], &[Kind::Booking, Kind::Letter]].concat()
    );
    let mut named: Vec<_> = spoken[..3]
        .iter()
        .map(|one| one.reference().to_owned())
        .collect();
    named.sort();
    theirs.sort();
    assert_eq!(named, theirs);
    assert_eq!(spoken[3].value["reference"], booked.reference.to_string());
}
