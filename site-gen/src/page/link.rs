//! The links of a page, in few bytes each: a site of ten thousand pages has
//! seventy thousand.
//!
//! Nearly all of them lead to a page that is there. Where they stand and what
//! was written is not kept: whoever must tell that one leads nowhere reads its
//! page once more.

use std::num::NonZeroU64;

use super::Document;
use crate::front_matter;
use crate::markdown::{self, Surroundings};
use crate::revision::digest;
use crate::source;
use crate::target::Target;
use crate::text::{Place, Places};

/// What a link within the site leads to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// A page, by its path.
    Page(Footing),
    /// An address or a file, as it was written.
    Other(Box<str>),
}

/// A page and a heading of it, by digests: nearly every link leads to something
/// that is there, and is looked up without being read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Footing {
    /// Of the page’s path.
    pub(crate) page: u64,
    /// Of the heading’s anchor.
    pub(crate) anchor: Option<NonZeroU64>,
}

/// A link as an editor wrote it.
pub(crate) struct Written {
    pub(crate) text: Box<str>,
    pub(crate) place: Place,
}

/// The digest of an anchor; that it is never nought makes room for none.
pub(crate) fn digest_of_anchor(anchor: &str) -> NonZeroU64 {
    NonZeroU64::new(digest(anchor)).unwrap_or(NonZeroU64::MIN)
}

impl Goal {
    /// Of a link of a text, unless it leads away from the site.
    pub(super) fn of(link: &markdown::Link) -> Option<Goal> {
        match &link.target {
            Target::Elsewhere(_) => None,
            Target::Page { path, anchor } => Some(Goal::Page(Footing {
                page: digest(path.as_str()),
                anchor: anchor.as_deref().map(digest_of_anchor),
            })),
            Target::Address { .. } | Target::File { .. } => Some(Goal::Other(link.written.clone())),
        }
    }
}

impl Document {
    /// Its links as they were written, as far as its file still says what it did.
    pub(crate) fn written(&self, surroundings: Surroundings<'_>) -> Vec<Written> {
        let Ok(source) = source::text(&self.file) else {
            return Vec::new();
        };
        let Ok(parts) = front_matter::split(&source) else {
            return Vec::new();
        };
        let body = markdown::render(&source.text, parts.body, &self.path, surroundings);
        let mut places = Places::new(&source.text);
        let again = body.links.into_iter();
        let again = again.filter_map(|link| Some((Goal::of(&link)?, link)));
        let same = again.zip(&self.body.links);
        let same = same.take_while(|((goal, _), link)| goal == *link);
        let written = |((_, link), _): ((Goal, markdown::Link), &Goal)| Written {
            place: places.at(link.offset),
            text: link.written,
        };
        same.map(written).collect()
    }
}
