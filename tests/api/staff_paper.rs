//! What comes on paper: an application that the office enters.

use local::identity_stand_in::Person;
use tests::Product;
use tests::forms::{application, associate};
use tests::staff::Staff;
use tests::visitor::owned;

const DAY: &str = "2017-04-03T10:00+01:00";
const ENTER: &str = "/staff/applications/enter/";

/// All fields of an application on paper, of the school with this URN; what
/// the form has filled in is sent as it is.
async fn on_paper(staff: &Staff, urn: &str) -> Vec<(String, String)> {
    let opened = staff.get(&format!("{ENTER}?category=full&urn={urn}")).await;
    let mut fields = tests::page::held_by(&opened.body, "action=\"/staff/applications/enter/\"");
    for (name, value) in application().into_iter().flat_map(|(_, fields)| fields) {
        fields.retain(|(known, _)| known != name);
        fields.push((name.to_owned(), value.to_owned()));
    }
    fields.retain(|(known, _)| known != "received_on");
    fields.push(("received_on".to_owned(), "28 March 2017".to_owned()));
    fields
}

#[tokio::test]
async fn an_application_on_paper_is_entered_on_one_page_and_is_live_from_its_day_of_receipt() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    let fields = on_paper(&staff, "900001").await;
    let entered = staff.post(ENTER, &fields).await;
    assert_eq!(entered.status, 200, "{}", entered.text());
    let text = entered.text();
    for said in [
        "Sample Primary School",
        "Received; received on paper on 28 March 2017",
        "Application entered from paper",
        "Sample Secretary",
    ] {
        assert!(text.contains(said), "`{said}` is not in {text}");
    }
    assert!(entered.body.contains("Pick up</button>"));
    let again = staff.post(ENTER, &fields).await;
    assert_eq!(again.at, entered.at, "a form sent twice is one application");
    let visitor = product.visitor();
    let status = visitor
        .link_in_letter("office@sample.example", "APP-")
        .await;
    assert_eq!(visitor.get(&status).await.status, 200);
    let queue = staff.get("/staff/applications/").await;
    assert!(queue.text().contains("28 March 2017"), "{}", queue.text());

    let other = on_paper(&staff, "900001").await;
    let taken = staff.post(ENTER, &other).await;
    assert_eq!(taken.status, 409);
    assert!(taken.text().contains("is live"), "{}", taken.text());
    assert_eq!(
        taken.field("contact_email").as_deref(),
        Some("office@sample.example")
    );
}

#[tokio::test]
async fn what_the_national_register_has_otherwise_is_shown_beside_the_application() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    for (urn, pupils, says) in [
        (
            "900009",
            "99",
            "Look at this: Full membership is for publicly funded schools",
        ),
        ("999999", "99", "URN 999999 is not in our extract"),
        ("900002", "99", "Pupils on roll 211 there, 99 here"),
    ] {
        let mut fields = on_paper(&staff, urn).await;
        for (name, value) in [
            ("pupils", pupils),
            ("census_on", "19 January 2017"),
            ("pupils_reason", "Some have left."),
            ("school_name", "Another Name"),
            ("address", "1 Street"),
            ("postcode", "E99 9ZZ"),
            ("kind", "School"),
        ] {
            fields.retain(|(known, _)| known != name);
            fields.push((name.to_owned(), value.to_owned()));
        }
        let entered = staff.post(ENTER, &fields).await;
        assert_eq!(entered.status, 200, "{urn}: {}", entered.text());
        assert!(entered.text().contains(says), "{urn}: {}", entered.text());
    }
}

#[tokio::test]
async fn paper_is_read_by_the_rules_of_the_pages_and_keeps_what_was_typed() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    let choose = staff.get(ENTER).await;
    assert!(choose.text().contains("What is applied for?"));
    let empty = staff
        .post(
            ENTER,
            &owned(&[("category", "full"), ("contact_name", "Zoë")]),
        )
        .await;
    assert_eq!(empty.status, 422);
    for said in [
        "Enter the date of receipt",
        "Enter your school’s URN",
        "Enter the headteacher’s name",
        "Confirm that you support the aims and values",
    ] {
        assert!(empty.text().contains(said), "{said}: {}", empty.text());
    }
    assert_eq!(empty.field("contact_name").as_deref(), Some("Zoë"));
    let mut friend = owned(&[("category", "associate"), ("received_on", "3 April 2017")]);
    for (name, value) in associate().into_iter().flat_map(|(_, fields)| fields) {
        friend.push((name.to_owned(), value.to_owned()));
    }
    let entered = staff.post(ENTER, &friend).await;
    assert_eq!(entered.status, 200, "{}", entered.text());
    assert!(entered.text().contains("Sam Friend"), "{}", entered.text());
}
