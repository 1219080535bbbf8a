//! Reading a built page as a visitor does: its words, its lists, its tables.
//!
//! No HTML library: the pages are our own, and what is asked of them is small.
//! Tags go, entities are decoded, white space is folded, and quotation marks
//! are made straight on both sides of every comparison.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// Tags that stand inside a line; any other one parts two words.
const INLINE: [&str; 8] = ["a", "em", "strong", "b", "i", "span", "code", "abbr"];

/// Asserts that each of the words stands on that page, and names all that do not.
pub(super) fn found(page: &str, words: &[&str]) {
    let reading = text(&main_of(page));
    let lost: Vec<&&str> = words
        .iter()
        .filter(|words| !reading.contains(&text(words)))
        .collect();
    assert!(lost.is_empty(), "not on {page}: {lost:#?}");
}

/// The items of the lists under the heading of that id, down to the next
/// heading of its rank; equal to a slice of what they should say.
pub(super) fn items(page: &str, id: &str) -> Texts {
    let html = main_of(page);
    let section = under(&html, id).unwrap_or_else(|| panic!("{page} has no heading `{id}`"));
    Texts(elements(section, "li"))
}

/// The words of each row of the page's tables, headings left out.
pub(super) fn rows(page: &str) -> Vec<String> {
    let html = main_of(page);
    let bodies = html.split("<tbody").skip(1);
    bodies
        .filter_map(|body| body.split("</tbody>").next())
        .flat_map(|body| elements(body, "tr"))
        .collect()
}

/// Each page's address and its words.
pub(super) fn all_pages() -> Vec<(String, String)> {
    let site = tests::built_site();
    WalkDir::new(site)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_name() == "index.html")
        .map(|entry| {
            let folder = entry.path().parent().unwrap().strip_prefix(site).unwrap();
            let page = address(folder);
            let words = text(&main_of(&page));
            (page, words)
        })
        .collect()
}

fn address(folder: &Path) -> String {
    match folder.to_str().unwrap() {
        "" => "/".to_owned(),
        folder => format!("/{folder}/"),
    }
}

/// The HTML between `<main>` and `</main>` of the page at that address.
pub(super) fn main_of(page: &str) -> String {
    let file = tests::built_site()
        .join(page.trim_start_matches('/'))
        .join("index.html");
    let html = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{page}: {error}"));
    let start = html.find("<main").expect("every page has a main part");
    let end = html.find("</main>").expect("a main part ends");
    html[start..end].to_owned()
}

/// The words of some HTML, or of plain text, made fit for comparing.
pub(super) fn text(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        words.push_str(&rest[..start]);
        let Some(length) = rest[start..].find('>') else {
            break;
        };
        let tag = &rest[start + 1..start + length];
        let name = tag
            .trim_start_matches('/')
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        if !INLINE.contains(&name) {
            words.push(' ');
        }
        rest = &rest[start + length + 1..];
    }
    words.push_str(rest);
    fold(&decoded(&words))
}

fn decoded(words: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#47;", "/"),
        ("&#x2F;", "/"),
        ("&nbsp;", " "),
        // Last, or `&amp;lt;` would be decoded twice.
        ("&amp;", "&"),
    ]
    .iter()
    .fold(words.to_owned(), |words, (entity, letter)| {
        words.replace(entity, letter)
    })
}

fn fold(words: &str) -> String {
    let straight = words.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What follows the heading of that id, to the next of its rank or a higher one.
fn under<'html>(html: &'html str, id: &str) -> Option<&'html str> {
    (2..=4).find_map(|rank| {
        let heading = format!("<h{rank} id=\"{id}\"");
        let start = html.find(&heading)? + heading.len();
        let section = &html[start..];
        let end = (1..=rank)
            .filter_map(|rank| section.find(&format!("<h{rank}")))
            .min();
        Some(&section[..end.unwrap_or(section.len())])
    })
}

/// The words of each element of that name; such elements do not nest here.
fn elements(html: &str, name: &str) -> Vec<String> {
    html.split(&format!("<{name}>"))
        .skip(1)
        .filter_map(|part| part.split(&format!("</{name}>")).next())
        .map(text)
        .collect()
}

/// Texts that compare with plain ones however either side writes its quotes.
#[derive(Debug)]
pub(super) struct Texts(Vec<String>);

impl<T: AsRef<[&'static str]>> PartialEq<T> for Texts {
    fn eq(&self, other: &T) -> bool {
        let other = other.as_ref();
        self.0.len() == other.len()
            && self
                .0
                .iter()
                .zip(other)
                .all(|(ours, theirs)| *ours == text(theirs))
    }
}
