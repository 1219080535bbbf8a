//! Enquiries: a question is received once, kept, and told to the office.

use tests::Product;
use tests::forms::with;
use tests::visitor::owned;

fn question() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "Zoë O’Brien-Núñez"),
        ("email", "zoe@sample.example"),
        ("organisation", "Sample Primary School"),
        ("telephone", ""),
        (
            "message",
            "What would a review for 12 teachers cost?\nআমরা জুনে চাই।",
        ),
    ]
}

#[tokio::test]
async fn an_enquiry_about_a_service_gets_a_reference_and_reaches_the_office() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let form = visitor.get("/enquire/bespoke-packages/").await;
    assert!(form.text().contains("Bespoke packages"), "{}", form.text());

    let sent = visitor
        .fill("/enquire/bespoke-packages/", &question())
        .await;
    assert_eq!(sent.status, 200);
    assert!(sent.at.starts_with("/enquire/sent/ENQ-"), "{}", sent.at);
    assert!(sent.text().contains(&sent.reference()), "{}", sent.text());
    assert!(sent.text().contains("Bespoke packages"), "{}", sent.text());
    assert!(
        !sent.text().contains("sample.example") && !sent.text().contains("12 teachers"),
        "a reference is no secret: {}",
        sent.text()
    );

    let letters = visitor.letters().await;
    assert_eq!(letters.len(), 2);
    let to = |address: &str| {
        let letter = letters.iter().find(|letter| letter["to"] == address);
        letter.unwrap_or_else(|| panic!("no letter to {address}"))["text"]
            .as_str()
            .unwrap()
    };
    let office = to("office@the-partnership.example");
    for said in [
        "12 teachers",
        "আমরা জুনে চাই।",
        "zoe@sample.example",
        &sent.reference(),
    ] {
        assert!(office.contains(said), "{said}: {office}");
    }
    let enquirer = to("zoe@sample.example");
    assert!(
        enquirer.contains(&format!("{}{}", product.base_url, sent.at)),
        "{enquirer}"
    );
    assert!(
        !enquirer.contains("12 teachers"),
        "an address that is not proved is sent nothing that a stranger typed: {enquirer}"
    );
}

#[tokio::test]
async fn a_question_about_anything_leads_on_from_the_catalogue_or_is_sent() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let form = visitor.get("/enquire/").await;
    assert!(form.body.contains("href=\"/services/\""), "{}", form.body);
    let sent = visitor.fill("/enquire/", &question()).await;
    assert!(sent.at.starts_with("/enquire/sent/ENQ-"), "{}", sent.at);
}

#[tokio::test]
async fn an_enquiry_sent_twice_is_one() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let mut fields = owned(&question());
    fields.push(("command".into(), "0123456789abcdef0123456789abcdef".into()));
    let first = visitor
        .post_only("/enquire/bespoke-packages/", &fields)
        .await;
    let second = visitor
        .post_only("/enquire/bespoke-packages/", &fields)
        .await;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.at, second.at);
    assert_eq!(visitor.letters().await.len(), 2);
}

#[tokio::test]
async fn what_is_wrong_with_an_enquiry_is_said_and_what_was_typed_is_kept() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let long = "ক".repeat(10_000);
    let fields = with(with(question(), "email", "zoe at sample"), "message", &long);
    let answer = visitor.fill("/enquire/bespoke-packages/", &fields).await;
    assert_eq!(answer.status, 422);
    for sentence in [
        "There is a problem",
        "Enter your email address in the correct format, like name@example.sch.uk",
        "Shorten your question to 4000 characters or fewer",
    ] {
        assert!(
            answer.text().contains(sentence),
            "{sentence}: {}",
            answer.text()
        );
    }
    assert_eq!(answer.field("email").as_deref(), Some("zoe at sample"));
    assert!(answer.body.contains(&long), "the question is kept");
    assert!(visitor.letters().await.is_empty());
}

#[tokio::test]
async fn what_was_asked_is_never_markup_and_keeps_its_first_line_break() {
    let product = Product::start().await;
    let fields = with(
        with(question(), "email", ""),
        "message",
        "\n</textarea><script>alert(1)</script>",
    );
    let answer = product.visitor().fill("/enquire/", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(!answer.body.contains("<script>alert"), "{}", answer.body);
    assert!(
        answer.body.contains("\n\n&lt;&#x2F;textarea") || answer.body.contains("\n\n&lt;/textarea"),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn a_service_that_cannot_be_ordered_says_so_on_a_plain_page() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let page = visitor.get("/enquire/admissions-and-appeals/").await;
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("This cannot be ordered from us"),
        "{}",
        page.text()
    );
    assert!(
        page.body
            .contains("href=\"/services/admissions-and-appeals/\""),
        "{}",
        page.body
    );
    let posted = visitor
        .post("/enquire/admissions-and-appeals/", &owned(&question()))
        .await;
    assert_eq!(posted.status, 409);
    assert!(visitor.letters().await.is_empty());
    for wrong in [
        "/enquire/nothing/",
        "/enquire/%ff/",
        "/enquire/sent/ENQ-000-000-001/",
    ] {
        assert_eq!(visitor.get(wrong).await.status, 404, "{wrong}");
    }
}
