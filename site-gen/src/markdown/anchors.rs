//! The anchors of headings: the one that was written, or one made of words.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::address::slug;
use crate::revision::Table;

/// The anchors of a page.
#[derive(Default)]
pub(super) struct Anchors<'m> {
    /// Those that somebody wrote, further down included: one that is made up
    /// keeps clear of them.
    written: HashSet<&'m str, FixedState>,
    used: HashSet<String, FixedState>,
    /// How often a made-up one came up, so that the hundredth need not try a
    /// hundred.
    times: Table<String, usize>,
}

impl<'m> Anchors<'m> {
    /// Looks for the anchors that are written. What looks like one in a sample
    /// of code does no harm.
    pub(super) fn new(markdown: &'m str) -> Anchors<'m> {
        let mut anchors = Anchors::default();
        // Most pages have none, and this looks at many letters in one step.
        if !markdown.contains("{#") {
            return anchors;
        }
        for (at, _) in markdown.match_indices("{#") {
            let rest = &markdown[at + 2..];
            let line = rest.split('\n').next().unwrap_or(rest);
            let name = line.split([' ', '}', '\r']).next().unwrap_or(line);
            if line.trim_end().ends_with('}') && !name.is_empty() {
                anchors.written.insert(name);
            }
        }
        anchors
    }

    /// Takes an anchor that is written; false if it is on the page already.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.used.insert(id.to_owned())
    }

    /// An anchor out of a heading's words.
    pub(super) fn made_of(&mut self, words: &str) -> String {
        let mut plain = slug(words);
        if plain.is_empty() {
            plain.push_str("section");
        }
        if !self.written.contains(plain.as_str()) && self.used.insert(plain.clone()) {
            return plain;
        }
        let count = self.times.entry(plain.clone()).or_insert(1);
        loop {
            *count += 1;
            let id = format!("{plain}-{count}");
            if !self.written.contains(id.as_str()) && self.used.insert(id.clone()) {
                return id;
            }
        }
    }
}
