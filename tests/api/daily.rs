//! What falls due by the calendar: done once, however often and however late
//! it is looked for.

use domain::application::Decision;
use domain::contact::Line;
use domain::membership::{Closed, Membership, Standing};
use domain::reference::{ApplicationReference, MembershipReference};
use functions::daily::Done;
use functions::{decisions, secretary};
use jiff::SignedDuration;
use tests::applying::{apply, begin, complete, send};
use tests::staff::office;
use tests::{Product, Visitor};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A member since a day.
async fn member(product: &Product, visitor: &Visitor, since: &str) -> MembershipReference {
    let status = apply(visitor, "900001").await;
    let reference = ApplicationReference::parse(status.split('/').nth(2).unwrap()).unwrap();
    secretary::pick_up(&product.app, &office(), &reference)
        .await
        .unwrap();
    let line = |text| Line::parse(text, "").unwrap();
    let decision = Decision {
        approved: true,
        on: since.parse().unwrap(),
        minute: line("1"),
        decider: line("The Board"),
        reason: None,
        recorded_by: line("The secretary"),
        recorded_at: product.app.clock.now(),
    };
    let site = product.app.site.published().await.unwrap();
    let recorded = decisions::record(&product.app, &site, &office(), &reference, &decision).await;
    recorded.unwrap().membership.unwrap()
}

async fn read(product: &Product, reference: &MembershipReference) -> Membership {
    product
        .app
        .store
        .membership(reference)
        .await
        .unwrap()
        .unwrap()
        .value
}

#[tokio::test]
async fn a_draft_is_reminded_of_once_then_purged_whole() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let fields = [
        ("contact_name", "Sam"),
        ("contact_role", "Clerk"),
        ("contact_email", "sam@sample.example"),
        ("contact_telephone", "020 7946 0000"),
    ];
    visitor.fill(&format!("{base}contact/"), &fields).await;
    assert_eq!(product.night().await, Done::default());

    product.app.clock.advance(DAY * 26);
    for reminded in [1, 0] {
        assert_eq!(
            product.night().await,
            Done {
                reminded,
                ..Done::default()
            }
        );
    }
    let link = visitor
        .link_in_letter("sam@sample.example", "it is deleted on 3 May 2017")
        .await;
    assert_eq!(visitor.get(&link).await.status, 200);

    product.app.clock.advance(DAY * 5);
    for purged in [1, 0] {
        assert_eq!(
            product.night().await,
            Done {
                purged,
                ..Done::default()
            }
        );
    }
    let reference = ApplicationReference::parse(base.split('/').nth(2).unwrap()).unwrap();
    assert_eq!(
        product.app.store.application(&reference).await.unwrap(),
        None
    );
    assert_eq!(visitor.get(&base).await.status, 404);
}

#[tokio::test]
async fn an_application_that_nobody_confirms_expires_and_one_that_is_live_does_not() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    let visitor = product.visitor();
    let unconfirmed = complete(&visitor, "900002").await;
    let sent = send(&visitor, &unconfirmed).await;
    apply(&visitor, "900001").await;
    // Nobody has looked for a month.
    product.app.clock.advance(DAY * 60);
    let done = product.night().await;
    assert_eq!(
        done,
        Done {
            purged: 1,
            ..Done::default()
        }
    );
    assert_eq!(visitor.get(&sent.at).await.status, 404);
    assert_eq!(
        product.app.store.open_applications().await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn a_notice_comes_to_its_end_the_day_after_the_last_and_once() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    let visitor = product.visitor();
    let reference = member(&product, &visitor, "2017-04-03").await;
    let site = product.app.site.published().await.unwrap();
    let leaving = secretary::give_notice(
        &product.app,
        &site,
        &office(),
        &reference,
        "2017-04-03".parse().unwrap(),
        None,
    )
    .await
    .unwrap();
    assert_eq!(leaving.ends_on.unwrap().to_string(), "2018-04-03");
    visitor.letters().await;
    product.app.clock.advance(DAY * 365);
    // The school's invoice is overdue by then, which is another matter.
    let done = product.night().await;
    assert_eq!(done.ended, 0, "it is the last day");
    assert_eq!(
        read(&product, &reference).await.standing,
        Standing::NoticeGiven
    );

    product.app.clock.advance(DAY * 40);
    for ended in [1, 0] {
        assert_eq!(product.night().await.ended, ended);
    }
    let ended = read(&product, &reference).await;
    assert_eq!(ended.standing, Standing::Ended);
    assert_eq!(
        ended.ends_on.unwrap().to_string(),
        "2018-04-03",
        "the day is not that of the run"
    );
    let register = product.app.store.register().await.unwrap();
    assert_eq!(
        register[0].ceased_on.unwrap().to_string(),
        "2018-04-03",
        "the entry is kept"
    );
    let base = complete(&visitor, "900001").await;
    assert_eq!(
        send(&visitor, &base).await.status,
        200,
        "the school may join again"
    );
}

#[tokio::test]
async fn notice_in_the_founding_window_ends_membership_at_once_and_a_retracted_one_does_not() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    let visitor = product.visitor();
    let reference = member(&product, &visitor, "2017-04-01").await;
    let site = product.app.site.published().await.unwrap();
    let app = &product.app;
    // A paper notice, entered with the day it was received.
    let day = "2017-04-02".parse().unwrap();
    secretary::give_notice(app, &site, &office(), &reference, day, None)
        .await
        .unwrap();
    assert!(
        secretary::give_notice(app, &site, &office(), &reference, day, None)
            .await
            .is_err(),
        "it runs already"
    );
    let line = |text| Line::parse(text, "").unwrap();
    let agreed = secretary::Agreed {
        minute: line("4.1"),
        entered_by: line("The secretary"),
    };
    let staying = secretary::retract_notice(app, &office(), &reference, &agreed)
        .await
        .unwrap();
    assert_eq!(
        (staying.standing, staying.ends_on),
        (Standing::Active, None)
    );
    let closed = Closed {
        last_day: "2017-08-31".parse().unwrap(),
        merged_into: None,
    };
    let closed = secretary::close(app, &office(), &reference, &closed)
        .await
        .unwrap();
    assert_eq!(closed.standing, Standing::Ended);
    let base = begin(&visitor, "full").await;
    let again = visitor
        .fill(&format!("{base}school/"), &[("urn", "900001")])
        .await;
    assert_eq!(again.status, 200, "the URN is free again: {}", again.text());
}
