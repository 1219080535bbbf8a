//! What comes on paper: an application that the office enters, and the list of
//! members that was kept before.

use local::identity_stand_in::Person;
use tests::Product;
use tests::applying::{apply, begin};
use tests::forms::{application, associate};
use tests::staff::{Staff, staff_path};
use tests::visitor::owned;

const DAY: &str = "2017-04-03T10:00+01:00";
const ENTER: &str = "/staff/applications/enter/";
const IMPORT: &str = "/staff/members/import/";

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

const LIST: &str = "category,name,joined on,contact name,contact email,urn,address,pupils,balance,balance on\n\
full,Sample Primary School,20/9/2016,Sam,sam@sample.example,900001,\"1 Sample Street | London\",420,875.00,31/3/2017\n\
full,\"Sample, Infants\",1 October 2016,Kim,kim@sample.example,900002,2 Sample Street,,-12.50,31/3/2017\n\
associate,Friends of Reading,2017-01-10,Lee,lee@friends.example,,,,,\n";

/// Sends a list as a browser does, with two characters at the end of a line.
async fn sent(staff: &Staff, part: &str, list: &str) -> tests::Answer {
    let fields = owned(&[("list", &list.replace('\n', "\r\n"))]);
    staff.post(&format!("{IMPORT}{part}"), &fields).await
}

#[tokio::test]
async fn a_list_is_checked_by_line_and_column_before_anything_is_entered() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    let wrong = LIST
        .replace("sam@sample.example", "sam")
        .replace("1 October 2016", "1 October 2018")
        + "full,Twice,1/1/2017,Sam,s@sample.example,900003,3 Street,,,\n\
           full,Twice,1/1/2017,Sam,s@sample.example,900003,3 Street,,,\n\
           full,Short\n";
    let checked = sent(&staff, "", &wrong).await;
    assert_eq!(checked.status, 422);
    let text = checked.text();
    for said in [
        "There are 4 problems",
        "Line 2, contact email : Enter the contact’s email address in the correct format",
        "Line 3, joined on : The day of joining must be today or in the past",
        "Line 6, urn : The same member stands in line 5 already",
        "Line 7: This line has 2 cells and the first has 10",
        "Nothing was entered",
    ] {
        assert!(text.contains(said), "`{said}` is not in {text}");
    }
    assert!(!checked.body.contains("Bring them in</button>"));
    let refused = sent(&staff, "commit/", &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(product.app.store.memberships().await.unwrap().is_empty());
    let columns = sent(&staff, "", "name,colour\nx,y\n").await;
    for said in ["There is no column `category`", "There is no such column"] {
        assert!(columns.text().contains(said), "{}", columns.text());
    }
    let nothing = sent(&staff, "", "").await;
    assert_eq!(nothing.status, 422);
}

#[tokio::test]
async fn a_list_that_is_right_is_brought_in_once_however_often_it_is_sent() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    let checked = sent(&staff, "", LIST).await;
    assert_eq!(checked.status, 200, "{}", checked.text());
    assert!(
        checked.text().contains("3 new members; 0 already there"),
        "{}",
        checked.text()
    );
    let store = &product.app.store;
    assert!(
        store.memberships().await.unwrap().is_empty(),
        "a check enters nothing"
    );

    // As a spreadsheet copies it, and as a CSV file with its mark.
    let copied = LIST
        .replace("\"Sample, Infants\"", "Sample Infants")
        .replace(',', "\t")
        .replace("\"1 Sample Street | London\"", "1 Sample Street | London");
    let first = sent(&staff, "commit/", &copied).await;
    assert!(
        first.text().contains("3 new members; 0 already there"),
        "{}",
        first.text()
    );
    let second = sent(&staff, "commit/", &format!("\u{feff}{LIST}")).await;
    // An associate is known by the name and the address, a school by its URN.
    assert!(
        second.text().contains("0 new members; 3 already there"),
        "{}",
        second.text()
    );
    assert_eq!(store.memberships().await.unwrap().len(), 3);
    assert_eq!(store.register().await.unwrap().len(), 2);
    assert!(
        store.invoices().await.unwrap().is_empty(),
        "a balance is no invoice of ours"
    );

    let list = staff.get("/staff/members/?q=900001").await;
    let at = list.body.find("/staff/members/MEM-").unwrap();
    let path = list.body[at..].split('"').next().unwrap();
    let page = staff.get(path).await;
    assert!(
        page.text()
            .contains("Balance of 31 March 2017 £875.00 owed"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("Membership begun"), "{}", page.text());
    let told = told_to_the_school(&product).await;
    assert!(told.contains("is a member already"), "{told}");
}

async fn told_to_the_school(product: &Product) -> String {
    let visitor = product.visitor();
    let base = begin(&visitor, "full").await;
    let school = visitor
        .fill(&format!("{base}school/"), &[("urn", "900001")])
        .await;
    school.text()
}

#[tokio::test]
async fn a_school_that_has_applied_is_not_brought_in_beside_its_application() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    let path = staff_path(&apply(&product.visitor(), "900002").await);
    let told = sent(&staff, "commit/", LIST).await;
    assert_eq!(told.status, 422);
    assert!(
        told.text().contains("Line 3, urn : Another application"),
        "{}",
        told.text()
    );
    assert!(told.text().contains("2 new members"), "{}", told.text());
    assert!(staff.get(&path).await.text().contains("Received"));
}
