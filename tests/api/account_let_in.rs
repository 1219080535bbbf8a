//! A way back in when the known contact has left: asked for by anybody, checked
//! by the membership secretary, told to everybody whom it concerns.

use local::identity_stand_in::Person;
use tests::members::{FINANCE, LEAD};
use tests::visitor::owned;
use tests::{Answer, Product};

const DAY: &str = "2017-04-03T10:00+01:00";
const NEW: &str = "new.head@sample.example";

const REQUEST: [(&str, &str); 7] = [
    ("school", "Sample Primary School"),
    ("urn", "900001"),
    ("name", "Nia O’Connor"),
    ("job", "Headteacher"),
    ("email", NEW),
    ("telephone", "020 7946 0000"),
    (
        "why",
        "Our business manager has left,\nand nobody has her letters.",
    ),
];

async fn ask(product: &Product, fields: &[(&str, &str)]) -> Answer {
    product.staff().send_form("/account/let-in/", fields).await
}

/// The path of the request that waits, at the secretary's.
async fn waiting(staff: &tests::staff::Staff) -> String {
    let list = staff.get("/staff/let-in/").await;
    let href = list
        .body
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.starts_with("/staff/let-in/ACC-"));
    href.unwrap_or_else(|| panic!("none waits: {}", list.text()))
        .to_owned()
}

#[tokio::test]
async fn the_secretary_checks_who_asks_and_lets_the_person_in_and_everybody_is_told() {
    let product = Product::at(DAY).await;
    let membership = product.join("900001").await;
    let asked = ask(&product, &REQUEST).await;
    assert!(
        asked.text().contains("We have your request"),
        "{}",
        asked.text()
    );
    let before = product.visitor().letters().await.len();
    let known = product.staff();
    known
        .post("/account/sign-in/", &owned(&[("email", NEW)]))
        .await;
    assert_eq!(
        product.visitor().letters().await.len(),
        before,
        "not before it is checked"
    );

    let staff = product.signed_in(Person::Secretary).await;
    let page = waiting(&staff).await;
    let shown = staff.get(&page).await;
    assert_eq!(shown.field("membership"), Some(membership.to_string()));
    assert!(
        shown.text().contains(LEAD),
        "whom we know: {}",
        shown.text()
    );
    let empty = staff
        .fill(&page, &format!("{page}answer/"), &[("membership", "")])
        .await;
    assert_eq!(empty.status, 422);
    let reference = membership.to_string();
    let answer = [
        ("membership", reference.as_str()),
        ("role", "lead"),
        (
            "checked",
            "Called the number in the register; the chair confirmed.",
        ),
        ("answer", "grant"),
    ];
    let mut answer = owned(&answer);
    for name in ["command", "version"] {
        answer.push((name.to_owned(), shown.field(name).unwrap()));
    }
    let granted = staff.post(&format!("{page}answer/"), &answer).await;
    assert!(granted.text().contains("Let in"), "{}", granted.text());
    assert!(
        granted.text().contains("Sample Secretary"),
        "the history says who"
    );
    let letters = product.visitor().letters().await;
    let again = staff.post(&format!("{page}answer/"), &answer).await;
    assert_eq!(again.status, 200, "answered once: {}", again.text());
    assert_eq!(product.visitor().letters().await, letters);
    for told in [LEAD, FINANCE] {
        let letter = letters.iter().find(|letter| {
            let text = letter["text"].as_str().unwrap();
            letter["to"] == told && text.contains("let the person in")
        });
        assert!(letter.is_some(), "{told} is told");
    }
    let home = product.member(NEW).await.get("/account/").await;
    assert!(home.text().contains("Nia O’Connor"), "{}", home.text());
    let trail = product.app.store.account_trail(&membership).await.unwrap();
    assert!(trail.iter().any(|entry| entry.what == "contact-let-in"));
}

#[tokio::test]
async fn of_two_who_answer_a_request_the_second_is_told_and_nothing_is_done() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    ask(&product, &REQUEST).await;
    let (first, second) = (
        product.signed_in(Person::Secretary).await,
        product.signed_in(Person::Secretary).await,
    );
    let page = waiting(&first).await;
    let seen = second.get(&page).await;
    let refusal = [("checked", "Nobody knows her."), ("answer", "refuse")];
    let sent: Vec<(&str, &str)> = refusal.to_vec();
    let key = ["command", "version"].map(|name| (name, seen.field(name).unwrap()));
    let mut typed = owned(&sent);
    typed.extend(key.map(|(name, value)| (name.to_owned(), value)));

    let granted = [
        ("role", "lead"),
        ("checked", "The chair confirmed."),
        ("answer", "grant"),
        ("membership", seen.field("membership").unwrap().leak()),
    ];
    let done = first.fill(&page, &format!("{page}answer/"), &granted).await;
    assert!(done.text().contains("Let in"), "{}", done.text());
    let before = product.visitor().letters().await.len();
    let late = second.post(&format!("{page}answer/"), &typed).await;
    assert_eq!(late.status, 409, "{}", late.text());
    assert_eq!(product.visitor().letters().await.len(), before);
    assert!(late.text().contains("Let in"), "{}", late.text());
}

#[tokio::test]
async fn who_is_refused_is_told_and_sees_nothing() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    ask(&product, &REQUEST).await;
    let staff = product.signed_in(Person::Secretary).await;
    let page = waiting(&staff).await;
    let answer = [
        ("checked", "The school does not know her."),
        ("answer", "refuse"),
    ];
    let refused = staff.fill(&page, &format!("{page}answer/"), &answer).await;
    assert!(refused.text().contains("Refused"), "{}", refused.text());
    let letters = product.visitor().letters().await;
    assert_eq!(letters[0]["to"], NEW);
    product
        .staff()
        .post("/account/sign-in/", &owned(&[("email", NEW)]))
        .await;
    assert_eq!(product.visitor().letters().await.len(), letters.len());
}

#[tokio::test]
async fn a_school_that_is_no_member_is_answered_alike() {
    let product = Product::at(DAY).await;
    product.join("900001").await;
    let member = ask(&product, &REQUEST).await;
    let mut other = REQUEST;
    other[1].1 = "900002";
    other[4].1 = "other@sample.example";
    let stranger = ask(&product, &other).await;
    assert_eq!((member.status, &member.at), (stranger.status, &stranger.at));
    assert_eq!(member.body, stranger.body);
}

#[tokio::test]
async fn a_request_that_is_wrong_is_told_field_by_field_and_kept() {
    let product = Product::at(DAY).await;
    let long = "ж".repeat(10_000);
    let told = ask(
        &product,
        &[
            ("name", &long),
            ("urn", "12"),
            ("why", "لقد غادرت\n<script>"),
        ],
    )
    .await;
    assert_eq!(told.status, 422);
    for field in ["school", "urn", "name", "job", "email", "telephone"] {
        assert!(told.body.contains(&format!("href=\"#{field}\"")), "{field}");
    }
    let kept = tests::page::held(&told.body);
    let why = kept.iter().find(|(name, _)| name == "why").unwrap();
    assert_eq!(why.1, "لقد غادرت\n<script>");
    assert!(!told.body.contains("<script>"));
}
