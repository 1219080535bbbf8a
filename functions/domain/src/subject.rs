//! What somebody asks about the data that is held of them: who asked, how far
//! it was looked for, where it was found, and what became of it.
//!
//! It says where something is and not what: that is read when it is shown, so
//! that a request holds no copy of what it is about.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contact::{EmailAddress, Line};
use crate::reference::SubjectReference;
use crate::staff::StaffId;

/// Where an item is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Its record.
    pub record: String,
    /// Which item of it.
    pub item: String,
}

/// A person's request, as the office entered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectRequest {
    /// Its name.
    pub reference: SubjectReference,
    /// The person's address, by which it is looked for.
    pub email: EmailAddress,
    /// The person's name, for the head of the copy.
    pub name: Option<Line>,
    /// Who entered it.
    pub entered_by: StaffId,
    /// When.
    pub asked_at: Timestamp,
    /// How far it was looked for.
    pub search: Search,
    /// Where something was found.
    pub found: Vec<Place>,
    /// When all that may go was gone.
    pub erased_at: Option<Timestamp>,
}

/// How far was looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Search {
    /// Not everything was looked at yet.
    Looking {
        /// The last that was; none of it if it has not begun.
        after: Option<Place>,
        /// How many items were.
        items: u64,
    },
    /// Everything was.
    Over {
        /// When.
        at: Timestamp,
        /// How many items that were.
        items: u64,
    },
}

impl SubjectRequest {
    /// A request as it begins.
    #[must_use]
    pub fn begun(
        reference: SubjectReference,
        (email, name): (EmailAddress, Option<Line>),
        entered_by: StaffId,
        now: Timestamp,
    ) -> SubjectRequest {
        SubjectRequest {
            reference,
            email,
            name,
            entered_by,
            asked_at: now,
            search: Search::Looking {
                after: None,
                items: 0,
            },
            found: Vec::new(),
            erased_at: None,
        }
    }

    /// It, once more was looked at: so many items, these of them the person’s,
    /// the last of them `after` if there are more.
    #[must_use]
    pub fn looked(
        &self,
        items: u64,
        found: Vec<Place>,
        after: Option<Place>,
        now: Timestamp,
    ) -> SubjectRequest {
        let before = match self.search {
            Search::Looking { items, .. } => items,
            // It begins anew.
            Search::Over { .. } => 0,
        };
        let items = before + items;
        let mut next = self.clone();
        next.found.extend(found);
        next.found.sort();
        next.found.dedup();
        next.search = match after {
            None => Search::Over { at: now, items },
            after => Search::Looking { after, items },
        };
        next
    }

    /// Whether everything was looked at.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self.search, Search::Over { .. })
    }
}
