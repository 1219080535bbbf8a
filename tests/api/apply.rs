//! An application: begun, answered page by page, sent once, confirmed by the
//! button in a letter, and live from then.

use tests::applying::{apply, begin, complete, confirm, fill_in, send};
use tests::forms::{application, associate};
use tests::visitor::owned;
use tests::{Product, Visitor};

const DAY: &str = "2017-04-03T10:00+01:00";
const CONTACT: &str = "office@sample.example";

#[tokio::test]
async fn a_school_applies_and_is_received_once_its_address_is_confirmed() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = complete(&visitor, "900 001").await;

    let check = visitor.get(&format!("{base}check/")).await;
    for answered in [
        "Sample Primary School",
        "420",
        "আজিজ চৌধুরী",
        "14 March 2017",
        "Not provided",
        "Not yet",
    ] {
        assert!(
            check.text().contains(answered),
            "{answered}: {}",
            check.text()
        );
    }
    let sent = send(&visitor, &base).await;
    assert!(sent.at.starts_with("/apply/submitted/APP-"), "{}", sent.at);
    for said in [
        "Now confirm your address",
        "3 April 2017",
        "3 May 2017",
        &sent.reference(),
    ] {
        assert!(sent.text().contains(said), "{said}: {}", sent.text());
    }
    assert!(
        !sent.text().contains("sample.example"),
        "a reference is no secret: {}",
        sent.text()
    );

    let confirmed = confirm(&visitor, CONTACT).await;
    assert_eq!(confirmed.at, sent.at);
    assert!(
        confirmed
            .text()
            .contains("waiting for the membership secretary"),
        "{}",
        confirmed.text()
    );
    let letters = visitor.letters().await;
    let to: Vec<_> = letters
        .iter()
        .map(|letter| letter["to"].as_str().unwrap())
        .collect();
    assert_eq!(
        to.len(),
        3,
        "to confirm, received, and one to the office: {to:?}"
    );
    assert!(to.contains(&"office@the-partnership.example"));
}

#[tokio::test]
async fn the_register_fills_in_what_it_knows_and_nothing_is_asked_twice() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let details = visitor
        .fill(&format!("{base}school/"), &[("urn", "900 003")])
        .await;
    assert_eq!(details.at, format!("{base}school-details/"));
    assert_eq!(
        details.field("school_name").as_deref(),
        Some("Sample Docklands Academy")
    );
    assert_eq!(details.field("trust").as_deref(), Some("Sample Trust"));
    let pupils = visitor.get(&format!("{base}pupils/")).await;
    assert_eq!(pupils.field("pupils").as_deref(), Some("1050"));
    assert_eq!(
        pupils.field("census_on").as_deref(),
        Some("19 January 2017")
    );
    let approval = visitor.get(&format!("{base}approval/")).await;
    assert!(
        !approval.text().contains("local authority given permission"),
        "an academy needs none"
    );
}

#[tokio::test]
async fn from_the_page_of_eligibility_the_urn_comes_along() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let start = visitor.get("/apply/?urn=900001").await;
    assert_eq!(start.field("urn").as_deref(), Some("900001"));
    let begun = visitor
        .fill("/apply/?urn=900001", &[("category", "full")])
        .await;
    assert!(
        begun.text().contains("For Sample Primary School"),
        "{}",
        begun.text()
    );
}

#[tokio::test]
async fn a_school_that_is_not_in_the_register_or_not_eligible_is_told_and_goes_on() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    for (urn, said) in [
        ("123456", "is not in our register of schools"),
        ("900010", "this school is closed"),
        ("900009", "this is an independent one"),
    ] {
        let base = begin(&visitor, "full").await;
        let details = visitor
            .fill(&format!("{base}school/"), &[("urn", urn)])
            .await;
        assert_eq!(details.status, 200);
        assert!(details.text().contains(said), "{urn}: {}", details.text());
    }
}

#[tokio::test]
async fn a_wrong_urn_is_told_and_kept() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    for (urn, said) in [
        ("", "Enter your school’s URN"),
        ("90000", "URN must be 6 digits"),
        ("90000x", "URN must be 6 digits"),
    ] {
        let answer = visitor
            .fill(&format!("{base}school/"), &[("urn", urn)])
            .await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("<title>Error: "), "{}", answer.body);
        assert_eq!(answer.text().matches(said).count(), 2, "{}", answer.text());
        assert_eq!(answer.field("urn").unwrap_or_default(), urn);
        assert!(
            answer.body.contains("href=\"#urn\""),
            "the summary leads to the field"
        );
    }
}

#[tokio::test]
async fn what_is_missing_is_said_and_nothing_is_sent() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let list = visitor.get(&base).await;
    assert!(list.text().contains("Cannot start yet"), "{}", list.text());
    let refused = visitor.post(&format!("{base}check/"), &owned(&[])).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Something is missing"),
        "{}",
        refused.text()
    );
    assert!(visitor.letters().await.is_empty());
}

#[tokio::test]
async fn an_application_sent_twice_is_one() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = complete(&visitor, "900001").await;
    let first = send(&visitor, &base).await;
    let second = send(&visitor, &base).await;
    assert_eq!((first.status, second.status), (200, 200));
    assert_eq!(first.at, second.at);
    assert_eq!(visitor.letters().await.len(), 1);
    assert_eq!(
        visitor.get(&base).await.at,
        first.at,
        "the list leads on to the confirmation"
    );
}

#[tokio::test]
async fn opening_the_link_confirms_nothing_and_pressing_twice_is_once() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = complete(&visitor, "900001").await;
    let sent = send(&visitor, &base).await;
    let link = visitor.link_in_letter(CONTACT, "press the button").await;
    for _ in 0..3 {
        assert!(
            visitor
                .get(&link)
                .await
                .text()
                .contains("Confirm your application")
        );
    }
    assert!(
        visitor
            .get(&sent.at)
            .await
            .text()
            .contains("confirm your address")
    );
    let first = visitor.post(&link, &owned(&[])).await;
    let second = visitor.post(&link, &owned(&[])).await;
    assert_eq!(
        (first.at.as_str(), second.at.as_str()),
        (sent.at.as_str(), sent.at.as_str())
    );
    assert_eq!(visitor.letters().await.len(), 3);
    assert!(
        visitor
            .get(&link)
            .await
            .text()
            .contains("This is confirmed")
    );
}

#[tokio::test]
async fn an_application_that_nobody_confirmed_holds_no_urn() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let stranger = complete(&visitor, "900001").await;
    send(&visitor, &stranger).await;
    let school = complete(&visitor, "900001").await;
    assert_eq!(send(&visitor, &school).await.status, 200);
}

#[tokio::test]
async fn a_school_has_one_live_application() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let late = complete(&visitor, "900001").await;
    apply(&visitor, "900001").await;

    let base = begin(&visitor, "full").await;
    let early = visitor
        .fill(&format!("{base}school/"), &[("urn", "900001")])
        .await;
    assert_eq!(early.status, 409, "it is told at once");
    assert_eq!(early.field("urn").as_deref(), Some("900001"));
    let sent = send(&visitor, &late).await;
    assert_eq!(sent.status, 409);
    for answer in [early, sent] {
        assert!(
            answer
                .text()
                .contains("We already have an application from the school with this URN"),
            "{}",
            answer.text()
        );
    }
    apply(&visitor, "900002").await;
}

#[tokio::test]
async fn fifty_clients_for_one_urn_make_one_application() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let mut links = Vec::new();
    for _ in 0..50 {
        let base = complete_quickly(&visitor).await;
        assert_eq!(send(&visitor, &base).await.status, 200);
        links.push(visitor.link_in_letter(CONTACT, "press the button").await);
    }
    let tasks: Vec<_> = links
        .into_iter()
        .map(|link| {
            let visitor = product.visitor();
            tokio::spawn(async move { visitor.post_only(&link, &owned(&[])).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(303), count(409)), (1, 49), "{statuses:?}");
}

/// A complete application, without looking at each page first.
async fn complete_quickly(visitor: &Visitor) -> String {
    let begun = owned(&[("category", "full"), ("urn", "900001")]);
    let base = visitor.post_only("/apply/", &begun).await.at;
    let school = ("school", vec![("urn", "900001")]);
    let details = (
        "school-details",
        vec![
            ("school_name", "Sample Primary School"),
            ("address", "1 Sample Street"),
            ("postcode", "E99 1AA"),
            ("kind", "Community school"),
        ],
    );
    let pupils = (
        "pupils",
        vec![("pupils", "420"), ("census_on", "19 January 2017")],
    );
    let seen = [school, details, pupils].into_iter();
    for (page, fields) in seen.chain(application().split_off(2)) {
        let answer = visitor
            .post_only(&format!("{base}{page}/"), &owned(&fields))
            .await;
        assert_eq!(answer.status, 303, "{page}: {}", answer.text());
    }
    base
}

#[tokio::test]
async fn a_person_applies_to_be_an_associate_without_pupils_or_guarantee() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = begin(&visitor, "associate").await;
    let list = visitor.get(&base).await.text();
    assert!(
        !list.contains("Pupils") && !list.contains("Governing"),
        "{list}"
    );
    fill_in(&visitor, &base, &associate()).await;
    let check = visitor.get(&format!("{base}check/")).await;
    assert!(!check.text().contains("£25.00"), "{}", check.text());
    let sent = send(&visitor, &base).await;
    assert!(
        !sent.text().contains("Sam Friend"),
        "a reference is no secret: {}",
        sent.text()
    );
    let confirmed = confirm(&visitor, "sam@friend.example").await;
    assert!(
        confirmed.text().contains("Application received"),
        "{}",
        confirmed.text()
    );
}

#[tokio::test]
async fn a_reference_is_found_however_it_is_copied_and_a_slip_is_not() {
    let product = Product::at(DAY).await;
    let visitor = product.visitor();
    let base = complete(&visitor, "900001").await;
    let reference = send(&visitor, &base).await.reference();
    for copy in [reference.to_lowercase(), reference.replace('-', "")] {
        assert_eq!(
            visitor
                .get(&format!("/apply/submitted/{copy}"))
                .await
                .status,
            200,
            "{copy}"
        );
    }
    for wrong in ["APP-000-000-001", "nothing", "%00", "APP-000-000-000"] {
        assert_eq!(
            visitor
                .get(&format!("/apply/submitted/{wrong}/"))
                .await
                .status,
            404,
            "{wrong}"
        );
    }
}
