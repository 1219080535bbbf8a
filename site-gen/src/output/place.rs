//! Where a site is written: the folder itself, and the one beside it where the
//! new site is made ready.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::trouble::trouble;
use crate::Options;
use crate::problem::Problem;

const HINT: &str = "choose a folder that is new, empty, or holds a built site";

/// The folders and files of one output.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The site's folder as it was given, for messages.
    pub(super) told: PathBuf,
    /// The site's folder, where it really is.
    pub(super) out: PathBuf,
    /// `.site.building` beside it: the lock, the journal, and what is staged.
    pub(super) building: PathBuf,
    /// The publication's file, where it really is.
    pub(super) publication: PathBuf,
    /// The publication's file as it was given.
    pub(super) publication_told: PathBuf,
}

impl Place {
    /// The place of the site `out`.
    pub(super) fn new(told: &Path, publication: &Path) -> Result<Place, Problem> {
        let out = real(told)?;
        if fs::metadata(&out).is_ok_and(|about| !about.is_dir()) {
            return Err(Problem::whole(
                told,
                "it is a file, and a folder is wanted",
                HINT,
            ));
        }
        let Some(name) = out.file_name() else {
            return Err(Problem::whole(
                told,
                "the folder has no name and nothing beside it",
                HINT,
            ));
        };
        let mut beside = std::ffi::OsString::from(".");
        beside.push(name);
        beside.push(".building");
        let building = out.with_file_name(beside);
        let publication_told = publication.to_owned();
        let publication = real(publication)?;
        if publication.starts_with(&out) {
            let what = "the publication would be a file of the site";
            let hint = "choose a file outside the site with `--publication`";
            return Err(Problem::whole(publication_told, what, hint));
        }
        Ok(Place {
            told: told.to_owned(),
            out,
            building,
            publication,
            publication_told,
        })
    }

    /// The lock's file.
    pub(super) fn lock(&self) -> PathBuf {
        self.building.join("lock")
    }

    /// The journal's file.
    pub(super) fn journal(&self) -> PathBuf {
        self.building.join("journal")
    }

    /// Where a site is staged that has no predecessor.
    pub(super) fn whole(&self) -> PathBuf {
        self.building.join("site")
    }

    /// Where that goes when it had to be copied.
    pub(super) fn copied(&self) -> PathBuf {
        self.building.join("copied")
    }

    /// Where the files are staged that differ.
    pub(super) fn new_files(&self) -> PathBuf {
        self.building.join("new")
    }

    /// Where the old files are kept until the end.
    pub(super) fn old_files(&self) -> PathBuf {
        self.building.join("old")
    }

    /// One staged file.
    pub(super) fn new_file(&self, number: usize) -> PathBuf {
        self.new_files().join(number.to_string())
    }

    /// One old file, moved aside.
    pub(super) fn old_file(&self, number: usize) -> PathBuf {
        self.old_files().join(number.to_string())
    }
}

/// What is written may neither hold what the site is made of nor be among it:
/// the one would go, and the other be part of the next site.
pub(super) fn refuse_sources(options: &Options) -> Result<(), Problem> {
    let sources = [&options.content, &options.theme].map(|source| resolved(source));
    let is_among = |path: &Path| sources.iter().any(|source| path.starts_with(source));
    let (told, publication_told) = (&options.out, &options.publication);
    let out = resolved(told);
    let holds = |path: &Path| path.starts_with(&out);
    if sources.iter().any(|source| holds(source)) || holds(&resolved(Path::new("."))) {
        let what = "the folder holds what the site is made of";
        return Err(Problem::whole(told, what, HINT));
    }
    if is_among(&out) {
        let what = "the folder would be among what the site is made of";
        let hint = "choose a folder outside the content and the theme with `--out`";
        return Err(Problem::whole(told, what, hint));
    }
    // The redirects go beside it.
    if is_among(&resolved(publication_told)) {
        let what = "the publication would be among what the site is made of";
        let hint = "choose a file outside the content and the theme with `--publication`";
        return Err(Problem::whole(publication_told, what, hint));
    }
    Ok(())
}

/// Where a path leads, links followed as far as there is anything; nothing is
/// made.
fn resolved(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|above| {
        let above = match above.as_os_str() {
            nothing if nothing.is_empty() => Path::new("."),
            _ => above,
        };
        let rest = path.strip_prefix(above).unwrap_or(path);
        Some((fs::canonicalize(above).ok()?, rest))
    });
    let Some((mut whole, rest)) = there else {
        return path.to_owned();
    };
    for part in rest.components() {
        match part {
            Component::ParentDir => _ = whole.pop(),
            part => whole.push(part),
        }
    }
    whole
}

/// The folder holds other things than a site.
pub(super) fn not_a_site(told: &Path) -> Problem {
    Problem::whole(
        told,
        "the folder holds files that are not a built site",
        HINT,
    )
}

/// A path without links, the last part of which need not be there.
fn real(told: &Path) -> Result<PathBuf, Problem> {
    match fs::canonicalize(told) {
        Ok(real) => return Ok(real),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(trouble(told, "looking there", &error)),
    }
    let folder = match told.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => Path::new("."),
    };
    let name = told.file_name().unwrap_or_default();
    fs::create_dir_all(folder)
        .and_then(|()| fs::canonicalize(folder))
        .map(|folder| folder.join(name))
        .map_err(|error| trouble(told, "making the folder that it is in", &error))
}
