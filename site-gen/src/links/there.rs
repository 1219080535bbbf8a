//! What links may lead to, found by more than the right name.
//!
//! A look at every page for each link would be slow where there are ten thousand
//! of both, so there is an index for each way of looking. It is made when it is
//! first asked for: a site without a broken link pays for none.

use std::sync::OnceLock;

use super::{FILE, Others};
use crate::address;
use crate::kind::{Kind, KindName};
use crate::markdown::Surroundings;
use crate::nearest::Candidates;
use crate::page::{Document, Page};
use crate::revision::Table;
use crate::site::Site;

/// Everything that is there.
#[derive(Debug)]
pub(crate) struct There<'s> {
    pub(super) site: &'s Site<'s>,
    pub(super) others: &'s Others,
    /// What the pages’ texts use.
    pub(super) surroundings: Surroundings<'s>,
    paths: OnceLock<Candidates<'s>>,
    addresses: OnceLock<Candidates<'s>>,
    files: OnceLock<Files<'s>>,
    /// The documents of each file's name without `.md`, in order of paths.
    stems: OnceLock<Table<&'s str, Vec<&'s Document>>>,
    names: [OnceLock<Candidates<'s>>; KindName::ALL.len()],
}

/// The files that are copied.
#[derive(Debug)]
struct Files<'s> {
    all: Candidates<'s>,
    /// The first path of each name.
    named: Table<&'s str, &'s str>,
}

impl<'s> There<'s> {
    /// All that a link of this site may lead to.
    pub(crate) fn new(
        site: &'s Site<'s>,
        others: &'s Others,
        surroundings: Surroundings<'s>,
    ) -> There<'s> {
        There {
            site,
            others,
            surroundings,
            paths: OnceLock::new(),
            addresses: OnceLock::new(),
            files: OnceLock::new(),
            stems: OnceLock::new(),
            names: [const { OnceLock::new() }; KindName::ALL.len()],
        }
    }

    /// The path of the page that was probably meant by one where no page is: in
    /// another folder under the same name, or under a name that is near.
    pub(super) fn page_near(&self, path: &str) -> Option<&'s str> {
        let name = Some(address::divide(path).1).filter(|name| *name != "_index.md");
        if let Some(moved) = name.and_then(|name| self.site.named(name)) {
            return Some(&moved.path);
        }
        let pages = || self.site.pages().map(Page::document);
        let paths = || Candidates::new(pages().map(|page| page.path.as_str()));
        self.paths.get_or_init(paths).nearest(path)
    }

    /// The path of the copied file that was probably meant by one that is not
    /// there.
    pub(super) fn file_near(&self, path: &str) -> Option<&'s str> {
        let files = self.files.get_or_init(|| {
            let is_file = |(_, what): &(&String, &&str)| **what == FILE;
            let files = self.others.iter().filter(is_file);
            let files = files.map(|(file, _)| file.trim_start_matches('/'));
            let mut named: Table<&str, &str> = Table::default();
            for file in files.clone() {
                let first = named.entry(address::divide(file).1).or_insert(file);
                *first = file.min(first);
            }
            let all = Candidates::new(files);
            Files { all, named }
        });
        let named = files.named.get(address::divide(path).1);
        named.copied().or_else(|| files.all.nearest(path))
    }

    /// The address of the page that was probably meant by one where nothing is.
    pub(super) fn address_near(&self, path: &str) -> Option<&'s str> {
        if let Some(page) = self.site.at(&format!("{path}/")) {
            return Some(&page.document().address);
        }
        let pages = || self.site.pages().map(Page::document);
        let pages = || pages().map(|page| page.address.as_str());
        let addresses = || Candidates::new(pages().chain(address::ANSWERED));
        self.addresses.get_or_init(addresses).nearest(path)
    }

    /// The first document of a kind whose file is called so. One that is faulty
    /// may be of any kind.
    pub(super) fn called(&self, kind: KindName, name: &str) -> Option<&'s Document> {
        let mut documents = self.of_stem(name).iter();
        documents.find(|document| may_be(kind, document)).copied()
    }

    /// The nearest name of a document of a kind.
    pub(super) fn name_near(&self, kind: KindName, name: &str) -> Option<&'s str> {
        let place = KindName::ALL.iter().position(|known| *known == kind)?;
        let names = self.names[place].get_or_init(|| {
            let documents = self.site.documents().iter();
            let known = documents.filter(|document| may_be(kind, document));
            Candidates::new(known.map(|document| document.stem()))
        });
        names.nearest(name)
    }

    /// The documents whose file is called so, in order of paths.
    pub(super) fn of_stem(&self, name: &str) -> &[&'s Document] {
        let stems = self.stems.get_or_init(|| {
            let mut stems: Table<&str, Vec<&Document>> = Table::default();
            for document in self.site.documents() {
                stems.entry(document.stem()).or_default().push(document);
            }
            stems
        });
        stems.get(name).map_or(&[], Vec::as_slice)
    }
}

fn may_be(kind: KindName, document: &Document) -> bool {
    let of = document.kind.as_ref().map(Kind::name);
    of.is_none_or(|of| of == kind)
}
