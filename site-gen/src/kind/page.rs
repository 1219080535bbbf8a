//! A page of reading, and the page of a list (`_index.md`).

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use jiff::civil::Date;
use serde::Deserialize;

use super::{common_hint, usual_weight};
use crate::problem::Problem;
use crate::text::{Place, SourceText};
use crate::yaml::{Described, Placed};

/// The front matter of a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageFields {
    /// The page's heading.
    pub title: String,
    /// One sentence that says what the page is.
    pub description: String,
    /// The day it is of: newer pages come first in lists.
    pub date: Option<Date>,
    /// The day it was last changed, if that is worth telling.
    pub updated: Option<Placed<Date>>,
    /// What it is about; each has a page of its own.
    #[serde(default)]
    pub tags: Vec<Placed<String>>,
    /// The same under other headings: `topics: [phonics]`. The headings are
    /// named in `taxonomies` of `site.yaml`.
    #[serde(default)]
    pub taxonomies: BTreeMap<String, Vec<Placed<String>>>,
    /// Addresses that it had before: they lead here.
    #[serde(default)]
    pub aliases: Vec<Placed<String>>,
    /// Its place in lists: smaller numbers come first.
    #[serde(default = "usual_weight")]
    pub weight: i32,
    /// Where its words come from, such as `Prospectus, section A1`.
    pub source: Option<String>,
    /// The date of those words, if it is not the site's own.
    pub as_at: Option<String>,
    /// The template that shows it, without `.html`.
    pub template: Option<Placed<String>>,
    /// For a list: how many pages one page of it shows.
    pub paginate: Option<NonZeroU32>,
    /// For a list: whether its pages can be subscribed to.
    #[serde(default)]
    pub feed: bool,
    /// Whether it is left out of the site.
    #[serde(default)]
    pub draft: bool,
}

impl PageFields {
    /// The day it was last changed.
    #[must_use]
    pub fn last_changed(&self) -> Option<Date> {
        self.updated
            .as_ref()
            .map(|updated| updated.value)
            .or(self.date)
    }

    /// What only shows when the fields are held against each other.
    pub(crate) fn check(&self, source: &SourceText) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let (Some(date), Some(updated)) = (self.date, &self.updated)
            && updated.value < date
        {
            let hint = "check the two days, or leave `updated` out".to_owned();
            problems.push(source.problem(
                updated.place,
                format!("the page was updated before it was written, on {date}"),
                Some(hint),
            ));
        }
        problems
    }

    /// Fields of a list on a page that is none.
    pub(crate) fn check_leaf(&self, source: &SourceText) -> Option<Problem> {
        let field = match (self.paginate, self.feed) {
            (Some(_), _) => "paginate",
            (None, true) => "feed",
            (None, false) => return None,
        };
        let what = format!("`{field}` is a field of a list, and this page is none");
        let hint = "write it into `_index.md` of the folder".to_owned();
        Some(source.problem(Place::START, what, Some(hint)))
    }
}

impl Described for PageFields {
    const SUBJECT: &'static str = "a page";
    const REQUIRED: &'static [&'static str] = &["title", "description"];

    fn hint(field: &str) -> Option<&'static str> {
        match field {
            "date" | "updated" => Some("write the day as `2017-04-01`"),
            "tags" => Some("write a list, such as `tags: [phonics, reading]`"),
            "taxonomies" => {
                Some("write lists by name, such as `taxonomies: { topics: [reading] }`")
            }
            "aliases" => Some("write a list of old addresses, such as `aliases: [/old/letter/]`"),
            "paginate" => Some("write how many pages one page of the list shows, such as `20`"),
            "feed" => Some("write `feed: true`, or leave the line out"),
            other => common_hint(other),
        }
    }
}
