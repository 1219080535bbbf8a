//! Markdown into HTML, with what the rest of the site must know of it: its
//! headings, where it links to, its summary and its length.
//!
//! A page's own title is its only first-level heading; its text begins at the
//! second. A table is put in a box that scrolls, and each of its cells names
//! its column, so that a phone can show it as a list. No style is written into
//! the HTML: the pages' policy forbids it.
//!
//! It is one pass over the text: the HTML is written as the text is read, and
//! nothing is kept of what is between.

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser};
use theme::Theme;

use crate::data::Data;
use crate::pictures::Pictures;
use crate::rule::Rule;
use crate::shortcode;
use crate::target::Target;

mod admonition;
mod anchors;
mod components;
mod escape;
mod fence;
mod headings;
mod links;
mod notes;
mod raw;
mod sentences;
mod summary;
mod table;
mod words;
mod writer;

pub use headings::{Heading, Headings};
use sentences::Sentences;
use writer::Writer;

/// The text of a page, rendered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// As HTML.
    pub html: String,
    /// What a list says of it, as HTML that can stand on another page: up to
    /// `<!-- more -->`, or the first paragraph.
    pub summary: Box<str>,
    /// How many words it has.
    pub words: u32,
    /// Its headings, in order.
    pub headings: Headings,
    /// Its links and pictures, in order.
    pub links: Vec<Link>,
    /// Whether it is made with the theme's components, so that another theme
    /// may make another text of it.
    pub uses_components: bool,
    /// Whether it is made of the site's data.
    pub uses_data: bool,
    /// Whether it may show pictures.
    pub shows_pictures: bool,
    /// The pictures of the site that it shows, by their paths in the content.
    pub pictures: Vec<Box<str>>,
    /// What is wrong with it by itself.
    pub(crate) findings: Vec<BodyFinding>,
}

/// A link or a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it stands in the file, in bytes.
    pub offset: usize,
    /// What was written.
    pub written: Box<str>,
    /// What it means.
    pub target: Target,
}

/// Something wrong at a byte of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BodyFinding {
    pub(crate) rule: Rule,
    pub(crate) offset: usize,
    pub(crate) what: String,
    pub(crate) hint: Option<String>,
}

/// What a text may use that is not in it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Surroundings<'s> {
    /// The theme, for its components; without one (it cannot be parsed, which
    /// is told elsewhere) they are left out and not checked.
    pub(crate) theme: Option<&'s Theme>,
    /// The site's data.
    pub(crate) data: Option<&'s Data>,
    /// The site's pictures.
    pub(crate) pictures: Option<&'s Pictures>,
}

/// What of Markdown is understood beyond its core.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_GFM);

/// Renders the text that begins at byte `start` of the file `text`, which is
/// at `page` inside the content.
pub(crate) fn render(text: &str, start: usize, page: &str, surroundings: Surroundings<'_>) -> Body {
    let markdown = text.get(start..).unwrap_or("");
    let calls = shortcode::find(markdown, OPTIONS);
    let mut broken = Vec::new();
    let keep = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        // `[so]` alone is text in brackets; what has a second pair is not.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            broken.push((link.span.start, link.reference.to_string()));
        }
        None
    };
    let masked = calls.masked.as_deref().unwrap_or(markdown);
    let parser = Parser::new_with_broken_link_callback(masked, OPTIONS, Some(keep));
    let mut writer = Writer::new(text, start, page, surroundings, &calls);
    let mut open = Vec::new();
    let mut sentences = Sentences::new(masked);
    for (event, range) in parser.into_offset_iter() {
        if fence::begins_open(&event, masked.get(range.clone()).unwrap_or("")) {
            open.push(start + range.start);
        }
        sentences.event(&event, &range);
        writer.event(event, range);
    }
    for (at, words) in sentences.found {
        let what = format!("the sentence has {words} words");
        let hint = "make two of it: more than 40 words are hard to follow";
        writer.find_as(Rule::LongSentence, at, &what, hint);
    }
    for (at, reference) in broken {
        writer.broken(at, &reference);
    }
    let mut body = writer.end();
    body.findings
        .extend(open.into_iter().map(fence::not_closed));
    body.shows_pictures |= body.uses_components;
    if let (true, Some(pictures)) = (body.shows_pictures, surroundings.pictures) {
        pictures.offer(&mut body, page);
    }
    body
}

#[cfg(test)]
mod tests;
