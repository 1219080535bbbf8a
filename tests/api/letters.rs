//! Every kind of letter that there is, word for word and as it is laid out:
//! `tests/api/letters/` has what each says. After a change that is meant,
//! `ACCEPT_LETTERS=1 cargo nextest run --workspace -E 'test(letters)'` writes them
//! anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use functions::config::Secret;
use functions::links::Links;
use functions::mail::{Words, compose};
use local::letters::samples;
use tests::{Product, root};

/// The letters in words, by the names of their templates.
async fn letters() -> BTreeMap<&'static str, Words> {
    let product = Product::start().await;
    let site = product.app.site.published().await.unwrap();
    let ours = &product.base_url;
    let links = Links::new(ours, Secret::new("a key of the tests"));
    let samples = samples();
    // The port is another each time.
    let elsewhere = |text: &str| text.replace(ours, "https://www.example.org");
    let words = samples.iter().map(|item| {
        let words = compose(&site, &links, item).unwrap();
        let words = Words {
            text: elsewhere(&words.text),
            html: elsewhere(&words.html),
            ..words
        };
        (item.letter.news.template(), words)
    });
    words.collect()
}

/// What a person reads of a letter's HTML: without its head.
fn laid_out(words: &Words) -> &str {
    let from = words.html.find("<div class=\"words\">").expect("its words");
    words.html[from..].trim_end()
}

fn names(folder: &Path, ending: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder).unwrap();
    files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn every_kind_of_letter_says_what_it_is_to_say() {
    let kept = root().join("tests/api/letters");
    let accept = std::env::var_os("ACCEPT_LETTERS").is_some();
    let mut changed = Vec::new();
    let letters = letters().await;
    for (name, words) in &letters {
        let now = format!(
            "To: {}\nSubject: {}\n\n{}\n\n{}\n",
            words.to,
            words.subject,
            words.text,
            laid_out(words)
        );
        let file: PathBuf = kept.join(format!("{name}.txt"));
        if accept {
            std::fs::write(&file, &now).unwrap();
        } else if std::fs::read_to_string(&file).ok().as_deref() != Some(&now) {
            changed.push(format!("--- {name} is now\n{now}"));
        }
    }
    assert!(
        changed.is_empty(),
        "{}\nif that is meant: ACCEPT_LETTERS=1 cargo nextest run --workspace -E 'test(letters)'",
        changed.join("\n")
    );
    let expected: BTreeSet<String> = letters.keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(names(&kept, ".txt"), expected, "no file is left over");
}

#[test]
fn every_letter_of_the_theme_has_a_sample_to_be_seen_by() {
    let theme = root().join("themes/partnership/templates/letters");
    let seen: BTreeSet<String> = samples()
        .iter()
        .map(|item| item.letter.news.template().to_owned())
        .collect();
    assert_eq!(names(&theme, ".txt"), seen);
}

#[tokio::test]
async fn a_letters_html_is_whole_without_anything_from_elsewhere() {
    for (name, words) in letters().await {
        let html = &words.html;
        assert!(html.starts_with("<!doctype html>"), "{name}");
        for from_elsewhere in ["<img", "<link", "<script", "url(", "@import"] {
            assert!(!html.contains(from_elsewhere), "{name}: {from_elsewhere}");
        }
        for address in html.split("href=\"").skip(1) {
            assert!(address.starts_with("https://www.example.org/"), "{name}");
        }
    }
}

#[tokio::test]
async fn the_letter_box_shows_every_kind_and_each_as_html() {
    let product = Product::start().await;
    let visitor = product.visitor();
    let kinds = visitor.get("/dev/letters/kinds").await;
    assert_eq!(kinds.body.matches("<article>").count(), samples().len());
    let html = visitor
        .get("/dev/letters/sample-place-held/letter.html")
        .await;
    assert_eq!(html.status, 200);
    assert!(
        html.text().contains("Please pay to keep your place"),
        "{}",
        html.text()
    );
}
