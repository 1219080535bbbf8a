//! The links of a page: each is kept to be checked, and becomes an address.

use std::ops::Range;

use super::Link;
use super::writer::Writer;
use crate::nearest::nearest;
use crate::target::{NotATarget, Target};

/// How far before the end of a link its address is looked for, beyond its own
/// length (there are brackets, and may be a title), and how far the name of a
/// note goes: farther than anybody writes.
const NEAR: usize = 1_000;

impl Writer<'_> {
    /// Keeps a link to be checked; gives its address.
    pub(super) fn link(&mut self, written: &str, range: Range<usize>) -> String {
        let end = range.end.min(self.markdown.len());
        // Nearly every link ends with its address and a bracket.
        let at = match end.checked_sub(written.len() + 1) {
            Some(at) if at >= range.start && self.markdown.get(at..end - 1) == Some(written) => at,
            _ => self.look_for(written, range.start, end),
        };
        self.link_at(written, at)
    }

    /// Where an address stands in a link; the link's start if it is written in
    /// another way.
    fn look_for(&self, written: &str, start: usize, end: usize) -> usize {
        let from = start.max(end.saturating_sub(written.len() + NEAR));
        let from = self.markdown.floor_char_boundary(from).max(start);
        let near_end = self.markdown.get(from..end).unwrap_or("");
        near_end.rfind(written).map_or(start, |at| from + at)
    }

    /// As [`Writer::link`], of a link that is written at byte `at` of the Markdown.
    pub(super) fn link_at(&mut self, written: &str, at: usize) -> String {
        match Target::parse(written, self.page) {
            Ok(_) if written.is_empty() => {
                let hint = "write the file of a page or an address, such as `fees.md`";
                self.find(at, "the link leads nowhere: it is empty", hint);
                "#".to_owned()
            }
            Ok(target) => {
                let href = target.href();
                self.body.links.push(Link {
                    offset: self.start + at,
                    written: written.into(),
                    target,
                });
                href
            }
            Err(NotATarget::Scheme(scheme)) => {
                let schemes = ["http", "https", "mailto", "tel"];
                let hint = match nearest(&scheme, schemes) {
                    Some(near) => format!("did you mean `{near}:`?"),
                    None => "link to a page, or to an address with `https:`, `mailto:` or `tel:`"
                        .to_owned(),
                };
                self.find(at, &format!("a link cannot begin with `{scheme}:`"), &hint);
                "#".to_owned()
            }
            Err(NotATarget::Outside) => {
                self.find(
                    at,
                    &format!("the link `{written}` leads out of the content"),
                    "take a `../` away",
                );
                "#".to_owned()
            }
        }
    }

    /// A link by name that nothing answers to.
    pub(super) fn broken(&mut self, at: usize, reference: &str) {
        self.find(
            at,
            &format!("no address is given for `[{reference}]`"),
            &format!("write it on a line of its own: `[{reference}]: https://…`"),
        );
    }

    /// Words that begin with `^`: after a bracket they are the mark of a note
    /// that is not there.
    pub(super) fn mark_without_note(&mut self, start: usize) {
        let before = self.markdown.get(..start).unwrap_or("");
        let Some(before) = before.strip_suffix('[') else {
            return;
        };
        let after = self.markdown.get(start + 1..).unwrap_or("");
        let near = &after[..after.floor_char_boundary(NEAR)];
        let line = near.split('\n').next().unwrap_or("");
        if let Some((note, _)) = line.split_once(']')
            && !before.ends_with('\\')
            && !note.is_empty()
        {
            self.find(
                start - 1,
                &format!("there is no note `{note}`"),
                &format!("write it in a paragraph of its own: `[^{note}]: …`"),
            );
        }
    }
}
