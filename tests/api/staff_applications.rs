//! Applications in the staff area: found, picked up, asked about, confirmed on
//! behalf, and on the paper for the Board.

use local::identity_stand_in::Person;
use tests::Product;
use tests::applying::{apply, complete, send};
use tests::staff::staff_path;
use tests::visitor::owned;

#[tokio::test]
async fn an_application_is_found_picked_up_and_on_the_paper_for_the_board() {
    let product = Product::start().await;
    let path = staff_path(&apply(&product.visitor(), "900001").await);
    let staff = product.signed_in(Person::Secretary).await;

    for search in ["", "?q=900001", "?state=submitted", "?q=office%40sample"] {
        let queue = staff.get(&format!("/staff/applications/{search}")).await;
        assert!(queue.body.contains(&path), "{search}: {}", queue.text());
    }
    for search in ["?q=nobody", "?state=under-review", "?state=decided"] {
        let queue = staff.get(&format!("/staff/applications/{search}")).await;
        assert!(!queue.body.contains(&path), "{search}");
    }
    let opened = staff.get(&path).await;
    assert!(
        opened.text().contains("office@sample.example"),
        "{}",
        opened.text()
    );
    let paper = staff.get("/staff/applications/paper/").await;
    assert!(paper.text().contains("No application is under review"));

    let picked = staff.fill(&path, &format!("{path}pick-up/"), &[]).await;
    assert_eq!((picked.status, picked.at.as_str()), (200, path.as_str()));
    let text = picked.text();
    assert!(text.contains("Under review"), "{text}");
    assert!(text.contains("Application picked up"), "{text}");
    assert!(text.contains("Sample Secretary"), "{text}");
    let paper = staff.get("/staff/applications/paper/").await;
    assert!(paper.text().contains("1 under review"), "{}", paper.text());
    assert!(paper.text().contains("office@sample.example"));
}

#[tokio::test]
async fn the_applicant_is_asked_by_letter_and_an_empty_question_is_refused() {
    let product = Product::start().await;
    let path = staff_path(&apply(&product.visitor(), "900001").await);
    let staff = product.signed_in(Person::Secretary).await;
    staff.fill(&path, &format!("{path}pick-up/"), &[]).await;

    let empty = staff.fill(&path, &format!("{path}ask/"), &[]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("Enter what you need to know"));
    let fields = [("question", "When did the governors meet?")];
    let asked = staff.fill(&path, &format!("{path}ask/"), &fields).await;
    assert!(
        asked.text().contains("Waiting for the applicant"),
        "{}",
        asked.text()
    );
    let letters = product.visitor().letters().await;
    let text = letters[0]["text"].as_str().unwrap();
    assert!(text.contains("When did the governors meet?"), "{text}");
}

#[tokio::test]
async fn of_two_who_pick_up_at_once_the_second_is_told() {
    let product = Product::start().await;
    let path = staff_path(&apply(&product.visitor(), "900001").await);
    let first = product.signed_in(Person::Secretary).await;
    let second = product.signed_in(Person::Everything).await;
    let version = second.get(&path).await.field("version").unwrap();
    first.fill(&path, &format!("{path}pick-up/"), &[]).await;
    let fields = tests::visitor::owned(&[("version", &version)]);
    let told = second.post(&format!("{path}pick-up/"), &fields).await;
    assert_eq!(told.status, 409);
    assert!(
        told.text()
            .contains("Somebody else has changed this meanwhile")
    );
}

#[tokio::test]
async fn the_secretary_confirms_an_address_on_behalf_and_the_history_says_so() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let base = complete(&visitor, "900001").await;
    send(&visitor, &base).await;
    let path = staff_path(&base);
    let staff = product.signed_in(Person::Secretary).await;
    let queue = staff.get("/staff/applications/?state=unconfirmed").await;
    assert!(queue.body.contains(&path), "{}", queue.text());

    let confirmed = staff.fill(&path, &format!("{path}confirm/"), &[]).await;
    let text = confirmed.text();
    assert!(text.contains("Address confirmed on behalf"), "{text}");
    assert!(staff.get("/staff/applications/").await.body.contains(&path));
}

#[tokio::test]
async fn of_two_applications_of_a_school_one_is_withdrawn_before_the_other_is_live() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let mut paths = Vec::new();
    for _ in 0..2 {
        let base = complete(&visitor, "900001").await;
        send(&visitor, &base).await;
        paths.push(staff_path(&base));
    }
    let staff = product.signed_in(Person::Secretary).await;
    let [first, second] = [&paths[0], &paths[1]];
    staff.fill(first, &format!("{first}confirm/"), &[]).await;
    let confirm = format!("{second}confirm/");
    let refused = staff.fill(second, &confirm, &[]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .text()
            .contains("one of the two has to be withdrawn first"),
        "{}",
        refused.text()
    );
    let withdrawn = staff.fill(first, &format!("{first}withdraw/"), &[]).await;
    let text = withdrawn.text();
    assert!(text.contains("Withdrawn on behalf"), "{text}");
    assert!(text.contains("Sample Secretary"), "{text}");
    let live = staff.fill(second, &confirm, &[]).await;
    assert!(live.text().contains("Received"), "{}", live.text());
    let over = staff.get(first).await;
    assert!(!over.body.contains("Withdraw the application</button>"));
}

#[tokio::test]
async fn an_application_that_the_office_withdraws_is_told_of_once_and_can_be_made_again() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let path = staff_path(&apply(&visitor, "900001").await);
    let staff = product.signed_in(Person::Secretary).await;
    let before = visitor.letters().await.len();
    let withdraw = format!("{path}withdraw/");
    let form = staff.filled_in(&path, &[]).await;
    for _ in 0..2 {
        assert_eq!(staff.post(&withdraw, &form).await.status, 200);
    }
    assert_eq!(visitor.letters().await.len(), before + 1, "one letter");
    let to = "office@sample.example";
    let link = visitor.link_in_letter(to, "is withdrawn").await;
    let letters = visitor.letters().await;
    let text = letters[0]["text"].as_str().unwrap();
    assert!(text.contains("application of Sample Primary"), "{text}");
    assert!(text.contains("Did you not ask"), "{text}");

    let status = visitor.get(&link).await;
    assert!(status.text().contains("Withdrawn"), "{}", status.text());
    let again = visitor.post(&format!("{link}again/"), &owned(&[])).await;
    assert_eq!(again.status, 200, "{}", again.text());
    assert!(again.at.starts_with("/apply/APP-"), "{}", again.at);
}
