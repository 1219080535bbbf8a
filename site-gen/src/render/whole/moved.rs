//! The HTML of a page, moved onto another: its headings deeper, its anchors
//! with a name before them so that no two are alike, its links to what is on
//! that page led there.
//!
//! The HTML is that of our own writer and of the theme’s components, so tags
//! are whole and attributes are quoted; whatever is not is left as it is.

use std::collections::HashMap;

use crate::job::Part;

/// Where some HTML is moved to.
pub(super) struct Move<'m> {
    /// What its anchors begin with; nothing leaves them as they are.
    pub(super) name: &'m str,
    /// By how many levels its headings go down.
    pub(super) deeper: u8,
    /// What else is there, by its address.
    pub(super) places: &'m HashMap<&'m str, &'m Part<'m>>,
}

/// The HTML as it stands there.
pub(super) fn moved(html: &str, to: &Move<'_>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = end_of_tag(rest);
        tag(&rest[..end], html, to, &mut out);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where a tag ends: at the first `>` outside of quotation marks.
fn end_of_tag(html: &str) -> usize {
    let mut quoted = None;
    for (at, byte) in html.bytes().enumerate() {
        match (byte, quoted) {
            (b'"' | b'\'', None) => quoted = Some(byte),
            (byte, Some(mark)) if byte == mark => quoted = None,
            (b'>', None) => return at + 1,
            _ => {}
        }
    }
    html.len()
}

fn tag(tag: &str, html: &str, to: &Move<'_>, out: &mut String) {
    let inside = tag.trim_start_matches(['<', '/']);
    let before = &tag[..tag.len() - inside.len()];
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '>' | '/');
    let (name, attributes) = inside.split_at(inside.find(ends).unwrap_or(inside.len()));
    out.push_str(before);
    match heading(name) {
        Some(level) => {
            out.push('h');
            out.push(char::from(b'0' + (level + to.deeper).min(6)));
        }
        None => out.push_str(name),
    }
    let mut rest = attributes;
    while let Some(equals) = rest.find("=\"") {
        let value = &rest[equals + 2..];
        let Some(end) = value.find('"') else { break };
        let key = rest[..equals].rsplit(char::is_whitespace).next();
        out.push_str(&rest[..equals + 2]);
        match key.unwrap_or_default() {
            "id" | "for" | "headers" | "aria-labelledby" | "aria-describedby" => {
                let names = value[..end].split(' ').map(|id| anchor(id, to.name));
                out.push_str(&names.collect::<Vec<_>>().join(" "));
            }
            "href" => out.push_str(&link(&value[..end], html, to)),
            _ => out.push_str(&value[..end]),
        }
        rest = &value[end..];
    }
    out.push_str(rest);
}

/// 2 of `h2`.
fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn anchor(id: &str, name: &str) -> String {
    if name.is_empty() {
        id.to_owned()
    } else {
        format!("{name}--{id}")
    }
}

/// A link as it leads from there. An anchor that the text itself does not have
/// is one of the page’s template, which stays behind: the link then leads to
/// the beginning of the part.
fn link(href: &str, html: &str, to: &Move<'_>) -> String {
    let has = |html: &str, id: &str| html.contains(&format!("id=\"{id}\""));
    if let Some(id) = href.strip_prefix('#') {
        return match to.name {
            "" => href.to_owned(),
            name if has(html, id) => format!("#{}", anchor(id, name)),
            name => format!("#{name}"),
        };
    }
    let (address, id) = href.split_once('#').unwrap_or((href, ""));
    match to.places.get(address) {
        None => href.to_owned(),
        Some(part) => {
            let headings = &part.page.0.body.headings;
            if headings.iter().any(|heading| heading.id == id) {
                format!("#{}", anchor(id, &part.name))
            } else {
                format!("#{}", part.name)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Move, moved};

    #[test]
    fn headings_go_deeper_and_anchors_are_told_apart() {
        let to = Move {
            name: "membership-fees",
            deeper: 1,
            places: &HashMap::new(),
        };
        for (html, expected) in [
            (
                "<h2 id=\"rate\">A > b</h2>",
                "<h3 id=\"membership-fees--rate\">A > b</h3>",
            ),
            ("<h6>x</h6><hr>", "<h6>x</h6><hr>"),
            (
                "<a class=\"x\" href=\"#rate\">r</a><p id=\"rate\">",
                "<a class=\"x\" href=\"#membership-fees--rate\">r</a><p id=\"membership-fees--rate\">",
            ),
            (
                "<a href=\"#examples\">e</a>",
                "<a href=\"#membership-fees\">e</a>",
            ),
            (
                "<a href=\"/apply/\" title=\"a > b\">x</a>",
                "<a href=\"/apply/\" title=\"a > b\">x</a>",
            ),
            (
                "<div aria-labelledby=\"a b\" data-id=\"c\">",
                "<div aria-labelledby=\"membership-fees--a membership-fees--b\" data-id=\"c\">",
            ),
            ("<p>1 < 2 and <b", "<p>1 < 2 and <b"),
        ] {
            assert_eq!(moved(html, &to), expected);
        }
    }
}
