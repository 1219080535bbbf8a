//! `site-gen new`: where a file is begun, what stands in it, and what is said
//! where it cannot be.

// A helper of a test fails as a test does.
#![allow(clippy::unwrap_used)]

mod little_site;

use std::fs;

use little_site::{little_site, said, site_gen, write};
use tempfile::TempDir;

#[test]
fn a_new_file_of_each_kind_is_a_draft_that_has_what_it_needs() {
    let folder = little_site();
    let title = "Our schools’ “plans”:\n\"new\"";
    for (arguments, path) in [
        (&["page"][..], "our-schools-plans-new.md"),
        (&["page", "--in", "news"], "news/our-schools-plans-new.md"),
        (&["page", "--name", "plans"], "plans.md"),
        (&["section"], "our-schools-plans-new/_index.md"),
        (&["service"], "services/our-schools-plans-new.md"),
        (&["person"], "board/our-schools-plans-new.md"),
        (&["event"], "events/our-schools-plans-new.md"),
    ] {
        // Two pages would be at one address.
        if path == "our-schools-plans-new/_index.md" {
            fs::remove_file(folder.path().join("content/our-schools-plans-new.md")).unwrap();
        }
        let output = site_gen(
            &folder,
            &[&["new", arguments[0], title], &arguments[1..]].concat(),
        );
        assert_eq!(
            (said(&output.stderr), said(&output.stdout)),
            ("", &*format!("content/{path} is begun, as a draft\n"))
        );
        let begun = fs::read_to_string(folder.path().join("content").join(path)).unwrap();
        assert!(
            begun.starts_with("---\ntitle: \"Our schools’ “plans”: \\\"new\\\"\"\ndescription: "),
            "{begun}"
        );
    }
    assert_eq!(
        said(&site_gen(&folder, &["check"]).stdout),
        "3 pages, 1 asset, no problem\n"
    );
    let output = site_gen(&folder, &["check", "--drafts"]);
    assert_eq!(
        (said(&output.stderr), said(&output.stdout)),
        ("", "9 pages, 1 asset, no problem\n")
    );
}

#[test]
fn a_file_that_cannot_be_begun_is_told() {
    let folder = little_site();
    for (arguments, told) in [
        (
            &["page", "A", "--name", "_index"][..],
            "content/_index.md: the file is there already\n  \
             hint: choose another title, or edit that file\n\n",
        ),
        (
            &["page", "মাতৃভাষা"],
            "content: `মাতৃভাষা` has none of the letters that name a file\n  \
             hint: name it with the letters a to z, such as `--name mother-tongues`\n\n",
        ),
        (
            &["page", "Notes", "--in", "../notes"],
            "content: `../notes/notes.md` cannot be an address\n  \
             hint: use lower-case letters, digits and hyphens in `--in` and `--name`\n\n",
        ),
        (
            &["page", "Apply"],
            "content/apply.md: the forms answer at `/apply/`, so no page can be there\n  \
             hint: choose another title, or `--name`\n\n",
        ),
        (
            &["page", "Index", "--in", "notes"],
            "content/notes/index.md: the page would be at `/notes/index/`, and not at `/notes/`\n  \
             hint: choose another title, or `--name`; the page of a folder begins with `new section`\n\n",
        ),
    ] {
        let output = site_gen(&folder, &[&["new"], arguments].concat());
        assert_eq!(
            (
                said(&output.stdout),
                said(&output.stderr),
                output.status.code()
            ),
            ("", &*format!("{told}1 problem in 1 file\n"), Some(1))
        );
    }
}

/// A site whose folders have other names than usual.
fn another_site() -> TempDir {
    let folder = little_site();
    let path = folder.path().join("content/site.yaml");
    let settings = fs::read_to_string(&path).unwrap();
    let settings = settings.replace(
        "{ services: service, board: person, events: event }",
        "{ offer: service, team: person, school/talks: event, walks: event, notes: news }",
    );
    fs::write(path, settings).unwrap();
    fs::remove_dir_all(folder.path().join("content/services")).unwrap();
    folder
}

/// What is said of a file that cannot be begun.
fn refused(folder: &TempDir, arguments: &[&str]) -> String {
    let output = site_gen(folder, &[&["new"], arguments].concat());
    assert_eq!((said(&output.stdout), output.status.code()), ("", Some(1)));
    let told = said(&output.stderr);
    told.replace("\n\n1 problem in 1 file\n", "")
}

#[test]
fn a_file_is_begun_in_the_folder_that_the_site_has_for_its_kind() {
    let folder = another_site();
    for (arguments, path) in [
        (&["service", "A"][..], "offer/a.md"),
        (&["person", "A"], "team/a.md"),
        (&["news", "A"], "notes/a.md"),
        (&["news", "A", "--in", "notes/2028"], "notes/2028/a.md"),
        (&["event", "A", "--in", "walks"], "walks/a.md"),
        (
            &["event", "B", "--in", "/school/talks/"],
            "school/talks/b.md",
        ),
        (&["section", "A", "--in", "notes"], "notes/a/_index.md"),
        (&["page", "A"], "a.md"),
    ] {
        let output = site_gen(&folder, &[&["new"], arguments].concat());
        assert_eq!(
            (said(&output.stderr), said(&output.stdout)),
            ("", &*format!("content/{path} is begun, as a draft\n"))
        );
    }
}

#[test]
fn where_several_folders_or_none_hold_a_kind_it_is_said() {
    let folder = another_site();
    assert_eq!(
        refused(&folder, &["event", "A"]),
        "content/site.yaml: events are in several folders: `school/talks`, `walks`\n  \
         hint: say which with `--in`, such as `--in school/talks`"
    );
    assert_eq!(
        refused(&folder, &["document", "A"]),
        "content/site.yaml: no folder of this site holds documents\n  \
         hint: say which does in this file, such as `sections: { documents: document }`"
    );
    assert_eq!(
        refused(&folder, &["document", "A", "--in", "papers"]),
        "content/site.yaml: no folder of this site holds documents\n  \
         hint: say which does in this file, such as `sections: { papers: document }`"
    );
}

#[test]
fn a_folder_that_holds_another_kind_is_refused_with_what_to_type() {
    let folder = another_site();
    for (arguments, told) in [
        (
            &["page", "A", "--in", "notes"][..],
            "content/notes: `notes` holds news, and not pages\n  \
             hint: for a piece of news there write `new news`; choose another folder for a page",
        ),
        (
            &["event", "A", "--in", "offer"],
            "content/offer: `offer` holds services, and not events\n  \
             hint: for a service there write `new service`; for an event write `--in school/talks`",
        ),
        (
            &["event", "A", "--in", "membership"],
            "content/membership: `membership` holds pages, and not events\n  \
             hint: for an event write `--in school/talks`",
        ),
        (
            &["event", "A", "--in", "/"],
            "content: the top of the content holds pages, and not events\n  \
             hint: for an event write `--in school/talks`",
        ),
        (
            &["event", "A", "--in", "walks/2028"],
            "content/walks/2028: an event must be in `walks` itself, not in a folder of it\n  \
             hint: write `--in walks`",
        ),
        (
            &["document", "A", "--in", "walks"],
            "content/walks: `walks` holds events, and not documents\n  \
             hint: for an event there write `new event`; no folder holds documents yet",
        ),
    ] {
        assert_eq!(refused(&folder, arguments), told);
    }
    assert!(!folder.path().join("content/walks").exists());
}

#[test]
fn without_settings_a_page_can_be_begun_and_of_an_event_it_is_said_what_is_missing() {
    let folder = little_site();
    fs::remove_file(folder.path().join("content/site.yaml")).unwrap();
    let output = site_gen(&folder, &["new", "page", "A", "--in", "notes"]);
    assert_eq!(
        said(&output.stdout),
        "content/notes/a.md is begun, as a draft\n"
    );
    assert_eq!(
        refused(&folder, &["event", "A"]),
        "content/site.yaml: there is no such file, which would say what folder holds events\n  \
         hint: begin it with `name`, `base_url` and `language`, and `sections: { events: event }`; or say with `--content` where the content is"
    );
    write(folder.path(), "content/site.yaml", "name: A\nsections: 3\n");
    assert_eq!(
        refused(&folder, &["page", "B"]),
        "content/site.yaml:1:1: the site needs the field `base_url`\n  \
         1 | name: A\n  \
         hint: add a line that begins with `base_url:`"
    );
    assert_eq!(
        refused(&folder, &["page", "B", "--content", "contents"]),
        "contents: there is no such folder\n  \
         hint: run this in the folder above the content, or say with `--content` where it is"
    );
    assert!(!folder.path().join("contents").exists());
}

#[test]
fn an_event_to_be_copied_that_is_not_there_is_told_with_the_nearest() {
    let folder = little_site();
    let from = |name: &str| refused(&folder, &["event", "A", "--from", name]);
    assert_eq!(
        from("teachmeet"),
        "content/events/teachmeet.md: there is no such event\n  \
         hint: no event can be copied yet: leave `--from` out"
    );
    let output = site_gen(&folder, &["new", "event", "Teachmeet"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        from("teachmeat"),
        "content/events/teachmeat.md: there is no such event\n  \
         hint: did you mean `--from teachmeet`?"
    );
    assert_eq!(
        from("zoo"),
        "content/events/zoo.md: there is no such event\n  \
         hint: write the name of an event’s file, such as `--from teachmeet`"
    );
    for (title, name) in [("B", "teachmeet.md"), ("C", "events/teachmeet")] {
        let output = site_gen(&folder, &["new", "event", title, "--from", name]);
        assert_eq!(said(&output.stderr), "");
    }
}

#[test]
fn a_long_title_names_a_file_with_as_many_words_as_can_be_read() {
    let folder = little_site();
    let title = "How the schools of the borough plan to share what they know ".repeat(9);
    let output = site_gen(&folder, &["new", "page", &title]);
    assert_eq!(
        said(&output.stdout),
        "content/how-the-schools-of-the-borough-plan-to-share-what-they-know-how-the-schools-of.md is begun, as a draft\n"
    );
    let output = site_gen(&folder, &["new", "page", &"a".repeat(300)]);
    assert_eq!(
        said(&output.stdout),
        format!("content/{}.md is begun, as a draft\n", "a".repeat(80))
    );
    let name = "a".repeat(101);
    assert_eq!(
        refused(&folder, &["page", "A", "--name", &name]),
        "content: the name of the file has 101 letters, and may have 100\n  \
         hint: write a shorter one after `--name`"
    );
}

#[test]
fn an_event_begins_with_a_service_that_the_site_has() {
    let folder = another_site();
    let begun = |title: &str| {
        site_gen(&folder, &["new", "event", title, "--in", "walks"]);
        let path = format!("content/walks/{title}.md");
        fs::read_to_string(folder.path().join(path)).unwrap()
    };
    let none = begun("a");
    assert!(
        none.contains("\n# This site has no service yet.\nservice: to be set\n"),
        "{none}"
    );
    site_gen(&folder, &["new", "service", "Peer review"]);
    let one = begun("b");
    assert!(
        one.contains(
            "\n# Choose its service: the name of a file in offer/.\nservice: peer-review\n"
        ),
        "{one}"
    );
}
