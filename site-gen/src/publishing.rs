//! When a page is on the site: drafts, `publish_from` and `publish_until`.
//!
//! The clock is an argument. What is planned is held against what is planned,
//! not only against today: a page that will link to one which is gone by then
//! is told while somebody is there to mend it, so that the build which runs at
//! midnight has nothing left to complain of.

use jiff::Timestamp;

use crate::kind::Common;
use crate::kind::moment::Moment;

/// Which edition of the site is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edition {
    /// The time it is taken to be.
    pub(crate) now: Timestamp,
    /// Whether what is not published yet is part of it.
    pub(crate) drafts: bool,
}

/// Why a page is not on the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absence {
    /// It is a draft.
    Draft,
    /// It is published later.
    NotYet(Moment),
    /// It was published, and is no more.
    NoMore(Moment),
}

impl Edition {
    /// Why a page is not in this edition; nothing if it is.
    pub(crate) fn absence(self, page: &Common<'_>) -> Option<Absence> {
        if self.is_draft(page) {
            return Some(Absence::Draft);
        }
        if let Some(until) = page.publish_until
            && until.value.ends() <= self.now
        {
            return Some(Absence::NoMore(until.value));
        }
        let later = page.publish_from.filter(|from| from.begins() > self.now);
        later.filter(|_| !self.drafts).map(Absence::NotYet)
    }

    /// Whether a page is there now and always, unless it is edited.
    pub(crate) fn stays(self, page: &Common<'_>) -> bool {
        !self.is_draft(page) && begins(page) <= self.now && page.publish_until.is_none()
    }

    /// Whether nobody needs to look at a page: it is not on the site, and will
    /// not be unless it is edited.
    pub(crate) fn is_left_out(self, page: &Common<'_>) -> bool {
        matches!(
            self.absence(page),
            Some(Absence::Draft | Absence::NoMore(_))
        )
    }

    /// Why `page` is not there at some time at which `reader` is and leads to
    /// it. Without a reader: at any time from now on, drafts alone.
    pub(crate) fn absence_for(
        self,
        reader: Option<&Common<'_>>,
        page: &Common<'_>,
    ) -> Option<Absence> {
        if self.is_draft(page) {
            return Some(Absence::Draft);
        }
        let reader = reader?;
        let read_from = begins(reader).max(self.now);
        if let Some(from) = page.publish_from
            && from.begins() > read_from
        {
            return Some(Absence::NotYet(from));
        }
        let until = page.publish_until?.value;
        (until.ends() < ends(reader)).then_some(Absence::NoMore(until))
    }

    /// Whether a page is a draft, has come, has gone: all that this edition
    /// decides of it.
    pub(crate) fn states(self, page: &Common<'_>) -> [bool; 3] {
        [
            self.is_draft(page),
            begins(page) <= self.now,
            ends(page) <= self.now,
        ]
    }

    fn is_draft(self, page: &Common<'_>) -> bool {
        page.draft && !self.drafts
    }
}

/// The first instant at which a page may be on the site.
fn begins(page: &Common<'_>) -> Timestamp {
    page.publish_from.map_or(Timestamp::MIN, Moment::begins)
}

/// The first instant at which it is no more.
fn ends(page: &Common<'_>) -> Timestamp {
    page.publish_until
        .map_or(Timestamp::MAX, |until| until.value.ends())
}

/// The instants at which what is said of a page changes by itself.
pub(crate) fn changes(page: &Common<'_>) -> impl Iterator<Item = Timestamp> + use<> {
    let from = page.publish_from.map(Moment::begins);
    let until = page.publish_until.map(|until| until.value.ends());
    [from, until].into_iter().flatten()
}
