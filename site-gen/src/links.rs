//! Links within the site, and whatever else names a page: each must lead to
//! something that is there, headings included.

use std::cell::LazyCell;
use std::hash::{BuildHasher, Hash, Hasher};
use std::path::Path;

use foldhash::quality::FixedState;

use crate::address;
use crate::kind::Kind;
use crate::nearest::nearest;
use crate::page::{Document, Goal};
use crate::problem::Problem;
use crate::revision::{Table, digest};
use crate::rule::Rule;
use crate::settings::{MenuEntry, SiteFile};
use crate::site::Site;
use crate::target::{NotATarget, Target, relative};
use crate::text::Place;

mod fields;
mod there;

pub(crate) use there::There;

/// A heading that is asked for but not in the page's own text: it may be one
/// that the template writes, which shows once the page is rendered.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    /// The address of the page.
    pub(crate) address: String,
    /// The heading.
    pub(crate) anchor: String,
    /// What to say if it is not there either.
    pub(crate) problem: Problem,
}

/// What [`Others`] says of a file that is copied.
pub(crate) const FILE: &str = "a file";

/// What the links of one file came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Checked {
    pub(crate) problems: Vec<Problem>,
    pub(crate) pending: Vec<Pending>,
}

impl Checked {
    /// Whether there is nothing to say.
    pub(crate) fn is_empty(&self) -> bool {
        self.problems.is_empty() && self.pending.is_empty()
    }
}

/// The addresses at which there is something that is not a page of the content:
/// files, redirects, feeds, the pages of terms. What it is comes with it.
pub(crate) type Others = Table<String, &'static str>;

/// What is there, and what was found.
struct Checker<'c, 's> {
    there: &'c There<'s>,
    /// Whose links they are; nobody's for settings, which are always there.
    reader: Option<&'c Document>,
    found: Checked,
}

/// A link and where it stands.
struct Seen<'s> {
    file: &'s Path,
    place: Place,
    /// The path of the page that it is on; the root for settings.
    page: &'s str,
    written: &'s str,
}

impl Seen<'_> {
    fn problem(&self, what: String, hint: String) -> Problem {
        Problem::at(self.file, self.place, what, Some(hint)).of(Rule::BrokenLink)
    }
}

/// Checks what one file says of others: its links, the sources of a service,
/// the service of an event.
pub(crate) fn of_document(document: &Document, there: &There<'_>) -> Checked {
    let site = there.site;
    if site.is_left_out(document) {
        return Checked::default();
    }
    let mut checker = Checker::new(there);
    checker.reader = Some(document);
    let again = LazyCell::new(|| document.written(there.surroundings));
    for (index, goal) in document.body.links.iter().enumerate() {
        let written = match goal {
            Goal::Page(to) if site.is_footing(*to) => continue,
            Goal::Page(_) => again.get(index).map(|written| &written.text),
            Goal::Other(written) => Some(written),
        };
        let place = || again.get(index).map_or(Place::START, |link| link.place);
        let Some(written) = written else {
            let hint = "the file has changed since it was read: check it once more".to_owned();
            let problem = document.problem(place(), "a link leads nowhere", Some(hint));
            checker.found.problems.push(problem.of(Rule::BrokenLink));
            continue;
        };
        // One that is none was told when the page was parsed.
        let Ok(target) = Target::parse(written, &document.path) else {
            continue;
        };
        let seen = || Seen {
            file: &document.file,
            place: place(),
            page: &document.path,
            written,
        };
        checker.target(&target, seen);
    }
    if let Some(page) = document.page() {
        checker.fields(page);
    }
    checker.found
}

/// Checks the menus.
pub(crate) fn of_settings(settings: &SiteFile, file: &Path, there: &There<'_>) -> Checked {
    let mut checker = Checker::new(there);
    for entry in settings.menu.iter().chain(&settings.footer) {
        checker.menu(entry, file);
    }
    checker.found
}

/// Of all that a link may lead to: while it stays the same, and a file too, so
/// does what its links came to.
pub(crate) fn shape(site: &Site<'_>, others: &Others) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    for document in site.documents() {
        document.digest.hash(&mut hasher);
        document.anchors.hash(&mut hasher);
        let kind = document.kind.as_ref();
        kind.map(std::mem::discriminant).hash(&mut hasher);
        let Some(kind) = kind else { continue };
        let common = kind.common();
        common.publish_from.hash(&mut hasher);
        common
            .publish_until
            .map(|until| until.value)
            .hash(&mut hasher);
        site.edition().states(&common).hash(&mut hasher);
        match kind {
            Kind::Service(service) => service.charging.hash(&mut hasher),
            Kind::Document(fields) => {
                let file = fields.file.as_ref();
                file.map(|file| &file.value).hash(&mut hasher);
            }
            Kind::Page(_) | Kind::Person(_) | Kind::Event(_) | Kind::News(_) => {}
        }
    }
    // In no order of its own, so each for itself.
    let others = others.keys().map(digest);
    others.fold(0, u64::wrapping_add).hash(&mut hasher);
    hasher.finish()
}

impl<'c, 's> Checker<'c, 's> {
    fn new(there: &'c There<'s>) -> Checker<'c, 's> {
        Checker {
            there,
            reader: None,
            found: Checked::default(),
        }
    }

    fn menu(&mut self, entry: &MenuEntry, file: &Path) {
        match (&entry.page, &entry.path) {
            (Some(page), None) => self.path(&page.value, page.place, file),
            (None, Some(path)) if path.value.starts_with('/') => {
                let target = Target::parse(&path.value, address::HOME);
                if let Ok(target) = target {
                    let seen = || Seen {
                        file,
                        place: path.place,
                        page: address::HOME,
                        written: &path.value,
                    };
                    self.target(&target, seen);
                }
            }
            (None, Some(path)) => {
                let hint = "`path` is an address such as `/apply/`; for a page, write `page:` and its file".to_owned();
                let what = format!("`{}` is not an address of this site", path.value);
                let problem = Problem::at(file, path.place, what, Some(hint));
                let problem = problem.of(Rule::BrokenLink);
                self.found.problems.push(problem);
            }
            _ => {
                let what = format!(
                    "the line `{}` of the menu needs either `page` or `path`",
                    entry.label.value
                );
                let hint =
                    "write `page: fees.md` for a page, or `path: /apply/` for a form".to_owned();
                let problem = Problem::at(file, entry.label.place, what, Some(hint));
                let problem = problem.of(Rule::BrokenLink);
                self.found.problems.push(problem);
            }
        }
    }

    /// A path inside the content, as front matter and settings write it.
    fn path(&mut self, written: &str, place: Place, file: &Path) {
        let seen = || Seen {
            file,
            place,
            page: address::HOME,
            written,
        };
        match Target::parse(written, address::HOME) {
            Ok(target @ Target::Page { .. }) => self.target(&target, seen),
            Ok(_) | Err(NotATarget::Scheme(_) | NotATarget::Outside) => {
                let hint =
                    "write the path of its file inside the content, such as `membership/fees.md`"
                        .to_owned();
                let problem = seen().problem(format!("`{written}` is not a page"), hint);
                self.found.problems.push(problem);
            }
        }
    }

    fn target<'t>(&mut self, target: &Target, seen: impl Fn() -> Seen<'t>) {
        match target {
            Target::Elsewhere(_) => {}
            Target::File { path } => {
                if self.there.others.contains_key(&format!("/{path}")) {
                    self.withheld(path, &seen);
                } else {
                    self.broken(&seen(), path);
                }
            }
            Target::Page { path, anchor } => match self.there.site.document(path) {
                Some(document) => self.document(document, anchor.as_deref(), &seen),
                None => self.broken(&seen(), path),
            },
            Target::Address { path, anchor, .. } => match self.there.site.document_at(path) {
                Some(document) => self.document(document, anchor.as_deref(), &seen),
                None if address::is_answered(path) => {}
                None if self.there.others.contains_key(path) => self.withheld(&path[1..], &seen),
                None => self.no_address(&seen(), path),
            },
        }
    }

    fn document<'t>(
        &mut self,
        document: &Document,
        anchor: Option<&str>,
        seen: &impl Fn() -> Seen<'t>,
    ) {
        // One that is faulty is told at its own place, and may be right soon.
        if document.kind.is_none() {
            return;
        }
        if let Some(absence) = self.there.site.absence_for(self.reader, document) {
            let path = format!("`{}`", document.path);
            let problem = self.absent(&seen(), &path, absence);
            self.found.problems.push(problem);
            return;
        }
        self.anchor(document, anchor, seen);
    }

    fn anchor<'t>(&mut self, page: &Document, anchor: Option<&str>, seen: &impl Fn() -> Seen<'t>) {
        let Some(anchor) = anchor else { return };
        if page
            .body
            .headings
            .iter()
            .any(|heading| heading.id == anchor)
        {
            return;
        }
        let seen = seen();
        let near = nearest(anchor, page.body.headings.iter().map(|heading| heading.id));
        let hint = match near {
            Some(near) => format!("did you mean `#{near}`?"),
            None => format!("write `{{#{anchor}}}` after the heading that is meant"),
        };
        let where_to = if page.path == seen.page {
            "this page".to_owned()
        } else {
            format!("`{}`", page.path)
        };
        let what = format!("there is no heading `#{anchor}` on {where_to}");
        let problem = seen.problem(what, hint).of(Rule::BrokenAnchor);
        self.found.pending.push(Pending {
            address: page.address.clone(),
            anchor: anchor.to_owned(),
            problem,
        });
    }

    /// A link to a file that is not there.
    fn broken(&mut self, seen: &Seen<'_>, path: &str) {
        let is_page = path.ends_with(".md");
        let near = if is_page {
            self.there.page_near(path)
        } else {
            self.there.file_near(path)
        };
        let hint = match near {
            Some(near) => format!("did you mean `{}`?", relative(seen.page, near)),
            None if is_page => "check the path: it begins at the folder of this file".to_owned(),
            None => "link to a page’s file, which ends in `.md`, or to an address, which begins with `/`".to_owned(),
        };
        let what = format!(
            "the link `{}` leads nowhere: there is no `{path}`",
            seen.written
        );
        let rule = if is_page {
            Rule::BrokenLink
        } else {
            Rule::MissingFile
        };
        self.found.problems.push(seen.problem(what, hint).of(rule));
    }

    /// A link to an address where there is nothing: no page, or no file.
    fn no_address(&mut self, seen: &Seen<'_>, path: &str) {
        let name = address::divide(path).1;
        if name.contains('.') && !name.ends_with(".md") {
            let hint = match self.there.file_near(&path[1..]) {
                Some(near) => format!("did you mean `/{near}`?"),
                None => "put the file there, or write the path of another".to_owned(),
            };
            let written = seen.written;
            let what = format!("the link `{written}` leads nowhere: there is no such file");
            let problem = seen.problem(what, hint).of(Rule::MissingFile);
            self.found.problems.push(problem);
            return;
        }
        let hint = match self.there.address_near(path) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "link to the page’s file instead: it is then checked as you type it".to_owned(),
        };
        let what = format!(
            "the link `{}` leads nowhere: there is no page at `{path}`",
            seen.written
        );
        self.found.problems.push(seen.problem(what, hint));
    }
}
