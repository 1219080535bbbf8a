//! A page of reading, and the page of a list (`_index.md`).

use serde::Deserialize;

use super::{common_hint, usual_weight};
use crate::yaml::{Described, Placed};

/// The front matter of a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageFields {
    /// The page's heading.
    pub title: String,
    /// One sentence that says what the page is.
    pub description: String,
    /// Its place in lists: smaller numbers come first.
    #[serde(default = "usual_weight")]
    pub weight: i32,
    /// Where its words come from, such as `Prospectus, section A1`.
    pub source: Option<String>,
    /// The date of those words, if it is not the site's own.
    pub as_at: Option<String>,
    /// The template that shows it, without `.html`.
    pub template: Option<Placed<String>>,
    /// Whether it is left out of the site.
    #[serde(default)]
    pub draft: bool,
}

impl Described for PageFields {
    const SUBJECT: &'static str = "a page";
    const REQUIRED: &'static [&'static str] = &["title", "description"];

    fn hint(field: &str) -> Option<&'static str> {
        common_hint(field)
    }
}
