//! The commit, stopped after every step it has: killed, or taken back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::old::{Kind, Old};
use super::step::Step;
use super::{Writer, journal, plan};

type Files = BTreeMap<String, String>;

/// An output in a temporary folder, with a site in it.
struct Output {
    folder: TempDir,
}

impl Output {
    /// In memory where there is such a disk: these tests wait for the disk often.
    fn empty() -> Output {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        Output {
            folder: folder.unwrap(),
        }
    }

    fn of(files: &Files) -> Output {
        let output = Output::empty();
        output.writer_of(files).commit().unwrap();
        output
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    fn begin(&self) -> Writer {
        Writer::begin(&self.path("site"), &self.path("publication.json")).unwrap()
    }

    /// A writer that was given everything.
    fn writer_of(&self, files: &Files) -> Writer {
        let writer = self.begin();
        for (path, text) in files {
            if path == "(publication)" {
                writer.put_publication(text.as_bytes()).unwrap();
            } else {
                writer.put(path, text.as_bytes()).unwrap();
            }
        }
        writer
    }

    /// All that is there, folders too.
    fn holds(&self) -> Files {
        let mut files = Files::new();
        for entry in walkdir::WalkDir::new(self.path("site")).min_depth(1) {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(self.path("site")).unwrap();
            let path = path.to_str().unwrap().to_owned();
            let text = if entry.file_type().is_dir() {
                "(folder)".to_owned()
            } else if entry.file_type().is_symlink() {
                format!("→ {}", fs::read_link(entry.path()).unwrap().display())
            } else {
                fs::read_to_string(entry.path()).unwrap()
            };
            files.insert(path, text);
        }
        let publication = fs::read_to_string(self.path("publication.json")).unwrap();
        files.insert("(publication)".to_owned(), publication);
        files
    }

    /// Nothing is left beside the site.
    fn is_tidy(&self) {
        let mut left: Vec<_> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["publication.json", "site"]);
    }
}

fn files(names: &[(&str, &str)]) -> Files {
    let always = [("sitemap.xml", "urls"), ("(publication)", "fees")];
    let all = always.iter().chain(names);
    all.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

fn before() -> Files {
    files(&[
        ("index.html", "Home"),
        ("about/index.html", "About"),
        ("was-a-file", "text"),
        ("was-a-folder/a/b", "text"),
        ("gone/deep/index.html", "Gone"),
        ("About-us/index.html", "Capitals"),
        ("same/index.html", "The same"),
    ])
}

fn after() -> Files {
    files(&[
        ("(publication)", "other fees"),
        ("index.html", "A new home"),
        ("about/index.html", "About"),
        ("was-a-file/index.html", "a page"),
        ("was-a-folder", "a file"),
        ("about-us/index.html", "Capitals"),
        ("same/index.html", "The same"),
        ("style.css", "body{}"),
        ("linked/index.html", "inside"),
    ])
}

/// The old site, with a link in it that leads out.
fn output() -> (Output, TempDir) {
    let output = Output::of(&before());
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("index.html"), "somebody's").unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), output.path("site/linked")).unwrap();
    (output, elsewhere)
}

fn sealed(output: &Output, files: &Files) -> (Writer, Vec<Step>) {
    let writer = output.writer_of(files);
    let (steps, _) = writer.plan().unwrap();
    journal::seal(&writer.place, &steps).unwrap();
    (writer, steps)
}

fn whole(files: &Files) -> Files {
    Output::of(files).holds()
}

#[test]
fn a_build_that_is_killed_after_any_step_is_finished_by_the_next() {
    let wanted = whole(&after());
    let count = sealed(&output().0, &after()).1.len();
    assert!(count > 12, "{count} steps");
    for stop in 0..=count {
        let (output, elsewhere) = output();
        let (writer, steps) = sealed(&output, &after());
        journal::carry_out(&writer.place, &steps[..stop]).unwrap();
        // Killed: the system gives the lock back, and no more is done.
        drop(writer);
        drop(output.begin());
        assert_eq!(output.holds(), wanted, "after {stop} steps of {steps:?}");
        output.is_tidy();
        let theirs = fs::read_to_string(elsewhere.path().join("index.html")).unwrap();
        assert_eq!(theirs, "somebody's");
    }
}

#[test]
fn what_is_carried_out_as_far_as_any_step_can_be_taken_back() {
    let count = sealed(&output().0, &after()).1.len();
    for stop in 0..=count {
        let (output, _elsewhere) = output();
        let old = output.holds();
        let (writer, steps) = sealed(&output, &after());
        journal::carry_out(&writer.place, &steps[..stop]).unwrap();
        for step in steps[..stop].iter().rev() {
            step.take_back(&writer.place).unwrap();
        }
        assert_eq!(output.holds(), old, "after {stop} steps of {steps:?}");
    }
}

#[test]
fn whoever_is_killed_while_taking_back_is_finished_by_the_next() {
    let wanted = whole(&after());
    let count = sealed(&output().0, &after()).1.len();
    for stop in 0..count {
        let (output, _elsewhere) = output();
        let (writer, steps) = sealed(&output, &after());
        journal::carry_out(&writer.place, &steps).unwrap();
        for step in steps.iter().rev().take(stop) {
            step.take_back(&writer.place).unwrap();
        }
        drop(writer);
        drop(output.begin());
        assert_eq!(
            output.holds(),
            wanted,
            "{stop} steps taken back of {steps:?}"
        );
    }
}

#[test]
fn a_step_that_fails_takes_the_others_back() {
    let (output, _elsewhere) = output();
    let old = output.holds();
    let (writer, mut steps) = sealed(&output, &after());
    // A folder that cannot be made, since a file is where its own would be.
    let path = "sitemap.xml/impossible".to_owned();
    steps.push(Step::MakeFolder { path });
    let problem = journal::carry_out(&writer.place, &steps).unwrap_err();
    assert!(problem.path.ends_with("site/sitemap.xml/impossible"));
    assert!(problem.what.starts_with("moving into place failed: "));
    drop(writer);
    assert_eq!(output.holds(), old);
    output.is_tidy();
}

#[test]
fn what_was_staged_without_a_journal_is_thrown_away() {
    let output = Output::of(&before());
    let old = output.holds();
    fs::create_dir_all(output.path(".site.building/new")).unwrap();
    fs::write(output.path(".site.building/new/0"), "half a pa").unwrap();
    fs::write(output.path(".site.building/journal.new"), "{\"ver").unwrap();
    fs::write(output.path(".site.building/lock"), "1 0\n").unwrap();
    drop(output.begin());
    assert_eq!(output.holds(), old);
    output.is_tidy();
}

#[test]
fn a_first_site_that_is_killed_before_its_one_step_is_put_in_place_by_the_next() {
    let output = Output::empty();
    fs::create_dir(output.path("site")).unwrap();
    let (writer, steps) = sealed(&output, &after());
    assert_eq!(steps[0], Step::Whole);
    drop(writer);
    drop(output.begin());
    assert_eq!(output.holds(), whole(&after()));
    output.is_tidy();
}

#[test]
fn a_site_changes_into_any_other_whatever_is_in_the_way_and_wherever_it_stops() {
    // Every word a path, from a few names, so that files and folders collide.
    let mut seed = 0x9e37_79b9_u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    let mut site = || {
        let mut files = files(&[]);
        for _ in 0..random(8) {
            let depth = 1 + random(3);
            let names = ["a", "b", "A"];
            let path: Vec<_> = (0..depth)
                .map(|_| names[usize::try_from(random(3)).unwrap()])
                .collect();
            files.insert(path.join("/"), random(2).to_string());
            let kept = files.keys().filter(|path| *path != "(publication)");
            if plan::clash(&kept.map(|path| (path.clone(), None)).collect()).is_err() {
                files.remove(&path.join("/"));
            }
        }
        files
    };
    for round in 0..150 {
        let (old, new) = (site(), site());
        let wanted = whole(&new);
        let count = sealed(&Output::of(&old), &new).1.len();
        let stop = round % (count + 1);
        let output = Output::of(&old);
        let (writer, steps) = sealed(&output, &new);
        journal::carry_out(&writer.place, &steps[..stop]).unwrap();
        drop(writer);
        drop(output.begin());
        assert_eq!(
            output.holds(),
            wanted,
            "from {old:?}, {stop} steps of {steps:?}"
        );
    }
}

#[test]
fn two_builds_take_turns_and_the_second_says_who_holds_it_up() {
    let output = Output::of(&before());
    let first = output.begin();
    let (site, publication) = (output.path("site"), output.path("publication.json"));
    let short = Duration::from_millis(30);
    let problem = Writer::begin_within(&site, &publication, short).unwrap_err();
    let who = format!("process {}", std::process::id());
    assert_eq!(
        problem.to_string(),
        format!(
            "{}: another build ({who}) is writing there, and did not end in 0.03 seconds\n  \
             hint: wait for it, or end {who}; or choose another folder with `--out`",
            site.display()
        )
    );
    drop(first);
    let writers: Vec<_> = (0..8)
        .map(|number| {
            let (site, publication) = (site.clone(), publication.clone());
            std::thread::spawn(move || {
                let writer = Writer::begin(&site, &publication).unwrap();
                let text = number.to_string();
                for path in ["sitemap.xml", "index.html", "about/index.html"] {
                    writer.put(path, text.as_bytes()).unwrap();
                }
                writer.commit().unwrap();
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let texts: Vec<_> = output
        .holds()
        .into_iter()
        .filter(|(path, text)| path != "(publication)" && text != "(folder)")
        .map(|(_, text)| text)
        .collect();
    assert_eq!(texts.len(), 3);
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:?}");
    output.is_tidy();
}

#[test]
fn a_page_and_a_folder_of_its_name_are_told_and_so_are_capitals() {
    let told = |paths: &[&str]| {
        let kept = paths
            .iter()
            .map(|path| ((*path).to_owned(), None))
            .collect();
        plan::clash(&kept)
            .unwrap_err()
            .problem(Path::new("site"))
            .what
    };
    assert_eq!(
        told(&["a", "a/b/c"]),
        "it is a file, and the folder of `a/b/c` too"
    );
    assert_eq!(
        told(&["a/B", "A/b/c"]),
        "it is a file, and the folder of `A/b/c` too"
    );
    assert_eq!(
        told(&["About/index.html", "about/index.html"]),
        "`about/index.html` differs from it only in capitals: on many machines they are one file"
    );
}

#[test]
fn on_a_disk_that_does_not_tell_capitals_apart_the_old_name_goes_before_the_new_one_comes() {
    let old = Old::of(&[
        ("About", Kind::Folder),
        ("About/index.html", Kind::File),
        ("sitemap.xml", Kind::File),
    ]);
    let kept = [("about/index.html", Some(0)), ("sitemap.xml", None)];
    let kept = kept.map(|(path, number)| (path.to_owned(), number)).into();
    let (steps, written) = plan::steps(&old, &kept, 1);
    assert_eq!(
        (written.written, written.unchanged, written.removed),
        (1, 1, 1)
    );
    assert!(matches!(&steps[0], Step::Aside { path, .. } if path == "About/index.html"));
    assert!(matches!(&steps[2], Step::Put { path, .. } if path == "about/index.html"));
}

#[test]
fn a_path_that_leads_out_is_refused() {
    let output = Output::of(&before());
    let writer = output.begin();
    for path in [
        "../up",
        "/etc/passwd",
        "a/../../b",
        "a//b",
        "",
        "a\\b",
        "C:/x",
        "./a",
    ] {
        let problem = writer.put(path, b"x").unwrap_err();
        assert!(problem.what.contains("leads out of the site"), "{path}");
    }
    writer.put("twice", b"x").unwrap();
    assert!(
        writer
            .put("twice", b"x")
            .unwrap_err()
            .what
            .contains("two things")
    );
}
