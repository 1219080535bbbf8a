//! A page: one file of the content, parsed once into values.

use domain::event::EventSlug;

use crate::address;
use crate::front_matter;
use crate::kind::{Common, Kind, KindName};
use crate::markdown::{self, Body};
use crate::problem::Problem;
use crate::settings::SiteFile;
use crate::text::{Place, SourceText};

/// A file of the content; its kind is missing if its front matter is wrong.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) path: String,
    pub(crate) source: SourceText,
    pub(crate) body: Body,
    pub(crate) kind: Option<Kind>,
}

/// A page of the site.
#[derive(Debug)]
pub(crate) struct Page {
    /// Its path inside the content.
    pub(crate) path: String,
    /// Where it is on the site.
    pub(crate) address: String,
    /// Its file, for messages.
    pub(crate) source: SourceText,
    /// Its text.
    pub(crate) body: Body,
    /// Its front matter.
    pub(crate) kind: Kind,
}

impl Page {
    /// What every kind has.
    pub(crate) fn common(&self) -> Common<'_> {
        self.kind.common()
    }

    /// The folder that it is in; nothing for the root.
    pub(crate) fn folder(&self) -> &str {
        address::divide(&self.path).0
    }

    /// Its file's name without `.md`.
    pub(crate) fn stem(&self) -> &str {
        address::stem(address::divide(&self.path).1)
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

    /// The kind, as templates know it.
    pub(crate) fn kind_name(&self) -> &'static str {
        match &self.kind {
            Kind::Page(_) if self.is_home() => "home",
            Kind::Page(_) if self.is_list() => "list",
            Kind::Page(_) => "page",
            Kind::Service(_) => "service",
            Kind::Person(_) => "person",
            Kind::Event(_) => "event",
        }
    }
}

/// Parses a file. What is wrong with it by itself is told; what it says of
/// other pages is checked once all are there.
pub(crate) fn parse(path: String, source: SourceText, site: &SiteFile) -> (Document, Vec<Problem>) {
    let mut problems = Vec::new();
    problems.extend(name(&path, &source));
    let (body, kind) = match front_matter::split(&source) {
        Ok(parts) => {
            let kind = Kind::read(kind_of(&path, site), &source, parts.yaml, &mut problems);
            (markdown::render(&source.text, parts.body, &path), kind)
        }
        Err(problem) => {
            problems.push(problem);
            (Body::default(), None)
        }
    };
    problems.extend(
        body.findings
            .iter()
            .map(|finding| source.problem_at(finding.offset, &finding.what, finding.hint.clone())),
    );
    if let Some(Kind::Event(_)) = kind {
        problems.extend(event_name(&path, &source));
    }
    (
        Document {
            path,
            source,
            body,
            kind,
        },
        problems,
    )
}

/// The kind that a path has: that of its section, or a page.
fn kind_of(path: &str, site: &SiteFile) -> KindName {
    if address::divide(path).1 == "_index.md" {
        return KindName::Page;
    }
    let section = path.split_once('/').map_or("", |(section, _)| section);
    site.sections
        .get(section)
        .copied()
        .unwrap_or(KindName::Page)
}

/// A file's name is its address, so it must be one.
fn name(path: &str, source: &SourceText) -> Option<Problem> {
    if !address::is_plain(path) {
        let (folder, name) = address::divide(path);
        let folder = folder
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| format!("{}/", address::slug(part)));
        let better = format!(
            "{}{}.md",
            folder.collect::<String>(),
            address::slug(address::stem(name))
        );
        let what = "the file’s name is its address: use lower-case letters, digits and hyphens";
        return Some(source.problem(Place::START, what, Some(format!("rename it to `{better}`"))));
    }
    let address = address::of(path);
    address::is_answered(&address).then(|| {
        let what = format!("the forms answer at `{address}`, so no page can be there");
        source.problem(
            Place::START,
            what,
            Some("give the file another name".to_owned()),
        )
    })
}

/// An event’s address is made of its name alone: no folder, and not too long.
fn event_name(path: &str, source: &SourceText) -> Option<Problem> {
    let (section, inside) = path.split_once('/')?;
    let name = address::divide(path).1;
    if inside != name {
        let what = format!("an event’s file must be in `{section}/` itself, not in a folder of it");
        let hint = format!("move it to `{section}/{name}`");
        return Some(source.problem(Place::START, what, Some(hint)));
    }
    let error = EventSlug::parse(address::stem(name)).err()?;
    Some(source.problem(
        Place::START,
        error.to_string(),
        Some("rename the file".to_owned()),
    ))
}
