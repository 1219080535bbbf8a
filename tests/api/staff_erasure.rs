//! What is personal in the history of an application or of a member goes when
//! the secretary says so, and the entries stay.

use domain::contact::Line;
use domain::membership::Member;
use functions::secretary;
use local::identity_stand_in::Person;
use tests::applying::apply;
use tests::staff::{Staff, office, staff_path};
use tests::{Answer, Product};

const DAY: &str = "2017-04-03T10:00+01:00";

fn history(page: &Answer) -> String {
    let text = page.text();
    text.rsplit_once("History").unwrap().1.to_owned()
}

/// The secretary asks, and the applicant withdraws by telephone.
async fn withdrawn(product: &Product, staff: &Staff) -> String {
    let path = staff_path(&apply(&product.visitor(), "900001").await);
    let pick_up = format!("{path}pick-up/");
    staff.fill(&path, &pick_up, &[]).await;
    let question = [("question", "Is Robin still the head?")];
    staff.fill(&path, &format!("{path}ask/"), &question).await;
    let erase = format!("{path}erase/");
    let early = staff.fill(&path, &erase, &[]).await;
    assert_eq!(early.status, 422, "{}", early.text());
    assert!(early.text().contains("is still needed"), "{}", early.text());
    staff.fill(&path, &format!("{path}withdraw/"), &[]).await;
    path
}

#[tokio::test]
async fn the_history_of_an_application_that_is_over_loses_its_values_and_no_entry() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    let path = withdrawn(&product, &staff).await;
    let erase = format!("{path}erase/");
    let before = history(&staff.get(&path).await);
    assert!(before.contains("Is Robin still the head?"), "{before}");

    let director = product.signed_in(Person::Director).await;
    let page = director.get(&path).await;
    assert!(!page.body.contains("Erase the values</button>"));
    assert_eq!(director.fill(&path, &erase, &[]).await.status, 403);

    let form = staff.filled_in(&path, &[]).await;
    for _ in 0..2 {
        assert_eq!(staff.post(&erase, &form).await.status, 200);
    }
    let after = history(&staff.get(&path).await);
    assert!(!after.contains("Robin"), "{after}");
    for kept in [
        "Application picked up",
        "Information requested",
        "under-review → information-requested",
        "Withdrawn on behalf",
        "Sample Secretary",
        "Erased",
    ] {
        assert!(after.contains(kept), "`{kept}` is not in {after}");
    }
    assert_eq!(after.matches("Personal values erased").count(), 1);
}

#[tokio::test]
async fn the_history_of_a_member_is_erased_however_long_it_is_and_the_record_stays() {
    let product = Product::at(DAY).await;
    let joined = product.join("900001").await;
    let path = format!("/staff/members/{joined}/");
    let store = &product.app.store;
    for turn in 0..95 {
        let read = store.membership(&joined).await.unwrap().unwrap();
        let mut member: Member = read.value.member;
        member.contact.name = Line::parse(&format!("Kim Number {turn}"), "a name").unwrap();
        secretary::correct_details(&product.app, &office(), &joined, &member)
            .await
            .unwrap();
    }
    let staff = product.signed_in(Person::Secretary).await;
    let opened = staff.get(&path).await;
    assert!(history(&opened).contains("Kim Number 3 "));
    let entries = history(&opened).matches("Details corrected").count();
    assert_eq!(entries, 95);

    // Somebody else has changed it since this page was opened.
    let erase = format!("{path}erase/");
    let stale = staff.filled_in(&path, &[]).await;
    let link = [("link_name", "Lee"), ("link_email", "lee@staff.example")];
    staff.fill(&path, &format!("{path}link/"), &link).await;
    let told = staff.post(&erase, &stale).await;
    assert_eq!(told.status, 409, "{}", told.text());
    assert!(history(&told).contains("Kim Number 3 "));

    let erased = staff.fill(&path, &erase, &[]).await;
    assert_eq!(erased.status, 200, "{}", erased.text());
    let after = history(&erased);
    assert!(!after.contains("Kim"), "{after}");
    assert!(!after.contains("lee@staff.example"), "{after}");
    assert_eq!(after.matches("Details corrected").count(), 95);
    assert_eq!(after.matches("Personal values erased").count(), 1);
    let text = erased.text();
    assert!(text.contains("Kim Number 94"), "the record is as it was");
}
