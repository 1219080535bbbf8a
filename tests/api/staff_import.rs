//! The list of members that was kept before: pasted or sent as a file, checked,
//! and brought in.

use local::identity_stand_in::Person;
use tests::Product;
use tests::applying::{apply, begin};
use tests::staff::{Staff, staff_path};
use tests::visitor::owned;

const DAY: &str = "2017-04-03T10:00+01:00";
const IMPORT: &str = "/staff/members/import/";

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

/// Chooses a file in the form and has it checked.
async fn chosen(staff: &Staff, name: &str, bytes: &[u8]) -> tests::Answer {
    let pasted = owned(&[("list", "what was pasted")]);
    staff.upload(IMPORT, &pasted, ("file", name, bytes)).await
}

#[tokio::test]
async fn a_file_is_checked_as_excel_saves_it_and_is_entered_without_being_sent_again() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    // Windows-1252, with two characters at the end of a line.
    let list = LIST.replace("Kim,", "Zo\u{eb},").replace('\n', "\r\n");
    let bytes: Vec<u8> = list.chars().map(|letter| letter as u8).collect();
    let checked = chosen(&staff, "members.csv", &bytes).await;
    assert_eq!(checked.status, 200, "{}", checked.text());
    assert!(
        checked.text().contains("3 new members; 0 already there"),
        "{}",
        checked.text()
    );
    assert!(product.app.store.memberships().await.unwrap().is_empty());

    let kept = tests::page::held_by(&checked.body, "import/commit/");
    let entered = staff.post(&format!("{IMPORT}commit/"), &kept).await;
    assert!(
        entered.text().contains("3 new members; 0 already there"),
        "{}",
        entered.text()
    );
    let found = staff.get("/staff/search/?q=zo%C3%AB").await;
    assert!(found.text().contains("Sample, Infants"), "{}", found.text());
    // Saved as UTF-8 with its mark, the same list finds everybody there.
    let marked = format!("\u{feff}{list}");
    let again = chosen(&staff, "members.csv", marked.as_bytes()).await;
    assert!(
        again.text().contains("0 new members; 3 already there"),
        "{}",
        again.text()
    );
}

#[tokio::test]
async fn a_file_that_is_no_list_is_refused_in_a_sentence_and_what_was_pasted_stays() {
    let product = Product::at(DAY).await;
    let staff = product.signed_in(Person::Secretary).await;
    let long = format!("{LIST}{}", "x".repeat(600_000));
    for (name, bytes, says) in [
        (
            "members.xlsx",
            b"PK\x03\x04 rest".as_slice(),
            "Choose a CSV file",
        ),
        ("members.csv", b"", "this one is empty"),
        (
            "members.csv",
            long.as_bytes(),
            "Choose a file of at most 500 KB",
        ),
    ] {
        let told = chosen(&staff, name, bytes).await;
        assert_eq!(told.status, 422, "{says}: {}", told.text());
        assert!(told.text().contains(says), "{says}: {}", told.text());
        assert!(told.body.contains("href=\"#file\""), "{says}");
        assert!(told.body.contains("what was pasted</textarea>"), "{says}");
    }
    let enormous = vec![b'x'; 7_000_000];
    let told = chosen(&staff, "members.csv", &enormous).await;
    assert_eq!(told.status, 413, "{}", told.text());
    // No file was chosen: a browser sends an empty one without a name.
    let pasted = owned(&[("list", LIST)]);
    let checked = staff.upload(IMPORT, &pasted, ("file", "", b"")).await;
    assert_eq!(checked.status, 200, "{}", checked.text());
    let nothing = staff.upload(IMPORT, &owned(&[]), ("file", "", b"")).await;
    assert!(
        nothing.text().contains("Choose a file, or paste the list"),
        "{}",
        nothing.text()
    );
}

#[tokio::test]
async fn a_file_is_taken_from_our_own_page_and_from_the_secretary_alone() {
    let product = Product::at(DAY).await;
    let file = ("file", "members.csv", LIST.as_bytes());
    let stranger = product.staff();
    let shut = stranger.upload(IMPORT, &owned(&[]), file).await;
    assert_eq!(shut.status, 401, "{}", shut.text());
    let director = product.signed_in(Person::Director).await;
    let refused = director.upload(IMPORT, &owned(&[]), file).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    let elsewhere = product
        .visitor()
        .request(|client, origin| {
            client
                .post(format!("{origin}{IMPORT}"))
                .header("origin", "https://elsewhere.example")
                .header("content-type", "multipart/form-data; boundary=x")
                .body("--x--")
        })
        .await;
    assert_eq!(elsewhere.status, 403, "{}", elsewhere.text());
}
