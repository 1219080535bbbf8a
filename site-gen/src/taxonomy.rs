//! Taxonomies: what pages are sorted by beside their folders. `tags` is one,
//! and `site.yaml` may name others; each has a page, and so has each of its
//! terms.

use crate::address;
use crate::kind::Common;
use crate::nearest::nearest;
use crate::problem::Problem;
use crate::revision::Table;
use crate::settings::SiteFile;
use crate::site::Index;
use crate::text::SourceText;
use crate::yaml::Placed;

/// A term as one page names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Named {
    /// The number of its taxonomy in the settings.
    pub(crate) taxonomy: u16,
    /// Its name.
    pub(crate) name: Box<str>,
    /// Its part of an address.
    pub(crate) slug: Box<str>,
}

/// The terms that a page names, in the order of the settings and then of the
/// page.
pub(crate) fn named(
    common: &Common<'_>,
    site: &SiteFile,
    source: &SourceText,
    problems: &mut Vec<Problem>,
) -> Box<[Named]> {
    let all = site.taxonomies.iter();
    let known = || all.clone().map(|taxonomy| taxonomy.value.as_str());
    let tags = (!common.tags.is_empty()).then_some(("tags", common.tags));
    let others = common
        .taxonomies
        .iter()
        .map(|(name, terms)| (name.as_str(), terms.as_slice()));
    let mut found: Vec<Named> = Vec::new();
    for (taxonomy, terms) in tags.into_iter().chain(others) {
        let Some(number) = known().position(|known| known == taxonomy) else {
            let Some(first) = terms.first() else { continue };
            let what = format!("the site has no taxonomy `{taxonomy}`");
            let hint = match nearest(taxonomy, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add `{taxonomy}` to `taxonomies` in `site.yaml`"),
            };
            problems.push(source.problem(first.place, what, Some(hint)));
            continue;
        };
        for Placed { value, place } in terms {
            let slug = address::slug(value);
            if slug.is_empty() {
                let what = format!("`{value}` has no letter to make an address of");
                let hint = "write a word, such as `reading`".to_owned();
                problems.push(source.problem(*place, what, Some(hint)));
                continue;
            }
            let taxonomy = u16::try_from(number).unwrap_or(u16::MAX);
            let same = |other: &Named| other.taxonomy == taxonomy && *other.slug == *slug;
            if !found.iter().any(same) {
                found.push(Named {
                    taxonomy,
                    name: value.trim().into(),
                    slug: slug.into(),
                });
            }
        }
    }
    found.sort_by_key(|named| named.taxonomy);
    found.into()
}

/// A taxonomy with its terms.
#[derive(Debug)]
pub(crate) struct Taxonomy<'d> {
    /// Its name, `tags`.
    pub(crate) name: &'d str,
    /// Its terms, by their part of an address.
    pub(crate) terms: Vec<Term<'d>>,
}

/// A term, and the pages that name it.
#[derive(Debug)]
pub(crate) struct Term<'d> {
    /// Its name, as the first page of all writes it.
    pub(crate) name: &'d str,
    /// Its part of an address.
    pub(crate) slug: &'d str,
    /// Where its page is.
    pub(crate) address: String,
    /// The newest first.
    pub(crate) pages: Vec<Index>,
}

/// Where a page stands among those that share a term with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub(crate) taxonomy: u16,
    pub(crate) term: Index,
    pub(crate) position: Index,
}

impl<'d> Taxonomy<'d> {
    /// The address of the page of all terms.
    pub(crate) fn address(&self) -> String {
        format!("/{}/", self.name)
    }

    /// The terms of one taxonomy. `pages` are all pages, the newest first, each
    /// with its terms; `paths` tells the order in which a name is chosen.
    pub(crate) fn new(name: &'d str, number: u16, pages: &[(Index, &'d [Named])]) -> Taxonomy<'d> {
        let mut numbers: Table<&str, usize> = Table::default();
        let mut terms: Vec<(Index, Term<'d>)> = Vec::new();
        for (page, named) in pages {
            for named in named.iter().filter(|named| named.taxonomy == number) {
                let at = *numbers.entry(&named.slug).or_insert_with(|| {
                    let term = Term {
                        name: &named.name,
                        slug: &named.slug,
                        address: format!("/{name}/{}/", named.slug),
                        pages: Vec::new(),
                    };
                    terms.push((*page, term));
                    terms.len() - 1
                });
                let (first, term) = &mut terms[at];
                if page < first {
                    (*first, term.name) = (*page, &named.name);
                }
                term.pages.push(*page);
            }
        }
        let mut terms: Vec<Term<'d>> = terms.into_iter().map(|(_, term)| term).collect();
        terms.sort_unstable_by_key(|term| term.slug);
        Taxonomy { name, terms }
    }
}
