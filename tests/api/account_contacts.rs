//! A6: a member keeps its contacts and declares its pupils; a lost session
//! loses nothing that was typed.

use tests::members::{FINANCE, LEAD};
use tests::staff::Staff;
use tests::visitor::owned;
use tests::{Answer, Product};

const DAY: &str = "2017-04-03T10:00+01:00";

/// A contact as a lead types one.
fn contact<'a>(name: &'a str, email: &'a str, role: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("name", name),
        ("job", "Deputy head"),
        ("email", email),
        ("role", role),
    ]
}

/// The path behind a contact's link with these words.
fn contact_path(page: &Answer, name: &str, part: &str) -> String {
    let row = page
        .body
        .split("<tr>")
        .find(|row| row.contains(name))
        .unwrap_or_else(|| panic!("{name} is not in {}", page.text()));
    let href = row
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| {
            href.contains("/contacts/") && href.ends_with("remove/") == (part == "remove")
        });
    href.expect("a link").to_owned()
}

async fn lead(product: &Product) -> (Staff, String) {
    let membership = product.join("900001").await;
    let browser = product.member(LEAD).await;
    (browser, format!("/account/{membership}/"))
}

#[tokio::test]
async fn a6_a_lead_adds_a_new_head_who_signs_in_and_is_told_by_letter() {
    let product = Product::at(DAY).await;
    let (browser, base) = lead(&product).await;
    let head = "head@new.example";
    let added = browser
        .send_form(
            &format!("{base}contacts/add/"),
            &contact("নতুন প্রধান", head, "lead"),
        )
        .await;
    assert!(
        added.text().contains("The contact was added"),
        "{}",
        added.text()
    );
    assert!(added.text().contains("নতুন প্রধান"));
    let letters = product.visitor().letters().await;
    let welcome = letters.iter().find(|letter| letter["to"] == head).unwrap();
    assert!(welcome["text"].as_str().unwrap().contains("You are a lead"));
    let theirs = product.member(head).await.get("/account/").await;
    assert_eq!(theirs.at, base);
}

#[tokio::test]
async fn a6_a_changed_address_counts_once_it_is_confirmed_by_its_own_link() {
    let product = Product::at(DAY).await;
    let (browser, base) = lead(&product).await;
    let home = browser.get(&base).await;
    let path = contact_path(&home, "Robin Sample", "change");
    let moved = "robin@new.example";
    let changed = browser
        .send_form(&path, &[("email", moved), ("role", "finance")])
        .await;
    assert!(
        changed
            .text()
            .contains("We have written to the new address"),
        "{}",
        changed.text()
    );
    assert!(
        changed.text().contains(FINANCE),
        "until then the old one counts"
    );

    let link = product
        .visitor()
        .link_in_letter(moved, "press the button, and it counts")
        .await;
    let opened = product.visitor().get(&link).await;
    assert!(opened.text().contains(moved), "{}", opened.text());
    assert!(
        !browser.get(&base).await.text().contains(moved),
        "opening it changes nothing"
    );
    let confirmed = product.staff().post(&link, &owned(&[])).await;
    assert!(
        confirmed.text().contains("Your address is confirmed"),
        "{}",
        confirmed.text()
    );

    let home = browser.get(&base).await;
    assert!(home.text().contains(moved) && !home.text().contains(FINANCE));
    let old = product.visitor().letters().await;
    let told = old.iter().find(|letter| {
        letter["to"] == FINANCE
            && letter["text"]
                .as_str()
                .unwrap()
                .contains("another email address")
    });
    assert!(told.is_some(), "the old address is told");
    assert_eq!(product.staff().post(&link, &owned(&[])).await.status, 410);
    let page = product.member(moved).await.get("/account/").await;
    assert_eq!(page.at, base);
}

#[tokio::test]
async fn a6_who_is_removed_sees_nothing_more_at_once() {
    let product = Product::at(DAY).await;
    let (browser, base) = lead(&product).await;
    let finance = product.member(FINANCE).await;
    assert_eq!(finance.get(&base).await.status, 200);
    let path = contact_path(&browser.get(&base).await, "Robin Sample", "remove");
    let removed = browser.send_form(&path, &[]).await;
    assert!(
        removed.text().contains("The contact was removed"),
        "{}",
        removed.text()
    );
    assert_eq!(finance.get(&base).await.status, 404);
    let none = finance.get("/account/").await;
    assert!(
        none.text().contains("You are no contact of a member now"),
        "{}",
        none.text()
    );
    let twice = browser.post(&path, &owned(&[])).await;
    assert_eq!(twice.status, 200, "a second press changes nothing");
}

#[tokio::test]
async fn a6_the_last_lead_cannot_be_removed_nor_made_a_reader() {
    let product = Product::at(DAY).await;
    let (browser, base) = lead(&product).await;
    let home = browser.get(&base).await;
    let remove = contact_path(&home, LEAD, "remove");
    let asked = browser.get(&remove).await;
    assert!(
        asked.text().contains("Somebody has to be the lead"),
        "{}",
        asked.text()
    );
    let forced = browser.post(&remove, &owned(&[])).await;
    assert_eq!(forced.status, 409);
    let change = contact_path(&home, LEAD, "change");
    let refused = browser.send_form(&change, &[("role", "reader")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("href=\"#role\""));
    assert_eq!(browser.get(&base).await.status, 200);
}

#[tokio::test]
async fn a6_each_contact_may_do_what_its_role_says() {
    let product = Product::at(DAY).await;
    let (browser, base) = lead(&product).await;
    let reader = "reader@sample.example";
    browser
        .send_form(
            &format!("{base}contacts/add/"),
            &contact("Ria", reader, "reader"),
        )
        .await;
    let finance = product.member(FINANCE).await;
    let reader = product.member(reader).await;
    for part in ["notice/", "pupils/", "contacts/add/"] {
        for browser in [&finance, &reader] {
            let shut = browser.get(&format!("{base}{part}")).await;
            assert_eq!(shut.status, 403, "{part}");
            let forced = browser.post(&format!("{base}{part}"), &owned(&[])).await;
            assert_eq!(forced.status, 403, "{part}");
        }
    }
    let invoice = format!("{base}invoices/INV-00001/");
    assert_eq!(reader.get(&invoice).await.status, 403);
    let opened = finance.get(&invoice).await;
    assert_eq!(opened.status, 200);
    assert!(opened.text().contains("£875.00"), "{}", opened.text());
    assert!(!reader.get(&base).await.body.contains("Add a contact"));
}

#[tokio::test]
async fn a_contact_sent_twice_is_added_once_and_one_address_is_one_contact() {
    let product = Product::at(DAY).await;
    let (browser, base) = lead(&product).await;
    let path = format!("{base}contacts/add/");
    let key = browser.get(&path).await.field("command").unwrap();
    let mut fields = owned(&contact("Kim", "kim@sample.example", "reader"));
    fields.push(("command".to_owned(), key));
    for _ in 0..2 {
        assert_eq!(browser.post(&path, &fields).await.status, 200);
    }
    let home = browser.get(&base).await;
    assert_eq!(home.body.matches("kim@sample.example").count(), 1);
    let again = browser
        .send_form(&path, &contact("Kim Again", "KIM@sample.example", "lead"))
        .await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("already that of a contact"));
    assert_eq!(again.field("name").as_deref(), Some("Kim Again"));
}

#[tokio::test]
async fn fields_of_every_length_script_and_direction_are_kept_or_told() {
    let product = Product::at(DAY).await;
    let (browser, base) = lead(&product).await;
    let path = format!("{base}contacts/add/");
    let long = "ü".repeat(10_000);
    let told = browser
        .send_form(&path, &contact(&long, "a@b.example", "reader"))
        .await;
    assert_eq!(told.status, 422);
    assert!(
        told.text().contains("Shorten the person’s name"),
        "{}",
        told.text()
    );
    assert_eq!(told.field("name").as_deref(), Some(long.as_str()));
    for (number, name) in [
        "محمد علي",
        "עברית",
        "李 小龍",
        "Zoë <b>O’Brien</b>",
        "ঙ\u{202e}abc",
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("n{number}@sample.example");
        let added = browser
            .send_form(&path, &contact(name, &email, "reader"))
            .await;
        assert_eq!(added.status, 200, "{name}: {}", added.text());
        assert!(!added.body.contains("<b>O’Brien"), "escaped");
    }
}

#[tokio::test]
async fn a6_pupils_are_declared_before_1_september_and_compared_with_the_register() {
    let product = Product::at("2017-08-31T23:00+01:00").await;
    let (browser, base) = lead(&product).await;
    let home = browser.get(&base).await;
    assert!(
        home.text()
            .contains("To be declared before 1 September 2017"),
        "{}",
        home.text()
    );
    let path = format!("{base}pupils/");
    let form = browser.get(&path).await;
    assert_eq!(
        form.field("pupils").as_deref(),
        Some("420"),
        "as the register has it"
    );

    let odd = browser
        .send_form(&path, &[("pupils", "431"), ("reason", "")])
        .await;
    assert_eq!(odd.status, 422);
    assert!(
        odd.text().contains("Say why the number is not 420"),
        "{}",
        odd.text()
    );
    assert_eq!(odd.field("pupils").as_deref(), Some("431"));

    let sent = browser
        .send_form(&path, &[("pupils", "431"), ("reason", "A bulge class")])
        .await;
    assert!(
        sent.text().contains("We have your pupil return"),
        "{}",
        sent.text()
    );
    assert!(
        sent.text().contains("431, declared on 31 August 2017"),
        "{}",
        sent.text()
    );
    let corrected = browser.send_form(&path, &[("pupils", "432")]).await;
    assert!(
        corrected.text().contains("432, declared on"),
        "{}",
        corrected.text()
    );
}

#[tokio::test]
async fn a6_on_1_september_in_london_it_is_the_next_year_that_is_declared() {
    // Half past eleven at night in UTC: half past midnight in London.
    let product = Product::at("2017-08-31T23:30Z").await;
    let (browser, base) = lead(&product).await;
    let page = browser.get(&format!("{base}pupils/")).await;
    assert!(
        page.text().contains("Pupil return for 2018/19"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn what_was_typed_when_the_session_was_lost_is_kept_and_sent_after_the_sign_in() {
    let product = Product::at(DAY).await;
    let (browser, base) = lead(&product).await;
    let path = format!("{base}pupils/");
    let typed = "A bulge class in <Year 3>\n“so there” مرحبا";
    let fields = [("pupils", "431"), ("reason", typed)];
    let mut all = owned(&fields);
    all.push((
        "command".into(),
        browser.get(&path).await.field("command").unwrap(),
    ));
    let secret = browser.cookies()["account-session"].clone();
    product
        .app
        .store
        .end_account_session(&secret)
        .await
        .unwrap();

    let lost = browser.post(&path, &all).await;

    assert_eq!(lost.status, 401);
    assert!(
        lost.text().contains("what you typed is kept"),
        "{}",
        lost.text()
    );
    assert_eq!(lost.field("reason").as_deref(), Some(typed));
    product.sign_in(&browser, LEAD).await;
    let kept = tests::page::held(&lost.body);
    let kept: Vec<_> = kept.into_iter().collect();
    let sent = browser.post(&path, &kept).await;
    assert!(
        sent.text().contains("We have your pupil return"),
        "{}",
        sent.text()
    );
}

#[tokio::test]
async fn everything_of_a_school_is_in_one_place() {
    let product = Product::at(DAY).await;
    let (browser, base) = lead(&product).await;
    let visitor = product.visitor();
    let event = product
        .app
        .site
        .published()
        .await
        .unwrap()
        .publication
        .events
        .iter()
        .find(|event| event.price.is_none() && event.capacity.is_none_or(|left| left > 5))
        .map(|event| event.slug.to_string())
        .expect("a free event");
    let booked = visitor
        .book(&format!("/book/{event}/"), &tests::forms::booking())
        .await;
    assert_eq!(booked.status, 200, "{}", booked.text());
    let home = browser.get(&base).await.text();
    for part in [
        "Sam Delegate",
        "INV-00001",
        "£875.00",
        "named link member",
        "Electing the Board",
        "decided by the Board on 3 April 2017",
        "Who may sign in?",
    ] {
        assert!(
            home.to_lowercase().contains(&part.to_lowercase()),
            "{part}: {home}"
        );
    }
}
