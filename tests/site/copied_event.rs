//! `new event "…" --from NAME`: an event that begins as a copy of another.

use std::path::Path;

use jiff::civil::date;
use site_gen::new::{New, NewKind, begin};
use tests::changed::copy;
use tests::root;

fn asked(title: &str, from: &str) -> New {
    New {
        kind: NewKind::Event,
        title: title.to_owned(),
        folder: None,
        name: None,
        from: Some(from.to_owned()),
        today: date(2028, 1, 10),
    }
}

fn problems(content: &Path) -> String {
    let elsewhere = tempfile::tempdir().unwrap();
    let out = elsewhere.path().join("site");
    let options = site_gen::Options {
        publication: site_gen::publication_beside(&out),
        content: content.to_owned(),
        out,
        drafts: true,
        ..site_gen::Options::new(&root(), jiff::Timestamp::now())
    };
    match site_gen::build(&options) {
        Ok(_) => String::new(),
        Err(problems) => site_gen::report(&problems),
    }
}

#[test]
fn a_copy_keeps_the_words_and_has_its_days_to_be_set() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("content"), folder.path());
    let path = begin(
        folder.path(),
        &asked("Autumn “data”: \"again\"", "workshop-for-leaders"),
    );
    let path = path.unwrap();
    assert!(path.ends_with("events/autumn-data-again.md"), "{path:?}");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.starts_with(
            "---\ntitle: \"Autumn “data”: \\\"again\\\"\"\n\
             description: A sample of a workshop for leaders on one issue, with a price and a limited number of places.\n\
             sessions:\n  - { starts: to be set, ends: to be set }\n  - { starts: to be set, ends: to be set }\nvenue: "
        ),
        "{text}"
    );
    assert!(text.contains(
        "\nbooking_opens: to be set\nbooking_closes: to be set\nasks: [dietary, access]\ncancellation:\n  steps:\n"
    ));
    assert!(
        text.contains("\nsample: true\n")
            && text.contains("\ndraft: true\n---\n\n**This is a sample.**")
    );
    let told = problems(folder.path());
    for field in ["starts", "ends", "booking_opens", "booking_closes"] {
        assert!(
            told.contains(&format!("`{field}`: `to be set` is not")),
            "{told}"
        );
    }
    assert!(
        told.contains("write the day and the time in London"),
        "{told}"
    );
    // The theme, which cannot show it, is not to blame.
    assert!(!told.contains("themes/"), "{told}");
    let filled = text
        .replacen(
            "{ starts: to be set, ends: to be set }",
            "{ starts: 2028-11-07 16:00, ends: 2028-11-07 17:30 }",
            1,
        )
        .replace(
            "{ starts: to be set, ends: to be set }",
            "{ starts: 2028-11-14 16:00, ends: 2028-11-14 17:30 }",
        )
        .replace("booking_opens: to be set\n", "")
        .replace("booking_closes: to be set\n", "");
    std::fs::write(&path, filled).unwrap();
    assert_eq!(problems(folder.path()), "");
}

#[test]
fn what_cannot_be_copied_is_told() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("content"), folder.path());
    let refused = |asked: &New| begin(folder.path(), asked).unwrap_err().to_string();
    assert!(refused(&asked("Another", "no-such-event")).contains("no-such-event.md"));
    assert!(refused(&asked("Another", "../site")).contains("is no name of an event"));
    let page = New {
        kind: NewKind::Page,
        ..asked("Another", "network")
    };
    assert!(refused(&page).contains("only an event is begun as a copy"));
}
