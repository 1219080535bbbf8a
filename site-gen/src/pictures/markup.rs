//! The markup of a picture: `<img>` of one that is known becomes `<picture>`,
//! and says how large it is, so that the page does not jump.

use std::fmt::Write as _;

use super::{Picture, Pictures};
use crate::markdown::Body;
use crate::target::Target;

/// The width of a column of text, in CSS pixels, and what is left of the window
/// beside it: what a browser is told before it knows the style sheet.
const COLUMN: u32 = 640;
const BESIDE: u32 = 32;

impl Pictures {
    /// Offers the files of each picture that a text shows, and keeps which those
    /// are. The first of the page is asked for at once, the others when they
    /// come near; in a summary, which stands among others, all are.
    pub(crate) fn offer(&self, body: &mut Body, page: &str) {
        if self.0.is_empty() || !body.html.contains("<img") {
            return;
        }
        let mut shown = Vec::new();
        body.html = self.rewritten(&body.html, page, true, &mut shown);
        body.summary = self
            .rewritten(&body.summary, page, false, &mut shown)
            .into();
        shown.sort_unstable();
        shown.dedup();
        body.pictures = shown;
    }

    fn rewritten(&self, html: &str, page: &str, begins: bool, shown: &mut Vec<Box<str>>) -> String {
        let mut out = String::with_capacity(html.len() + 512);
        let (mut rest, mut first) = (html, begins);
        while let Some(at) = rest.find('<') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = match passed_over(rest) {
                Some(length) => {
                    first &= rest.starts_with("<!--");
                    length
                }
                None => match Tag::read(rest) {
                    Some(tag) => {
                        let known = self.named(&tag, page);
                        if let Some((path, picture)) = known {
                            write(&mut out, (&path, picture), &tag, first);
                            shown.push(path);
                            rest = &rest[tag.length..];
                            first = false;
                            continue;
                        }
                        first = false;
                        tag.length
                    }
                    None => 1,
                },
            };
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        }
        out.push_str(rest);
        out
    }

    /// The picture that a tag shows, unless it chooses among files itself.
    fn named(&self, tag: &Tag<'_>, page: &str) -> Option<(Box<str>, &Picture)> {
        if tag.value("srcset").is_some() {
            return None;
        }
        let path = match Target::parse(tag.value("src")?, page).ok()? {
            Target::File { path } => path,
            Target::Address { path, .. } => path.trim_start_matches('/').to_owned(),
            _ => return None,
        };
        Some((path.as_str().into(), self.get(&path)?))
    }
}

/// The length of what is left alone at the start of a text: a comment, or a
/// picture whose files somebody chose by hand.
fn passed_over(html: &str) -> Option<usize> {
    let end = [("<!--", "-->"), ("<picture", "</picture>")]
        .into_iter()
        .find_map(|(begins, ends)| html.starts_with(begins).then_some(ends))?;
    Some(html.find(end).map_or(html.len(), |at| at + end.len()))
}

/// `<img …>`.
struct Tag<'h> {
    /// The name of each attribute, its value, and the two as they are written.
    attributes: Vec<(&'h str, Option<&'h str>, &'h str)>,
    length: usize,
}

impl<'h> Tag<'h> {
    fn read(html: &'h str) -> Option<Tag<'h>> {
        let mut at = "<img".len();
        if !html.starts_with("<img") || !html[at..].starts_with(is_gap) {
            return None;
        }
        let mut attributes = Vec::new();
        loop {
            at += gap(&html[at..]);
            let rest = &html[at..];
            if rest.is_empty() {
                return None;
            }
            if rest.starts_with('>') {
                let length = at + 1;
                return Some(Tag { attributes, length });
            }
            let name = rest
                .find(|c| is_gap(c) || c == '=' || c == '>')
                .unwrap_or(rest.len());
            let equals = name + gap(&rest[name..]);
            let (value, length) = match rest[equals..].strip_prefix('=') {
                Some(_) if name > 0 => {
                    let begins = equals + 1 + gap(&rest[equals + 1..]);
                    let (value, length) = value(&rest[begins..])?;
                    (Some(value), begins + length)
                }
                _ => (None, name.max(1)),
            };
            attributes.push((&rest[..name], value, &rest[..length]));
            at += length;
        }
    }

    fn value(&self, name: &str) -> Option<&'h str> {
        let named = self
            .attributes
            .iter()
            .find(|(known, ..)| known.eq_ignore_ascii_case(name));
        named.and_then(|(_, value, _)| *value)
    }

    /// A size in pixels.
    fn size(&self, name: &str) -> Option<u32> {
        self.value(name)?.parse().ok().filter(|size| *size > 0)
    }
}

/// The value that a text begins with, and its length with its marks.
fn value(html: &str) -> Option<(&str, usize)> {
    for mark in ['"', '\''] {
        if let Some(inside) = html.strip_prefix(mark) {
            let end = inside.find(mark)?;
            return Some((&inside[..end], end + 2));
        }
    }
    let end = html.find(|c: char| c.is_ascii_whitespace() || c == '>')?;
    Some((&html[..end], end))
}

/// Between attributes; the slash of `<img />` says nothing.
fn is_gap(c: char) -> bool {
    c.is_ascii_whitespace() || c == '/'
}

fn gap(html: &str) -> usize {
    html.find(|c| !is_gap(c)).unwrap_or(html.len())
}

fn write(out: &mut String, (path, picture): (&str, &Picture), tag: &Tag<'_>, first: bool) {
    let natural = if picture.is_made {
        picture.largest()
    } else {
        picture.width
    };
    let (width, height) = match (tag.size("width"), tag.size("height")) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, picture.height_at(width)),
        (None, Some(height)) => (picture.width_at(height), height),
        (None, None) => (natural, picture.height_at(natural)),
    };
    let mut src = format!("/{path}");
    if picture.is_made {
        let mut made = picture.made();
        src = made.pop().map_or(src, |fallback| fallback.address);
        let each: Vec<String> = made
            .iter()
            .map(|made| format!("{} {}w", made.address, made.width))
            .collect();
        let shown = width.min(COLUMN);
        // Writing to a text cannot fail.
        let _ = write!(
            out,
            "<picture><source type=\"image/avif\" srcset=\"{}\" sizes=\"(min-width: {}px) {shown}px, 100vw\">",
            each.join(", "),
            shown + BESIDE,
        );
    }
    let _ = write!(out, "<img src=\"{src}\"");
    let ours = ["src", "width", "height", "loading", "decoding", "sizes"];
    for (name, _, written) in &tag.attributes {
        if !name.is_empty() && !ours.iter().any(|own| own.eq_ignore_ascii_case(name)) {
            out.push(' ');
            out.push_str(written);
        }
    }
    let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
    if !first {
        out.push_str(" loading=\"lazy\" decoding=\"async\"");
    }
    out.push('>');
    if picture.is_made {
        out.push_str("</picture>");
    }
}
