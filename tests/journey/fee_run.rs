//! The fee run of a thousand members, with the process killed at twenty moments
//! all over it: a thousand invoices, no number left out, no fee twice.

use std::path::Path;
use std::time::{Duration, Instant};

use domain::invoice::Subject;
use domain::ledger::{Account, TrialBalance};
use domain::membership::ImportedMember;
use functions::app::App;
use functions::secretary;
use jiff::civil::Date;
use local::database::{self, Embedded};
use local::identity_stand_in::Person;
use local::product::Settings;
use tests::binary::Program;
use tests::staff::{Staff, office};

const MEMBERS: usize = 1_000;

const KILLS: usize = 20;

/// The last day but one before the fees of the year begin.
const CLOCK: [&str; 2] = ["--now", "2017-08-30T10:00+01:00"];

const RUN: &str = "/staff/fee-runs/2017-09-01/";

const PERIOD: Date = Date::constant(2017, 9, 1);

#[tokio::test]
async fn a_fee_run_of_a_thousand_members_killed_twenty_times_makes_a_thousand_invoices() {
    let data = tempfile::tempdir().unwrap();
    members(data.path()).await;
    let program = Program::start(data.path(), &CLOCK);
    let staff = Staff::signed_in(&program.base_url, Person::Treasurer).await;
    let frozen = staff.fill(RUN, &format!("{RUN}freeze/"), &[]).await;
    assert!(
        frozen.text().contains("Frozen on 30 August 2017"),
        "{}",
        frozen.text()
    );
    let sent = staff.filled_in(RUN, &[]).await;
    // What a request may take of it says how long all of it takes.
    let began = Instant::now();
    staff.post_only(&format!("{RUN}issue/"), &sent).await;
    let took = began.elapsed();
    program.kill();
    let done = issued(data.path()).await;
    assert!(done > 0);
    println!("{done} invoices in {took:.1?}");
    let of_one = took / u32::try_from(done).unwrap();

    let mut seed = std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let mut random = seed.take().unwrap_or(20_170_830_u64);
    println!("SEED={random}");
    for kill in 0..KILLS {
        let program = Program::start(data.path(), &CLOCK);
        let staff = Staff::signed_in(&program.base_url, Person::Treasurer).await;
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // Up to sixty invoices, and never a whole number of them.
        let invoices = u32::try_from((random >> 33) % 60).unwrap();
        let moment = of_one * invoices + Duration::from_micros((random >> 40) % 20_000);
        let go_on = format!("{RUN}go-on/");
        let nothing = Vec::new();
        let answered = staff.post_only(&go_on, &nothing);
        let _ = tokio::time::timeout(moment, answered).await;
        program.kill();
        let now = issued(data.path()).await;
        println!("killed {kill}: {now} invoices");
    }
    let program = Program::start(data.path(), &CLOCK);
    let staff = Staff::signed_in(&program.base_url, Person::Treasurer).await;
    for _ in 0..40 {
        let page = staff.post(&format!("{RUN}go-on/"), &Vec::new()).await;
        if page.text().contains("invoices are issued.") && page.text().contains("All 1000") {
            break;
        }
    }
    program.kill();
    assert_eq!(issued(data.path()).await, MEMBERS);
}

/// Brings a thousand schools in, into the file in `data`.
async fn members(data: &Path) {
    let embedded = Embedded::open(Some(data)).await.unwrap();
    let mut settings = Settings::new(&tests::root());
    settings.database = Some(embedded.endpoint.clone());
    settings.now = Some("2017-08-30T09:00+01:00".parse().unwrap());
    let product = local::Product::start(settings).await.unwrap();
    let app: &App = &product.app;
    let by = office();
    for number in 0..MEMBERS {
        let urn = (800_000 + number).to_string();
        let name = format!("Sample School {number}");
        let pupils = (100 + number).to_string();
        let cell = |column: &str| match column {
            "category" => "full",
            "name" => name.as_str(),
            "joined on" => "20 September 2016",
            "contact name" => "Sam",
            "contact email" => "sam@sample.example",
            "urn" => urn.as_str(),
            "address" => "1 Sample Street",
            "pupils" => pupils.as_str(),
            _ => "",
        };
        let today = Date::constant(2017, 8, 30);
        let member = ImportedMember::read(cell, today).expect("a row that is right");
        secretary::import(app, &by, &member)
            .await
            .expect("it is new");
    }
    product.stop().await;
}

/// How many invoices there are. Panics if a number is left out, a fee is
/// invoiced twice, or the books are not right.
async fn issued(data: &Path) -> usize {
    let embedded = Embedded::open(Some(data)).await.unwrap();
    let template = tests::root().join("infra/template.yaml");
    let store = database::store(&embedded.endpoint, &template)
        .await
        .unwrap();
    let invoices = store.invoices().await.unwrap();
    let numbers = invoices.iter().map(|read| read.value.number.get());
    let last = store.invoices_issued().await.unwrap().value.last;
    assert_eq!(
        numbers.collect::<Vec<_>>(),
        (1..=last).collect::<Vec<_>>(),
        "a gap"
    );
    let mut members: Vec<String> = invoices
        .iter()
        .map(|read| {
            assert_eq!(read.value.says.subject, Subject::Fee { period: PERIOD });
            read.value
                .says
                .membership
                .as_ref()
                .expect("a member")
                .to_string()
        })
        .collect();
    members.sort();
    members.dedup();
    assert_eq!(members.len(), invoices.len(), "a fee is invoiced twice");
    let entries = store.ledger(None).await.unwrap();
    let balance = TrialBalance::of(&entries);
    let total: u64 = invoices
        .iter()
        .map(|read| read.value.says.total.get())
        .sum();
    assert_eq!(balance.sum(), 0);
    assert_eq!(
        balance.balance(Account::Receivable),
        i64::try_from(total).unwrap()
    );
    invoices.len()
}
