//! The output: whole or not at all, the same every time, and never in the way
//! of somebody's work.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;
use std::process::Command;

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
    assert_eq!(Some(publication), built.publication);
}

#[test]
fn a_page_that_went_leaves_nothing_behind() {
    let site = site();
    site.build();
    let site = site.without("content/prospectus");
    site.build();
    assert!(!site.out().join("prospectus").exists());
    let mut left: Vec<_> = fs::read_dir(site.path("target"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["publication.json", "redirects.json", "site"]);
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

#[test]
fn what_is_the_same_is_not_written_again() {
    let site = site();
    site.build();
    let changed = |site: &SiteTest, path: &str| {
        let about = fs::metadata(site.out().join(path)).unwrap();
        (about.modified().unwrap(), about.ino())
    };
    let before = |path: &str| changed(&site, path);
    let (letter, home) = (before("prospectus/letter/index.html"), before("index.html"));
    let publication = fs::metadata(site.path("target/publication.json"))
        .unwrap()
        .ino();
    let site = site.reading("prospectus/letter.md", "Dear friends");
    site.build();
    assert_ne!(changed(&site, "prospectus/letter/index.html"), letter);
    assert_eq!(changed(&site, "index.html"), home);
    let after = fs::metadata(site.path("target/publication.json"))
        .unwrap()
        .ino();
    assert_eq!(after, publication);
}

#[test]
fn a_link_in_the_output_is_replaced_and_not_written_through() {
    let site = site();
    site.build();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("index.html"), "somebody’s").unwrap();
    fs::remove_dir_all(site.out().join("prospectus")).unwrap();
    symlink(elsewhere.path(), site.out().join("prospectus")).unwrap();
    fs::remove_file(site.out().join("index.html")).unwrap();
    symlink(
        elsewhere.path().join("index.html"),
        site.out().join("index.html"),
    )
    .unwrap();
    let built = site.build();
    assert_eq!(files(site.out()), built.files);
    assert_eq!(
        fs::read_to_string(elsewhere.path().join("index.html")).unwrap(),
        "somebody’s"
    );
}

#[test]
fn a_version_history_in_the_output_stays() {
    let site = site();
    site.build();
    let site = site.file("target/site/.git/config", "[core]");
    site.build();
    assert!(site.out().join(".git/config").is_file());
}

#[test]
fn a_full_disk_leaves_the_old_site_and_says_what_to_do() {
    let Some(disk) = SmallDisk::new("256k") else {
        eprintln!("skipped: this needs the right to mount a small disk");
        return;
    };
    let out = disk.folder.path().join("site");
    let site = site().with(|options| {
        options.out = out.clone();
        options.publication = out.with_file_name("publication.json");
    });
    site.build();
    let before = files(disk.folder.path());
    let site = site.reading("long.md", &"A long page. ".repeat(40_000));
    // Pages are written side by side: which of them meets the end of the disk
    // first is not decided.
    let told = site.problems();
    let (place, what) = told.split_once(": ").unwrap();
    assert!(place.starts_with(out.to_str().unwrap()), "{told}");
    assert_eq!(
        what,
        "writing failed: No space left on device (os error 28)\n  \
         hint: make room on the disk, and build again\n\n1 problem in 1 file"
    );
    assert_eq!(files(disk.folder.path()), before);
    let site = site.without("content/long.md");
    site.build();
    assert_eq!(files(disk.folder.path()), before);

    disk.is_only_read();
    let site = site.reading("short.md", "Short");
    let told = site.problems();
    assert!(told.contains("hint: the disk can only be read"), "{told}");
    assert_eq!(files(disk.folder.path()), before);
}

#[test]
fn a_disk_of_its_own_is_filled_and_not_replaced() {
    let Some(disk) = SmallDisk::new("1m") else {
        eprintln!("skipped: this needs the right to mount a small disk");
        return;
    };
    let out = disk.folder.path().to_owned();
    let site = site().with(|options| options.out = out.clone());
    let built = site.build();
    assert_eq!(files(&out), built.files);
    let site = site
        .without("content/prospectus")
        .reading("new.md", "Another page");
    let built = site.build();
    assert_eq!(files(&out), built.files);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_told() {
    let site = site().file("target/site", "a file");
    assert_eq!(
        site.problems(),
        "target/site: it is a file, and a folder is wanted\n  \
         hint: choose a folder that is new, empty, or holds a built site\n\n1 problem in 1 file"
    );
}

#[test]
fn a_publication_inside_the_site_is_refused() {
    let site = site();
    let inside = site.out().join("publication.json");
    let site = site.with(|options| options.publication = inside.clone());
    assert_eq!(
        site.problems(),
        "target/site/publication.json: the publication would be a file of the site\n  \
         hint: choose a file outside the site with `--publication`\n\n1 problem in 1 file"
    );
}

#[test]
fn a_site_inside_what_it_is_made_of_is_refused_before_anything_is_made_there() {
    for out in ["content", "content/out", "theme/static/deep/out"] {
        let site = site();
        let whole = site.path(out);
        let site = site.with(|options| options.out = whole.clone());
        let what = if out == "content" {
            "the folder holds what the site is made of\n  \
             hint: choose a folder that is new, empty, or holds a built site"
        } else {
            "the folder would be among what the site is made of\n  \
             hint: choose a folder outside the content and the theme with `--out`"
        };
        assert_eq!(
            site.problems(),
            format!("{out}: {what}\n\n1 problem in 1 file")
        );
        assert!(!site.path("theme/static").exists());
        assert!(!site.path("content/out").exists());
    }
    // Whatever way is written to it.
    let site = site();
    let way = site.path("target/new/../../content/out");
    let site = site.with(|options| options.out = way.clone());
    let told = site.problems();
    assert!(told.contains("among what the site is made of"), "{told}");
    symlink(site.path("content"), site.path("elsewhere")).unwrap();
    let link = site.path("elsewhere/out");
    let site = site.with(|options| options.out = link.clone());
    let told = site.problems();
    assert!(told.contains("among what the site is made of"), "{told}");
}

#[test]
fn a_publication_among_what_the_site_is_made_of_is_refused_and_overwrites_nothing() {
    for place in ["content/site.yaml", "content/new/p.json", "theme/p.json"] {
        let site = site();
        let before = files(&site.path(""));
        let whole = site.path(place);
        let site = site.with(|options| options.publication = whole.clone());
        assert_eq!(
            site.problems(),
            format!(
                "{place}: the publication would be among what the site is made of\n  \
                 hint: choose a file outside the content and the theme with `--publication`\n\n\
                 1 problem in 1 file"
            )
        );
        assert_eq!(files(&site.path("")), before);
    }
}

/// A disk of a few kilobytes, as long as it is kept.
struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// Nothing where mounting is not allowed.
    fn new(size: &str) -> Option<SmallDisk> {
        let folder = tempfile::tempdir().unwrap();
        let disk = SmallDisk { folder };
        disk.mount(&format!("size={size}")).then_some(disk)
    }

    fn is_only_read(&self) {
        assert!(self.mount("remount,ro"));
    }

    fn mount(&self, options: &str) -> bool {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]);
        let output = mount.arg(self.folder.path()).output();
        output.is_ok_and(|output| output.status.success())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // If it was never mounted, there is nothing to take off.
        let _ = Command::new("umount")
            .arg("-l")
            .arg(self.folder.path())
            .output();
    }
}
