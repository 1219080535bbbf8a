//! The files of documents: each is on the site as long as one of its documents
//! is. A file that no document calls its own is there always.

use super::{Index, Site};
use crate::kind::Kind;
use crate::page::Document;
use crate::publishing::Absence;
use crate::revision::Table;
use crate::target::Target;

/// The documents that each file is the file of, in order of paths.
pub(super) fn of_documents(documents: &[&Document]) -> Table<String, Vec<Index>> {
    let mut files: Table<String, Vec<Index>> = Table::default();
    for (index, document) in (0..).zip(documents) {
        if let Some(path) = file_of(document) {
            files.entry(path).or_default().push(index);
        }
    }
    files
}

/// The path of a document's file inside the content.
fn file_of(document: &Document) -> Option<String> {
    let Some(Kind::Document(fields)) = &document.kind else {
        return None;
    };
    match Target::parse(&fields.file.as_ref()?.value, &document.path) {
        Ok(Target::File { path }) => Some(path),
        // It is told where links are checked.
        _ => None,
    }
}

impl<'d> Site<'d> {
    /// The documents that have a file at a path inside the content.
    fn documents_of(&self, path: &str) -> impl Iterator<Item = &'d Document> {
        let all = self.files.get(path).map_or(&[][..], Vec::as_slice);
        all.iter().map(|index| self.documents[*index as usize])
    }

    /// Whether a file is the file of documents alone that are not on the site now.
    pub(crate) fn is_withheld(&self, path: &str) -> bool {
        let mut documents = self.documents_of(path).peekable();
        documents.peek().is_some() && documents.all(|document| self.shows(document).is_none())
    }

    /// Why a file is not there for whoever reads a page, now or later, and the
    /// document that it is of. One that is there as long is enough.
    pub(crate) fn withheld_for(
        &self,
        reader: Option<&Document>,
        path: &str,
    ) -> Option<(&'d Document, Absence)> {
        let mut first = None;
        for document in self.documents_of(path) {
            let absence = self.absence_for(reader, document)?;
            first = first.or(Some((document, absence)));
        }
        first
    }
}
