//! A page: one file of the content, parsed once into values.
//!
//! Its source is not kept: what is wrong with it knows its place already, and
//! ten thousand sources would be half of the memory.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::path::PathBuf;

use theme::Value;

use crate::address;
use crate::front_matter;
use crate::kind::{Common, Kind, KindName};
use crate::markdown::{self, Headings, Surroundings};
use crate::problem::Problem;
use crate::revision::{self, digest};
use crate::rule::Rule;
use crate::settings::SiteFile;
use crate::source::{self, Found};
use crate::taxonomy::{self, Named};
use crate::text::{Place, SourceText};
use crate::waiting::{Desk, Html};

mod file_name;
mod link;

pub(crate) use link::{Footing, Goal, digest_of_anchor};

/// A file of the content; its kind is missing if its front matter is wrong.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its path inside the content.
    pub(crate) path: String,
    /// Where its file's name begins in its path: it is asked for again and again.
    name_at: usize,
    /// Where it is on the site.
    pub(crate) address: String,
    /// Its file, for messages.
    pub(crate) file: PathBuf,
    /// Its front matter.
    pub(crate) kind: Option<Kind>,
    /// Its text.
    pub(crate) body: Body,
    /// What it is sorted by.
    pub(crate) terms: Box<[Named]>,
    /// What is wrong with it by itself.
    pub(crate) problems: Vec<Problem>,
    /// Of this parsing of it.
    revision: u64,
    /// Of all that others show of it.
    front: u64,
    /// Of its headings: a link may lead to one.
    pub(crate) anchors: u64,
    /// Of its path.
    pub(crate) digest: u64,
}

/// The text of a page.
#[derive(Debug)]
pub(crate) struct Body {
    /// As HTML.
    pub(crate) html: Html,
    /// Its beginning.
    pub(crate) summary: Value,
    /// How many words it has.
    pub(crate) words: u32,
    /// Its headings, in order.
    pub(crate) headings: Headings,
    /// What its links and pictures lead to, in order; those to elsewhere are left out.
    pub(crate) links: Box<[Goal]>,
    /// Whether it is made with a component of the theme.
    pub(crate) uses_components: bool,
    /// Whether it shows a file of data.
    pub(crate) uses_data: bool,
    /// The pictures that it shows, by their paths; none if it cannot show any.
    pub(crate) pictures: Option<Box<[Box<str>]>>,
}

/// A page of the site: a document that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'d> {
    document: &'d Document,
    /// Its front matter.
    pub(crate) kind: &'d Kind,
}

impl Deref for Page<'_> {
    type Target = Document;

    fn deref(&self) -> &Document {
        self.document
    }
}

impl Document {
    /// The page, if its front matter could be read.
    pub(crate) fn page(&self) -> Option<Page<'_>> {
        Some(Page {
            document: self,
            kind: self.kind.as_ref()?,
        })
    }

    /// Something wrong at a place of it.
    pub(crate) fn problem(
        &self,
        place: Place,
        what: impl Into<String>,
        hint: Option<String>,
    ) -> Problem {
        Problem::at(&self.file, place, what, hint)
    }

    /// The number of this parsing of it.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// The folder that it is in; nothing for the root.
    pub(crate) fn folder(&self) -> &str {
        let end = self.name_at.saturating_sub(1);
        self.path.get(..end).unwrap_or("")
    }

    /// Its file's name without `.md`.
    pub(crate) fn stem(&self) -> &str {
        address::stem(self.path.get(self.name_at..).unwrap_or(""))
    }

    /// Whether it is the page of its folder.
    pub(crate) fn is_list(&self) -> bool {
        self.stem() == "_index"
    }

    /// Whether it is the page of the root.
    pub(crate) fn is_home(&self) -> bool {
        self.path == address::HOME
    }

    /// The top folder that it is under; nothing at the root.
    pub(crate) fn section(&self) -> &str {
        self.folder().split('/').next().unwrap_or("")
    }
}

impl<'d> Page<'d> {
    /// The document, for as long as it lives.
    pub(crate) fn document(self) -> &'d Document {
        self.document
    }

    /// What every kind has.
    pub(crate) fn common(self) -> Common<'d> {
        self.kind.common()
    }

    /// The kind, as templates know it.
    pub(crate) fn kind_name(self) -> &'static str {
        match self.kind {
            Kind::Page(_) if self.is_home() => "home",
            Kind::Page(_) if self.is_list() => "list",
            Kind::Page(_) => "page",
            Kind::Service(_) => "service",
            Kind::Person(_) => "person",
            Kind::Event(_) => "event",
            Kind::News(_) => "news",
            Kind::Document(_) => "document",
        }
    }
}

/// A page as its own template sees it: all of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole<'d>(pub(crate) Page<'d>);

impl Hash for Whole<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.revision.hash(state);
    }
}

/// A page as others see it: its path, its front matter, its beginning and its
/// length. `page::parse` makes the digest of just these.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Card<'d>(pub(crate) Page<'d>);

impl Hash for Card<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.front.hash(state);
    }
}

/// Where the file's name begins in a path.
fn name_at(path: &str) -> usize {
    path.rfind('/').map_or(0, |slash| slash + 1)
}

/// Reads a page; that it cannot be read is one of its problems.
pub(crate) fn read(
    found: &Found,
    site: &SiteFile,
    surroundings: Surroundings<'_>,
    desk: &mut Desk<'_>,
) -> Document {
    match source::text(&found.path) {
        Ok(source) => parse(found.inside.clone(), source, site, surroundings, desk),
        Err(problem) => Document {
            name_at: name_at(&found.inside),
            path: found.inside.clone(),
            address: address::of(&found.inside),
            file: found.path.clone(),
            kind: None,
            body: Body::of(markdown::Body::default(), desk),
            terms: Box::default(),
            problems: vec![problem],
            revision: revision::next(),
            front: 0,
            anchors: 0,
            digest: digest(found.inside.as_str()),
        },
    }
}

/// Parses a file. What is wrong with it by itself is told; what it says of
/// other pages is checked once all are there.
fn parse(
    path: String,
    source: SourceText,
    site: &SiteFile,
    surroundings: Surroundings<'_>,
    desk: &mut Desk<'_>,
) -> Document {
    let mut problems = Vec::new();
    problems.extend(file_name::of_page(&path, &source));
    let is_list = address::divide(&path).1 == "_index.md";
    let (folder, kind_name) = match site.section(address::divide(&path).0) {
        Some((folder, kind)) if !is_list => (folder, kind),
        _ => ("", KindName::Page),
    };
    let mut yaml = "";
    let (body, kind) = match front_matter::split(&source) {
        Ok(parts) => {
            yaml = parts.yaml;
            let kind = Kind::read(kind_name, &source, parts.yaml, &mut problems);
            let body = markdown::render(&source.text, parts.body, &path, surroundings);
            (body, kind)
        }
        Err(problem) => {
            problems.push(problem);
            (markdown::Body::default(), None)
        }
    };
    problems.extend(
        body.findings
            .iter()
            .filter(|finding| finding.rule != Rule::LongSentence || !is_quoted(kind.as_ref()))
            .map(|finding| {
                let (what, hint) = (&finding.what, finding.hint.clone());
                source
                    .problem_at(finding.offset, what, hint)
                    .of(finding.rule)
            }),
    );
    if let Some(Kind::Event(_)) = kind {
        problems.extend(file_name::of_event(folder, &path, &source));
    }
    if let Some(Kind::Page(fields)) = &kind
        && !is_list
    {
        problems.extend(fields.check_leaf(&source));
    }
    let terms = match &kind {
        Some(kind) => taxonomy::named(&kind.common(), site, (&path, &source), &mut problems),
        None => Box::default(),
    };
    let body = Body::of(body, desk);
    let card = (&path, yaml, body.summary.as_str(), body.words);
    Document {
        address: address::of(&path),
        name_at: name_at(&path),
        front: digest(&card),
        anchors: digest(&body.headings.iter().map(|one| one.id).collect::<Vec<_>>()),
        digest: digest(path.as_str()),
        revision: revision::next(),
        file: source.path,
        path,
        kind,
        body,
        terms,
        problems,
    }
}

impl Body {
    fn of(body: markdown::Body, desk: &mut Desk<'_>) -> Body {
        Body {
            links: body.links.iter().filter_map(Goal::of).collect(),
            summary: Value::safe_string(&body.summary),
            words: body.words,
            html: desk.put(&body.html),
            headings: body.headings.close(),
            uses_components: body.uses_components,
            uses_data: body.uses_data,
            pictures: body.shows_pictures.then(|| body.pictures.into()),
        }
    }
}

/// Whether a page’s text is another’s, whose sentences are not ours to divide.
fn is_quoted(kind: Option<&Kind>) -> bool {
    kind.is_some_and(|kind| kind.common().source.is_some())
}
