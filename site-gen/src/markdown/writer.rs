//! The HTML of a page, written as its Markdown is read.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::anchors::Anchors;
use super::components::Frame;
use super::notes::Notes;
use super::raw::Within;
use super::summary::Extent;
use super::table::{self, Table};
use super::{Body, Surroundings, admonition, escape};
use crate::rule::Rule;
use crate::shortcode::Calls;

/// What is known while a page is written.
pub(super) struct Writer<'m> {
    pub(super) markdown: &'m str,
    /// Where the Markdown begins in the file.
    pub(super) start: usize,
    pub(super) page: &'m str,
    pub(super) surroundings: Surroundings<'m>,
    /// The components that it uses.
    pub(super) calls: &'m Calls<'m>,
    /// Which of them were come by.
    pub(super) met: Vec<bool>,
    /// The components that are open, the innermost last.
    pub(super) frames: Vec<Frame>,
    pub(super) body: Body,
    /// What is written of the innermost thing that is put aside.
    pub(super) html: String,
    /// How many tags are open.
    pub(super) depth: usize,
    pub(super) anchors: Anchors<'m>,
    pub(super) notes: Notes<'m>,
    /// The notes that are being written, and what was written before each.
    open_notes: Vec<(CowStr<'m>, usize, String)>,
    pub(super) table: Option<Table>,
    pub(super) heading: Option<Open<'m>>,
    /// The words of a heading or of a column's name.
    pub(super) text: String,
    /// The words of the heading above.
    pub(super) title: String,
    /// The titles of the pictures that are open.
    pub(super) pictures: Vec<CowStr<'m>>,
    /// Where the outermost of them begins in the Markdown.
    picture_at: usize,
    pub(super) in_code: bool,
    /// Where HTML that is HTML already has come to.
    pub(super) within: Within,
    pub(super) extent: Extent,
    pub(super) words: u32,
    pub(super) in_word: bool,
}

/// A heading whose end is not reached.
pub(super) struct Open<'m> {
    /// Where it begins in what is written, and in the Markdown.
    pub(super) at: usize,
    pub(super) offset: usize,
    pub(super) id: Option<CowStr<'m>>,
    pub(super) classes: Vec<CowStr<'m>>,
    pub(super) attributes: Vec<(CowStr<'m>, Option<CowStr<'m>>)>,
}

impl<'m> Writer<'m> {
    pub(super) fn new(
        file: &'m str,
        start: usize,
        page: &'m str,
        surroundings: Surroundings<'m>,
        calls: &'m Calls<'m>,
    ) -> Writer<'m> {
        let markdown = file.get(start..).unwrap_or("");
        let mut writer = Writer {
            markdown,
            start,
            page,
            surroundings,
            calls,
            met: vec![false; calls.calls.len()],
            frames: Vec::new(),
            body: Body::default(),
            // Tags add about a quarter to a text.
            html: String::with_capacity(markdown.len() + markdown.len() / 4 + 64),
            depth: 0,
            anchors: Anchors::new(markdown),
            notes: Notes::default(),
            open_notes: Vec::new(),
            table: None,
            heading: None,
            text: String::new(),
            title: String::new(),
            pictures: Vec::new(),
            picture_at: 0,
            in_code: false,
            within: Within::default(),
            extent: Extent::default(),
            words: 0,
            in_word: false,
        };
        for fault in &calls.faults {
            writer.find(fault.at, &fault.what, &fault.hint);
        }
        writer
    }

    /// Writes what comes next.
    pub(super) fn event(&mut self, event: Event<'m>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                if !matches!(tag, Tag::HtmlBlock) {
                    self.depth += 1;
                }
                self.begin(tag, range);
            }
            Event::End(tag) => {
                if tag != TagEnd::HtmlBlock {
                    self.depth -= 1;
                    self.leave();
                }
                self.finish(tag);
            }
            Event::Text(text) if self.in_code => {
                self.count(&text);
                let text = self.as_written(&text, range);
                escape::text(&mut self.html, text);
            }
            Event::Text(text) => {
                if text.as_bytes().first() == Some(&b'^') {
                    self.mark_without_note(range.start);
                }
                self.words_and_components(&text, range.start);
            }
            Event::Code(code) => {
                let code = self.code(&code, range);
                self.count(&code);
                self.note_words(&code);
                if self.pictures.is_empty() {
                    self.html.push_str("<code>");
                    escape::text(&mut self.html, &code);
                    self.html.push_str("</code>");
                } else {
                    escape::attribute(&mut self.html, &code);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html, range.start),
            Event::FootnoteReference(name) if self.pictures.is_empty() => {
                self.notes.mark(name, &mut self.html);
            }
            Event::SoftBreak | Event::HardBreak if !self.pictures.is_empty() => self.space(" "),
            Event::SoftBreak => self.space("\n"),
            Event::HardBreak => self.space("<br />\n"),
            Event::Rule => {
                self.new_line();
                self.html.push_str("<hr />\n");
            }
            // Not asked for, so not given.
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn begin(&mut self, tag: Tag<'m>, range: Range<usize>) {
        // In a picture's alternative text there are only words.
        if !self.pictures.is_empty() && !matches!(tag, Tag::Image { .. }) {
            return;
        }
        match tag {
            Tag::Paragraph => {
                self.block("<p>");
                if self.depth == 1 && self.frames.is_empty() {
                    self.extent.paragraph_begins(self.html.len() - "<p>".len());
                }
            }
            Tag::Heading {
                id,
                classes,
                attrs,
                level: _,
            } => {
                self.block("");
                self.text.clear();
                self.heading = Some(Open {
                    at: self.html.len(),
                    offset: range.start,
                    id,
                    classes,
                    attributes: attrs,
                });
            }
            Tag::BlockQuote(kind) => match kind.map(admonition::named) {
                Some((class, word)) => {
                    self.block("<div class=\"admonition ");
                    self.html.push_str(class);
                    self.html
                        .push_str("\" role=\"note\">\n<p class=\"admonition-title\">");
                    self.html.push_str(word);
                    self.html.push_str("</p>\n");
                }
                None => {
                    let written = self.markdown.get(range.clone()).unwrap_or("");
                    if let Some((at, what, hint)) = admonition::mistaken(written) {
                        self.find(range.start + at, &what, &hint);
                    }
                    self.block("<blockquote>\n");
                }
            },
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split(' ').next().unwrap_or(""),
                    CodeBlockKind::Indented => "",
                };
                if language.is_empty() {
                    self.block("<pre><code>");
                } else {
                    self.block("<pre><code class=\"language-");
                    escape::attribute(&mut self.html, language);
                    self.html.push_str("\">");
                }
            }
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(first)) => {
                self.block("");
                // Writing to a text cannot fail.
                let _ = writeln!(self.html, "<ol start=\"{first}\">");
            }
            Tag::List(None) => self.block("<ul>\n"),
            Tag::Item => self.block("<li>"),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::FootnoteDefinition(name) => {
                let before = std::mem::take(&mut self.html);
                self.open_notes.push((name, range.start, before));
            }
            Tag::Table(alignments) => {
                self.block("");
                self.table = Some(Table::open(alignments, &self.title, &mut self.html));
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                self.in_word = false;
                self.text.clear();
                if let Some(table) = &mut self.table {
                    match tag {
                        Tag::TableHead => table.head(&mut self.html),
                        Tag::TableRow => table.row(&mut self.html),
                        _ => table.cell(&mut self.html),
                    }
                }
            }
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Strikethrough => self.html.push_str("<del>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                id: _,
            } => {
                self.html.push_str("<a href=\"");
                if link_type == LinkType::Email {
                    self.html.push_str("mailto:");
                    escape::address(&mut self.html, &dest_url);
                } else {
                    let href = self.link(&dest_url, range);
                    escape::address(&mut self.html, &href);
                }
                self.html.push('"');
                self.attribute("title", &title);
                self.html.push('>');
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                let at = range.start;
                let href = self.link(&dest_url, range);
                self.body.shows_pictures = true;
                if self.pictures.is_empty() {
                    self.picture_at = at;
                    self.html.push_str("<img src=\"");
                    escape::address(&mut self.html, &href);
                    self.html.push_str("\" alt=\"");
                }
                self.pictures.push(title);
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) | Tag::Superscript | Tag::Subscript => {}
        }
    }

    fn finish(&mut self, tag: TagEnd) {
        if tag == TagEnd::Image {
            let title = self.pictures.pop();
            if self.pictures.is_empty() {
                let start = self.start + self.picture_at;
                // What is wrong with the words has been told.
                let told = self.body.findings.last();
                let told = told.is_some_and(|last| last.offset >= start);
                if self.html.ends_with(" alt=\"") && !told {
                    let hint = "say in the brackets what it shows, such as `![The four wards of the borough](map.svg)`";
                    let what = "the picture has no words for those who cannot see it";
                    self.find_as(Rule::AlternativeText, self.picture_at, what, hint);
                }
                self.html.push('"');
                self.attribute("title", &title.unwrap_or("".into()));
                self.html.push_str(" />");
            }
            return;
        }
        if !self.pictures.is_empty() {
            return;
        }
        match tag {
            TagEnd::Paragraph => {
                self.html.push_str("</p>\n");
                if self.depth == 0 && self.frames.is_empty() {
                    self.extent.paragraph_ends(self.html.len());
                }
            }
            TagEnd::Heading(level) => self.heading_ends(level),
            TagEnd::BlockQuote(None) => self.html.push_str("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.html.push_str("</div>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.html.push_str("</code></pre>\n");
            }
            TagEnd::List(true) => self.html.push_str("</ol>\n"),
            TagEnd::List(false) => self.html.push_str("</ul>\n"),
            TagEnd::Item => self.html.push_str("</li>\n"),
            TagEnd::DefinitionList => self.html.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.html.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.html.push_str("</dd>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((name, at, before)) = self.open_notes.pop() {
                    let html = std::mem::replace(&mut self.html, before);
                    self.notes.keep(name, at, html);
                }
            }
            TagEnd::Table => {
                self.table = None;
                table::close(&mut self.html);
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.head_ends(&mut self.html);
                }
            }
            TagEnd::TableRow => self.html.push_str("</tr>\n"),
            TagEnd::TableCell => {
                if let Some(table) = &mut self.table {
                    table.cell_ends(&self.text, &mut self.html);
                }
            }
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Strikethrough => self.html.push_str("</del>"),
            TagEnd::Link => self.html.push_str("</a>"),
            TagEnd::HtmlBlock => self.within = Within::default(),
            TagEnd::Image | TagEnd::MetadataBlock(_) | TagEnd::Superscript | TagEnd::Subscript => {}
        }
    }
}
