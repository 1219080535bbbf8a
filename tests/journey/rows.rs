//! The journeys of a school, each named after the row that asks for it, in the
//! real program with its records in a file.

use local::identity_stand_in::Person;
use tests::applying::{apply, begin, complete, fill_in, send};
use tests::binary::Program;
use tests::forms::associate;
use tests::members::{LEAD, sign_in_by_letter};
use tests::staff::{Staff, staff_path};
use tests::visitor::owned;

const DAY: &str = "2017-04-03T10:00+01:00";

/// The program on a day, with its records in a folder of its own.
fn program(day: &str) -> (Program, tempfile::TempDir) {
    let data = tempfile::tempdir().unwrap();
    (Program::start(data.path(), &["--now", day]), data)
}

/// A school that has joined, and its lead, signed in; the path of its page.
async fn member(program: &Program) -> (Staff, String) {
    let school = program.visitor();
    let application = staff_path(&apply(&school, "900001").await);
    let office = Staff::signed_in(&program.base_url, Person::Secretary).await;
    office
        .fill(&application, &format!("{application}pick-up/"), &[])
        .await;
    let decision = [
        ("outcome", "approved"),
        ("decided_on", "3 April 2017"),
        ("minute", "12.3"),
        ("decider", "The Board"),
    ];
    let action = format!("{application}decide/");
    let decided = office.fill(&application, &action, &decision).await;
    assert_eq!(decided.status, 200, "{}", decided.text());
    let lead = Staff::at(&program.base_url);
    let landed = sign_in_by_letter(&school, &lead, LEAD).await;
    assert_eq!(landed.status, 200, "{}", landed.text());
    (lead, landed.at)
}

#[tokio::test]
async fn p1_from_the_vision_by_what_it_gets_and_what_it_costs_to_applying() {
    let (program, _data) = program(DAY);
    let school = program.visitor();
    for (page, says, leads_to) in [
        ("/", "THE Partnership", "/membership/entitlements/"),
        ("/prospectus/vision-and-values/", "Aspiration", "/"),
        (
            "/membership/entitlements/",
            "Six things",
            "/membership/fees/",
        ),
        ("/membership/fees/", "£5", "/api/fees/quote"),
        ("/membership/join/", "Commit to support", "/apply/"),
    ] {
        let opened = school.get(page).await;
        assert_eq!(opened.status, 200, "{page}");
        assert!(opened.text().contains(says), "{page} says {says}");
        assert!(opened.body.contains(leads_to), "{page} leads to {leads_to}");
    }
    let quote = school
        .request(|client, origin| {
            client
                .get(format!(
                    "{origin}/api/fees/quote?pupils=420&joining=2017-04-01"
                ))
                .header("accept", "text/html")
        })
        .await;
    assert!(quote.text().contains("£875.00"), "{}", quote.text());
    assert_eq!(school.get("/apply/").await.status, 200);
}

#[tokio::test]
async fn p2_a_school_finds_itself_and_is_told_what_it_may_apply_for() {
    let (program, _data) = program(DAY);
    let school = program.visitor();
    for typed in ["900001", "Sampel+Primary+School", "E99+1AA"] {
        let found = school.get(&format!("/apply/eligibility/?q={typed}")).await;
        assert!(found.text().contains("Sample Primary School"), "{typed}");
    }
    let full = school.get("/apply/eligibility/900001/").await;
    assert!(full.text().contains("full member"), "{}", full.text());
    let unknown = school.get("/apply/eligibility/?q=Nowhere").await;
    assert_eq!(unknown.status, 200, "never an error");
    assert!(unknown.text().contains("associate members"));
    let index = school.get("/schools.json").await.json();
    let first = &index.as_array().unwrap()[0];
    assert_eq!(
        (first["urn"].as_str(), first["name"].as_str()),
        (Some("900001"), Some("Sample Primary School"))
    );
}

#[tokio::test]
async fn p3_the_catalogue_is_filtered_a_service_is_read_and_an_enquiry_is_sent() {
    let (program, _data) = program(DAY);
    let school = program.visitor();
    let catalogue = school.get("/services/").await;
    let filtered = catalogue
        .body
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.starts_with("/services/") && href.contains("innovation"));
    let filtered = school
        .get(filtered.expect("a choice of the catalogue"))
        .await;
    assert!(
        filtered.text().contains("school-to-school"),
        "{}",
        filtered.text()
    );
    let service = school.get("/services/bespoke-packages/").await;
    assert!(service.body.contains("/enquire/bespoke-packages/"));
    let sent = school
        .fill(
            "/enquire/bespoke-packages/",
            &[
                ("name", "Zoë"),
                ("email", "zoe@sample.example"),
                ("message", "What would it cost?"),
            ],
        )
        .await;
    assert!(sent.text().contains("ENQ-"), "{}", sent.text());
}

#[tokio::test]
async fn p4_a_governor_reads_who_governs_and_prints_the_prospectus_whole() {
    let (program, _data) = program(DAY);
    let governor = program.visitor();
    for (page, says) in [
        ("/board/", "Christine Gilbert"),
        ("/governance/", "one school, one vote"),
        ("/membership/fees/", "notice"),
    ] {
        let opened = governor.get(page).await;
        assert!(
            opened.text().to_lowercase().contains(&says.to_lowercase()),
            "{page} says {says}"
        );
    }
    let print = governor.get("/prospectus/print/").await;
    assert_eq!(print.status, 200);
    for said in ["Outcomes", "Growth"] {
        assert!(print.text().contains(said), "{said}");
    }
}

#[tokio::test]
async fn a1_a_school_is_found_answers_everything_checks_and_is_given_a_reference() {
    let (program, _data) = program(DAY);
    let school = program.visitor();
    let base = complete(&school, "900001").await;
    let check = school.get(&format!("{base}check/")).await;
    for answer in ["Sample Primary School", "420", "Robin Sample"] {
        assert!(check.text().contains(answer), "{answer}: {}", check.text());
    }
    let sent = send(&school, &base).await;
    assert!(sent.text().contains("APP-"), "{}", sent.text());
    let letters = school.letters().await;
    assert!(letters.iter().any(|letter| letter["to"] == LEAD));
}

#[tokio::test]
async fn a2_an_application_is_left_gone_on_with_by_its_link_and_handed_over_in_part() {
    let (program, _data) = program(DAY);
    let school = program.visitor();
    let base = begin(&school, "full").await;
    school
        .fill(&format!("{base}school/"), &[("urn", "900001")])
        .await;
    let person = [("name", "Sam"), ("email", "sam@sample.example")];
    school.fill(&format!("{base}save/"), &person).await;
    let link = school
        .link_in_letter("sam@sample.example", "where you left it")
        .await;
    let again = school.get(&link).await;
    assert!(
        again.text().contains("Sample Primary School"),
        "{}",
        again.text()
    );
    let form = school.get(&format!("{link}hand-over/")).await;
    assert_eq!(
        form.status,
        200,
        "a part can be handed over: {}",
        form.text()
    );
}

#[tokio::test]
async fn a3_an_application_is_followed_answered_and_withdrawn() {
    let (program, _data) = program(DAY);
    let school = program.visitor();
    let status = apply(&school, "900001").await;
    let office = Staff::signed_in(&program.base_url, Person::Secretary).await;
    let application = staff_path(&status);
    office
        .fill(&application, &format!("{application}pick-up/"), &[])
        .await;
    let question = [("question", "When did the governors meet?")];
    office
        .fill(&application, &format!("{application}ask/"), &question)
        .await;
    let asked = school.get(&status).await;
    assert!(asked.text().contains("When did the governors meet?"));
    let reply = owned(&[("reply", "On 14 March.")]);
    let answered = school.post(&format!("{status}reply/"), &reply).await;
    assert!(
        answered.text().contains("you answered"),
        "{}",
        answered.text()
    );
    let withdrawn = school
        .post(&format!("{status}withdraw/"), &owned(&[]))
        .await;
    assert!(
        withdrawn.text().contains("Withdrawn"),
        "{}",
        withdrawn.text()
    );
}

#[tokio::test]
async fn a4_a_person_applies_to_be_an_associate_without_pupils_or_guarantee() {
    let (program, _data) = program(DAY);
    let person = program.visitor();
    let base = begin(&person, "associate").await;
    fill_in(&person, &base, &associate()).await;
    let tasks = person.get(&base).await;
    assert!(!tasks.text().contains("Pupils"), "{}", tasks.text());
    let sent = send(&person, &base).await;
    assert!(sent.text().contains("APP-"), "{}", sent.text());
}

#[tokio::test]
async fn a6_a_member_names_a_new_head_and_declares_its_pupils_and_both_outlive_a_kill() {
    let (program, data) = program(DAY);
    let (lead, base) = member(&program).await;
    let head = [
        ("name", "নতুন প্রধান"),
        ("job", "Headteacher"),
        ("email", "head@new.example"),
        ("role", "lead"),
    ];
    let added = lead.send_form(&format!("{base}contacts/add/"), &head).await;
    assert!(added.text().contains("নতুন প্রধান"), "{}", added.text());
    let pupils = [("pupils", "431"), ("reason", "A bulge class")];
    let sent = lead.send_form(&format!("{base}pupils/"), &pupils).await;
    assert!(sent.text().contains("431, declared on"), "{}", sent.text());

    program.kill();
    let program = Program::start(data.path(), &["--now", DAY]);
    let browser = Staff::at(&program.base_url);
    let page = sign_in_by_letter(&program.visitor(), &browser, "head@new.example").await;
    assert_eq!(page.at, base);
    assert!(page.text().contains("431, declared on"), "{}", page.text());
}

#[tokio::test]
async fn a7_a_member_sees_the_last_day_and_what_is_owed_and_then_gives_notice() {
    let (program, _data) = program(DAY);
    let (lead, base) = member(&program).await;
    let path = format!("{base}notice/");
    let shown = lead.get(&path).await;
    for part in [
        "Last day of membership 3 April 2018",
        "(invoice INV-00001)",
        "Invoiced and not paid £875.00",
        "Still to be invoiced £1,400.00",
        "Owed in all £2,275.00",
    ] {
        assert!(shown.text().contains(part), "{part}: {}", shown.text());
    }
    let given = lead.send_form(&path, &[]).await;
    assert!(
        given.text().contains("We have your notice"),
        "{}",
        given.text()
    );
    let office = Staff::signed_in(&program.base_url, Person::Secretary).await;
    let reference = base.trim_matches('/').rsplit('/').next().unwrap();
    let page = office.get(&format!("/staff/members/{reference}/")).await;
    assert!(page.text().contains("3 April 2018"), "{}", page.text());
}
