//! The site: all pages, who is in whose list, and what stands above each.

use std::collections::HashMap;

use domain::publication::Link;

use crate::address;
use crate::kind::Kind;
use crate::page::{Document, Page};
use crate::problem::Problem;
use crate::text::Place;

/// All pages of the site.
#[derive(Debug, Default)]
pub(crate) struct Site {
    /// In order of their paths.
    pub(crate) pages: Vec<Page>,
    /// Pages that cannot be shown yet; links to them are not broken.
    pub(crate) faulty: Vec<Document>,
    /// The paths of those that are left out.
    pub(crate) drafts: Vec<String>,
    by_path: HashMap<String, usize>,
    by_address: HashMap<String, usize>,
}

impl Site {
    /// Puts the pages together.
    pub(crate) fn new(documents: Vec<Document>, drafts: bool, problems: &mut Vec<Problem>) -> Site {
        let mut site = Site::default();
        let mut taken: HashMap<String, String> = HashMap::new();
        for document in documents {
            let address = address::of(&document.path);
            if let Some(other) = taken.insert(address.clone(), document.path.clone()) {
                let what = format!("two pages are at `{address}`: this one and `{other}`");
                let hint = "rename one of the two files".to_owned();
                problems.push(document.source.problem(Place::START, what, Some(hint)));
            }
            let Document {
                path,
                source,
                body,
                kind,
            } = document;
            match kind {
                None => site.faulty.push(Document {
                    path,
                    source,
                    body,
                    kind: None,
                }),
                Some(kind) if kind.common().draft && !drafts => site.drafts.push(path),
                Some(kind) => {
                    site.by_path.insert(path.clone(), site.pages.len());
                    site.by_address.insert(address.clone(), site.pages.len());
                    site.pages.push(Page {
                        path,
                        address,
                        source,
                        body,
                        kind,
                    });
                }
            }
        }
        site.check_services(problems);
        site
    }

    /// The page at a path inside the content.
    pub(crate) fn page(&self, path: &str) -> Option<&Page> {
        self.by_path
            .get(path)
            .and_then(|index| self.pages.get(*index))
    }

    /// The page at an address.
    pub(crate) fn at(&self, address: &str) -> Option<&Page> {
        self.by_address
            .get(address)
            .and_then(|index| self.pages.get(*index))
    }

    /// The pages of a folder: by weight, then by title.
    pub(crate) fn items<'s>(&'s self, folder: &str) -> Vec<&'s Page> {
        self.ordered(|page| {
            page.folder() == folder && !page.is_list() && page.path != address::NOT_FOUND
        })
    }

    /// The lists inside a folder.
    pub(crate) fn sections<'s>(&'s self, folder: &str) -> Vec<&'s Page> {
        self.ordered(|page| {
            page.is_list() && !page.is_home() && address::divide(page.folder()).0 == folder
        })
    }

    fn ordered(&self, belongs: impl Fn(&Page) -> bool) -> Vec<&Page> {
        let mut found: Vec<&Page> = self.pages.iter().filter(|page| belongs(page)).collect();
        found.sort_by_key(|page| {
            (
                page.common().weight,
                page.common().title,
                page.path.as_str(),
            )
        });
        found
    }

    /// The services, in order of their numbers.
    pub(crate) fn services(&self) -> Vec<&Page> {
        let number = |page: &Page| match &page.kind {
            Kind::Service(service) => Some(service.id.value.clone()),
            _ => None,
        };
        let mut found: Vec<&Page> = self
            .pages
            .iter()
            .filter(|page| number(page).is_some())
            .collect();
        found.sort_by_key(|page| (number(page), page.path.as_str()));
        found
    }

    /// The events, in order of their starts.
    pub(crate) fn events(&self) -> Vec<&Page> {
        let start = |page: &Page| match &page.kind {
            Kind::Event(event) => Some((event.starts, event.weight)),
            _ => None,
        };
        let mut found: Vec<&Page> = self
            .pages
            .iter()
            .filter(|page| start(page).is_some())
            .collect();
        found.sort_by_key(|page| (start(page), page.path.as_str()));
        found
    }

    /// What stands above a page, from the home page to the page itself.
    pub(crate) fn breadcrumbs(&self, page: &Page) -> Vec<Link> {
        if page.is_home() || page.path == address::NOT_FOUND {
            return Vec::new();
        }
        let mut crumbs = vec![Link {
            label: "Home".to_owned(),
            href: "/".to_owned(),
        }];
        let folders = page
            .folder()
            .match_indices('/')
            .map(|(at, _)| at)
            .chain([page.folder().len()]);
        let above =
            folders.filter_map(|end| self.page(&format!("{}/_index.md", &page.folder()[..end])));
        for step in above.filter(|step| step.path != page.path).chain([page]) {
            crumbs.push(Link {
                label: step.common().title.to_owned(),
                href: step.address.clone(),
            });
        }
        crumbs
    }

    /// Two services with one number.
    fn check_services(&self, problems: &mut Vec<Problem>) {
        let mut taken: HashMap<&str, &Page> = HashMap::new();
        for page in &self.pages {
            let Kind::Service(service) = &page.kind else {
                continue;
            };
            let id = service.id.value.as_str();
            if let Some(other) = taken.insert(id, page) {
                let what = format!("`id`: `{id}` is the number of `{}` as well", other.path);
                let hint = "each service has a number of its own".to_owned();
                problems.push(page.source.problem(service.id.place, what, Some(hint)));
            }
        }
    }
}
