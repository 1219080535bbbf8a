//! All that was read, parsed: what a site is made from.
//!
//! A cold build makes one and forgets it; the engine keeps one and changes it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::Options;
use crate::address;
use crate::markdown::Surroundings;
use crate::page::{self, Document};
use crate::pictures::{Pictures, Work};
use crate::problem::Problem;
use crate::publishing::Absence;
use crate::revision;
use crate::shared::Shared;
use crate::site::Site;
use crate::source::{self, Area, Found};
use crate::waiting::{Desk, Room};

/// How many pages a core takes at once: in larger shares, one core would still
/// work at its last while the others wait.
pub(crate) const SHARE: usize = 32;

/// What a site is made from.
#[derive(Debug)]
pub(crate) struct Content {
    /// Every file that there is.
    pub(crate) found: Vec<Found>,
    /// What is wrong with the folders and the files' names.
    pub(crate) unread: Vec<Problem>,
    /// The settings, the theme, the data.
    pub(crate) shared: Arc<Shared>,
    /// The pictures beside the pages.
    pub(crate) pictures: Pictures,
    /// The pages, in order of their paths; none while the settings cannot be read.
    pub(crate) documents: Vec<Arc<Document>>,
    /// What can be copied as it is.
    pub(crate) copies: Vec<Copied>,
    /// Where the HTML of the pages waits.
    pub(crate) room: Arc<Room>,
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Copied {
    /// Where it is on the site.
    pub(crate) address: String,
    /// Where it is read.
    pub(crate) path: PathBuf,
    /// Of its bytes.
    pub(crate) revision: u64,
}

impl Content {
    /// Reads everything. Nothing stops it: what can be known is known.
    pub(crate) fn read(options: &Options, room: Arc<Room>) -> Content {
        let mut unread = Vec::new();
        let found = source::walk(options, &mut unread);
        let shared = Arc::new(Shared::read(options, &found, &unread));
        let copies = copies(&found);
        let pictures = Pictures::read(&found, &Pictures::default(), |_| true);
        let mut content = Content {
            found,
            unread,
            shared,
            pictures,
            documents: Vec::new(),
            copies,
            room,
        };
        content.documents = content.parsed(|_| None);
        content.settle(options);
        content
    }

    /// Leaves those lines out of the menus whose pages are published later, or
    /// are no more.
    pub(crate) fn settle(&mut self, options: &Options) {
        let Some(settings) = &self.shared.settings else {
            return;
        };
        let is_hidden = |path: &str| {
            let document = self.document(path);
            let kind = document.and_then(|document| document.kind.as_ref());
            let absence = kind.and_then(|kind| options.edition().absence(&kind.common()));
            matches!(absence, Some(Absence::NotYet(_) | Absence::NoMore(_)))
        };
        let pages = settings.menu.iter().chain(&settings.footer);
        let pages = pages.filter_map(|entry| Some(&entry.page.as_ref()?.value));
        let hidden: BTreeSet<String> = pages.filter(|path| is_hidden(path)).cloned().collect();
        if hidden != self.shared.hidden {
            Arc::make_mut(&mut self.shared).hide(hidden, options);
        }
    }

    /// The document at a path inside the content.
    fn document(&self, path: &str) -> Option<&Document> {
        let order = |document: &Arc<Document>| document.path.as_str().cmp(path);
        let found = self.documents.binary_search_by(order);
        found.ok().map(|index| &*self.documents[index])
    }

    /// The documents of all pages: those that are known already, by their path
    /// inside the content, and the others parsed.
    pub(crate) fn parsed(
        &self,
        known: impl Fn(&str) -> Option<Arc<Document>> + Sync,
    ) -> Vec<Arc<Document>> {
        let Some(settings) = &self.shared.settings else {
            return Vec::new();
        };
        let pages: Vec<&Found> = of(&self.found, Area::Page).collect();
        let parse = |desk: &mut Desk<'_>, found: &&Found| {
            known(&found.inside)
                .unwrap_or_else(|| Arc::new(page::read(found, settings, self.surroundings(), desk)))
        };
        // In order: `found` is.
        let pages = pages.par_iter().with_max_len(SHARE);
        pages.map_init(|| Desk::new(&self.room), parse).collect()
    }

    /// What a page’s text may use that is not in it.
    pub(crate) fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            theme: self.shared.theme.as_ref(),
            data: Some(&self.shared.data),
            pictures: Some(&self.pictures),
        }
    }

    /// The documents, as an index is made of them.
    pub(crate) fn in_order(&self) -> Vec<&Document> {
        self.documents.iter().map(|document| &**document).collect()
    }

    /// What is wrong with the files by themselves.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let of_pages = self.documents.iter().flat_map(|page| &page.problems);
        let others = self.unread.iter().chain(&self.shared.problems);
        let others = others.chain(self.pictures.problems());
        others.chain(of_pages).cloned().collect()
    }

    /// The files to make of the pictures that the pages of a site show.
    pub(crate) fn pictures(&self, site: &Site<'_>) -> Vec<Work<'_>> {
        let shown = site
            .pages()
            .filter_map(|page| page.document().body.pictures.as_ref());
        self.pictures.work(shown.flatten().map(|path| &**path))
    }

    /// What is copied as it is: not the files of documents that are not there.
    pub(crate) fn copied(&self, site: &Site<'_>) -> impl Iterator<Item = &Copied> {
        let copies = self.copies.iter();
        copies.filter(|copy| !site.is_withheld(copy.address.trim_start_matches('/')))
    }

    /// The addresses of all files that are no pages, with where each is from;
    /// those that are not there now are among them.
    pub(crate) fn addresses(&self) -> Vec<(String, &Path)> {
        let copies = self.copies.iter();
        let copies = copies.map(|copy| (copy.address.clone(), copy.path.as_path()));
        let assets = self.shared.assets.files.keys();
        let theme = self.shared.theme_folder.as_path();
        copies
            .chain(assets.map(|address| (address.clone(), theme)))
            .collect()
    }
}

/// The files of one area.
fn of(found: &[Found], area: Area) -> impl Iterator<Item = &Found> {
    found.iter().filter(move |found| found.area == area)
}

/// What can be copied as it is: the files of the content, then those of the theme.
pub(crate) fn copies(found: &[Found]) -> Vec<Copied> {
    let copied = |found: &Found| Copied {
        address: format!("/{}", found.inside),
        path: found.path.clone(),
        revision: revision::next(),
    };
    of(found, Area::File)
        .chain(of(found, Area::Static))
        .map(copied)
        .collect()
}

impl Copied {
    /// Its path in the output.
    pub(crate) fn file(&self) -> String {
        address::file(&self.address)
    }
}
