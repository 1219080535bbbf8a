//! The engine against a cold build: after every step of thousands of random
//! edit scripts, the site in memory is that of a cold build, byte for byte, and
//! so is all that is told.
//!
//! Every script has a seed. One that fails prints it; `SITE_GEN_SEED=17` runs
//! that script alone, and `SITE_GEN_SCRIPTS=50` fewer of them.

// Tests may unwrap: a panic is how one fails.
#![allow(clippy::unwrap_used, clippy::panic)]

mod script;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use script::Little;
use site_gen::{Engine, check, report};

/// How many scripts there are, unless fewer are asked for.
const SCRIPTS: u64 = 2_000;

#[test]
fn an_edited_site_is_the_site_that_a_cold_build_would_make() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    if let Some(seed) = asked("SITE_GEN_SEED") {
        return run(seed);
    }
    let scripts = asked("SITE_GEN_SCRIPTS").unwrap_or(SCRIPTS);
    let next = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= scripts {
                        break;
                    }
                    let failed = std::panic::catch_unwind(|| run(seed)).is_err();
                    assert!(!failed, "run it alone with SITE_GEN_SEED={seed}");
                }
            });
        }
    });
    println!("seeds 0 to {}", scripts - 1);
}

/// One script: a little site, some edits, and a look after each.
fn run(seed: u64) {
    let mut site = Little::new(seed);
    let options = site.options();
    let mut engine = Engine::open(&options);
    let mut good = BTreeMap::new();
    compare(seed, "at first", &engine, &site, &mut good);
    for step in 0..site.steps() {
        let (what, paths) = site.edit();
        let before = engine.files().clone();
        let update = engine.change_at(&paths, site.options().now);
        compare(
            seed,
            &format!("step {step}: {what}"),
            &engine,
            &site,
            &mut good,
        );
        // What is said to have changed is what has.
        let after = engine.files();
        let changed: Vec<&String> = after
            .iter()
            .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
            .map(|(path, _)| path)
            .collect();
        let removed: Vec<&String> = before
            .keys()
            .filter(|path| !after.contains_key(*path))
            .collect();
        let told: Vec<&String> = update.changed.iter().collect();
        assert_eq!(told, changed, "seed {seed}, step {step}: {what}");
        let told: Vec<&String> = update.removed.iter().collect();
        assert_eq!(told, removed, "seed {seed}, step {step}: {what}");
    }
}

/// Holds the engine against a cold build. `good` is the last site without a
/// problem.
fn compare(
    seed: u64,
    when: &str,
    engine: &Engine,
    site: &Little,
    good: &mut BTreeMap<String, Vec<u8>>,
) {
    let cold = check(&site.options());
    let problems = match cold {
        Ok(built) => {
            let ours = engine.built().expect("a site without a problem is built");
            assert_eq!(ours.pages, built.pages, "seed {seed}, {when}");
            assert_eq!(ours.publication, built.publication, "seed {seed}, {when}");
            assert_eq!(ours.redirects, built.redirects, "seed {seed}, {when}");
            assert_eq!(ours.next_change, built.next_change, "seed {seed}, {when}");
            *good = built.files;
            Vec::new()
        }
        Err(problems) => problems,
    };
    assert_eq!(
        report(engine.problems()),
        report(&problems),
        "seed {seed}, {when}"
    );
    let paths: Vec<&String> = engine.files().keys().collect();
    assert_eq!(
        paths,
        good.keys().collect::<Vec<_>>(),
        "seed {seed}, {when}"
    );
    for (path, bytes) in engine.files() {
        assert!(
            **bytes == *good[path],
            "seed {seed}, {when}: {path} is\n{}\nand cold it is\n{}",
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(&good[path]),
        );
    }
}

#[test]
fn an_edit_of_a_text_changes_that_page_and_what_is_searched_alone() {
    let mut site = Little::new(2);
    let text = "---\ntitle: One\ndescription: One.\n---\n\nText.\n\n## Part\n\nMore.\n";
    site.write("content/news/one.md", text);
    let mut engine = Engine::open(&site.options());
    assert_eq!(report(engine.problems()), "");
    let path: PathBuf = site.append("content/news/one.md", "\n\nOne more paragraph.\n");
    let update = engine.change(&[path]);
    assert_eq!(update.changed, ["news/one/index.html", "search/index.json"]);
    assert_eq!(update.removed, Vec::<String>::new());
}

#[test]
fn a_folder_that_is_looked_at_again_shows_what_changed_in_it() {
    let site = Little::new(2);
    let mut engine = Engine::open(&site.options());
    let text = "---\ntitle: One\ndescription: One.\n---\n\nText.\n";
    // It is met before its last byte is there, and nobody tells of that.
    let page = site.write("content/late/one.md", "");
    let folder = page.parent().unwrap().to_owned();
    let update = engine.change(std::slice::from_ref(&folder));
    assert_eq!(update.problems.len(), 1);
    site.write("content/late/one.md", text);
    let update = engine.change(&[folder]);
    assert_eq!(report(&update.problems), "");
    assert!(update.changed.contains(&"late/one/index.html".to_owned()));
}

#[test]
fn the_file_of_a_document_comes_and_goes_with_it_as_time_passes() {
    let site = Little::new(2);
    let text = "---\ntitle: M\ndescription: D.\nform: plan\nfile: map.pdf\npublish_from: 2028-02-01\npublish_until: 2028-02-28\n---\n";
    site.write("content/documents/map.md", text);
    let mut engine = Engine::open(&site.options());
    assert_eq!(report(engine.problems()), "");
    let file = "documents/map.pdf".to_owned();
    assert!(!engine.files().contains_key(&file));
    let update = engine.change_at(&[], "2028-02-01T00:00:00Z".parse().unwrap());
    assert!(update.changed.contains(&file));
    let update = engine.change_at(&[], "2028-02-29T00:00:00Z".parse().unwrap());
    assert!(update.removed.contains(&file));
}

#[test]
fn a_path_that_is_no_part_of_the_site_changes_nothing() {
    let mut site = Little::new(2);
    let mut engine = Engine::open(&site.options());
    let path = site.append("content/news/.one.md.swp", "x");
    assert_eq!(engine.change(&[path]), site_gen::Update::default());
}
