//! What each page takes and says of the rest, and an application from its
//! first answer to a decision and its correction.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::{
    Answers, Application, ApplicationState, Commitments, Decision, DecisionError, Page, Task,
};
use crate::contact::Line;
use crate::membership::Category;
use crate::passage::Passage;
use crate::reference::ApplicationReference;

fn commitments() -> Commitments {
    serde_json::from_value(json!({ "version": "1", "commitments": [
        { "id": "guarantee", "text": "pay up to £25.00", "source": "How to join" },
        { "id": "aims-and-values", "text": "support the aims and values", "associate": "I support them", "source": "How to join" },
        { "id": "annual-fee", "text": "pay the annual fee", "source": "How to join" },
    ] }))
    .unwrap()
}

fn today() -> Date {
    "2017-04-03".parse().unwrap()
}

fn answers(fields: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (name, value) in fields {
        answers.keep(name, *value);
    }
    answers
}

fn draft(category: Category) -> Application {
    let reference = ApplicationReference::from_entropy([7; 5]);
    Application::begin(reference, category, Timestamp::UNIX_EPOCH)
}

fn complete() -> Answers {
    answers(&[
        ("urn", "900001"),
        ("school_name", "Sample Primary School"),
        ("address", "1 Sample Street\nLondon"),
        ("postcode", "E99 1AA"),
        ("kind", "Community school"),
        ("head_name", "A. Head"),
        ("head_email", "head@sample.example"),
        ("head_telephone", "020 7946 0000"),
        ("chair_name", "B. Chair"),
        ("chair_email", "chair@sample.example"),
        ("contact_name", "C. Contact"),
        ("contact_role", "Business manager"),
        ("contact_email", "office@sample.example"),
        ("contact_telephone", "020 7946 0001"),
        ("finance_name", "D. Finance"),
        ("finance_email", "finance@sample.example"),
        ("pupils", "420"),
        ("census_on", "19 January 2017"),
        ("approved_by", "The governing body"),
        ("approved_on", "14 March 2017"),
        ("approval_minute", "7.2"),
        ("aims_and_values", "agreed"),
        ("guarantee", "agreed"),
        ("annual_fee", "agreed"),
        ("authority", "agreed"),
    ])
}

fn sentences(category: Category, slug: &str, known: &Answers, typed: &Answers) -> Vec<String> {
    let page = Page::named(category, slug).unwrap();
    match known.read(page, typed, today()) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(|error| error.message.clone()).collect(),
    }
}

#[test]
fn every_page_left_empty_says_what_is_missing_and_the_optional_one_nothing() {
    for category in [Category::Full, Category::Associate] {
        for page in Page::of(category) {
            let empty = Answers::default();
            let said = sentences(category, page.slug, &empty, &empty);
            assert_eq!(
                said.is_empty(),
                page.task.is_optional(),
                "{}: {said:?}",
                page.slug
            );
            for sentence in said {
                let begins = ["Enter ", "Choose ", "Confirm "];
                assert!(
                    begins.iter().any(|word| sentence.starts_with(word)),
                    "{sentence}"
                );
            }
        }
    }
}

#[test]
fn every_field_has_one_name_and_every_task_its_pages() {
    for category in [Category::Full, Category::Associate] {
        let mut names: Vec<&str> = Page::of(category)
            .iter()
            .flat_map(|page| page.fields)
            .map(|field| field.name)
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        for task in Task::of(category) {
            assert!(Page::of_task(category, *task).next().is_some(), "{task:?}");
        }
    }
}

#[test]
fn what_is_typed_is_kept_as_it_was_read() {
    let page = Page::named(Category::Full, "pupils").unwrap();
    let typed = answers(&[("pupils", " 1,050 "), ("census_on", "19/1/17")]);
    let read = Answers::default().read(page, &typed, today()).unwrap();
    assert_eq!(read.text("pupils"), "1050");
    assert_eq!(read.text("census_on"), "19 January 2017");
}

#[test]
fn a_number_other_than_the_registers_needs_its_reason() {
    let known = answers(&[("register_pupils", "420")]);
    let typed = |pupils| answers(&[("pupils", pupils), ("census_on", "19 January 2017")]);
    let said = |pupils| sentences(Category::Full, "pupils", &known, &typed(pupils));
    assert!(said("420").is_empty());
    assert_eq!(
        said("433"),
        ["Enter why the number is not the one in the national register"]
    );
    assert!(sentences(Category::Full, "pupils", &Answers::default(), &typed("433")).is_empty());
}

#[test]
fn only_a_maintained_school_is_asked_for_the_authoritys_permission() {
    let typed = |more: &[(&str, &str)]| {
        let mut typed = answers(&[
            ("approved_by", "The governing body"),
            ("approved_on", "14 March 2017"),
            ("approval_minute", "7.2"),
        ]);
        for (name, value) in more {
            typed.keep(name, *value);
        }
        typed
    };
    let said = |maintained, more: &[(&str, &str)]| {
        let known = answers(&[("maintained", maintained)]);
        sentences(Category::Full, "approval", &known, &typed(more))
    };
    assert!(said("no", &[]).is_empty());
    assert_eq!(
        said("yes", &[]),
        ["Choose whether the local authority has given permission"]
    );
    assert!(said("yes", &[("permission", "no")]).is_empty());
    assert_eq!(
        said("yes", &[("permission", "yes")]),
        ["Enter the date of the permission"]
    );
}

#[test]
fn a_day_to_come_is_not_a_day_of_a_decision() {
    let typed = answers(&[
        ("approved_by", "The governing body"),
        ("approved_on", "4 April 2017"),
        ("approval_minute", "7.2"),
    ]);
    assert_eq!(
        sentences(Category::Full, "approval", &Answers::default(), &typed),
        ["The date of the decision must be today or in the past"]
    );
}

#[test]
fn each_commitment_is_a_tick_of_its_own() {
    let typed = answers(&[
        ("aims_and_values", "agreed"),
        ("annual_fee", "agreed"),
        ("authority", "agreed"),
    ]);
    assert_eq!(
        sentences(Category::Full, "commitments", &Answers::default(), &typed),
        ["Confirm that your school will pay the guarantee if it is called on"]
    );
}

#[test]
fn an_application_is_complete_with_the_wording_that_holds() {
    let mut application = draft(Category::Full);
    application.answers = complete();
    application.agreement = Some(commitments().agreed_by(Category::Full, Timestamp::UNIX_EPOCH));
    assert!(
        !application.is_complete(&commitments(), today()),
        "nobody has seen it"
    );
    for page in Page::of(Category::Full) {
        application.saved.insert(page.slug.to_owned(), 1);
    }
    application.agreement = None;
    assert!(
        !application.is_complete(&commitments(), today()),
        "nothing was agreed to"
    );
    application.agreement = Some(commitments().agreed_by(Category::Full, Timestamp::UNIX_EPOCH));
    assert!(application.is_complete(&commitments(), today()));
    let mut changed = commitments();
    changed.version = "2".into();
    assert!(
        !application.is_complete(&changed, today()),
        "the wording has changed since"
    );
    let member = application.answers.member(Category::Full).unwrap();
    assert_eq!(
        member.address.unwrap().as_str(),
        "1 Sample Street\nLondon\nE99 1AA"
    );
}

#[test]
fn an_individual_applies_without_an_institution_and_agrees_in_their_own_words() {
    let typed = answers(&[("associate_kind", "individual")]);
    assert!(sentences(Category::Associate, "about", &Answers::default(), &typed).is_empty());
    let typed = answers(&[("associate_kind", "institution")]);
    assert_eq!(
        sentences(Category::Associate, "about", &Answers::default(), &typed),
        ["Enter the name of the school or institution"]
    );
    let agreed = commitments().agreed_by(Category::Associate, Timestamp::UNIX_EPOCH);
    let words: Vec<_> = agreed
        .commitments
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(words, ["I support them"]);
}

#[test]
fn a_second_person_is_told_of_a_page_that_was_changed_meanwhile() {
    let mut application = draft(Category::Full);
    let chair = Page::named(Category::Full, "chair").unwrap();
    let head = Page::named(Category::Full, "head").unwrap();
    application
        .save(chair, &complete().of(chair), Timestamp::UNIX_EPOCH)
        .unwrap();
    assert!(application.changed_since(chair, 0));
    assert!(!application.changed_since(chair, 1) && !application.changed_since(head, 0));
}

#[test]
fn a_draft_expires_thirty_days_after_the_last_edit_to_the_second() {
    let mut application = draft(Category::Full);
    application.edited_at = "2017-04-03T10:00:00Z".parse().unwrap();
    let expired = |at: &str| application.has_expired(30, at.parse().unwrap());
    assert!(!expired("2017-05-03T09:59:59Z"));
    assert!(expired("2017-05-03T10:00:00Z"));
}

fn decision(approved: bool, on: &str) -> Decision {
    Decision {
        approved,
        on: on.parse().unwrap(),
        minute: Line::parse("12", "").unwrap(),
        decider: Line::parse("The Board", "").unwrap(),
        reason: None,
        recorded_by: Line::parse("The secretary", "").unwrap(),
        recorded_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_decision_is_kept_and_a_correction_supersedes_it_with_the_same_outcome() {
    let now = Timestamp::UNIX_EPOCH;
    let mut application = draft(Category::Full);
    application.state = ApplicationState::UnderReview;
    application
        .decide(decision(true, "2017-03-01"), today(), now)
        .unwrap();
    assert_eq!(application.state, ApplicationState::Approved);
    application
        .decide(decision(true, "2017-03-02"), today(), now)
        .unwrap();
    let days: Vec<_> = application
        .decisions
        .iter()
        .map(|one| one.on.to_string())
        .collect();
    assert_eq!(days, ["2017-03-01", "2017-03-02"]);
    let mut declined = decision(false, "2017-03-02");
    declined.reason = Some(Passage::parse("None", "").unwrap());
    assert_eq!(
        application.decide(declined, today(), now),
        Err(DecisionError::OtherOutcome)
    );
}

#[test]
fn a_refusal_has_a_reason_and_no_decision_is_of_tomorrow() {
    let now = Timestamp::UNIX_EPOCH;
    let mut application = draft(Category::Full);
    application.state = ApplicationState::UnderReview;
    let refused = application.decide(decision(false, "2017-03-01"), today(), now);
    assert_eq!(refused, Err(DecisionError::NoReason));
    let refused = application.decide(decision(true, "2017-04-04"), today(), now);
    assert_eq!(refused, Err(DecisionError::InFuture));
    assert_eq!(application.state, ApplicationState::UnderReview);
}

#[test]
fn applying_again_copies_the_answers_but_not_the_ticks() {
    let mut old = draft(Category::Full);
    old.answers = complete();
    let reference = ApplicationReference::from_entropy([8; 5]);
    assert!(
        old.again(reference.clone(), Timestamp::UNIX_EPOCH).is_err(),
        "a draft goes on"
    );
    old.state = ApplicationState::Declined;
    let new = old.again(reference, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(new.answers.text("school_name"), "Sample Primary School");
    assert_eq!(new.answers.text("guarantee"), "");
    assert_eq!((new.state, new.agreement), (ApplicationState::Draft, None));
}

#[test]
fn a_wording_that_lacks_a_commitment_is_refused() {
    let two = json!({ "version": "1", "commitments": [{ "id": "guarantee", "text": "a", "source": "b" }] });
    let refused = serde_json::from_value::<Commitments>(two).unwrap_err();
    assert!(refused.to_string().contains("three commitments once each"));
}
