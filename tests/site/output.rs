//! The output: whole or not at all, the same every time, and never in the way
//! of somebody's work.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::little_site::SiteTest;

/// Every file under a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let inside = entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .display()
                .to_string();
            (inside, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn site() -> SiteTest {
    SiteTest::new()
        .file("theme/assets/style.css", "body{}")
        .service("workshops", "S01")
        .event("spring", "2028-03-14 16:00", "")
        .reading("prospectus/_index.md", "[Letter](letter.md)")
        .reading("prospectus/letter.md", "Dear colleagues")
}

#[test]
fn the_same_content_gives_the_same_bytes_wherever_and_in_whatever_order_it_was_written() {
    let (one, other) = (site(), SiteTest::new());
    // The same files, written the other way round.
    let content = files(&one.path(""));
    let other = content
        .into_iter()
        .rev()
        .fold(other, |site, (path, bytes)| site.file(&path, bytes));
    one.build();
    other.build();
    assert_eq!(files(one.out()), files(other.out()));
    let publication =
        |site: &SiteTest| fs::read_to_string(site.path("target/publication.json")).unwrap();
    assert_eq!(publication(&one), publication(&other));
}

#[test]
fn what_is_written_is_what_was_built() {
    let site = site();
    let built = site.build();
    assert_eq!(files(site.out()), built.files);
    let publication: domain::publication::Publication =
        serde_json::from_slice(&fs::read(site.path("target/publication.json")).unwrap()).unwrap();
    assert_eq!(publication, built.publication);
}

#[test]
fn a_page_that_went_leaves_nothing_behind() {
    let site = site();
    site.build();
    let site = site.without("content/prospectus");
    site.build();
    assert!(!site.out().join("prospectus").exists());
    let left: Vec<_> = fs::read_dir(site.path("target"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn with_a_problem_the_old_site_stays_as_it_was() {
    let site = site();
    site.build();
    let before = files(&site.path("target"));
    let site = site
        .reading("new.md", "[nowhere](nowhere.md)")
        .reading("prospectus/letter.md", "Changed");
    site.problems();
    assert_eq!(files(&site.path("target")), before);
}

#[test]
fn a_folder_with_other_things_in_it_is_not_overwritten() {
    let site = site().file("target/site/thesis.txt", "three years of work");
    assert_eq!(
        site.problems(),
        "target/site: the folder holds files that are not a built site\n  \
         hint: choose a folder that is new, empty, or holds a built site\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        fs::read_to_string(site.path("target/site/thesis.txt")).unwrap(),
        "three years of work"
    );
    let site = site.with(|options| options.out = options.content.clone());
    assert_eq!(
        site.problems(),
        "content: the folder holds what the site is made of\n  \
         hint: choose a folder that is new, empty, or holds a built site\n\n\
         1 problem in 1 file"
    );
}
