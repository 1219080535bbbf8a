//! Signing in to a member's page by a mailed link: once, by a button, within
//! its time; and nothing is told to whoever has no business there.

use domain::account::{AccountLink, Opens};
use domain::contact::EmailAddress;
use functions::store::{Outcome, Transaction};
use jiff::SignedDuration;
use tests::members::{FINANCE, LEAD};
use tests::visitor::owned;
use tests::{Answer, Product};

const DAY: &str = "2017-04-03T10:00+01:00";

async fn ask(product: &Product, email: &str) -> Answer {
    product
        .staff()
        .post("/account/sign-in/", &owned(&[("email", email)]))
        .await
}

#[tokio::test]
async fn a_contact_signs_in_by_the_mailed_link_and_sees_the_schools_page() {
    let product = Product::at(DAY).await;
    let membership = product.join("900001").await;
    let browser = product.staff();
    let closed = browser.get("/account/").await;
    assert!(closed.at.starts_with("/account/sign-in/"), "{}", closed.at);

    let landed = product.sign_in(&browser, LEAD).await;

    assert_eq!(landed.status, 200, "{}", landed.text());
    assert_eq!(landed.at, format!("/account/{membership}/"));
    for part in [
        "Sample Primary School",
        "INV-00001",
        "£875.00",
        "Robin Sample",
    ] {
        assert!(landed.text().contains(part), "{part}: {}", landed.text());
    }
    let other = product.member(FINANCE).await.get("/account/").await;
    assert_eq!(other.at, landed.at, "two people of one school");
}

#[tokio::test]
async fn the_cookie_of_a_member_is_out_of_reach_of_scripts_and_of_other_sites() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let browser = product.staff();
    let link = product.mailed_link(&browser, LEAD).await;
    let pressed = browser.post_only(&link, &owned(&[])).await;
    let cookie = pressed.headers["set-cookie"].to_str().unwrap();
    for part in ["account-session=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "`{part}` is not in {cookie}");
    }
    assert!(!cookie.contains("Max-Age"), "it goes with the browser");
}

#[tokio::test]
async fn a_mail_scanner_that_opens_the_link_does_not_use_it_up() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let browser = product.staff();
    let link = product.mailed_link(&browser, LEAD).await;
    for _ in 0..3 {
        let opened = product.visitor().get(&link).await;
        assert_eq!(opened.status, 200);
        assert!(opened.text().contains(LEAD), "{}", opened.text());
        assert!(!opened.headers.contains_key("set-cookie"));
    }
    let landed = browser.post(&link, &owned(&[])).await;
    assert_eq!(landed.status, 200, "{}", landed.text());
}

#[tokio::test]
async fn a_link_is_used_once_and_says_so_when_it_is_opened_again() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let browser = product.staff();
    let link = product.mailed_link(&browser, LEAD).await;
    browser.post(&link, &owned(&[])).await;
    let again = browser.post(&link, &owned(&[])).await;
    assert_eq!(
        again.status,
        200,
        "the button pressed twice: {}",
        again.text()
    );
    let thief = product.staff();
    for answer in [thief.post(&link, &owned(&[])).await, thief.get(&link).await] {
        assert_eq!(answer.status, 410);
        assert!(
            answer.text().contains("was used already"),
            "{}",
            answer.text()
        );
    }
    assert!(thief.cookies().is_empty());
}

#[tokio::test]
async fn twenty_presses_at_once_begin_one_session() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let link = product.mailed_link(&product.staff(), LEAD).await;
    let mut presses = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (browser, link) = (product.staff(), link.clone());
        presses.spawn(async move { browser.post_only(&link, &owned(&[])).await.status });
    }
    let statuses = presses.join_all().await;
    let begun = statuses.iter().filter(|status| **status == 303).count();
    assert_eq!(begun, 1, "{statuses:?}");
}

#[tokio::test]
async fn a_link_of_a_quarter_of_an_hour_ago_has_expired() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let app = &product.app;
    let opens = Opens::SignIn {
        email: EmailAddress::parse(LEAD, "").unwrap(),
        to: "/account/".into(),
    };
    let given = app.clock.system_now() - SignedDuration::from_mins(15);
    let (grant, secret) = app.links.give(opens.purpose(), "old", given);
    let mut transaction = Transaction::new();
    let link = AccountLink {
        id: "old".into(),
        opens,
        grant,
        used_at: None,
    };
    transaction.new_account_link(&link).unwrap();
    app.store.commit(transaction).await.unwrap();
    let path = format!("/account/sign-in/old/{}/", secret.expose());
    let browser = product.staff();
    for answer in [
        browser.get(&path).await,
        browser.post(&path, &owned(&[])).await,
    ] {
        assert_eq!(answer.status, 410);
        assert!(answer.text().contains("has expired"), "{}", answer.text());
    }
    let wrong = browser.get("/account/sign-in/old/0123/").await;
    assert_eq!(wrong.status, 404);
}

#[tokio::test]
async fn an_address_that_is_not_known_is_answered_alike_and_written_to_never() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let before = product.visitor().letters().await.len();
    let unknown = ask(&product, "nobody@elsewhere.example").await;
    assert_eq!(product.visitor().letters().await.len(), before);
    let known = ask(&product, "OFFICE@sample.example").await;
    assert_eq!(product.visitor().letters().await.len(), before + 1);
    assert_eq!((known.status, &known.at), (unknown.status, &unknown.at));
    assert_eq!(known.body, unknown.body);
}

#[tokio::test]
async fn an_address_is_sent_four_links_an_hour_and_is_told_alike_after_that() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let before = product.visitor().letters().await.len();
    for _ in 0..6 {
        let asked = ask(&product, LEAD).await;
        assert!(asked.text().contains("a link is on its way"));
    }
    assert_eq!(product.visitor().letters().await.len(), before + 4);
}

#[tokio::test]
async fn an_address_that_is_none_is_told_and_kept() {
    let product = Product::at(DAY).await;
    for typed in [
        "",
        "office",
        &"x".repeat(10_000),
        "\u{202e}moc.elpmas@eciffo <b>",
    ] {
        let answer = ask(&product, typed).await;
        assert_eq!(answer.status, 422, "{typed}");
        assert_eq!(answer.field("email").as_deref(), Some(typed));
        assert!(answer.body.contains("href=\"#email\""));
    }
}

#[tokio::test]
async fn after_the_sign_in_it_goes_on_to_the_page_that_was_asked_for() {
    let product = Product::at(DAY).await;
    let membership = product.join("900001").await;
    let browser = product.staff();
    let wanted = format!("/account/{membership}/contacts/add/");
    let asked = browser.get(&wanted).await;
    let to = asked.field("to").expect("the page to go on to");
    assert_eq!(to, wanted);
    let fields = owned(&[("email", LEAD), ("to", &to)]);
    browser.post("/account/sign-in/", &fields).await;
    let link = product
        .visitor()
        .link_in_letter(LEAD, "you are signed in")
        .await;
    assert_eq!(browser.post(&link, &owned(&[])).await.at, wanted);
}

#[tokio::test]
async fn who_signs_out_or_in_anew_leaves_no_session_behind() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let browser = product.member(LEAD).await;
    let first = browser.cookies()["account-session"].clone();
    product.sign_in(&browser, LEAD).await;
    let second = browser.cookies()["account-session"].clone();
    assert_ne!(first, second);
    let out = browser.post("/account/sign-out/", &owned(&[])).await;
    assert!(out.text().contains("You are signed out"), "{}", out.text());
    for secret in [first, second] {
        let old = product.staff();
        old.keep("account-session", &secret);
        let closed = old.get("/account/").await;
        assert!(closed.at.starts_with("/account/sign-in/"), "{}", closed.at);
    }
}

#[tokio::test]
async fn a_form_that_another_site_sends_signs_nobody_in() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let link = product.mailed_link(&product.staff(), LEAD).await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("x-nothing", "said"),
    ] {
        let answer = product
            .visitor()
            .request(|client, origin| client.post(format!("{origin}{link}")).header(name, value))
            .await;
        assert_eq!(answer.status, 403, "{name}: {value}");
        assert!(!answer.headers.contains_key("set-cookie"));
    }
}

#[tokio::test]
async fn another_members_page_is_answered_like_one_that_is_not_there() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let other = product.join_led_by("900002", "lead@other.example").await;
    let browser = product.member(LEAD).await;
    let theirs = format!("/account/{other}/");
    for part in [
        "",
        "notice/",
        "pupils/",
        "contacts/add/",
        "invoices/INV-00002/",
    ] {
        let answer = browser.get(&format!("{theirs}{part}")).await;
        assert_eq!(answer.status, 404, "{part}");
    }
    let forged = browser.post(&format!("{theirs}notice/"), &owned(&[])).await;
    assert_eq!(forged.status, 404);
    let mine = browser.get("/account/").await;
    let cross = browser
        .get(&format!("{}invoices/INV-00002/", mine.at))
        .await;
    assert_eq!(cross.status, 404, "an invoice of another member");
}

#[tokio::test]
async fn who_acts_for_several_schools_chooses_one() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let second = product.join("900002").await;
    let browser = product.member(LEAD).await;
    let choice = browser.get("/account/").await;
    assert!(choice.text().contains("Which school?"), "{}", choice.text());
    let href = format!("/account/{second}/");
    assert!(choice.body.contains(&href));
    assert_eq!(browser.get(&href).await.status, 200);
}

#[tokio::test]
async fn a_session_that_is_used_lasts_on_wherever_on_the_site_that_is() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let browser = product.member(LEAD).await;
    let secret = browser.cookies()["account-session"].clone();
    let store = &product.app.store;
    for path in ["/account/", "/book/teachmeet/"] {
        let now = product.app.clock.system_now();
        let mut session = store.account_session(&secret, now).await.unwrap().unwrap();
        // Fifty minutes ago, as if it had not been used since.
        session.seen_at = now - SignedDuration::from_mins(50);
        store.end_account_session(&secret).await.unwrap();
        let mut transaction = Transaction::new();
        transaction.account_session(&secret, &session).unwrap();
        assert_eq!(store.commit(transaction).await.unwrap(), Outcome::Committed);

        assert_eq!(browser.get(path).await.status, 200);
        let half_an_hour = now + SignedDuration::from_mins(30);
        let open = store.account_session(&secret, half_an_hour).await.unwrap();
        assert!(open.is_some(), "{path} was a use of it");
    }
}
