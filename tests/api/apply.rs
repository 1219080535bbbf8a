//! The application form: what is wrong is said and kept; what is right is
//! received once.

use tests::Product;
use tests::forms::{application, with};
use tests::visitor::owned;

#[tokio::test]
async fn an_application_gets_a_reference_a_confirmation_and_a_letter() {
    let product = Product::at("2017-04-03T10:00+01:00").await;
    let visitor = product.visitor();

    let confirmation = visitor.fill("/apply/", &application("900 001")).await;
    assert_eq!(confirmation.status, 200);
    assert!(
        confirmation.at.starts_with("/apply/submitted/APP-"),
        "{}",
        confirmation.at
    );
    let text = confirmation.text();
    assert!(text.contains(&confirmation.reference()), "{text}");
    assert!(text.contains("3 April 2017"), "{text}");
    assert!(
        !text.contains("office@sample.example"),
        "a reference is no secret: {text}"
    );

    let letters = visitor.letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0]["to"], "office@sample.example");
    let words = letters[0]["text"].as_str().unwrap();
    assert!(words.contains(&confirmation.reference()), "{words}");
    assert!(
        words.contains(&format!("{}{}", product.base_url, confirmation.at)),
        "{words}"
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_twice_and_what_was_typed_is_kept() {
    let product = Product::start().await;
    let fields = with(
        with(application("90000"), "contact_email", "office at sample"),
        "guarantee",
        "",
    );
    let answer = product.visitor().fill("/apply/", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("<title>Error: "), "{}", answer.body);
    for sentence in [
        "There is a problem",
        "URN must be 6 digits",
        "Enter the main contact’s email address in the correct format, like name@example.sch.uk",
        "Confirm that your school will pay the guarantee if it is called on",
    ] {
        let wanted = if sentence == "There is a problem" {
            1
        } else {
            2
        };
        assert_eq!(
            answer.text().matches(sentence).count(),
            wanted,
            "{sentence}: {}",
            answer.text()
        );
    }
    for (field, typed) in [
        ("urn", "90000"),
        ("contact_email", "office at sample"),
        ("contact_name", "আজিজ চৌধুরী"),
    ] {
        assert_eq!(answer.field(field).as_deref(), Some(typed));
    }
    assert!(
        answer.body.contains("href=\"#urn\""),
        "the summary leads to the field"
    );
    assert!(product.visitor().letters().await.is_empty());
}

#[tokio::test]
async fn a_school_has_one_live_application() {
    let product = Product::start().await;
    let visitor = product.visitor();
    assert_eq!(
        visitor.fill("/apply/", &application("900001")).await.status,
        200
    );
    let second = visitor.fill("/apply/", &application("900001")).await;
    assert_eq!(second.status, 409);
    assert!(
        second
            .text()
            .contains("We already have an application from the school with this URN")
    );
    assert_eq!(
        second.field("school_name").as_deref(),
        Some("Sample Primary School")
    );
    assert_eq!(
        visitor.fill("/apply/", &application("900002")).await.status,
        200
    );
    assert_eq!(visitor.letters().await.len(), 2);
}

#[tokio::test]
async fn a_form_sent_twice_is_one_application_with_one_letter() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let mut fields = owned(&application("900001"));
    fields.push(("command".into(), "0123456789abcdef0123456789abcdef".into()));
    let first = visitor.post_only("/apply/", &fields).await;
    let second = visitor.post_only("/apply/", &fields).await;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.at, second.at);
    assert_eq!(visitor.letters().await.len(), 1);
}

#[tokio::test]
async fn fifty_clients_for_one_urn_make_one_application() {
    let product = Product::start().await;
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let visitor = product.visitor();
            tokio::spawn(async move {
                visitor
                    .post_only("/apply/", &owned(&application("900001")))
                    .await
                    .status
            })
        })
        .collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    assert_eq!(
        statuses.iter().filter(|status| **status == 303).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 409).count(),
        49,
        "{statuses:?}"
    );
}

#[tokio::test]
async fn a_reference_is_found_however_it_is_copied_and_a_slip_is_not() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let reference = visitor
        .fill("/apply/", &application("900001"))
        .await
        .reference();
    for copy in [reference.to_lowercase(), reference.replace('-', "")] {
        assert_eq!(
            visitor
                .get(&format!("/apply/submitted/{copy}"))
                .await
                .status,
            200,
            "{copy}"
        );
    }
    for wrong in ["APP-000-000-001", "nothing", "%00", "APP-000-000-000"] {
        assert_eq!(
            visitor
                .get(&format!("/apply/submitted/{wrong}/"))
                .await
                .status,
            404,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn a_field_of_ten_thousand_characters_is_kept_and_told_to_be_shorter() {
    let product = Product::start().await;
    let long = "ক".repeat(10_000);
    let answer = product
        .visitor()
        .fill("/apply/", &with(application("900001"), "head_name", &long))
        .await;
    assert_eq!(answer.status, 422);
    assert!(
        answer
            .text()
            .contains("Shorten the headteacher’s name to 200 characters or fewer")
    );
    assert_eq!(answer.field("head_name"), Some(long));
}

#[tokio::test]
async fn what_was_typed_is_never_markup() {
    let product = Product::start().await;
    let attack = "\"><script>alert(1)</script>";
    let fields = with(
        with(application("x"), "school_name", attack),
        "head_email",
        attack,
    );
    let answer = product.visitor().fill("/apply/", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(!answer.body.contains("<script>alert"), "{}", answer.body);
    assert_eq!(answer.field("school_name").as_deref(), Some(attack));
}

#[tokio::test]
async fn going_back_and_changing_the_school_is_another_application() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let command = (
        "command".to_owned(),
        "0123456789abcdef0123456789abcdef".to_owned(),
    );
    let mut first = owned(&application("900001"));
    first.push(command.clone());
    let mut second = owned(&application("900002"));
    second.push(command);
    let first = visitor.post_only("/apply/", &first).await;
    let second = visitor.post_only("/apply/", &second).await;
    assert_eq!(
        (first.status, second.status),
        (303, 303),
        "{}",
        second.text()
    );
    assert_ne!(first.at, second.at);
}

#[tokio::test]
async fn characters_that_cannot_be_seen_are_not_a_name() {
    let product = Product::start().await;
    let fields = with(application("900001"), "school_name", "\u{200b}\u{202e}");
    let answer = product.visitor().fill("/apply/", &fields).await;
    assert!(
        answer.text().contains("Enter your school’s name"),
        "{}",
        answer.text()
    );
}
