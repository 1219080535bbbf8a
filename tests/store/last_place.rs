//! The race for the last place: two products over one database, as two functions
//! are in the cloud, and a crowd that is split between them. In one process they
//! take turns; between the two, only what the database refuses keeps them apart.

use std::time::Instant;

use domain::event::EventSlug;
use tests::Product;
use tests::changed::{content_with_event, places};
use tests::crowd::{Answered, BROWSERS, Client, SCHOOLS, expect_agreement, gather, rush};

use crate::Engine;

const EVENT: &str = "network";
/// How many can have a place.
const PLACES: u32 = 3;

#[tokio::test(flavor = "multi_thread")]
async fn of_a_crowd_between_two_products_three_have_a_place() {
    race(Engine::embedded().await, 200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_crowd_between_two_products_on_an_emulator_three_have_a_place() {
    race(Engine::emulator().await, 100).await;
}

/// Whoever was told to try again, having met others for eight seconds, does so.
async fn until_answered(product: &Product, path: &str, clients: Vec<Client>) -> Vec<Answered> {
    let (mut answered, mut coming) = (Vec::new(), clients);
    while !coming.is_empty() {
        let (answers, _) = rush(product, path, coming.clone()).await;
        let met = answers.into_iter().zip(coming);
        let (busy, done): (Vec<_>, Vec<_>) = met.partition(|(answer, _)| answer.status == 503);
        answered.extend(done.into_iter().map(|(answer, _)| answer));
        coming = busy.into_iter().map(|(_, client)| client).collect();
    }
    answered
}

async fn race(engine: Engine, contenders: usize) {
    let content = content_with_event(EVENT, |text| places(&text, PLACES));
    let product = || {
        Product::with(|settings| {
            settings.content = content.path().to_owned();
            settings.database = Some(engine.endpoint().to_owned());
        })
    };
    let (one, other) = (product().await, product().await);
    let all = usize::try_from(SCHOOLS * BROWSERS).unwrap();
    let clients = gather(&one).await.into_iter().step_by(all / contenders);
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for (number, client) in clients.enumerate() {
        let into = if number % 2 == 0 {
            &mut here
        } else {
            &mut there
        };
        into.push(client);
    }
    assert_eq!(here.len() + there.len(), contenders);

    let begun = Instant::now();
    let path = format!("/book/{EVENT}/");
    let (first, second) = tokio::join!(
        until_answered(&one, &path, here),
        until_answered(&other, &path, there)
    );
    println!("{contenders} for {PLACES} places: {:.1?}", begun.elapsed());

    let answers = [first, second].concat();
    let slug = EventSlug::parse(EVENT).unwrap();
    expect_agreement(&one.app.store, &slug, PLACES, &answers).await;
    let tally = other.app.store.tally(&slug).await.unwrap();
    assert_eq!(tally.version, u64::try_from(contenders).unwrap());
}
