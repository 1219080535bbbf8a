//! Members as the office keeps them: details, the link member of staff, the
//! log, notices, another URN; and the register and the roll that follow.

use local::identity_stand_in::Person;
use tests::Product;
use tests::applying::{apply, begin, confirm, fill_in, send};
use tests::forms::associate;
use tests::staff::{Staff, staff_path};

const DAY: &str = "2017-04-03T10:00+01:00";

/// The secretary, and the page of a membership that the Board has approved.
async fn member(product: &Product, urn: &str) -> (Staff, String) {
    let staff = product.signed_in(Person::Secretary).await;
    let path = approved(product, &staff, urn).await;
    (staff, path)
}

/// Applies, and has the Board approve it on 1 April 2017: the page of the
/// membership.
async fn approved(product: &Product, staff: &Staff, urn: &str) -> String {
    let application = staff_path(&apply(&product.visitor(), urn).await);
    decide(staff, &application).await
}

async fn decide(staff: &Staff, application: &str) -> String {
    staff
        .fill(application, &format!("{application}pick-up/"), &[])
        .await;
    let fields = [
        ("outcome", "approved"),
        ("decided_on", "1 April 2017"),
        ("minute", "12.3"),
        ("decider", "The Board"),
    ];
    let decided = staff
        .fill(application, &format!("{application}decide/"), &fields)
        .await;
    assert_eq!(decided.status, 200, "{}", decided.text());
    let at = decided.body.find("/staff/members/MEM-").unwrap();
    let end = decided.body[at..].find('"').unwrap();
    decided.body[at..at + end].to_owned()
}

#[tokio::test]
async fn a_member_has_its_details_its_link_member_and_its_log_each_with_who_entered_it() {
    let product = Product::at(DAY).await;
    let (staff, path) = member(&product, "900001").await;
    let link = [
        ("link_name", "Lee Link"),
        ("link_email", "lee@staff.example"),
    ];
    staff.fill(&path, &format!("{path}link/"), &link).await;
    let entry = [
        ("logged_on", "2 April 2017"),
        ("channel", "visit"),
        ("logged_with", "Zoë"),
        ("note", "The new wing.\nAnd the roof."),
    ];
    staff.fill(&path, &format!("{path}log/"), &entry).await;
    let details = [
        ("member_name", "Sample Primary and Nursery School"),
        ("address", "2 Sample Street\nLondon\nE99 1AB"),
        ("contact_name", "Kim New"),
        ("contact_email", "kim@sample.example"),
    ];
    let page = staff
        .fill(&path, &format!("{path}details/"), &details)
        .await;
    let text = page.text();
    for said in [
        "Lee Link , lee@staff.example",
        "At the school , with Zoë The new wing. And the roof.",
        "Entered by Sample Secretary on 3 April 2017",
        "Sample Primary and Nursery School",
        "Kim New , kim@sample.example",
        "Member since 1 April 2017",
        "kim@sample.example: Lead",
        "INV-00001",
        "APP-",
        "Details corrected",
        "Contact logged",
        "Link member named",
        "Sample Secretary",
    ] {
        assert!(text.contains(said), "`{said}` is not in {text}");
    }
    let register = staff.get("/staff/register/").await;
    assert!(
        register.text().contains("2 Sample Street"),
        "{}",
        register.text()
    );
}

#[tokio::test]
async fn what_is_wrong_in_a_form_of_a_member_is_said_and_what_was_typed_is_kept() {
    let product = Product::at(DAY).await;
    let (staff, path) = member(&product, "900001").await;
    for (part, field, says) in [
        ("log", "note", "Enter what it was about"),
        ("link", "link_name", ""),
        ("details", "address", "Enter the address"),
        ("notice", "received_on", "Enter the date of receipt"),
        ("close", "closed_on", "Enter the school’s last day"),
        ("urn", "urn_minute", "Enter the minute reference"),
    ] {
        let answer = staff.fill(&path, &format!("{path}{part}/"), &[]).await;
        if says.is_empty() {
            assert_eq!(answer.status, 200, "nobody is named: {}", answer.text());
            continue;
        }
        assert_eq!(answer.status, 422, "{part}: {}", answer.text());
        assert!(answer.text().contains(says), "{part}: {}", answer.text());
        assert!(answer.body.contains(&format!("#{field}")), "{part}");
    }
    let early = [("received_on", "31 March 2017")];
    let refused = staff.fill(&path, &format!("{path}notice/"), &early).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("before the membership began"));
    assert_eq!(
        refused.field("received_on").as_deref(),
        Some("31 March 2017")
    );
    let kept = refused.field("contact_email");
    assert_eq!(
        kept.as_deref(),
        Some("office@sample.example"),
        "other forms are as they were"
    );
}

#[tokio::test]
async fn a_notice_shows_what_it_comes_to_before_it_is_entered_and_is_taken_back_by_the_board() {
    let product = Product::at("2017-04-10T10:00+01:00").await;
    let (staff, path) = member(&product, "900001").await;
    let action = format!("{path}notice/");
    let notice = [("received_on", "5 April 2017")];
    let shown = staff.fill(&path, &action, &notice).await;
    let text = shown.text();
    assert!(
        text.contains("the last day of membership is 5 April 2018"),
        "{text}"
    );
    // What the member's own page would show: the year's part that is invoiced,
    // and eight of the twelve months from September.
    for said in [
        "1 April 2017 to 31 August 2017",
        "(invoice INV-00001) £875.00",
        "1 September 2017 to 5 April 2018",
        "Still to be invoiced £1,400.00",
        "Invoiced and not paid £875.00",
        "Owed in all £2,275.00",
    ] {
        assert!(text.contains(said), "`{said}` is not in {text}");
    }
    assert!(text.contains(": Member "), "nothing is entered yet: {text}");
    let letters = product.visitor().letters().await.len();

    let twice = [notice[0], ("confirmed", "yes")];
    let entered = staff.fill(&path, &action, &twice).await;
    let text = entered.text();
    assert!(text.contains("Member, and has given notice"), "{text}");
    assert!(text.contains("Last day 5 April 2018"), "{text}");
    let written = product.visitor().letters().await;
    assert_eq!(written.len(), letters + 1);
    let letter = written[0]["text"].as_str().unwrap();
    assert!(letter.contains("as it was shown: £2,275.00"), "{letter}");
    let again = staff.fill(&path, &action, &twice).await;
    assert_eq!(again.status, 422, "one notice runs already");

    let retract = format!("{path}retract/");
    assert_eq!(staff.fill(&path, &retract, &[]).await.status, 422);
    let staying = staff.fill(&path, &retract, &[("minute", "14.2")]).await;
    let text = staying.text();
    assert!(text.contains("full member: Member"), "{text}");
    assert!(text.contains("minute 14.2"), "{text}");
    assert!(text.contains("Notice retracted"), "{text}");
}

#[tokio::test]
async fn a_school_under_another_urn_has_one_vote_and_both_entries_lead_to_each_other() {
    let product = Product::at("2017-09-04T10:00+01:00").await;
    let (staff, path) = member(&product, "900001").await;
    let urn = format!("{path}urn/");
    let fields = [
        ("urn", "900002"),
        ("from", "1 September 2017"),
        ("urn_minute", "15.1"),
    ];
    let old = staff.fill(&path, &urn, &fields).await;
    assert!(
        old.text().contains("goes on under another URN"),
        "{}",
        old.text()
    );
    let link = old
        .body
        .split("href=\"")
        .find(|part| part.starts_with("/staff/members/MEM-") && !part.starts_with(path.as_str()));
    let new = link.unwrap().split('"').next().unwrap().to_owned();
    let page = staff.get(&new).await;
    for said in ["900002", "Member since 1 September 2017", "minute 15.1"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(
        page.body.contains(&format!("href=\"{path}\"")),
        "back to the old one"
    );
    for (day, urn) in [("2017-08-31", "900001"), ("2017-09-01", "900002")] {
        let roll = staff.get(&format!("/staff/roll.csv?on={day}")).await;
        let rows: Vec<_> = roll.body.trim().lines().skip(1).collect();
        assert_eq!(rows.len(), 1, "{day}: {rows:?}");
        assert!(rows[0].starts_with(urn), "{day}: {rows:?}");
    }
    let register = staff.get("/staff/register.csv").await;
    assert_eq!(register.body.trim().lines().count(), 3, "{}", register.body);
    let letters = product.visitor().letters().await;
    let told = &letters[0];
    assert_eq!(told["to"], "office@sample.example");
    let text = told["text"].as_str().unwrap();
    for said in [
        "goes on under another URN from 1 September 2017",
        "Sample Primary School, URN 900001",
        "URN 900002",
        path.split('/').nth(3).unwrap(),
        new.split('/').nth(3).unwrap(),
    ] {
        assert!(text.contains(said), "`{said}` is not in {text}");
    }
    let again = staff
        .fill(
            &new,
            &format!("{new}urn/"),
            &[fields[0], ("from", "4 September 2017"), fields[2]],
        )
        .await;
    assert_eq!(again.status, 422, "{}", again.text());
    assert!(again.text().contains("has that URN already"));
}

#[tokio::test]
async fn a_school_that_closed_leaves_the_roll_and_stays_in_the_register() {
    let product = Product::at("2017-09-04T10:00+01:00").await;
    let (staff, path) = member(&product, "900001").await;
    let future = [("closed_on", "5 September 2017")];
    let close = format!("{path}close/");
    assert_eq!(staff.fill(&path, &close, &future).await.status, 422);
    let closed = staff
        .fill(&path, &close, &[("closed_on", "31 August 2017")])
        .await;
    assert!(
        closed.text().contains("Member no more"),
        "{}",
        closed.text()
    );
    let roll = staff.get("/staff/roll/?on=2017-08-31").await;
    assert!(
        roll.text().contains("1 vote on 31 August 2017"),
        "{}",
        roll.text()
    );
    let roll = staff.get("/staff/roll/?on=1%20September%202017").await;
    assert!(roll.text().contains("Nobody has a vote"), "{}", roll.text());
    let register = staff.get("/staff/register/").await;
    assert!(
        register.text().contains("31 August 2017"),
        "{}",
        register.text()
    );
    assert_eq!(staff.get("/staff/roll/?on=soon").await.status, 422);
    assert_eq!(staff.get("/staff/roll.csv?on=soon").await.status, 400);
}

#[tokio::test]
async fn a_file_opens_in_a_spreadsheet_and_runs_nothing_there() {
    let product = Product::at(DAY).await;
    let (staff, path) = member(&product, "900001").await;
    let details = [
        ("member_name", "=HYPERLINK(\"http://evil.example\")"),
        ("address", "@SUM(1)\nLondon, E99"),
        ("contact_name", "+44"),
        ("contact_email", "kim@sample.example"),
    ];
    staff
        .fill(&path, &format!("{path}details/"), &details)
        .await;
    let visitor = product.visitor();
    let friend = begin(&visitor, "associate").await;
    fill_in(&visitor, &friend, &associate()).await;
    send(&visitor, &friend).await;
    confirm(&visitor, "sam@friend.example").await;
    let friend = decide(&staff, &staff_path(&friend)).await;

    let register = staff.get("/staff/register.csv").await;
    assert!(register.body.starts_with('\u{feff}'));
    assert_eq!(register.headers["content-type"], "text/csv; charset=utf-8");
    let name = register.headers["content-disposition"].to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"register-2017-04-03.csv\"");
    let body = register.body.trim_start_matches('\u{feff}');
    assert!(
        body.starts_with("name,address,class,date in,date out,reference\r\n"),
        "{body}"
    );
    assert!(
        body.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\",\"'@SUM(1), London, E99\",full member,2017-04-01,,MEM-"),
        "{body}"
    );
    assert!(
        !body.contains("Sam Friend"),
        "an associate is no company member"
    );
    let associates = staff.get("/staff/associates.csv").await;
    assert!(
        associates
            .body
            .contains("Sam Friend,,associate member,2017-04-01,,MEM-"),
        "{}",
        associates.body
    );
    let roll = staff.get("/staff/roll.csv").await;
    assert!(
        roll.body.contains(",'+44,kim@sample.example,"),
        "{}",
        roll.body
    );
    assert!(!roll.body.contains("Friend"), "an associate has no vote");
    let page = staff.get(&friend).await;
    assert!(
        page.text().contains("associate member: Member"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn of_two_at_the_page_of_a_member_the_second_is_told_and_a_form_sent_twice_counts_once() {
    let product = Product::at(DAY).await;
    let (first, path) = member(&product, "900001").await;
    let second = product.signed_in(Person::Everything).await;
    let opened = second.get(&path).await;
    let action = format!("{path}log/");
    let mut fields = tests::visitor::owned(&[
        ("logged_on", "3 April 2017"),
        ("channel", "telephone"),
        ("note", "Called twice"),
    ]);
    for name in ["version", "command"] {
        fields.push((name.to_owned(), opened.field(name).unwrap()));
    }
    for _ in 0..2 {
        assert_eq!(second.post(&action, &fields).await.status, 200);
    }
    let page = first.get(&path).await;
    assert_eq!(page.text().matches("Called twice").count(), 1);
    fields[2].1 = "Called again".to_owned();
    let told = first.post(&action, &fields).await;
    assert_eq!(told.status, 409);
    assert!(told.text().contains("Called again"), "{}", told.text());
    let director = product.signed_in(Person::Director).await;
    let page = director.get(&path).await;
    assert!(!page.body.contains("Keep the contact</button>"));
    assert_eq!(director.fill(&path, &action, &[]).await.status, 403);
}
