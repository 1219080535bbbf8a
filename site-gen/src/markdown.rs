//! Markdown into HTML, with what the rest of the site must know of it: its
//! headings, and where it links to.
//!
//! A page's own title is its only first-level heading; its text begins at the
//! second. A table is put in a box that scrolls, and each of its cells names
//! its column, so that a phone can show it as a list. No style is written into
//! the HTML: the pages' policy forbids it.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use serde::Serialize;

use crate::address::slug;
use crate::nearest::nearest;
use crate::target::{NotATarget, Target};

mod table;

use table::Table;

/// The text of a page, rendered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// As HTML.
    pub html: String,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Its links and pictures, in order.
    pub links: Vec<Link>,
    /// What is wrong with it by itself.
    pub(crate) findings: Vec<BodyFinding>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// From 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A link or a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it stands in the file, in bytes.
    pub offset: usize,
    /// What was written.
    pub written: String,
    /// What it means.
    pub target: Target,
}

/// Something wrong at a byte of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BodyFinding {
    pub(crate) offset: usize,
    pub(crate) what: String,
    pub(crate) hint: Option<String>,
}

/// Renders the text that begins at byte `start` of the file `text`, which is
/// at `page` inside the content.
pub(crate) fn render(text: &str, start: usize, page: &str) -> Body {
    let markdown = text.get(start..).unwrap_or("");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_STRIKETHROUGH;
    let read: Vec<_> = Parser::new_ext(markdown, options)
        .into_offset_iter()
        .collect();
    let mut writer = Writer {
        markdown,
        start,
        page,
        body: Body::default(),
        explicit: explicit_ids(&read),
        used: HashSet::new(),
        notes: HashMap::new(),
        table: None,
        title: String::new(),
    };
    let mut written = Vec::with_capacity(read.len());
    for (index, (event, range)) in read.iter().enumerate() {
        let after = &read[index + 1..];
        writer.event(event.clone(), range.start, range.end, after, &mut written);
    }
    let mut body = writer.body;
    html::push_html(&mut body.html, written.into_iter());
    body
}

type Read<'m> = (Event<'m>, std::ops::Range<usize>);

struct Writer<'m> {
    markdown: &'m str,
    start: usize,
    page: &'m str,
    body: Body,
    /// The anchors that were written: one that is made up keeps clear of them.
    explicit: HashSet<String>,
    used: HashSet<String>,
    /// The number of each footnote, in order of mention.
    notes: HashMap<String, usize>,
    table: Option<Table>,
    /// The words of the heading above.
    title: String,
}

impl<'m> Writer<'m> {
    fn event(
        &mut self,
        event: Event<'m>,
        start: usize,
        end: usize,
        after: &[Read<'m>],
        out: &mut Vec<Event<'m>>,
    ) {
        match event {
            Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            }) => {
                let id = self.heading(level, id.as_deref(), start, after);
                out.push(Event::Start(Tag::Heading {
                    level,
                    id: Some(id.into()),
                    classes,
                    attrs,
                }));
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let dest_url = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}").into(),
                    _ => self.link(&dest_url, start, end),
                };
                let link_type = if link_type == LinkType::Email {
                    LinkType::Inline
                } else {
                    link_type
                };
                out.push(Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }));
            }
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let dest_url = self.link(&dest_url, start, end);
                out.push(Event::Start(Tag::Image {
                    link_type,
                    dest_url,
                    title,
                    id,
                }));
            }
            Event::Start(Tag::Table(alignments)) => {
                let table = Table::new(alignments, after, &self.title);
                out.push(Event::Html(table.open().into()));
                self.table = Some(table);
            }
            Event::FootnoteReference(name) => {
                let number = self.note(&name);
                out.push(Event::Html(
                    format!(
                        "<sup class=\"note-mark\"><a href=\"#note-{number}\">{number}</a></sup>"
                    )
                    .into(),
                ));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let number = self.note(&name);
                out.push(Event::Html(
                    format!("<div class=\"note\" id=\"note-{number}\"><sup class=\"note-number\">{number}</sup>\n").into(),
                ));
            }
            Event::End(TagEnd::FootnoteDefinition) => out.push(Event::Html("</div>\n".into())),
            event => match self.table.as_mut().and_then(|table| table.html(&event)) {
                Some(html) => {
                    out.push(Event::Html(html.into()));
                    if event == Event::End(TagEnd::Table) {
                        self.table = None;
                    }
                }
                None => out.push(event),
            },
        }
    }

    /// The anchor of a heading.
    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        start: usize,
        after: &[Read<'m>],
    ) -> String {
        let text = words(after, |event| {
            matches!(event, Event::End(TagEnd::Heading(_)))
        });
        if level == HeadingLevel::H1 {
            self.find(
                start,
                "the page’s title is its only first-level heading",
                "begin this one with `##`",
            );
        }
        let id = match id {
            Some(id) => {
                if !self.used.insert(id.to_owned()) {
                    self.find(
                        start,
                        &format!("the anchor `{id}` is on this page twice"),
                        "give one of the two another name",
                    );
                }
                id.to_owned()
            }
            None => self.made_up(&text),
        };
        self.body.headings.push(Heading {
            level: level as u8,
            id: id.clone(),
            text: text.clone(),
        });
        self.title = text;
        id
    }

    /// An anchor out of a heading's words.
    fn made_up(&mut self, text: &str) -> String {
        let plain = Some(slug(text))
            .filter(|slug| !slug.is_empty())
            .unwrap_or_else(|| "section".to_owned());
        let mut id = plain.clone();
        let mut count = 1;
        while self.explicit.contains(&id) || !self.used.insert(id.clone()) {
            count += 1;
            id = format!("{plain}-{count}");
        }
        id
    }

    /// Keeps a link to be checked; gives its address.
    fn link(&mut self, written: &str, start: usize, end: usize) -> CowStr<'m> {
        let inside = self
            .markdown
            .get(start..end)
            .and_then(|whole| whole.rfind(written))
            .unwrap_or(0);
        match Target::parse(written, self.page) {
            Ok(target) => {
                let href = target.href();
                let offset = self.start + start + inside;
                self.body.links.push(Link {
                    offset,
                    written: written.to_owned(),
                    target,
                });
                href.into()
            }
            Err(NotATarget::Scheme(scheme)) => {
                let schemes = ["http", "https", "mailto", "tel"];
                let hint = match nearest(&scheme, schemes) {
                    Some(near) => format!("did you mean `{near}:`?"),
                    None => "link to a page, or to an address with `https:`, `mailto:` or `tel:`"
                        .to_owned(),
                };
                self.find(
                    start + inside,
                    &format!("a link cannot begin with `{scheme}:`"),
                    &hint,
                );
                "#".into()
            }
            Err(NotATarget::Outside) => {
                self.find(
                    start + inside,
                    &format!("the link `{written}` leads out of the content"),
                    "take a `../` away",
                );
                "#".into()
            }
        }
    }

    fn note(&mut self, name: &str) -> usize {
        let next = self.notes.len() + 1;
        *self.notes.entry(name.to_owned()).or_insert(next)
    }

    fn find(&mut self, at: usize, what: &str, hint: &str) {
        let finding = BodyFinding {
            offset: self.start + at,
            what: what.to_owned(),
            hint: Some(hint.to_owned()),
        };
        self.body.findings.push(finding);
    }
}

fn explicit_ids(read: &[Read<'_>]) -> HashSet<String> {
    read.iter()
        .filter_map(|(event, _)| match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
            _ => None,
        })
        .collect()
}

/// The words up to the event that ends them.
fn words<'m>(events: &[Read<'m>], ends: impl Fn(&Event<'m>) -> bool) -> String {
    let mut words = String::new();
    for (event, _) in events.iter().take_while(|(event, _)| !ends(event)) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests;
