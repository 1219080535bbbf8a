//! Which documents are on the site, for whom, and until when.

use domain::calendar::london_date;
use jiff::Timestamp;

use super::Site;
use crate::address;
use crate::kind::Kind;
use crate::page::Document;
use crate::problem::Problem;
use crate::publishing::{self, Absence, Edition};
use crate::rule::Rule;

impl<'d> Site<'d> {
    /// Whether a document is not on the site and will not be, unless it is
    /// edited.
    pub(crate) fn is_left_out(&self, document: &Document) -> bool {
        let kind = document.kind.as_ref();
        kind.is_some_and(|kind| self.edition.is_left_out(&kind.common()))
    }

    /// Why a document is not there for whoever reads another, now or later.
    pub(crate) fn absence_for(
        &self,
        reader: Option<&Document>,
        document: &Document,
    ) -> Option<Absence> {
        let common = document.kind.as_ref()?.common();
        let reader = reader.and_then(|reader| Some(reader.kind.as_ref()?.common()));
        self.edition.absence_for(reader.as_ref(), &common)
    }

    /// Which edition of the site this is.
    pub(crate) fn edition(&self) -> Edition {
        self.edition
    }

    /// When the site changes next without an edit.
    pub(crate) fn next_change(&self) -> Option<Timestamp> {
        let changes = self.documents.iter().filter_map(|document| {
            let kind = document.kind.as_ref()?;
            let over = match kind {
                Kind::Event(event) => event.ends().map(|ends| ends.value.instant()),
                _ => None,
            };
            let all = publishing::changes(&kind.common()).chain(over);
            all.filter(|at| *at > self.edition.now).min()
        });
        changes.min()
    }

    /// The addresses of all pages but the one for what is not there, in order.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let pages = self.pages().filter(|page| page.path != address::NOT_FOUND);
        let mut addresses: Vec<String> = pages.map(|page| page.address.clone()).collect();
        addresses.sort_unstable();
        addresses
    }

    /// What the passing of time has made wrong.
    pub(super) fn reminders(&self) -> Vec<Problem> {
        let today = london_date(self.edition.now);
        let mut found = Vec::new();
        for page in self.pages() {
            if let Some(by) = page.common().review_by
                && by.value < today
            {
                let what = format!("somebody was to read the page again by {}", by.value);
                let hint = "put right what is out of date, and write a later day";
                let problem = page.problem(by.place, what, Some(hint.to_owned()));
                found.push(problem.of(Rule::ReviewPassed));
            }
            if let Kind::Event(event) = page.kind
                && let Some(ends) = event.ends()
                && ends.value.instant() <= self.edition.now
            {
                let last = ends.value.date();
                let what = format!("the event was over on {last}, and is on the site still");
                let hint =
                    format!("let it go with a line `publish_until: {last}`, or take its file away");
                let problem = page.problem(ends.place, what, Some(hint));
                found.push(problem.of(Rule::PastEventOpen));
            }
        }
        found
    }

    /// The document that has an address, now or once it is published.
    pub(crate) fn kept_at(&self, address: &str) -> Option<&'d Document> {
        let document = self.document_at(address)?;
        let stays = document.kind.is_some() && !self.is_left_out(document);
        stays.then_some(document)
    }
}
