//! Footnotes: numbered in the order in which the text mentions them, gathered
//! at its end, with a way there and a way back.

use std::collections::HashMap;
use std::fmt::Write;

use pulldown_cmark::CowStr;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Notes<'m> {
    numbers: HashMap<CowStr<'m>, usize>,
    notes: Vec<Note>,
}

#[derive(Default)]
struct Note {
    /// How often the text mentions it.
    marks: usize,
    /// Its text, once it has come by.
    html: Option<String>,
    /// Where it was written.
    at: usize,
}

impl<'m> Notes<'m> {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    fn number(&mut self, name: CowStr<'m>) -> usize {
        let next = self.notes.len() + 1;
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            self.notes.push(Note::default());
        }
        number
    }

    /// A mention in the text.
    pub(super) fn mark(&mut self, name: CowStr<'m>, out: &mut String) {
        let number = self.number(name);
        let note = &mut self.notes[number - 1];
        note.marks += 1;
        // Nothing that is made of a heading's words begins with `_`.
        out.push_str("<sup class=\"note-mark\"><a id=\"_mark-");
        write(out, number);
        if note.marks > 1 {
            out.push('-');
            write(out, note.marks);
        }
        out.push_str("\" href=\"#_note-");
        write(out, number);
        out.push_str("\" role=\"doc-noteref\" aria-label=\"Note ");
        write(out, number);
        out.push_str("\">");
        write(out, number);
        out.push_str("</a></sup>");
    }

    /// A note, written at byte `at`.
    pub(super) fn keep(&mut self, name: CowStr<'m>, at: usize, html: String) {
        let number = self.number(name);
        let note = &mut self.notes[number - 1];
        note.at = at;
        note.html.get_or_insert(html);
    }

    /// Writes them. Gives the places of those that the text does not mention.
    pub(super) fn write(self, out: &mut String) -> Vec<usize> {
        let mut unmentioned = Vec::new();
        if self.notes.is_empty() {
            return unmentioned;
        }
        out.push_str(
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n",
        );
        for (note, number) in self.notes.iter().zip(1..) {
            if note.marks == 0 {
                unmentioned.push(note.at);
            }
            let html = note.html.as_deref().unwrap_or("").trim_end();
            let (text, end) = match html.strip_suffix("</p>") {
                Some(text) => (text, "</p>"),
                None => (html, ""),
            };
            out.push_str("<li id=\"_note-");
            write(out, number);
            out.push_str("\">");
            out.push_str(text);
            out.push_str(" <a class=\"note-back\" href=\"#_mark-");
            write(out, number);
            out.push_str("\" role=\"doc-backlink\" aria-label=\"Back to note ");
            write(out, number);
            // The second sign keeps the arrow a letter, not a picture.
            out.push_str(" in the text\">↩\u{fe0e}</a>");
            out.push_str(end);
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
        unmentioned
    }
}

fn write(out: &mut String, number: usize) {
    // Writing to a text cannot fail.
    let _ = write!(out, "{number}");
}
