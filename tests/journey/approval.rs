//! The Board's approval, with the process killed at moments all over it: what
//! the file holds then is all of it or nothing, and a repeat completes it.

use std::path::Path;
use std::time::Instant;

use domain::application::ApplicationState;
use domain::reference::ApplicationReference;
use functions::store::Store;
use local::database::{self, Embedded};
use local::identity_stand_in::Person;
use tests::applying::apply;
use tests::binary::Program;
use tests::staff::{Staff, staff_path};

const CLOCK: [&str; 2] = ["--now", "2017-04-03T10:00+01:00"];

const APPROVED: [(&str, &str); 4] = [
    ("outcome", "approved"),
    ("decided_on", "3 April 2017"),
    ("minute", "12.3"),
    ("decider", "The Board"),
];

/// In hundredths of what a whole approval takes. The first is before anything
/// is sent, the last after the answer; those between were thrown with dice.
const MOMENTS: [u32; 5] = [0, 23, 58, 81, 1_000];

#[tokio::test]
async fn an_approval_that_is_killed_at_any_moment_is_whole_or_nothing_and_a_repeat_completes_it() {
    let data = tempfile::tempdir().unwrap();
    let mut program = Program::start(data.path(), &CLOCK);
    let visitor = program.visitor();
    let mut paths = Vec::new();
    for urn in ["900001", "900002", "900003", "900004", "900005", "900006"] {
        paths.push(staff_path(&apply(&visitor, urn).await));
    }
    let mut staff = Staff::signed_in(&program.base_url, Person::Secretary).await;
    for path in &paths {
        let picked = staff.fill(path, &format!("{path}pick-up/"), &[]).await;
        assert_eq!(picked.status, 200, "{}", picked.text());
    }
    let first = paths.remove(0);
    let began = Instant::now();
    let whole = staff
        .fill(&first, &format!("{first}decide/"), &APPROVED)
        .await;
    assert_eq!(whole.status, 200, "{}", whole.text());
    let takes = began.elapsed();

    let (mut nothing, mut all) = (0, 0);
    for (known, (path, moment)) in (1..).zip(paths.iter().zip(MOMENTS)) {
        let action = format!("{path}decide/");
        let fields = staff.filled_in(path, &APPROVED).await;
        let until = takes * moment / 100;
        let sent = staff.post_only(&action, &fields);
        // Whether it was answered by then is what the moment decides.
        let answered = tokio::time::timeout(until, sent).await.is_ok();
        program.kill();

        let written = read_again(data.path(), path, known).await;
        assert!(written || !answered, "what was answered is kept");
        nothing += u32::from(!written);
        all += u32::from(written);

        program = Program::start(data.path(), &CLOCK);
        staff = Staff::signed_in(&program.base_url, Person::Secretary).await;
        let repeated = staff.fill(path, &action, &APPROVED).await;
        assert_eq!(repeated.status, 200, "{}", repeated.text());
        assert!(repeated.text().contains("Approved on 3 April 2017"));
        assert!(!repeated.text().contains("Superseded"), "once is enough");
    }
    assert!(
        nothing > 0 && all > 0,
        "{nothing} with nothing, {all} whole"
    );
    program.kill();
    assert!(
        read_again(data.path(), &first, paths.len()).await,
        "all of them are"
    );
}

/// Whether an approval is in the file, which is opened for it alone; `known`
/// others are. Panics if only a part of it is.
async fn read_again(data: &Path, path: &str, known: usize) -> bool {
    let embedded = Embedded::open(Some(data)).await.unwrap();
    let template = tests::root().join("infra/template.yaml");
    let store = database::store(&embedded.endpoint, &template)
        .await
        .unwrap();
    let reference = path.split('/').nth(3).unwrap();
    let reference = ApplicationReference::parse(reference).unwrap();
    let counts = counts(&store, &reference).await;
    match counts {
        (true, members, entries, invoices) if [members, entries, invoices] == [known + 1; 3] => {
            true
        }
        (false, members, entries, invoices) if [members, entries, invoices] == [known; 3] => false,
        _ => panic!("an approval is written in part: {counts:?}, {known} known"),
    }
}

/// Whether it is approved with its membership, and how many members, entries
/// and numbered invoices there are.
async fn counts(store: &Store, reference: &ApplicationReference) -> (bool, usize, usize, usize) {
    let application = store.application(reference).await.unwrap().unwrap().value;
    let approved = application.state == ApplicationState::Approved;
    if let Some(membership) = &application.membership {
        assert!(store.membership(membership).await.unwrap().is_some());
    }
    assert_eq!(approved, application.membership.is_some());
    let invoices = store.invoices().await.unwrap();
    let issued = store.invoices_issued().await.unwrap().value.last;
    let numbers: Vec<u32> = invoices
        .iter()
        .map(|read| read.value.number.get())
        .collect();
    assert_eq!(
        numbers,
        (1..=issued).collect::<Vec<_>>(),
        "no number is left out"
    );
    (
        approved,
        store.memberships().await.unwrap().len(),
        store.register().await.unwrap().len(),
        invoices.len(),
    )
}
