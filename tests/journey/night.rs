//! The daily work on this machine: done at the start for what fell due while
//! nothing ran.

use tests::applying::begin;
use tests::binary::Program;

#[tokio::test]
async fn a_draft_that_expired_while_nothing_ran_is_gone_at_the_next_start() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path(), &["--now", "2017-04-03T10:00+01:00"]);
    let school = program.visitor();
    let draft = begin(&school, "full").await;
    let fields = [
        ("contact_name", "Sam"),
        ("contact_role", "Clerk"),
        ("contact_email", "sam@sample.example"),
        ("contact_telephone", "020 7946 0000"),
    ];
    let kept = school.fill(&format!("{draft}contact/"), &fields).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
    program.kill();

    let program = Program::start(data.path(), &["--now", "2017-04-30T10:00+01:00"]);
    let school = program.visitor();
    let letters = school.letters().await;
    let reminders = letters.iter().filter(|letter| {
        let subject = letter["subject"].as_str().unwrap_or_default();
        subject.contains("about to expire")
    });
    assert_eq!(reminders.count(), 1, "{letters:?}");
    program.kill();

    let program = Program::start(data.path(), &["--now", "2017-05-04T10:00+01:00"]);
    assert_eq!(program.visitor().get(&draft).await.status, 404);
}
