//! What the site promises, which may be larger than an item, and is one
//! publication or another and never half of each.

use domain::publication::Publication;
use functions::entropy;
use functions::store::{Store, Transaction};
use tests::built_site;

use crate::samples::at_once;

/// What the content promises.
fn publication() -> Publication {
    let file = built_site().parent().unwrap().join("publication.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

pub async fn a_publication_larger_than_an_item_comes_back(store: Store) {
    let mut large = publication();
    // Nothing makes what is random smaller: 32 bytes of each are left.
    for _ in 0..14_000 {
        large.assets.insert(entropy::key(), entropy::key());
    }
    let version = store.publish(&large, None, Transaction::new()).await;
    let current = store.current().await.unwrap();
    assert_eq!(current.version, version.unwrap());
    assert!(current.publication == Some(large));
}

pub async fn of_those_who_publish_at_once_one_does(store: Store) {
    let first = publication();
    let version = store.publish(&first, None, Transaction::new()).await;
    let read = version.unwrap();
    let published = at_once(4, |number| {
        let (store, mut next, read) = (store.clone(), first.clone(), read.clone());
        async move {
            next.assets.insert(number.to_string(), entropy::key());
            store
                .publish(&next, read.as_deref(), Transaction::new())
                .await
                .unwrap()
        }
    })
    .await;
    let published: Vec<String> = published.into_iter().flatten().collect();
    let [version] = &published[..] else {
        panic!("{published:?}");
    };
    assert_eq!(
        store.publication_version().await.unwrap().as_ref(),
        Some(version)
    );
}
