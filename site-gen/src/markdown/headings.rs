//! The headings of a page. Their anchors and words are one text, however many
//! they are: a site of ten thousand pages has seventy thousand of them.

use serde::Serialize;

/// The headings of a page, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headings {
    /// The anchor and the words of each, one after the other.
    text: String,
    each: Vec<Ends>,
}

/// The level of a heading, and where in the text its two parts end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    level: u8,
    id: u32,
    text: u32,
}

/// A heading, as templates know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Heading<'h> {
    /// From 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: &'h str,
    /// Its words.
    pub text: &'h str,
}

impl Headings {
    /// Adds one at the end.
    pub(super) fn push(&mut self, heading: Heading<'_>) {
        // No text is so long: a file has 8 MB at most.
        let end = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.text.push_str(heading.id);
        let id = end(&self.text);
        self.text.push_str(heading.text);
        self.each.push(Ends {
            level: heading.level,
            id,
            text: end(&self.text),
        });
    }

    /// Gives back the room that it does not need.
    pub(crate) fn close(mut self) -> Headings {
        self.text.shrink_to_fit();
        self.each.shrink_to_fit();
        self
    }

    /// The level of the last one.
    pub(super) fn last_level(&self) -> Option<u8> {
        self.each.last().map(|last| last.level)
    }

    /// Every heading, in order.
    pub fn iter(&self) -> impl Iterator<Item = Heading<'_>> {
        let mut start = 0;
        self.each.iter().map(move |ends| {
            let (id, text) = (ends.id as usize, ends.text as usize);
            let heading = Heading {
                level: ends.level,
                id: &self.text[start..id],
                text: &self.text[id..text],
            };
            start = text;
            heading
        })
    }
}
