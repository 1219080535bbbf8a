//! The membership secretary's journeys, named after the rows that ask for them,
//! in the real program.

use local::identity_stand_in::Person;
use tests::applying::apply;
use tests::binary::Program;
use tests::forms::application;
use tests::page::held_by;
use tests::staff::{Staff, staff_path};
use tests::visitor::owned;

/// Has the Board approve an application that is under review: the page of the
/// membership.
async fn approve(staff: &Staff, application: &str, on: &str) -> String {
    let fields = [
        ("outcome", "approved"),
        ("decided_on", on),
        ("minute", "12.3"),
        ("decider", "The Board"),
    ];
    let action = format!("{application}decide/");
    let decided = staff.fill(application, &action, &fields).await;
    assert_eq!(decided.status, 200, "{}", decided.text());
    let links = decided.body.split("href=\"");
    let member = links
        .into_iter()
        .find(|link| link.starts_with("/staff/members/MEM-"));
    let member = member.unwrap_or_else(|| panic!("no membership: {}", decided.text()));
    member.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn m1_from_the_queue_by_a_question_and_the_boards_paper_to_a_member_in_the_register() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path(), &["--now", "2017-04-03T10:00+01:00"]);
    let school = program.visitor();
    let application = staff_path(&apply(&school, "900001").await);
    let staff = Staff::signed_in(&program.base_url, Person::Secretary).await;

    let queue = staff.get("/staff/applications/?state=submitted").await;
    assert!(queue.body.contains(&application), "{}", queue.text());
    let page = staff
        .fill(&application, &format!("{application}pick-up/"), &[])
        .await;
    for said in [
        "In the national register",
        "that the council maintains",
        "The name, the postcode and the pupils are those of the application",
        "Community school",
        "Agreed",
        "14 March 2017",
    ] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    let question = [("question", "When did the governors meet?")];
    staff
        .fill(&application, &format!("{application}ask/"), &question)
        .await;
    let paper = staff.get("/staff/applications/paper/").await;
    assert!(
        paper.text().contains("1 more not ready"),
        "{}",
        paper.text()
    );
    let status = school
        .link_in_letter("office@sample.example", "When did the governors meet?")
        .await;
    let reply = owned(&[("reply", "On 14 March.")]);
    school.post(&format!("{status}reply/"), &reply).await;
    let paper = staff.get("/staff/applications/paper/").await;
    assert!(paper.text().contains("1 under review"), "{}", paper.text());

    let member = approve(&staff, &application, "3 April 2017").await;
    let welcome = school.letters().await;
    let welcome = welcome.iter().any(|letter| {
        letter["to"] == "office@sample.example"
            && letter["text"]
                .as_str()
                .unwrap_or_default()
                .contains("3 April 2017")
    });
    assert!(welcome, "the applicant is written to");
    let register = staff.get("/staff/register/").await;
    assert!(register.body.contains(&member), "{}", register.text());
    let status = school.get(&status).await;
    assert!(status.text().contains("Approved"), "{}", status.text());
    let page = staff.get(&member).await;
    assert!(page.text().contains("INV-00001"), "{}", page.text());
}

#[tokio::test]
async fn m2_the_register_and_the_roll_stay_right_through_notice_conversion_and_closure() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path(), &["--now", "2017-09-20T10:00+01:00"]);
    let school = program.visitor();
    let staff = Staff::signed_in(&program.base_url, Person::Secretary).await;
    let mut members = Vec::new();
    for urn in ["900001", "900002", "900003"] {
        let application = staff_path(&apply(&school, urn).await);
        staff
            .fill(&application, &format!("{application}pick-up/"), &[])
            .await;
        members.push(approve(&staff, &application, "1 May 2017").await);
    }
    let [leaving, converted, closed] = members.as_slice() else {
        panic!("three members");
    };
    let notice = [("received_on", "4 September 2017"), ("confirmed", "yes")];
    staff
        .fill(leaving, &format!("{leaving}notice/"), &notice)
        .await;
    let urn = [
        ("urn", "900004"),
        ("from", "1 September 2017"),
        ("urn_minute", "15.1"),
    ];
    staff
        .fill(converted, &format!("{converted}urn/"), &urn)
        .await;
    let end = [("closed_on", "31 August 2017")];
    staff.fill(closed, &format!("{closed}close/"), &end).await;

    for (day, urns) in [
        ("2017-04-30", vec![]),
        ("2017-05-01", vec!["900001", "900002", "900003"]),
        ("2017-08-31", vec!["900001", "900002", "900003"]),
        ("2017-09-01", vec!["900001", "900004"]),
        ("2018-09-04", vec!["900001", "900004"]),
        ("2018-09-05", vec!["900004"]),
    ] {
        let roll = staff.get(&format!("/staff/roll.csv?on={day}")).await;
        let rows = roll.body.trim().lines().skip(1);
        let mut found: Vec<_> = rows.filter_map(|row| row.split(',').next()).collect();
        found.sort_unstable();
        assert_eq!(found, urns, "{day}");
    }
    let register = staff.get("/staff/register.csv").await;
    let rows: Vec<_> = register.body.trim().lines().skip(1).collect();
    assert_eq!(rows.len(), 4, "no entry is lost: {rows:?}");
    let ceased = rows
        .iter()
        .filter(|row| row.contains(",2017-05-01,2017-08-31,"));
    assert_eq!(ceased.count(), 2, "{rows:?}");
    let page = staff.get(closed).await;
    assert!(page.text().contains("School closed"), "{}", page.text());

    // What was entered outlives the process, and the night does the rest.
    program.kill();
    let program = Program::start(data.path(), &["--now", "2018-09-06T10:00+01:00"]);
    let staff = Staff::signed_in(&program.base_url, Person::Secretary).await;
    let page = staff.get(leaving).await;
    for said in [
        "Member no more",
        "Membership ended",
        "Nobody: its time had come",
    ] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
}

#[tokio::test]
async fn what_comes_on_paper_an_application_and_a_notice_is_entered_with_its_day_of_receipt() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path(), &["--now", "2017-04-20T10:00+01:00"]);
    let staff = Staff::signed_in(&program.base_url, Person::Secretary).await;
    let enter = "/staff/applications/enter/";
    let form = staff
        .get(&format!("{enter}?category=full&urn=900001"))
        .await;
    let mut fields = held_by(&form.body, &format!("action=\"{enter}\""));
    for (name, value) in application().into_iter().flat_map(|(_, fields)| fields) {
        fields.retain(|(known, _)| known != name);
        fields.push((name.to_owned(), value.to_owned()));
    }
    fields.retain(|(known, _)| known != "received_on");
    fields.push(("received_on".to_owned(), "3 April 2017".to_owned()));
    let entered = staff.post(enter, &fields).await;
    assert!(
        entered.text().contains("on paper on 3 April 2017"),
        "{}",
        entered.text()
    );
    let page = entered.at.clone();
    staff.fill(&page, &format!("{page}pick-up/"), &[]).await;
    let paper = staff.get("/staff/applications/paper/").await;
    assert!(
        paper.text().contains("3 April 2017, on paper"),
        "{}",
        paper.text()
    );
    let member = approve(&staff, &page, "10 April 2017").await;

    let notice = [("received_on", "18 April 2017")];
    let action = format!("{member}notice/");
    let shown = staff.fill(&member, &action, &notice).await;
    assert!(shown.text().contains("18 April 2018"), "{}", shown.text());
    let confirmed = [notice[0], ("confirmed", "yes")];
    let given = staff.fill(&member, &action, &confirmed).await;
    for said in [
        "Member, and has given notice",
        "Received on 18 April 2017",
        "Last day 18 April 2018",
        "Notice given",
    ] {
        assert!(given.text().contains(said), "{said}: {}", given.text());
    }
    let letters = program.visitor().letters().await;
    let told = letters.iter().any(|letter| {
        let text = letter["text"].as_str().unwrap_or_default();
        letter["to"] == "office@sample.example" && text.contains("18 April 2018")
    });
    assert!(told, "the member is written to");
}
