//! The office's search: schools, people and references in all that is kept.

use local::identity_stand_in::Person;
use tests::Product;
use tests::applying::apply;
use tests::members::LEAD;
use tests::staff::staff_path;

const DAY: &str = "2017-04-03T10:00+01:00";

#[tokio::test]
async fn a_search_finds_schools_people_and_references_in_everything_that_is_kept() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    let joined = product.join("900001").await;
    let path = format!("/staff/members/{joined}/");
    let draft = apply(&product.visitor(), "900002").await;
    let reference = joined.to_string();
    for (sought, found) in [
        ("sample+primary", path.as_str()),
        ("900001", &path),
        ("robin", &path),
        ("FINANCE%40sample", &path),
        (reference.as_str(), &path),
        ("inv-1", &path),
        ("900002", &staff_path(&draft)),
        (draft.split('/').nth(2).unwrap(), &staff_path(&draft)),
    ] {
        let page = staff.get(&format!("/staff/search/?q={sought}")).await;
        assert!(page.body.contains(found), "{sought}: {}", page.text());
    }
    let nothing = staff.get("/staff/search/?q=xylophone").await;
    assert!(nothing.text().contains("has to do with “xylophone”"));
    let list = staff.get("/staff/members/?q=sample&which=full").await;
    assert!(list.body.contains(&path), "{}", list.text());
    let former = staff.get("/staff/members/?which=former").await;
    assert!(!former.body.contains(&path));
}

#[tokio::test]
async fn a_person_who_may_sign_in_for_a_member_leads_to_it() {
    let product = Product::at(DAY).await;
    let joined = product.join("900001").await;
    let lead = product.member(LEAD).await;
    let head = [
        ("name", "\u{c5}sa Head"),
        ("job", "Headteacher"),
        ("email", "asa@head.example"),
        ("role", "reader"),
    ];
    lead.send_form(&format!("/account/{joined}/contacts/add/"), &head)
        .await;

    let staff = product.signed_in(Person::Director).await;
    let path = format!("/staff/members/{joined}/");
    for sought in ["%C3%A5sa", "ASA%40HEAD"] {
        let page = staff.get(&format!("/staff/search/?q={sought}")).await;
        assert!(page.body.contains(&path), "{sought}: {}", page.text());
        let text = page.text();
        assert!(text.contains("\u{c5}sa Head, asa@head.example"), "{text}");
        let list = staff.get(&format!("/staff/members/?q={sought}")).await;
        assert!(list.body.contains(&path), "{sought}: {}", list.text());
    }
    let nobody = staff.get("/staff/search/?q=asa%40tail").await;
    assert!(!nobody.body.contains(&path), "{}", nobody.text());
}
