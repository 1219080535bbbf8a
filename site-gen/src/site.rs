//! The site: all pages, who is in whose list, and what stands above, before,
//! after and beside each.
//!
//! It is an index over the documents, and holds nothing but numbers and
//! references: with ten thousand pages it is made anew in milliseconds, so it
//! is, at every change.

use std::cmp::Reverse;
use std::sync::OnceLock;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::address;
use crate::kind::Kind;
use crate::page::{Document, Footing, Page, digest_of_anchor};
use crate::publishing::Edition;
use crate::revision::{Table, digest};
use crate::settings::SiteFile;
use crate::taxonomy::{Named, Standing, Taxonomy};

mod check;
mod files;
mod named;
mod published;

/// The number of a document: its place in order of paths.
pub(crate) type Index = u32;

/// How many related pages are shown.
const RELATED: usize = 4;

/// How far related pages are looked for in each direction among those of one
/// term, which are in order of time: what is nearest is of most use, and a term
/// of ten thousand pages costs no more than one of twenty.
const NEAR: usize = 8;

/// All pages of the site.
#[derive(Debug)]
pub(crate) struct Site<'d> {
    documents: &'d [&'d Document],
    edition: Edition,
    folders: Table<&'d str, Folder>,
    /// The number of each document, by the digest of its path.
    paths: Table<u64, Index>,
    /// Of each document, whether it is shown for good.
    stay: Vec<bool>,
    /// The place of each document in the list of its folder.
    places: Vec<Index>,
    /// The pages that are shown, in order of paths.
    pub(crate) shown: Vec<Index>,
    /// The same, the newest first.
    pub(crate) newest: Vec<Index>,
    /// What they are sorted by.
    pub(crate) taxonomies: Vec<Taxonomy<'d>>,
    /// Of each document, where it stands in its terms.
    standings: Vec<Vec<Standing>>,
    services: Vec<Index>,
    events: Vec<Index>,
    /// The documents that each file is the file of, by its path inside the content.
    files: Table<String, Vec<Index>>,
    /// The first page of each file's name; made for the first broken link.
    names: OnceLock<Table<u64, Index>>,
}

/// What a folder holds, in order.
#[derive(Debug, Default)]
struct Folder {
    items: Vec<Index>,
    sections: Vec<Index>,
    /// Its own page.
    list: Option<Index>,
}

impl<'d> Site<'d> {
    /// Puts the pages together. The documents are in order of their paths.
    pub(crate) fn new(
        documents: &'d [&'d Document],
        settings: &'d SiteFile,
        edition: Edition,
    ) -> Site<'d> {
        let mut site = Site {
            documents,
            edition,
            folders: Table::default(),
            paths: Table::default(),
            stay: Vec::new(),
            places: vec![0; documents.len()],
            shown: Vec::with_capacity(documents.len()),
            newest: Vec::new(),
            taxonomies: Vec::new(),
            standings: vec![Vec::new(); documents.len()],
            services: Vec::new(),
            events: Vec::new(),
            files: Table::default(),
            names: OnceLock::new(),
        };
        let numbered = (0..).zip(documents);
        let numbered = numbered.map(|(index, document)| (document.digest, index));
        let stays = |document: &&Document| {
            let page = document.page();
            page.is_some_and(|page| edition.stays(&page.common()))
        };
        let found = || {
            let stay = documents.iter().map(stays).collect();
            (numbered.collect(), stay, files::of_documents(documents))
        };
        let ((paths, stay, files), ()) = rayon::join(found, || site.order());
        (site.paths, site.stay, site.files) = (paths, stay, files);
        site.sort_into_terms(settings);
        site
    }

    /// Lists, neighbours and catalogues.
    fn order(&mut self) {
        type Key<'d> = (i32, Reverse<Option<Date>>, &'d str, Index);
        let mut ordered: Vec<Key<'d>> = Vec::with_capacity(self.documents.len());
        for (index, document) in (0..).zip(self.documents) {
            if let Some(page) = self.shows(document) {
                let common = page.common();
                ordered.push((common.weight, Reverse(common.date), common.title, index));
                self.shown.push(index);
                match page.kind {
                    Kind::Service(_) => self.services.push(index),
                    Kind::Event(_) => self.events.push(index),
                    Kind::Page(_) | Kind::Person(_) | Kind::News(_) | Kind::Document(_) => {}
                }
            }
        }
        ordered.par_sort_unstable();
        for (_, _, _, index) in &ordered {
            let document = self.documents[*index as usize];
            if document.path == address::NOT_FOUND {
                continue;
            }
            if !document.is_list() {
                let folder = self.folders.entry(document.folder()).or_default();
                self.places[*index as usize] = count(folder.items.len());
                folder.items.push(*index);
                continue;
            }
            self.folders.entry(document.folder()).or_default().list = Some(*index);
            if !document.is_home() {
                let above = address::divide(document.folder()).0;
                self.folders.entry(above).or_default().sections.push(*index);
            }
        }
        let mut newest: Vec<(Reverse<Option<Date>>, Index, Index)> = (0..)
            .zip(&ordered)
            .map(|(rank, (_, date, _, index))| (*date, rank, *index))
            .collect();
        newest.par_sort_unstable();
        self.newest = newest.into_iter().map(|(_, _, index)| index).collect();
        let documents = self.documents;
        let kind = |index: &Index| documents[*index as usize].kind.as_ref();
        self.services.sort_by_key(|index| match kind(index) {
            Some(Kind::Service(service)) => Some(&service.id.value),
            _ => None,
        });
        self.events.sort_by_key(|index| match kind(index) {
            Some(Kind::Event(event)) => Some((event.starts(), event.weight)),
            _ => None,
        });
    }

    fn sort_into_terms(&mut self, settings: &'d SiteFile) {
        let documents = self.documents;
        let with_terms: Vec<(Index, &'d [Named])> = self
            .newest
            .iter()
            .map(|index| (*index, &*documents[*index as usize].terms))
            .filter(|(_, terms)| !terms.is_empty())
            .collect();
        for (number, taxonomy) in (0..).zip(&settings.taxonomies) {
            let taxonomy = Taxonomy::new(&taxonomy.value, number, &with_terms);
            for (term, of_term) in (0..).zip(&taxonomy.terms) {
                for (position, page) in (0..).zip(&of_term.pages) {
                    self.standings[*page as usize].push(Standing {
                        taxonomy: number,
                        term,
                        position,
                    });
                }
            }
            self.taxonomies.push(taxonomy);
        }
    }

    /// The page of a document, unless it is left out or faulty.
    fn shows(&self, document: &'d Document) -> Option<Page<'d>> {
        document
            .page()
            .filter(|page| self.edition.absence(&page.common()).is_none())
    }

    /// All documents, in order of their paths.
    pub(crate) fn documents(&self) -> &'d [&'d Document] {
        self.documents
    }

    /// The page of a number that this site gave.
    pub(crate) fn get(&self, index: Index) -> Page<'d> {
        self.documents[index as usize]
            .page()
            .expect("only what has front matter is given a number")
    }

    /// All pages, in order of their paths.
    pub(crate) fn pages(&self) -> impl Iterator<Item = Page<'d>> {
        self.shown.iter().map(|index| self.get(*index))
    }

    /// The document at a path inside the content.
    pub(crate) fn document(&self, path: &str) -> Option<&'d Document> {
        let index = *self.paths.get(&digest(path))?;
        let found = self.documents[index as usize];
        (found.path == path).then_some(found)
    }

    /// Whether a link leads to a page that is shown for good, and to a heading of it. If
    /// not, why is to be found out.
    pub(crate) fn is_footing(&self, to: Footing) -> bool {
        let index = self.paths.get(&to.page).map(|index| *index as usize);
        let Some(index) = index.filter(|index| self.stay[*index]) else {
            return false;
        };
        let is_there = |anchor| {
            let mut headings = self.documents[index].body.headings.iter();
            headings.any(|heading| digest_of_anchor(heading.id) == anchor)
        };
        to.anchor.is_none_or(is_there)
    }

    /// The document that a link leads to.
    pub(crate) fn document_of(&self, to: Footing) -> Option<&'d Document> {
        let index = *self.paths.get(&to.page)?;
        Some(self.documents[index as usize])
    }

    /// The document at an address, whether it is shown or not.
    pub(crate) fn document_at(&self, address: &str) -> Option<&'d Document> {
        if address == "/404.html" {
            return self.document(address::NOT_FOUND);
        }
        let inside = address.strip_prefix('/')?;
        if inside.is_empty() {
            return self.document(address::HOME);
        }
        let inside = inside.strip_suffix('/')?;
        self.document(&format!("{inside}/_index.md"))
            .or_else(|| self.document(&format!("{inside}.md")))
    }

    /// The page at an address.
    pub(crate) fn at(&self, address: &str) -> Option<Page<'d>> {
        self.shows(self.document_at(address)?)
    }

    /// The pages of a folder: by weight, then the newest, then by title.
    pub(crate) fn items(&self, folder: &str) -> &[Index] {
        self.folders.get(folder).map_or(&[], |folder| &folder.items)
    }

    /// The lists inside a folder.
    pub(crate) fn sections(&self, folder: &str) -> &[Index] {
        self.folders
            .get(folder)
            .map_or(&[], |folder| &folder.sections)
    }

    /// The pages before and after one in the list of its folder.
    pub(crate) fn neighbours(&self, index: Index) -> (Option<Page<'d>>, Option<Page<'d>>) {
        let page = self.get(index);
        if page.is_list() || page.path == address::NOT_FOUND {
            return (None, None);
        }
        let items = self.items(page.folder());
        let place = self.places[index as usize] as usize;
        let at = |place: Option<usize>| Some(self.get(*items.get(place?)?));
        (at(place.checked_sub(1)), at(place.checked_add(1)))
    }

    /// The services, in order of their numbers.
    pub(crate) fn services(&self) -> impl ExactSizeIterator<Item = Page<'d>> {
        self.services.iter().map(|index| self.get(*index))
    }

    /// The services beside one in that order, each with how far off it is.
    pub(crate) fn services_near(&self, index: Index, reach: usize) -> Vec<(usize, Page<'d>)> {
        let id = |index: &Index| match self.get(*index).kind {
            Kind::Service(service) => Some(&service.id.value),
            _ => None,
        };
        let own = self
            .services
            .partition_point(|other| id(other) < id(&index));
        let from = own.saturating_sub(reach);
        let until = self.services.len().min(own + reach + 1);
        let near = (from..until).zip(&self.services[from..until]);
        near.filter(|(_, other)| **other != index)
            .map(|(place, other)| (place.abs_diff(own), self.get(*other)))
            .collect()
    }

    /// The events, in order of their starts.
    pub(crate) fn events(&self) -> impl Iterator<Item = Page<'d>> {
        self.events.iter().map(|index| self.get(*index))
    }

    /// The lists above a page, the outermost first.
    pub(crate) fn above(&self, page: Page<'d>) -> Vec<Page<'d>> {
        let folder = page.folder();
        let ends = folder.match_indices('/').map(|(at, _)| at);
        ends.chain([folder.len()])
            .filter_map(|end| self.folders.get(&folder[..end])?.list)
            .map(|index| self.get(index))
            .filter(|above| !above.is_home() && above.path != page.path)
            .collect()
    }

    /// Where a page stands in its terms.
    pub(crate) fn standings(&self, index: Index) -> &[Standing] {
        &self.standings[index as usize]
    }

    /// The pages that share most terms with one; among equals the nearest in
    /// time. Only what stands near it in a term is looked at.
    pub(crate) fn related(&self, index: Index) -> Vec<Page<'d>> {
        let standings = &self.standings[index as usize];
        if standings.is_empty() {
            return Vec::new();
        }
        // (page, terms shared, distance)
        let mut found: Vec<(Index, usize, usize)> = Vec::with_capacity(2 * NEAR * standings.len());
        for standing in standings {
            let pages =
                &self.taxonomies[standing.taxonomy as usize].terms[standing.term as usize].pages;
            let own = standing.position as usize;
            let from = own.saturating_sub(NEAR);
            let until = pages.len().min(own + NEAR + 1);
            for (place, other) in (from..until).zip(&pages[from..until]) {
                let distance = place.abs_diff(own);
                if distance == 0 {
                    continue;
                }
                match found.iter_mut().find(|(known, _, _)| known == other) {
                    Some((_, shared, nearest)) => {
                        *shared += 1;
                        *nearest = distance.min(*nearest);
                    }
                    None => found.push((*other, 1, distance)),
                }
            }
        }
        found.sort_unstable_by_key(|(page, shared, distance)| (Reverse(*shared), *distance, *page));
        let best = found.into_iter().take(RELATED);
        best.map(|(page, _, _)| self.get(page)).collect()
    }
}

/// A number of pages; nobody has four thousand million.
fn count(number: usize) -> Index {
    Index::try_from(number).unwrap_or(Index::MAX)
}
