//! Which documents are on the site, for whom, and until when.

use jiff::Timestamp;

use super::Site;
use crate::kind::Kind;
use crate::page::Document;
use crate::publishing::{self, Absence, Edition};

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
                Kind::Event(event) => Some(event.ends.value.instant()),
                _ => None,
            };
            let all = publishing::changes(&kind.common()).chain(over);
            all.filter(|at| *at > self.edition.now).min()
        });
        changes.min()
    }

    /// The document that has an address, now or once it is published.
    pub(crate) fn kept_at(&self, address: &str) -> Option<&'d Document> {
        let document = self.document_at(address)?;
        let stays = document.kind.is_some() && !self.is_left_out(document);
        stays.then_some(document)
    }
}
