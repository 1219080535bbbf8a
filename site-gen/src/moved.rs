//! Pages that moved and left no redirect.
//!
//! `published.yaml` is a list of the addresses at which pages were published.
//! `site-gen published` adds to it what is new; whoever publishes does so and
//! commits it, so that a clean clone knows what others may have linked to.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::address;
use crate::links::Others;
use crate::nearest::nearest;
use crate::page::Page;
use crate::problem::Problem;
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
    let gone = gone.filter(|address| !is_there(&address.value));
    let told = |address: &Placed<String>| {
        let what = format!(
            "a page was published at `{}`, and nothing is there now",
            address.value
        );
        let line = format!("aliases: [{}]", address.value);
        let hint = match now_at(&address.value, site) {
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

/// The page that was probably at an address: one whose file is named alike.
fn now_at<'s>(address: &str, site: &Site<'s>) -> Option<&'s str> {
    let name = |address: &str| {
        address
            .trim_matches('/')
            .rsplit('/')
            .next()
            .map(str::to_owned)
    };
    let pages = || site.pages().map(Page::document);
    let same = pages().find(|page| name(&page.address) == name(address));
    match same {
        Some(page) => Some(&page.path),
        None => {
            let near = nearest(address, pages().map(|page| page.address.as_str()))?;
            pages()
                .find(|page| page.address == near)
                .map(|page| page.path.as_str())
        }
    }
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
