//! What a list or a feed says of a page: its text up to `<!-- more -->`, or its
//! first paragraph, without what belongs to the page alone.

/// Where the summary is in the page's HTML.
#[derive(Debug, Default)]
pub(super) struct Extent {
    /// The first paragraph.
    first: Option<(usize, Option<usize>)>,
    /// Where the mark stands.
    more: Option<usize>,
}

impl Extent {
    /// A paragraph that is in nothing else begins.
    pub(super) fn paragraph_begins(&mut self, at: usize) {
        self.first.get_or_insert((at, None));
    }

    /// A paragraph that is in nothing else ends.
    pub(super) fn paragraph_ends(&mut self, at: usize) {
        if let Some((_, end @ None)) = &mut self.first {
            *end = Some(at);
        }
    }

    /// The mark stands here.
    pub(super) fn mark(&mut self, at: usize) {
        self.more.get_or_insert(at);
    }

    /// The summary of a page.
    pub(super) fn of(&self, html: &str) -> Box<str> {
        let text = match (self.more, self.first) {
            (Some(more), _) => html.get(..more),
            (None, Some((start, Some(end)))) => html.get(start..end),
            (None, _) => None,
        };
        portable(text.unwrap_or("").trim())
    }
}

/// Whether a comment is the mark.
pub(super) fn is_mark(html: &str) -> bool {
    let inside = html.trim().strip_prefix("<!--");
    let inside = inside.and_then(|rest| rest.strip_suffix("-->"));
    inside.is_some_and(|words| words.trim() == "more")
}

/// HTML that can stand on another page: no marks of footnotes, no anchors.
fn portable(html: &str) -> Box<str> {
    let own = ["<sup class=\"note-mark\"", " id=\""];
    if !own.iter().any(|part| html.contains(part)) {
        return html.into();
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let tag = &rest[..=rest.find('>').unwrap_or(rest.len() - 1)];
        if tag.starts_with(own[0]) {
            let end = rest.find("</sup>").map_or(rest.len(), |at| at + 6);
            rest = &rest[end..];
            continue;
        }
        rest = &rest[tag.len()..];
        match tag.split_once(own[1]) {
            Some((before, after)) => {
                out.push_str(before);
                out.push_str(after.split_once('"').map_or("", |(_, after)| after));
            }
            None => out.push_str(tag),
        }
    }
    out.push_str(rest);
    out.into()
}
