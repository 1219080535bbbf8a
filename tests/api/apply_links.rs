//! The links of an application: each opens what it is for, for as long as it
//! should, and nothing else.

use jiff::SignedDuration;
use tests::Product;
use tests::applying::{apply, begin};
use tests::visitor::owned;

const DAY: &str = "2017-04-03T10:00+01:00";

#[tokio::test]
async fn a_saved_application_is_gone_on_with_by_the_link_in_a_letter() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    visitor
        .fill(&format!("{base}school/"), &[("urn", "900001")])
        .await;
    let fields = [("name", "Sam"), ("email", "sam@sample.example")];
    let sent = visitor.fill(&format!("{base}save/"), &fields).await;
    assert!(
        sent.text().contains("sam@sample.example"),
        "{}",
        sent.text()
    );
    let link = visitor
        .link_in_letter("sam@sample.example", "where you left it")
        .await;
    assert_ne!(link, base, "a link of its own");
    let again = visitor.get(&link).await;
    assert!(
        again.text().contains("For Sample Primary School"),
        "{}",
        again.text()
    );
    let details = visitor.get(&format!("{link}school-details/")).await;
    assert_eq!(
        details.field("school_name").as_deref(),
        Some("Sample Primary School")
    );
}

#[tokio::test]
async fn a_link_expires_thirty_days_after_the_last_change_and_not_before() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let day = SignedDuration::from_hours(24);
    product.app.clock.advance(day * 29);
    let chair = [
        ("chair_name", "B. Chair"),
        ("chair_email", "chair@sample.example"),
    ];
    assert_eq!(
        visitor.fill(&format!("{base}chair/"), &chair).await.status,
        200
    );
    product.app.clock.advance(day * 29);
    assert_eq!(
        visitor.get(&base).await.status,
        200,
        "the change has begun the time anew"
    );
    product.app.clock.advance(day);
    for path in ["", "chair/", "check/", "save/", "hand-over/"] {
        let expired = visitor.get(&format!("{base}{path}")).await;
        assert_eq!(expired.status, 404, "{path}");
        assert!(
            expired.text().contains("it has expired"),
            "{}",
            expired.text()
        );
    }
    let late = visitor.post(&format!("{base}chair/"), &owned(&chair)).await;
    assert_eq!(late.status, 404);
}

#[tokio::test]
async fn one_task_is_handed_over_by_a_link_that_opens_nothing_else() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let nobody = visitor
        .fill(
            &format!("{base}hand-over/"),
            &[("name", ""), ("email", "x")],
        )
        .await;
    assert_eq!(nobody.status, 422);
    assert!(
        nobody.text().contains("Choose the part to hand over"),
        "{}",
        nobody.text()
    );
    let fields = [
        ("task", "approval"),
        ("name", "The chair"),
        ("email", "chair@sample.example"),
    ];
    let sent = visitor.fill(&format!("{base}hand-over/"), &fields).await;
    assert!(
        sent.text().contains("Governing body’s approval"),
        "{}",
        sent.text()
    );

    let link = visitor
        .link_in_letter("chair@sample.example", "nothing else")
        .await;
    let list = visitor.get(&link).await.text();
    assert!(
        list.contains("Governing body’s approval") && !list.contains("Contacts"),
        "{list}"
    );
    let approval = [
        ("approved_by", "The governing body"),
        ("approved_on", "14 March 2017"),
        ("approval_minute", "7.2"),
    ];
    assert_eq!(
        visitor
            .fill(&format!("{link}approval/"), &approval)
            .await
            .status,
        200
    );
    for other in [
        "head/",
        "check/",
        "save/",
        "hand-over/",
        "status/",
        "confirm/",
    ] {
        assert_eq!(
            visitor.get(&format!("{link}{other}")).await.status,
            404,
            "{other}"
        );
    }
    let whole = visitor.get(&format!("{base}approval/")).await;
    assert_eq!(whole.field("approval_minute").as_deref(), Some("7.2"));
}

#[tokio::test]
async fn a_link_opens_no_other_application_and_a_changed_one_opens_nothing() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let (one, other) = (begin(&visitor, "full").await, begin(&visitor, "full").await);
    let parts = |base: &str| {
        let parts: Vec<String> = base
            .trim_matches('/')
            .split('/')
            .map(str::to_owned)
            .collect();
        (parts[1].clone(), parts[2].clone())
    };
    let ((reference, secret), (another, _)) = (parts(&one), parts(&other));
    let mut changed = secret.clone();
    changed.replace_range(0..1, if secret.starts_with('0') { "1" } else { "0" });
    for wrong in [
        format!("/apply/{another}/{secret}/"),
        format!("/apply/{reference}/{changed}/"),
        format!("/apply/{reference}/x/"),
        format!("/apply/APP-000-000-000/{secret}/"),
        format!("/apply/{reference}/{secret}/status/"),
        format!("/apply/{reference}/{secret}/no-such-page/"),
    ] {
        assert_eq!(visitor.get(&wrong).await.status, 404, "{wrong}");
    }
    assert_eq!(visitor.get(&one).await.status, 200);
}

#[tokio::test]
async fn no_letter_and_no_record_holds_a_secret_that_opens_anything() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let status = apply(&visitor, "900001").await;
    let secret = status
        .trim_matches('/')
        .split('/')
        .nth(2)
        .unwrap()
        .to_owned();
    assert_eq!(secret.len(), 40, "160 bits");
    let outbox = product.app.store.letters(100).await.unwrap();
    let reference =
        domain::reference::ApplicationReference::parse(status.split('/').nth(2).unwrap());
    let record = product
        .app
        .store
        .application(&reference.unwrap())
        .await
        .unwrap()
        .unwrap();
    for kept in [
        serde_json::to_string(&outbox).unwrap(),
        serde_json::to_string(&record.value).unwrap(),
    ] {
        assert!(!kept.contains(&secret), "{kept}");
    }
}

#[tokio::test]
async fn letters_of_one_application_are_bounded() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let fields = [("name", "Sam"), ("email", "sam@sample.example")];
    let mut last = 200;
    for _ in 0..20 {
        last = visitor
            .post(&format!("{base}save/"), &owned(&fields))
            .await
            .status;
    }
    assert_eq!(last, 429);
    assert!(visitor.letters().await.len() <= 12);
}

#[tokio::test]
async fn two_people_on_one_draft_lose_nothing_and_the_second_is_told() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let page = format!("{base}chair/");
    let fields = |name: &'static str| {
        vec![
            ("chair_name", name),
            ("chair_email", "chair@sample.example"),
        ]
    };
    let mut second = owned(&fields("Second Writer"));
    let opened = visitor.get(&page).await;
    second.push(("edit".into(), opened.field("edit").unwrap()));

    assert_eq!(
        visitor.fill(&page, &fields("First Writer")).await.status,
        200
    );
    let told = visitor.post(&page, &second).await;
    assert_eq!(told.status, 409);
    assert!(
        told.text().contains("Somebody else has changed this page"),
        "{}",
        told.text()
    );
    assert!(
        told.text().contains("First Writer"),
        "theirs is shown: {}",
        told.text()
    );
    assert_eq!(
        told.field("chair_name").as_deref(),
        Some("Second Writer"),
        "mine is kept"
    );
    assert_eq!(
        visitor.get(&page).await.field("chair_name").as_deref(),
        Some("First Writer")
    );

    let mut again = owned(&fields("Second Writer"));
    again.push(("edit".into(), told.field("edit").unwrap()));
    assert_eq!(visitor.post(&page, &again).await.status, 200);
    assert_eq!(
        visitor.get(&page).await.field("chair_name").as_deref(),
        Some("Second Writer")
    );
}

#[tokio::test]
async fn two_people_on_different_pages_do_not_meet() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let send = |page: &'static str, fields: Vec<(&'static str, &'static str)>| {
        let (visitor, path) = (product.visitor(), format!("{base}{page}/"));
        tokio::spawn(async move { visitor.post_only(&path, &owned(&fields)).await.status })
    };
    let chair = send(
        "chair",
        vec![("chair_name", "B"), ("chair_email", "b@sample.example")],
    );
    let school = send("school", vec![("urn", "900001")]);
    assert_eq!((chair.await.unwrap(), school.await.unwrap()), (303, 303));
    let page = visitor.get(&format!("{base}chair/")).await;
    assert_eq!(page.field("chair_name").as_deref(), Some("B"));
    let page = visitor.get(&format!("{base}school/")).await;
    assert_eq!(page.field("urn").as_deref(), Some("900001"));
}

#[tokio::test]
async fn a_field_of_ten_thousand_characters_is_kept_and_told_to_be_shorter() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let long = "ক".repeat(10_000);
    let fields = [
        ("chair_name", long.as_str()),
        ("chair_email", "chair@sample.example"),
    ];
    let answer = visitor.fill(&format!("{base}chair/"), &fields).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer
            .text()
            .contains("Shorten the chair’s name to 200 characters or fewer")
    );
    assert_eq!(answer.field("chair_name"), Some(long));
}

#[tokio::test]
async fn what_was_typed_is_never_markup_and_what_cannot_be_seen_is_no_name() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let attack = "\"><script>alert(1)</script>";
    let page = format!("{base}chair/");
    let answer = visitor
        .fill(&page, &[("chair_name", attack), ("chair_email", attack)])
        .await;
    assert_eq!(answer.status, 422);
    assert!(!answer.body.contains("<script>alert"), "{}", answer.body);
    assert_eq!(answer.field("chair_name").as_deref(), Some(attack));
    let unseen = [
        ("chair_name", "\u{200b}\u{202e}"),
        ("chair_email", "chair@sample.example"),
    ];
    let answer = visitor.fill(&page, &unseen).await;
    assert!(
        answer.text().contains("Enter the chair’s name"),
        "{}",
        answer.text()
    );
    let turned = [
        ("chair_name", "محمد علي"),
        ("chair_email", "chair@sample.example"),
    ];
    assert_eq!(visitor.fill(&page, &turned).await.status, 200);
    let kept = visitor.get(&page).await;
    assert_eq!(kept.field("chair_name").as_deref(), Some("محمد علي"));
}
