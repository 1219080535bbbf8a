//! The main job, from the prospectus to a paid place, and what a killed
//! process keeps of it: everything.

use tests::applying::{apply, complete, send};
use tests::binary::Program;
use tests::forms::booking;
use tests::visitor::owned;

#[tokio::test]
async fn a_school_reads_applies_books_and_pays_and_nothing_is_lost_by_kill_9() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path(), &[]);
    let school = program.visitor();

    let prospectus = school.get("/prospectus/").await;
    assert_eq!(prospectus.status, 200);
    assert!(
        school
            .get("/prospectus/letter/")
            .await
            .text()
            .contains("Christine Gilbert")
    );

    let applied = apply(&school, "900001").await;
    let applied = school.get(&applied).await;
    assert!(applied.text().contains("APP-"), "{}", applied.text());
    let booked = school.book("/book/network/", &booking()).await;
    assert!(
        booked.text().contains("Your place is booked"),
        "{}",
        booked.text()
    );

    let before_paying = school.book("/book/workshop-for-leaders/", &booking()).await;
    let provider = school.post_only(&before_paying.at, &owned(&[])).await;
    let page = school.get(&provider.at).await;
    assert!(page.text().contains("£45.00"), "{}", page.text());
    let paid = school.post(&provider.at, &owned(&[])).await;
    let paid = school.get(&paid.at).await;
    assert!(
        paid.text().contains("Your place is booked"),
        "{} {}",
        paid.at,
        paid.text()
    );
    let letters = school.letters().await;
    assert_eq!(
        letters.len(),
        8,
        "application to confirm, received, to the office; two bookings to confirm; booking, place held, place paid"
    );

    program.kill();
    let program = Program::start(data.path(), &[]);
    let school = program.visitor();
    for (page, says) in [
        (&applied, "APP-"),
        (&booked, "Your place is booked"),
        (&paid, "Your place is booked"),
    ] {
        let path = page
            .at
            .split_once("localhost:")
            .map_or(page.at.as_str(), |(_, rest)| {
                &rest[rest.find('/').unwrap()..]
            });
        let again = school.get(path).await;
        assert_eq!(again.status, 200, "{path}");
        assert!(again.text().contains(says), "{path}: {}", again.text());
    }
    assert_eq!(school.letters().await.len(), 8);
    let second = school.fill("/apply/", &[("category", "full")]).await;
    let second = school
        .fill(&format!("{}school/", second.at), &[("urn", "900001")])
        .await;
    assert_eq!(second.status, 409, "the application still holds its URN");
}

#[tokio::test]
async fn a_fixed_clock_shows_any_day() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path(), &["--now", "2017-04-01T09:00+01:00"]);
    assert!(
        program.greeting.contains("1 April 2017"),
        "{}",
        program.greeting
    );
    let school = program.visitor();
    assert_eq!(
        school.get("/api/fees/quote?pupils=420").await.json()["pence"],
        87_500
    );
    let draft = complete(&school, "900001").await;
    let applied = send(&school, &draft).await;
    assert!(
        applied.text().contains("1 April 2017"),
        "{}",
        applied.text()
    );
}
