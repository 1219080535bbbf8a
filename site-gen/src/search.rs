//! What can be searched: the words of every page that is shown, as the search
//! page's script takes them.
//!
//! It is the text itself and not an index made of it: an index is three times
//! as large on the wire, the text is needed for the snippets anyway, and a
//! browser indexes a hundred pages in some hundredths of a second. Drafts and
//! what is not published are no pages of the site, so they are not here.

use serde::Serialize;

use crate::kind::Kind;
use crate::page::{Card, Page, Whole};

/// The name of the file beside the search page.
pub(crate) const FILE: &str = "index.json";

/// A page that can be found.
#[derive(Debug, Hash)]
pub(crate) struct Entry<'s> {
    pub(crate) page: Whole<'s>,
    /// The list that it is in.
    pub(crate) list: Option<Card<'s>>,
}

/// An entry as the script reads it.
#[derive(Serialize)]
struct Found<'s> {
    href: &'s str,
    title: &'s str,
    /// The title of the list that it is in.
    #[serde(skip_serializing_if = "str::is_empty")]
    section: &'s str,
    description: &'s str,
    #[serde(skip_serializing_if = "String::is_empty")]
    headings: String,
    /// What its kind says of it: a post, a place.
    #[serde(skip_serializing_if = "String::is_empty")]
    about: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
}

/// The pages as JSON, in the order in which they are given.
pub(crate) fn index(entries: &[Entry<'_>]) -> Vec<u8> {
    let found: Vec<Found<'_>> = entries.iter().map(found).collect();
    serde_json::to_vec(&found).expect("texts are always JSON")
}

fn found<'s>(entry: &Entry<'s>) -> Found<'s> {
    let Whole(page) = entry.page;
    let common = page.common();
    let headings: Vec<&str> = page.body.headings.iter().map(|one| one.text).collect();
    Found {
        href: &page.document().address,
        title: common.title,
        section: entry.list.map_or("", |Card(list)| list.common().title),
        description: common.description,
        headings: headings.join(" · "),
        about: about(page),
        text: words(page.body.html.value().as_str().unwrap_or("")),
    }
}

/// What a reader may remember of a page that its text does not say.
fn about(page: Page<'_>) -> String {
    match page.kind {
        Kind::Page(_) => String::new(),
        Kind::Service(fields) => fields.id.value.as_str().to_owned(),
        Kind::Person(fields) => fields.post.clone(),
        Kind::Event(fields) => fields.place().to_owned(),
        Kind::News(fields) => fields.author.clone().unwrap_or_default(),
        Kind::Document(fields) => fields.version.clone().unwrap_or_default(),
    }
}

/// Elements that stand inside a word or a sentence.
const INLINE: [&str; 14] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "mark", "q", "s", "small", "span", "strong",
];

/// The words of HTML, with one space between them.
fn words(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let inside = &rest[start + 1..];
        let end = inside.find('>').unwrap_or(inside.len());
        let name = inside[..end].trim_start_matches('/');
        let name = name.split([' ', '\n', '/']).next().unwrap_or("");
        if !INLINE.contains(&name) {
            text.push(' ');
        }
        rest = inside.get(end + 1..).unwrap_or("");
    }
    text.push_str(rest);
    let mut single = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !single.is_empty() {
            single.push(' ');
        }
        single.push_str(word);
    }
    unescaped(&single)
}

/// What the writers of HTML of this generator escape, as it was.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // `&amp;` last, so that what it stood before stays as it is written.
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
    ];
    let mut text = text.to_owned();
    for (written, meant) in pairs {
        text = text.replace(written, meant);
    }
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_kept_whole_and_apart() {
        let html = "<h2 id=\"a\">Fees</h2>\n<p>It is <b>f</b>ree.<br>Ask<sup>1</sup> us &amp;\n\"&lt;them&gt;\"</p><ul><li>One</li><li>Two";
        assert_eq!(
            words(html),
            "Fees It is free. Ask 1 us & \"<them>\" One Two"
        );
    }

    #[test]
    fn what_is_written_about_html_is_not_taken_for_it() {
        assert_eq!(words("<p>&amp;lt; is &lt;</p>"), "&lt; is <");
        assert_eq!(words("<p"), "");
    }
}
