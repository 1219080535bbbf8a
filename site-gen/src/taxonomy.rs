//! Taxonomies: what pages are sorted by beside their folders. `tags` is one,
//! and `site.yaml` may name others; each has a page, and so has each of its
//! terms.

use crate::address;
use crate::kind::Common;
use crate::nearest::nearest;
use crate::problem::Problem;
use crate::revision::Table;
use crate::rule::Rule;
use crate::settings::SiteFile;
use crate::site::{Index, Site};
use crate::text::{Place, SourceText};
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
    (path, source): (&str, &SourceText),
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
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            let same = |other: &Named| other.taxonomy == number && *other.slug == *slug;
            let name = value.trim();
            match found.iter().find(|other| same(other)) {
                Some(other) if is_one(&other.name, name) => {}
                Some(other) => {
                    let (what, hint) = mixed_up(name, (&other.name, path), taxonomy, &slug);
                    let problem = source.problem(*place, what, Some(hint));
                    problems.push(problem.of(Rule::AddressTaken));
                }
                None => found.push(Named {
                    taxonomy: number,
                    name: name.into(),
                    slug: slug.into(),
                }),
            }
        }
    }
    found.sort_by_key(|named| named.taxonomy);
    found.into()
}

/// Terms of different names that would have one page.
pub(crate) fn mixed(site: &Site<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut known: Table<(u16, &str), (&str, &str)> = Table::default();
    let documents = site.documents().iter();
    for document in documents.filter(|document| !document.terms.is_empty()) {
        let Some(page) = document.page().filter(|_| !site.is_left_out(document)) else {
            continue;
        };
        for Named {
            taxonomy,
            name,
            slug,
        } in &document.terms
        {
            let first = known.entry((*taxonomy, slug));
            let first = *first.or_insert((name, &document.path));
            if is_one(first.0, name) {
                continue;
            }
            let of = site.taxonomies[usize::from(*taxonomy)].name;
            let common = page.common();
            let terms = match of {
                "tags" => common.tags,
                of => common.taxonomies.get(of).map_or(&[][..], Vec::as_slice),
            };
            let mut terms = terms.iter();
            let term = terms.find(|term| term.value.trim() == &**name);
            let (what, hint) = mixed_up(name, first, of, slug);
            let place = term.map_or(Place::START, |term| term.place);
            let problem = page.problem(place, what, Some(hint));
            problems.push(problem.of(Rule::AddressTaken));
        }
    }
    problems
}

/// Whether two names are one: capitals make no difference.
fn is_one(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}

/// What is said of a name whose address another has, on that page.
fn mixed_up(name: &str, other: (&str, &str), taxonomy: &str, slug: &str) -> (String, String) {
    let (other, page) = other;
    let what = format!(
        "`{name}` and `{other}` in `{page}` would be at one address, `/{taxonomy}/{slug}/`"
    );
    let hint = "write one of the two so that they differ in a letter or a digit";
    (what, hint.to_owned())
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
