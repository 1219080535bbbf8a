//! HTML that an editor wrote: it is copied, and its links are links like any.
//!
//! It comes in pieces, a line or a tag at a time, so where it has come to is kept
//! from one to the next. What is not HTML as people write it is copied as it is.

use std::borrow::Cow;

use super::escape;
use super::writer::Writer;

/// What a piece of HTML begins in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Within {
    /// Between tags.
    #[default]
    Text,
    /// A tag of this name, in small letters.
    Tag(String),
    /// `<!-- … -->`.
    Comment,
    /// What is between two tags of this name, and no HTML.
    Verbatim(String),
}

/// What is not read as HTML between its tags.
const VERBATIM: [&str; 4] = ["script", "style", "textarea", "title"];

/// Whether the value of an attribute is an address that a reader can follow or
/// see.
fn leads(tag: &str, attribute: &str) -> bool {
    matches!(
        (tag, attribute),
        ("a" | "area", "href")
            | (
                "audio" | "embed" | "iframe" | "img" | "source" | "track" | "video",
                "src"
            )
            | ("video", "poster")
            | ("object", "data")
    )
}

impl Writer<'_> {
    /// Copies HTML that begins at byte `start` of the Markdown; what its links
    /// lead to is written as of any link.
    pub(super) fn copy_html(&mut self, html: &str, start: usize) {
        let mut within = std::mem::take(&mut self.within);
        let (mut at, mut copied) = (0, 0);
        while at < html.len() {
            let rest = &html[at..];
            match &within {
                Within::Text => match rest.find('<') {
                    Some(found) => {
                        at += found + 1;
                        within = opened(&html[at..]);
                        if let Within::Tag(name) = &within {
                            at += name.len();
                        }
                    }
                    None => at = html.len(),
                },
                Within::Comment => match rest.find("-->") {
                    Some(found) => (at, within) = (at + found, Within::Text),
                    None => at = html.len(),
                },
                Within::Verbatim(name) => match closed(rest, name) {
                    Some(found) => (at, within) = (at + found, Within::Text),
                    None => at = html.len(),
                },
                Within::Tag(name) => match attribute(rest) {
                    Some(Part::End(length)) => {
                        at += length;
                        within = match VERBATIM.contains(&&**name) {
                            true => Within::Verbatim(name.clone()),
                            false => Within::Text,
                        };
                    }
                    Some(Part::Attribute {
                        name: of,
                        value,
                        length,
                    }) => {
                        if leads(name, &of.to_ascii_lowercase()) {
                            let (from, to) = (at + value.start, at + value.end);
                            self.html.push_str(&html[copied..from]);
                            self.address(&html[from..to], start + from);
                            copied = to;
                        }
                        at += length;
                    }
                    None => at = html.len(),
                },
            }
        }
        self.html.push_str(&html[copied..]);
        self.within = within;
    }

    /// The value of an attribute that leads somewhere.
    fn address(&mut self, value: &str, at: usize) {
        let plain = match value.contains("&amp;") {
            true => Cow::Owned(value.replace("&amp;", "&")),
            false => Cow::Borrowed(value),
        };
        let href = self.link_at(plain.trim(), at);
        if href == plain {
            self.html.push_str(value);
        } else {
            escape::address(&mut self.html, &href);
        }
    }
}

/// What `<` begins, if this follows it.
fn opened(rest: &str) -> Within {
    if rest.starts_with("!--") {
        return Within::Comment;
    }
    let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-');
    let name = &rest[..end.unwrap_or(rest.len())];
    if name.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
        return Within::Tag(name.to_ascii_lowercase());
    }
    Within::Text
}

/// Where the closing tag of this name begins.
fn closed(rest: &str, name: &str) -> Option<usize> {
    let is_it = |(at, _): &(usize, &str)| {
        let tag = rest.get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    };
    let mut tags = rest.match_indices("</");
    tags.find(is_it).map(|(at, _)| at)
}

/// What comes next in a tag.
enum Part<'h> {
    /// Its end, after so many bytes.
    End(usize),
    /// An attribute, and where its value is; `length` is all that was read.
    Attribute {
        name: &'h str,
        value: std::ops::Range<usize>,
        length: usize,
    },
}

/// Reads on in a tag; nothing if the rest is not all of an attribute.
fn attribute(rest: &str) -> Option<Part<'_>> {
    let skip = |at: usize| {
        let more = rest[at..].trim_start_matches(|sign: char| sign.is_ascii_whitespace());
        rest.len() - more.len()
    };
    let until = |at: usize, ends: &[char]| {
        let is_end = |sign: char| sign.is_ascii_whitespace() || ends.contains(&sign);
        rest[at..].find(is_end).map_or(rest.len(), |end| at + end)
    };
    let start = skip(0);
    match rest[start..].chars().next()? {
        '>' => return Some(Part::End(start + 1)),
        // Nothing has such a name: what is left of something broken.
        sign @ ('/' | '=' | '"' | '\'') => {
            let at = start + sign.len_utf8();
            return Some(Part::Attribute {
                name: "",
                value: at..at,
                length: at,
            });
        }
        _ => {}
    }
    let end = until(start, &['=', '>', '/']);
    let name = &rest[start..end];
    let sign = skip(end);
    if !rest[sign..].starts_with('=') {
        return Some(Part::Attribute {
            name,
            value: end..end,
            length: end,
        });
    }
    let value = skip(sign + 1);
    match rest[value..].chars().next()? {
        quote @ ('"' | '\'') => {
            let from = value + 1;
            let length = rest[from..].find(quote)?;
            Some(Part::Attribute {
                name,
                value: from..from + length,
                length: from + length + 1,
            })
        }
        _ => {
            let end = until(value, &['>']);
            Some(Part::Attribute {
                name,
                value: value..end,
                length: end,
            })
        }
    }
}
