//! A7: a member gives notice: the last day and what is owed are shown before
//! it is confirmed, and what is confirmed is what was shown.

use domain::membership::Standing;
use domain::reference::MembershipReference;
use jiff::SignedDuration;
use tests::Product;
use tests::members::LEAD;
use tests::staff::Staff;
use tests::visitor::owned;

async fn lead(day: &str) -> (Product, Staff, MembershipReference) {
    let product = Product::at(day).await;
    let membership = product.join("900001").await;
    let browser = product.member(LEAD).await;
    (product, browser, membership)
}

async fn standing(product: &Product, reference: &MembershipReference) -> Standing {
    let read = product.app.store.membership(reference).await.unwrap();
    read.unwrap().value.standing
}

#[tokio::test]
async fn a7_the_last_day_and_what_is_owed_are_shown_before_notice_is_given() {
    let (product, browser, membership) = lead("2017-01-15T10:00Z").await;
    let path = format!("/account/{membership}/notice/");
    let before = product.visitor().letters().await.len();

    let shown = browser.get(&path).await;

    let text = shown.text();
    for part in [
        "Last day of membership 15 January 2018",
        "1 April 2017 to 31 August 2017",
        "£875.00",
        "1 September 2017 to 15 January 2018",
        "Owed in all £1,750.00",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(standing(&product, &membership).await, Standing::Active);
    assert_eq!(product.visitor().letters().await.len(), before);

    let given = browser.send_form(&path, &[]).await;
    assert!(given.at.ends_with("/notice/given/"), "{}", given.text());
    assert!(given.text().contains("We have your notice"));
    assert_eq!(standing(&product, &membership).await, Standing::NoticeGiven);
    let letters = product.visitor().letters().await;
    assert_eq!(letters.len(), before + 2, "to the member and to the office");
    let letter = letters.iter().find(|letter| letter["to"] == LEAD).unwrap();
    let text = letter["text"].as_str().unwrap();
    assert!(
        text.contains("Last day of membership: 15 January 2018"),
        "{text}"
    );
    assert!(text.contains("£1,750.00"), "{text}");
    let again = browser.get(&given.at).await;
    assert!(
        again.text().contains("£1,750.00"),
        "honest when it is opened again"
    );
}

#[tokio::test]
async fn a7_notice_sent_twice_is_given_once() {
    let (product, browser, membership) = lead("2017-01-15T10:00Z").await;
    let path = format!("/account/{membership}/notice/");
    let fields = tests::page::filled(&browser.get(&path).await.body, "main", &[]);
    let first = browser.post(&path, &fields).await;
    let letters = product.visitor().letters().await.len();
    let second = browser.post(&path, &fields).await;
    assert_eq!((first.at, second.status), (second.at, 200));
    assert_eq!(product.visitor().letters().await.len(), letters);
}

#[tokio::test]
async fn a7_in_the_founding_window_the_school_chooses_its_last_day_and_owes_nothing() {
    let (product, browser, membership) = lead("2016-11-05T10:00Z").await;
    let path = format!("/account/{membership}/notice/");
    let today = browser.get(&path).await;
    assert!(
        today
            .text()
            .contains("Last day of membership 5 November 2016"),
        "{}",
        today.text()
    );
    assert!(today.text().contains("Owed in all £0.00"));
    let query = "?last_day=31+December+2016";
    let chosen = browser.get(&format!("{path}{query}")).await;
    assert!(
        chosen
            .text()
            .contains("Last day of membership 31 December 2016"),
        "{}",
        chosen.text()
    );
    for wrong in [
        "1+January+2017",
        "4+November+2016",
        "soon",
        &"9".repeat(3_000),
    ] {
        let told = browser.get(&format!("{path}?last_day={wrong}")).await;
        assert_eq!(told.status, 422, "{wrong}");
        assert!(told.body.contains("href=\"#last_day\""));
        assert_eq!(told.field("last_day"), Some(wrong.replace('+', " ")));
    }
    let form = tests::page::filled(&chosen.body, "main", &[]);
    let given = browser.post(&path, &form).await;
    assert!(
        given.text().contains("31 December 2016"),
        "{}",
        given.text()
    );
    assert_eq!(standing(&product, &membership).await, Standing::NoticeGiven);
}

#[tokio::test]
async fn a7_in_the_founding_window_notice_for_today_ends_it_today_and_lets_the_urn_go() {
    let (product, browser, membership) = lead("2016-12-31T23:30Z").await;
    let given = browser
        .send_form(&format!("/account/{membership}/notice/"), &[])
        .await;
    assert!(
        given.text().contains("31 December 2016"),
        "{}",
        given.text()
    );
    assert_eq!(standing(&product, &membership).await, Standing::Ended);
    let urn = domain::school::Urn::parse("900001").unwrap();
    let live = product.app.store.live_membership(&urn).await.unwrap();
    assert_eq!(live, None, "the school may apply again");
    let home = browser.get(&format!("/account/{membership}/")).await;
    assert_eq!(home.status, 200, "its page stays, with its invoices");
}

#[tokio::test]
async fn a7_a_minute_after_midnight_the_window_that_was_shown_is_not_taken_for_granted() {
    let (product, browser, membership) = lead("2016-12-31T23:40Z").await;
    let path = format!("/account/{membership}/notice/");
    let shown = browser.get(&path).await;
    assert!(
        shown.text().contains("31 December 2016"),
        "{}",
        shown.text()
    );
    let form = tests::page::filled(&shown.body, "main", &[]);
    product.app.clock.advance(SignedDuration::from_mins(30));

    let late = browser.post(&path, &form).await;

    assert_eq!(late.status, 409);
    assert!(
        late.text().contains("Nothing was changed"),
        "{}",
        late.text()
    );
    assert!(late.text().contains("1 January 2018"), "{}", late.text());
    assert_eq!(standing(&product, &membership).await, Standing::Active);
}

#[tokio::test]
async fn a7_a_form_with_other_figures_than_ours_is_not_believed() {
    let (product, browser, membership) = lead("2017-01-15T10:00Z").await;
    let path = format!("/account/{membership}/notice/");
    for (name, value) in [
        ("ends_on", "2017-01-15"),
        ("shown", "0"),
        ("ends_on", "nonsense"),
    ] {
        let shown = browser.get(&path).await;
        let form = tests::page::filled(&shown.body, "main", &[(name, value)]);
        assert_eq!(browser.post(&path, &form).await.status, 409, "{name}");
    }
    assert_eq!(browser.post(&path, &owned(&[])).await.status, 409);
    assert_eq!(standing(&product, &membership).await, Standing::Active);
}

#[tokio::test]
async fn a7_twenty_presses_at_once_give_one_notice() {
    let (product, browser, membership) = lead("2017-01-15T10:00Z").await;
    let path = format!("/account/{membership}/notice/");
    let form = tests::page::filled(&browser.get(&path).await.body, "main", &[]);
    let before = product.visitor().letters().await.len();
    let browser = std::sync::Arc::new(browser);
    let mut presses = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (browser, path, form) = (browser.clone(), path.clone(), form.clone());
        presses.spawn(async move { browser.post_only(&path, &form).await.status });
    }
    let statuses = presses.join_all().await;
    assert!(statuses.iter().all(|status| *status == 303), "{statuses:?}");
    assert_eq!(product.visitor().letters().await.len(), before + 2);
}

#[tokio::test]
async fn what_is_invoiced_already_is_said_to_be() {
    let (_product, browser, membership) = lead("2017-05-02T10:00+01:00").await;
    let shown = browser.get(&format!("/account/{membership}/notice/")).await;
    let text = shown.text();
    assert!(text.contains("(invoice INV-00001)"), "{text}");
    assert!(text.contains("Invoiced and not paid £700.00"), "{text}");
}
