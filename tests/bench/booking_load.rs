//! What a rush for places costs: a thousand people of forty schools book one of
//! thirty places at the same moment, over HTTP; and how that compares with what
//! the database itself takes for as many transactions of the same size, one
//! after another.
//!
//! `cargo bench -p tests --bench booking_load`

use std::time::Duration;

use domain::event::EventSlug;
use tests::changed::{places, with_event};
use tests::crowd::{BROWSERS, SCHOOLS, gather, one_after_another, rush};

const EVENT: &str = "network";

/// So often is it measured, each time with a product of its own.
const TIMES: usize = 3;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        for _ in 0..TIMES {
            measure().await;
        }
    });
}

async fn measure() {
    let (product, _content) = with_event(EVENT, |text| {
        let text = places(&text, 30)?;
        Some(text.replace("venue:", "limit_per_school: 2\nvenue:"))
    })
    .await;
    let many = SCHOOLS * BROWSERS;
    let slug = EventSlug::parse(EVENT).expect("a slug");
    let site = product.app.site.published().await.expect("a site");
    let event = site.publication.event(&slug).expect("the event");
    let alone = one_after_another(&product, event, many).await;
    let clients = gather(&product).await;
    let (answers, together) = rush(&product, &format!("/book/{EVENT}/"), clients).await;
    let refused = answers.iter().filter(|answer| answer.status != 303).count();
    assert_eq!(refused, 0, "{refused} were shown an error");
    let mut took: Vec<Duration> = answers.iter().map(|answer| answer.took).collect();
    took.sort_unstable();
    let percentile = |percent: usize| took[(took.len() * percent / 100).min(took.len() - 1)];
    println!(
        "{many} bookings in {together:.2?}: {:.0} a second; latency median {:.2?}, p95 {:.2?}, p99 {:.2?}",
        f64::from(many) / together.as_secs_f64(),
        percentile(50),
        percentile(95),
        percentile(99),
    );
    println!(
        "as many alike transactions one after another: {alone:.2?}, {:.0} a second; ratio {:.2}",
        f64::from(many) / alone.as_secs_f64(),
        together.as_secs_f64() / alone.as_secs_f64(),
    );
}
