//! `site-gen new`: where a file is begun, what stands in it, and what is said
//! where it cannot be.

// A helper of a test fails as a test does.
#![allow(clippy::unwrap_used)]

mod little_site;

use std::fs;

use little_site::{little_site, said, site_gen};

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
