//! The small parts of the writer: words, line ends, headings, and the end.

use pulldown_cmark::HeadingLevel;

use super::table::Table;
use super::writer::Writer;
use super::{Body, BodyFinding, Heading, escape, summary};
use crate::rule::Rule;

/// More than anybody mends at once; whoever has mended these is told the rest.
const MOST_FINDINGS: usize = 100;

/// As much as a byte can count.
pub(super) const COUNTED: usize = u8::MAX as usize;

impl Writer<'_> {
    /// Writes words.
    pub(super) fn text(&mut self, text: &str) {
        self.count(text);
        self.note_words(text);
        if self.pictures.is_empty() {
            escape::text(&mut self.html, text);
        } else {
            escape::attribute(&mut self.html, text);
        }
    }

    /// Keeps words that are a heading's, or the name of a column.
    pub(super) fn note_words(&mut self, text: &str) {
        if self.heading.is_some() || self.table.as_ref().is_some_and(Table::in_head) {
            self.text.push_str(text);
        }
    }

    /// A break between lines.
    pub(super) fn space(&mut self, html: &str) {
        self.in_word = false;
        self.note_words(" ");
        self.html.push_str(html);
    }

    /// Counts the words of a text; the first may have begun before it.
    pub(super) fn count(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (Some((first, others)), Some(last)) = (bytes.split_first(), bytes.last()) else {
            return;
        };
        // Each pair by itself, and no more of them than a byte can count: so a
        // compiler looks at many in one step.
        let begins = |(before, byte): (&u8, &u8)| u8::from((*before <= b' ') & (*byte > b' '));
        let before = bytes.chunks(COUNTED).zip(others.chunks(COUNTED));
        let begun: usize = before
            .map(|(bytes, others)| usize::from(bytes.iter().zip(others).map(begins).sum::<u8>()))
            .sum();
        let words = begun + usize::from(*first > b' ' && !self.in_word);
        let words = u32::try_from(words).unwrap_or(u32::MAX);
        self.words = self.words.saturating_add(words);
        self.in_word = *last > b' ';
    }

    /// Begins a block on a line of its own.
    pub(super) fn block(&mut self, html: &str) {
        self.in_word = false;
        self.new_line();
        self.html.push_str(html);
    }

    /// Ends the line, unless it is ended.
    pub(super) fn new_line(&mut self) {
        if !matches!(self.html.as_bytes().last(), None | Some(b'\n')) {
            self.html.push('\n');
        }
    }

    /// Writes an attribute that has a value.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.html.push(' ');
            self.html.push_str(name);
            self.html.push_str("=\"");
            escape::attribute(&mut self.html, value);
            self.html.push('"');
        }
    }

    /// Ends a heading: only now are its words known, and so its anchor.
    pub(super) fn heading_ends(&mut self, level: HeadingLevel) {
        let Some(open) = self.heading.take() else {
            return;
        };
        if level == HeadingLevel::H1 {
            self.find(
                open.offset,
                "the page’s title is its only first-level heading",
                "begin this one with `##`",
            );
        }
        let above = self.body.headings.last_level().unwrap_or(1);
        if level as u8 > above + 1 {
            let signs = |level: u8| &"######"[..usize::from(level)];
            let (is, may) = (signs(level as u8), signs(above + 1));
            let what =
                format!("a level of headings is skipped: `{is}` where `{may}` is the deepest");
            let hint = format!("begin this one with `{may}`");
            self.find_as(Rule::HeadingSkipped, open.offset, &what, &hint);
        }
        // A component at either end leaves a space there.
        let words = std::mem::take(&mut self.text);
        let text = words.trim();
        let id = match &open.id {
            Some(id) => {
                if !self.anchors.take(id) {
                    self.find(
                        open.offset,
                        &format!("the anchor `{id}` is on this page twice"),
                        "give one of the two another name",
                    );
                }
                id.to_string()
            }
            None => self.anchors.made_of(text),
        };
        let number = level as u8;
        let digit = char::from(b'0' + number);
        let inside = self.html.split_off(open.at);
        self.html.push_str("<h");
        self.html.push(digit);
        self.attribute("id", &id);
        let classes: Vec<&str> = open.classes.iter().map(AsRef::as_ref).collect();
        self.attribute("class", &classes.join(" "));
        for (name, value) in &open.attributes {
            self.html.push(' ');
            escape::attribute(&mut self.html, name);
            self.html.push_str("=\"");
            escape::attribute(&mut self.html, value.as_deref().unwrap_or(""));
            self.html.push('"');
        }
        self.html.push('>');
        self.html.push_str(&inside);
        self.html.push_str("</h");
        self.html.push(digit);
        self.html.push_str(">\n");
        self.title.clear();
        self.title.push_str(text);
        self.body.headings.push(Heading {
            level: number,
            id: &id,
            text,
        });
        self.text = words;
    }

    /// Keeps what is wrong at a byte of the Markdown.
    pub(super) fn find(&mut self, at: usize, what: &str, hint: &str) {
        self.find_as(Rule::Syntax, at, what, hint);
    }

    /// The same, where a rule of its own is broken.
    pub(super) fn find_as(&mut self, rule: Rule, at: usize, what: &str, hint: &str) {
        let findings = &mut self.body.findings;
        if findings.len() < MOST_FINDINGS {
            findings.push(BodyFinding {
                rule,
                offset: self.start + at,
                what: what.to_owned(),
                hint: Some(hint.to_owned()),
            });
        }
    }

    /// Ends the page.
    pub(super) fn end(mut self) -> Body {
        self.close_all();
        let notes = std::mem::take(&mut self.notes);
        self.new_line_before(&notes);
        for at in notes.write(&mut self.html) {
            let hint = "write its mark, such as `[^1]`, where it belongs, or take the note out";
            self.find(at, "nothing in the text refers to this note", hint);
        }
        let mut body = self.body;
        body.findings.sort_by_key(|finding| finding.offset);
        body.summary = self.extent.of(&self.html);
        body.html = self.html;
        body.words = self.words;
        body
    }

    fn new_line_before(&mut self, notes: &super::notes::Notes<'_>) {
        if !notes.is_empty() {
            self.new_line();
        }
    }

    /// What stands before the mark is the summary.
    pub(super) fn is_summary_mark(&mut self, html: &str) -> bool {
        let is_mark = html.len() < 64 && summary::is_mark(html);
        if is_mark && self.frames.is_empty() && self.depth == 0 {
            self.extent.mark(self.html.len());
        }
        is_mark
    }
}
