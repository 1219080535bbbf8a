//! Fifty clients at one school's URN, all at once.

use domain::access::Purpose;
use domain::application::ApplicationState;
use domain::reference::ApplicationReference;
use domain::school::Urn;
use functions::store::{Outcome, Transaction};
use tests::Product;
use tests::applying::complete;
use tests::visitor::owned;

const CLIENTS: u8 = 50;

/// Fifty drafts of one school, each complete and each somebody's own: the
/// paths that their links open.
async fn fifty_drafts(product: &Product) -> Vec<String> {
    let visitor = product.visitor();
    let first = complete(&visitor, "900001").await;
    let reference = first.split('/').nth(2).unwrap();
    let reference = ApplicationReference::parse(reference).unwrap();
    let (app, now) = (&product.app, product.app.clock.now());
    let read = app.store.application(&reference).await.unwrap().unwrap();
    let mut paths = Vec::new();
    for client in 0..CLIENTS {
        let mut draft = read.value.clone();
        draft.reference = ApplicationReference::from_entropy([7, 0, 0, 0, client]);
        let subject = draft.reference.to_string();
        let (grant, secret) = app.links.give(Purpose::Draft, &subject, now);
        draft.grants = vec![grant];
        draft.answers.keep("contact_email", address(client));
        let mut transaction = Transaction::new();
        transaction.new_application(&draft).unwrap();
        let outcome = app.store.commit(transaction).await.unwrap();
        assert_eq!(outcome, Outcome::Committed);
        paths.push(format!("/apply/{subject}/{}/", secret.expose()));
    }
    paths
}

fn address(client: u8) -> String {
    format!("client-{client}@sample.example")
}

/// Sends an empty form to each path at the same time; the statuses.
async fn all_at_once(product: &Product, paths: Vec<String>) -> Vec<u16> {
    let tasks: Vec<_> = paths
        .into_iter()
        .map(|path| {
            let visitor = product.visitor();
            tokio::spawn(async move { visitor.post_only(&path, &owned(&[])).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    statuses
}

#[tokio::test]
async fn fifty_clients_who_submit_for_one_urn_at_once_are_one_application() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    let drafts = fifty_drafts(&product).await;
    let checks = drafts.iter().map(|path| format!("{path}check/")).collect();
    let sent = all_at_once(&product, checks).await;
    assert_eq!(sent, vec![303; usize::from(CLIENTS)], "none is live yet");

    let visitor = product.visitor();
    let letters = visitor.letters().await;
    let links = (0..CLIENTS)
        .map(|client| {
            let letter = letters
                .iter()
                .find(|letter| letter["to"] == address(client));
            let text = letter.unwrap()["text"].as_str().unwrap();
            let link = text.split_whitespace().find_map(|word| {
                word.strip_prefix(product.base_url.as_str())
                    .filter(|path| path.contains("/confirm/"))
            });
            link.unwrap_or_else(|| panic!("no link in {text}"))
                .to_owned()
        })
        .collect();
    let mut confirmed = all_at_once(&product, links).await;
    confirmed.sort_unstable();

    let mut expected = vec![409; usize::from(CLIENTS)];
    expected[0] = 303;
    assert_eq!(confirmed, expected, "one is taken, all others are told");
    let store = &product.app.store;
    let open = store.open_applications().await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].value.state, ApplicationState::Submitted);
    let urn = Urn::parse("900001").unwrap();
    let holder = store.live_application(&urn).await.unwrap();
    assert_eq!(holder.as_ref(), Some(&open[0].value.reference));
    let received = visitor.letters().await;
    let received = received.iter().filter(|letter| {
        let text = letter["text"].as_str().unwrap_or_default();
        text.contains("Thank you for confirming")
    });
    assert_eq!(received.count(), 1);
}
