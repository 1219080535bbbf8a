//! What is in the output before a build: every name, looked at once.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};

use rayon::prelude::*;

use super::place::{self, Place};
use super::trouble::trouble;
use crate::problem::Problem;

/// The files that show that a folder holds a site which was built, or an
/// editor.
const SIGNS: [&str; 2] = ["sitemap.xml", "admin/config.json"];

/// What a name in the output stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link or something stranger: not ours, whatever it leads to.
    Other,
}

/// The old site's names.
#[derive(Debug, Default)]
pub(super) struct Old {
    names: BTreeMap<String, Kind>,
}

impl Old {
    /// What is at a path.
    pub(super) fn kind(&self, path: &str) -> Option<Kind> {
        self.names.get(path).copied()
    }

    /// Every path in order, a folder before what is in it.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, Kind)> {
        self.names.iter().map(|(path, kind)| (path.as_str(), *kind))
    }

    #[cfg(test)]
    pub(super) fn of(names: &[(&str, Kind)]) -> Old {
        let names = names.iter().map(|(path, kind)| ((*path).to_owned(), *kind));
        Old {
            names: names.collect(),
        }
    }
}

/// Looks at the output: nothing if there is no folder or an empty one.
pub(super) fn look(place: &Place) -> Result<Option<Old>, Problem> {
    let is_empty = || fs::read_dir(&place.out).is_ok_and(|mut entries| entries.next().is_none());
    match names(place) {
        Ok(names) if names.is_empty() && is_empty() => Ok(None),
        // Hidden names alone are not in the way.
        Ok(names) if names.is_empty() || is_ours(&names) => Ok(Some(Old { names })),
        Ok(_) => Err(place::not_a_site(&place.told)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        // A name that is not text: no page is called so.
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(place::not_a_site(&place.told)),
        Err(error) => Err(trouble(&place.told, "reading the old site", &error)),
    }
}

fn is_ours(names: &BTreeMap<String, Kind>) -> bool {
    SIGNS
        .iter()
        .any(|sign| names.get(*sign) == Some(&Kind::File))
}

/// Looks at one level of folders after the other, and at the folders of a
/// level from several threads: a site has a folder for every page.
fn names(place: &Place) -> io::Result<BTreeMap<String, Kind>> {
    let mut names = BTreeMap::new();
    let mut level = vec![String::new()];
    while !level.is_empty() {
        let found: Vec<Vec<(String, Kind)>> = level
            .par_iter()
            .map(|folder| names_in(place, folder))
            .collect::<io::Result<_>>()?;
        let found = || found.iter().flatten();
        let folders = found().filter(|(_, kind)| *kind == Kind::Folder);
        level = folders.map(|(path, _)| path.clone()).collect();
        names.extend(found().cloned());
    }
    Ok(names)
}

fn names_in(place: &Place, folder: &str) -> io::Result<Vec<(String, Kind)>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(place.out.join(folder))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_str().ok_or(ErrorKind::InvalidData)?;
        let path = match folder {
            "" if name.starts_with('.') => continue,
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        };
        let about = entry.file_type()?;
        let kind = if about.is_dir() {
            Kind::Folder
        } else if about.is_file() {
            Kind::File
        } else {
            Kind::Other
        };
        names.push((path, kind));
    }
    Ok(names)
}
