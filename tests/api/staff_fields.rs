//! What is typed into the office's forms: too long, in any script and
//! direction, or sent when the session is lost. It is told, and kept.

use local::identity_stand_in::Person;
use tests::applying::apply;
use tests::staff::staff_path;
use tests::visitor::owned;
use tests::{Answer, Product};

const DAY: &str = "2017-04-03T10:00+01:00";

/// What a field holds, be it of one line or of several.
fn held(page: &Answer, action: &str, name: &str) -> String {
    let form = tests::page::held_by(&page.body, &format!("action=\"{action}\""));
    let field = form.into_iter().find(|(field, _)| field == name);
    field.expect("the field").1
}

#[tokio::test]
async fn ten_thousand_characters_in_a_form_of_the_office_are_told_and_kept() {
    let product = Product::at(DAY).await;
    let joined = product.join("900001").await;
    let member = format!("/staff/members/{joined}/");
    let staff = product.signed_in(Person::Secretary).await;
    let application = staff_path(&apply(&product.visitor(), "900002").await);
    let pick_up = format!("{application}pick-up/");
    staff.fill(&application, &pick_up, &[]).await;
    let long = "ক".repeat(10_000);
    for (page, part, field) in [
        (&member, "log/", "note"),
        (&member, "log/", "logged_with"),
        (&member, "link/", "link_name"),
        (&member, "details/", "member_name"),
        (&member, "details/", "address"),
        (&member, "urn/", "urn_minute"),
        (&application, "ask/", "question"),
        (&application, "decide/", "minute"),
        (&application, "decide/", "reason"),
    ] {
        let action = format!("{page}{part}");
        let told = staff.fill(page, &action, &[(field, &long)]).await;
        assert_eq!(told.status, 422, "{field}: {}", told.text());
        assert!(told.text().contains("Shorten "), "{field}");
        assert!(told.body.contains(&format!("href=\"#{field}\"")), "{field}");
        assert_eq!(held(&told, &action, field), long, "{field}");
    }
}

#[tokio::test]
async fn every_script_and_direction_is_kept_as_it_was_typed_and_is_never_markup() {
    let product = Product::at(DAY).await;
    let joined = product.join("900001").await;
    let path = format!("/staff/members/{joined}/");
    let staff = product.signed_in(Person::Secretary).await;
    for name in [
        "محمد علي",
        "নতুন প্রধান",
        "ז׳אן O’Brien",
        "李小龍 🏫",
        "</dd><script>alert(1)</script>",
    ] {
        let details = [
            ("member_name", name),
            ("address", "1 Street\nLondon"),
            ("contact_name", name),
            ("contact_email", "office@sample.example"),
        ];
        let action = format!("{path}details/");
        let page = staff.fill(&path, &action, &details).await;
        assert_eq!(page.status, 200, "{name}: {}", page.text());
        assert_eq!(held(&page, &action, "contact_name"), name);
        assert!(!page.body.contains("<script>alert"), "{name}");
        let register = staff.get("/staff/register/").await;
        assert!(register.text().contains(name), "{name}");
        assert!(!register.body.contains("<script>alert"), "{name}");
    }
}

#[tokio::test]
async fn a_form_that_was_sent_when_the_session_was_lost_changes_nothing_and_goes_through_after() {
    let product = Product::at(DAY).await;
    let joined = product.join("900001").await;
    let path = format!("/staff/members/{joined}/");
    let action = format!("{path}log/");
    let staff = product.signed_in(Person::Secretary).await;
    let entry = [
        ("logged_on", "3 April 2017"),
        ("channel", "telephone"),
        ("note", "The roof."),
    ];
    let form = staff.filled_in(&path, &entry).await;
    staff.post("/staff/sign-out/", &owned(&[])).await;
    let lost = staff.post(&action, &form).await;
    assert_eq!(lost.status, 401, "{}", lost.text());
    assert!(
        lost.text().contains("what you typed is still there"),
        "{}",
        lost.text()
    );
    staff.sign_in(Person::Secretary).await;
    assert!(!staff.get(&path).await.text().contains("The roof."));
    let kept = staff.post(&action, &form).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
    assert!(kept.text().contains("The roof."), "{}", kept.text());
}
