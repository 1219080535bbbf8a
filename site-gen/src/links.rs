//! Links within the site, and whatever else names a page: each must lead to
//! something that is there, headings included.

use std::collections::BTreeSet;

use crate::address;
use crate::kind::Kind;
use crate::markdown::Body;
use crate::nearest::nearest;
use crate::page::Page;
use crate::problem::Problem;
use crate::settings::{MenuEntry, SiteFile};
use crate::site::Site;
use crate::target::{NotATarget, Target, relative};
use crate::text::{Place, SourceText};

/// A heading that is asked for but not in the page's own text: it may be one
/// that the template writes, which shows once the page is rendered.
#[derive(Debug)]
pub(crate) struct Pending {
    /// The address of the page.
    pub(crate) address: String,
    /// The heading.
    pub(crate) anchor: String,
    /// What to say if it is not there either.
    pub(crate) problem: Problem,
}

/// What is there, and what was found.
pub(crate) struct Checker<'s> {
    site: &'s Site,
    /// The addresses of files: pictures, documents, what is copied.
    files: &'s BTreeSet<String>,
    problems: Vec<Problem>,
    pending: Vec<Pending>,
}

/// A link and where it stands.
struct Seen<'s> {
    source: &'s SourceText,
    place: Place,
    /// The path of the page that it is on; the root for settings.
    page: &'s str,
    written: &'s str,
}

/// Checks every link of every page, the sources of services, the services of
/// events, and the menus.
pub(crate) fn check(
    site: &Site,
    settings: &SiteFile,
    settings_text: &SourceText,
    files: &BTreeSet<String>,
) -> (Vec<Problem>, Vec<Pending>) {
    let mut checker = Checker {
        site,
        files,
        problems: Vec::new(),
        pending: Vec::new(),
    };
    for page in &site.pages {
        checker.body(&page.path, &page.source, &page.body);
        checker.fields(page);
    }
    for document in &site.faulty {
        checker.body(&document.path, &document.source, &document.body);
    }
    for entry in settings.menu.iter().chain(&settings.footer) {
        checker.menu(entry, settings_text);
    }
    (checker.problems, checker.pending)
}

impl Checker<'_> {
    fn body(&mut self, page: &str, source: &SourceText, body: &Body) {
        for link in &body.links {
            let seen = || Seen {
                source,
                place: source.place(link.offset),
                page,
                written: &link.written,
            };
            self.target(&link.target, seen);
        }
    }

    /// What the front matter says of other pages.
    fn fields(&mut self, page: &Page) {
        match &page.kind {
            Kind::Service(service) => {
                for section in &service.sources {
                    self.path(&section.page.value, section.page.place, &page.source);
                }
            }
            Kind::Event(event) => {
                self.service_of(&event.service.value, event.service.place, &page.source);
            }
            Kind::Page(_) | Kind::Person(_) => {}
        }
    }

    fn service_of(&mut self, name: &str, place: Place, source: &SourceText) {
        let services = self.site.services();
        let faulty = self
            .site
            .faulty
            .iter()
            .map(|document| document.path.as_str());
        let known = services.iter().map(|page| page.path.as_str()).chain(faulty);
        let known: Vec<&str> = known
            .map(|path| address::stem(address::divide(path).1))
            .collect();
        if !known.contains(&name) {
            let hint = match nearest(name, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the name of a service’s file, without `.md`".to_owned(),
            };
            self.problems.push(source.problem(
                place,
                format!("there is no service `{name}`"),
                Some(hint),
            ));
        }
    }

    fn menu(&mut self, entry: &MenuEntry, source: &SourceText) {
        match (&entry.page, &entry.path) {
            (Some(page), None) => self.path(&page.value, page.place, source),
            (None, Some(path)) if path.value.starts_with('/') => {
                let target = Target::parse(&path.value, address::HOME);
                if let Ok(target) = target {
                    let seen = || Seen {
                        source,
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
                self.problems
                    .push(source.problem(path.place, what, Some(hint)));
            }
            _ => {
                let what = format!(
                    "the line `{}` of the menu needs either `page` or `path`",
                    entry.label.value
                );
                let hint =
                    "write `page: fees.md` for a page, or `path: /apply/` for a form".to_owned();
                self.problems
                    .push(source.problem(entry.label.place, what, Some(hint)));
            }
        }
    }

    /// A path inside the content, as front matter and settings write it.
    fn path(&mut self, written: &str, place: Place, source: &SourceText) {
        let seen = || Seen {
            source,
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
                self.problems.push(source.problem(
                    place,
                    format!("`{written}` is not a page"),
                    Some(hint),
                ));
            }
        }
    }

    fn target<'s>(&mut self, target: &Target, seen: impl Fn() -> Seen<'s>) {
        match target {
            Target::Elsewhere(_) => {}
            Target::File { path } => {
                if !self.files.contains(&format!("/{path}")) {
                    self.broken(&seen(), path);
                }
            }
            Target::Page { path, anchor } => match self.site.page(path) {
                Some(page) => self.anchor(page, anchor.as_deref(), &seen),
                None if self
                    .site
                    .faulty
                    .iter()
                    .any(|document| document.path == *path) => {}
                None if self.site.drafts.contains(path) => self.draft(&seen(), path),
                None => self.broken(&seen(), path),
            },
            Target::Address { path, anchor, .. } => match self.site.at(path) {
                Some(page) => self.anchor(page, anchor.as_deref(), &seen),
                None if address::is_answered(path) || self.files.contains(path) => {}
                None if self
                    .site
                    .faulty
                    .iter()
                    .any(|document| address::of(&document.path) == *path) => {}
                None if self
                    .site
                    .drafts
                    .iter()
                    .any(|draft| address::of(draft) == *path) =>
                {
                    self.draft(&seen(), path);
                }
                None => self.no_address(&seen(), path),
            },
        }
    }

    fn anchor<'s>(&mut self, page: &Page, anchor: Option<&str>, seen: &impl Fn() -> Seen<'s>) {
        let Some(anchor) = anchor else { return };
        if page
            .body
            .headings
            .iter()
            .any(|heading| heading.id == anchor)
        {
            return;
        }
        let Seen {
            source,
            place,
            page: from,
            written: _,
        } = seen();
        let near = nearest(
            anchor,
            page.body.headings.iter().map(|heading| heading.id.as_str()),
        );
        let hint = match near {
            Some(near) => format!("did you mean `#{near}`?"),
            None => format!("write `{{#{anchor}}}` after the heading that is meant"),
        };
        let where_to = if page.path == from {
            "this page".to_owned()
        } else {
            format!("`{}`", page.path)
        };
        let what = format!("there is no heading `#{anchor}` on {where_to}");
        let problem = source.problem(place, what, Some(hint));
        self.pending.push(Pending {
            address: page.address.clone(),
            anchor: anchor.to_owned(),
            problem,
        });
    }

    fn draft(&mut self, seen: &Seen<'_>, path: &str) {
        let what = format!("the link leads to `{path}`, which is a draft");
        let hint = "take the link out, or `draft: true` out of that page".to_owned();
        self.problems
            .push(seen.source.problem(seen.place, what, Some(hint)));
    }

    /// A link to a file that is not there.
    fn broken(&mut self, seen: &Seen<'_>, path: &str) {
        let name = address::divide(path).1;
        let is_page = path.ends_with(".md");
        let files: Vec<&str> = if is_page {
            self.site
                .pages
                .iter()
                .map(|page| page.path.as_str())
                .collect()
        } else {
            self.files
                .iter()
                .map(|file| file.trim_start_matches('/'))
                .collect()
        };
        let same_name = files
            .iter()
            .find(|file| address::divide(file).1 == name && name != "_index.md");
        let near = same_name
            .copied()
            .or_else(|| nearest(path, files.iter().copied()));
        let hint = match near {
            Some(near) => format!("did you mean `{}`?", relative(seen.page, near)),
            None if is_page => "check the path: it begins at the folder of this file".to_owned(),
            None => "link to a page’s file, which ends in `.md`, or to an address, which begins with `/`".to_owned(),
        };
        let what = format!(
            "the link `{}` leads nowhere: there is no `{path}`",
            seen.written
        );
        self.problems
            .push(seen.source.problem(seen.place, what, Some(hint)));
    }

    /// A link to an address where there is nothing.
    fn no_address(&mut self, seen: &Seen<'_>, path: &str) {
        let with_slash = format!("{path}/");
        let pages = self.site.pages.iter().map(|page| page.address.as_str());
        let near = self.site.at(&with_slash).map(|page| page.address.as_str());
        let hint = match near.or_else(|| nearest(path, pages.chain(address::ANSWERED))) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "link to the page’s file instead: it is then checked as you type it".to_owned(),
        };
        let what = format!(
            "the link `{}` leads nowhere: there is no page at `{path}`",
            seen.written
        );
        self.problems
            .push(seen.source.problem(seen.place, what, Some(hint)));
    }
}
