//! Enquiries in the staff area: found, answered, closed; two at once; and a
//! history that says who did what.

use local::identity_stand_in::Person;
use tests::Product;
use tests::visitor::owned;

const QUESTION: &[(&str, &str)] = &[
    ("name", "Zoë O’Brien-Núñez"),
    ("email", "zoe@sample.example"),
    ("organisation", "Sample Primary School"),
    ("message", "What does it cost?\nAnd when?"),
];

async fn ask(product: &Product) -> String {
    let sent = product.visitor().fill("/enquire/", QUESTION).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    format!("/staff/enquiries/{}/", sent.reference())
}

#[tokio::test]
async fn an_enquiry_is_answered_by_letter_then_closed_and_its_history_says_who() {
    let product = Product::start().await;
    let path = ask(&product).await;
    let staff = product.signed_in(Person::Secretary).await;

    let queue = staff.get("/staff/enquiries/?q=zo%C3%AB").await;
    assert!(queue.body.contains(&path), "{}", queue.text());
    let none = staff.get("/staff/enquiries/?q=nobody+such").await;
    assert!(!none.body.contains(&path));

    let fields = [("answer", "Nothing at all."), ("how", "letter")];
    let answered = staff.fill(&path, &format!("{path}answer/"), &fields).await;
    assert_eq!(answered.at, path);
    let text = answered.text();
    assert!(text.contains("Answered"), "{text}");
    assert!(text.contains("Sample Secretary"), "{text}");
    let letters = product.visitor().letters().await;
    let letter = letters[0]["text"].as_str().unwrap();
    assert_eq!(letters[0]["to"], "zoe@sample.example");
    assert!(letter.contains("Nothing at all."), "{letter}");

    let closed = staff.fill(&path, &format!("{path}close/"), &[]).await;
    assert!(closed.text().contains("Closed"), "{}", closed.text());
    assert!(!staff.get("/staff/enquiries/").await.body.contains(&path));
    let found = staff.get("/staff/enquiries/?state=closed").await;
    assert!(found.body.contains(&path));
}

#[tokio::test]
async fn an_answer_that_was_told_otherwise_is_kept_and_not_sent() {
    let product = Product::start().await;
    let path = ask(&product).await;
    let staff = product.signed_in(Person::Secretary).await;
    let before = product.visitor().letters().await.len();
    let fields = [("answer", "Rung back."), ("how", "otherwise")];
    let kept = staff.fill(&path, &format!("{path}answer/"), &fields).await;
    assert!(kept.text().contains("told otherwise"), "{}", kept.text());
    assert_eq!(product.visitor().letters().await.len(), before);
}

#[tokio::test]
async fn what_is_wrong_with_an_answer_is_said_and_what_was_typed_stays() {
    let product = Product::start().await;
    let path = ask(&product).await;
    let staff = product.signed_in(Person::Secretary).await;
    let action = format!("{path}answer/");
    let empty = staff.fill(&path, &action, &[("how", "letter")]).await;
    assert_eq!(empty.status, 422);
    assert!(
        empty.text().contains("Enter the answer"),
        "{}",
        empty.text()
    );
    let long = "x".repeat(10_000);
    let fields = [("answer", long.as_str()), ("how", "")];
    let too_long = staff.fill(&path, &action, &fields).await;
    assert_eq!(too_long.status, 422);
    assert!(too_long.body.contains(&long));
    assert!(
        too_long
            .text()
            .contains("Say whether the answer is to be sent")
    );
}

#[tokio::test]
async fn of_two_who_answer_at_once_the_second_is_told_and_loses_nothing() {
    let product = Product::start().await;
    let path = ask(&product).await;
    let first = product.signed_in(Person::Secretary).await;
    let second = product.signed_in(Person::Everything).await;
    let version = second.get(&path).await.field("version").unwrap();

    let fields = [("answer", "First."), ("how", "otherwise")];
    first.fill(&path, &format!("{path}answer/"), &fields).await;
    let late = owned(&[
        ("answer", "Second <b>thoughts</b>."),
        ("how", "letter"),
        ("version", &version),
    ]);
    let told = second.post(&format!("{path}answer/"), &late).await;
    assert_eq!(told.status, 409);
    let text = told.text();
    assert!(
        text.contains("Somebody else has changed this meanwhile"),
        "{text}"
    );
    assert!(text.contains("First."), "{text}");
    assert!(text.contains("Second <b>thoughts</b>."), "{text}");
}

#[tokio::test]
async fn an_answer_that_arrives_twice_is_one_answer_and_one_letter() {
    let product = Product::start().await;
    let path = ask(&product).await;
    let staff = product.signed_in(Person::Secretary).await;
    let opened = staff.get(&path).await;
    let (command, version) = (
        opened.field("command").unwrap(),
        opened.field("version").unwrap(),
    );
    let fields = owned(&[
        ("answer", "Once."),
        ("how", "letter"),
        ("command", &command),
        ("version", &version),
    ]);
    let before = product.visitor().letters().await.len();
    for _ in 0..2 {
        let kept = staff.post(&format!("{path}answer/"), &fields).await;
        assert_eq!((kept.status, kept.at.as_str()), (200, path.as_str()));
    }
    assert_eq!(product.visitor().letters().await.len(), before + 1);
}

#[tokio::test]
async fn the_history_names_what_changed_and_keeps_its_entries_when_values_are_erased() {
    let product = Product::start().await;
    let path = ask(&product).await;
    let staff = product.signed_in(Person::Secretary).await;
    let fields = [("answer", "A secret answer."), ("how", "otherwise")];
    staff.fill(&path, &format!("{path}answer/"), &fields).await;
    let erase = format!("{path}erase/");
    let refused = staff.fill(&path, &erase, &[]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("is still needed"),
        "{}",
        refused.text()
    );
    staff.fill(&path, &format!("{path}close/"), &[]).await;

    let history = |page: &tests::Answer| page.text().split_once("History").unwrap().1.to_owned();
    let before = history(&staff.get(&path).await);
    assert!(before.contains("A secret answer."), "{before}");
    assert!(before.contains("received → answered"), "{before}");
    let erased = staff.fill(&path, &erase, &[]).await;
    let after = history(&erased);
    assert!(!after.contains("A secret answer."), "{after}");
    for kept in [
        "Enquiry received",
        "Enquiry answered",
        "Enquiry closed",
        "received → answered",
        "Personal values erased",
    ] {
        assert!(after.contains(kept), "`{kept}` is not in {after}");
    }
}
