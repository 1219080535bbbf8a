//! Pages that moved and left no redirect.
//!
//! `published.yaml` is a list of the addresses at which pages were published.
//! `site-gen published` adds to it what is new; whoever publishes does so and
//! commits it, so that a clean clone knows what others may have linked to.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use serde::Deserialize;

use crate::address;
use crate::links::Others;
use crate::nearest::Candidates;
use crate::page::{Document, Page};
use crate::problem::Problem;
use crate::revision::Table;
use crate::rule::Rule;
use crate::site::Site;
use crate::yaml::{Described, Placed};

/// The name of the list in the folder of the content.
pub(crate) const FILE: &str = "published.yaml";

/// The addresses at which pages were published.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Published {
    /// In order.
    pub(crate) addresses: Vec<Placed<String>>,
}

impl Described for Published {
    const SUBJECT: &'static str = "the list of published addresses";

    fn required() -> &'static [&'static str] {
        &["addresses"]
    }

    fn hint(field: &str) -> Option<&'static str> {
        (field == "addresses").then_some("run `cargo run -p site-gen -- published`")
    }
}

/// The addresses of the list where nothing is now.
pub(crate) fn check(
    published: &Published,
    file: &std::path::Path,
    site: &Site<'_>,
    others: &Others,
) -> Vec<Problem> {
    // What is not published now was not moved.
    let is_there = |at: &str| site.document_at(at).is_some() || others.contains_key(at);
    let gone = published.addresses.iter();
    let mut gone = gone.filter(|address| !is_there(&address.value)).peekable();
    if gone.peek().is_none() {
        return Vec::new();
    }
    let now = Now::new(site);
    let told = |address: &Placed<String>| {
        let what = format!(
            "a page was published at `{}`, and nothing is there now",
            address.value
        );
        let line = format!("aliases: [{}]", address.value);
        let hint = match now.of(&address.value) {
            Some(page) => format!(
                "if `{page}` is the page now, write `{line}` into it; if it is gone for good, take this line out"
            ),
            None => format!(
                "write `{line}` into the page that says the same now; if there is none, take this line out"
            ),
        };
        Problem::at(file, address.place, what, Some(hint)).of(Rule::MovedWithoutRedirect)
    };
    gone.map(told).collect()
}

/// The pages that may have been at other addresses.
struct Now<'s> {
    site: &'s Site<'s>,
    /// The first page of each name.
    named: Table<&'s str, &'s Document>,
    addresses: OnceCell<Candidates<'s>>,
}

impl<'s> Now<'s> {
    fn new(site: &'s Site<'s>) -> Now<'s> {
        let mut named: Table<&str, &Document> = Table::default();
        for page in site.pages().map(Page::document) {
            named.entry(name(&page.address)).or_insert(page);
        }
        let addresses = OnceCell::new();
        Now {
            site,
            named,
            addresses,
        }
    }

    /// The page that was probably at an address: one whose file is named alike.
    fn of(&self, address: &str) -> Option<&'s str> {
        if let Some(same) = self.named.get(name(address)) {
            return Some(&same.path);
        }
        let pages = || self.site.pages().map(Page::document);
        let addresses = || Candidates::new(pages().map(|page| page.address.as_str()));
        let near = self.addresses.get_or_init(addresses).nearest(address)?;
        Some(&self.site.at(near)?.document().path)
    }
}

/// The last part of an address.
fn name(address: &str) -> &str {
    let inside = address.trim_matches('/');
    inside.rsplit_once('/').map_or(inside, |(_, name)| name)
}

/// The list with these addresses added, and how many are new.
pub(crate) fn renewed(old: &BTreeSet<String>, now: &[String]) -> (String, usize) {
    let mut all = old.clone();
    let before = all.len();
    let pages = now
        .iter()
        .filter(|at| *at != "/404.html" && !address::is_answered(at));
    all.extend(pages.cloned());
    let mut text = String::from(
        "# The addresses at which pages were published. `site-gen published` adds what is new;\n\
         # one that goes without an alias is told.\naddresses:\n",
    );
    for address in &all {
        text.push_str(&format!("  - {address}\n"));
    }
    (text, all.len() - before)
}
