//! The files of a folder, and of those in it: the folders at its top are looked
//! through side by side, on as many threads as there are.
//!
//! Where somebody has put a link, one walk follows it, which alone can tell
//! whether it leads back to where it came from.

use std::io;
use std::path::{MAIN_SEPARATOR, MAIN_SEPARATOR_STR, Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{is_meant, told};
use crate::problem::Problem;

/// What was found in some folder.
#[derive(Default)]
struct Walked {
    /// Each file with its path inside the whole folder.
    files: Vec<(String, PathBuf)>,
    problems: Vec<Problem>,
}

/// The files under a folder, in order, each with its path inside it (`/`
/// between the parts). Those that are not meant are passed over.
pub(super) fn files_under(folder: &Path, problems: &mut Vec<Problem>) -> Vec<(String, PathBuf)> {
    let all = side_by_side(folder).unwrap_or_else(|| {
        let whole = WalkDir::new(folder).follow_links(true);
        vec![walked(folder, entries(whole))]
    });
    let mut found = Vec::with_capacity(all.iter().map(|one| one.files.len()).sum());
    for one in all {
        found.extend(one.files);
        problems.extend(one.problems);
    }
    // Each of them is in order already.
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

/// As one walk would find them, if there is no link anywhere.
fn side_by_side(folder: &Path) -> Option<Vec<Walked>> {
    let without_link = |entry: walkdir::Result<DirEntry>| match entry {
        Ok(entry) if entry.path_is_symlink() => None,
        other => Some(other),
    };
    let top = WalkDir::new(folder).max_depth(1);
    let top: Vec<_> = entries(top).map(without_link).collect::<Option<_>>()?;
    let (folders, files): (Vec<_>, Vec<_>) = top
        .into_iter()
        .filter(|entry| !matches!(entry, Ok(entry) if entry.depth() == 0))
        .partition(|entry| matches!(entry, Ok(entry) if entry.file_type().is_dir()));
    let folders: Vec<DirEntry> = folders.into_iter().flatten().collect();
    let each = folders.par_iter().with_max_len(1).map(|inner| {
        let below = entries(WalkDir::new(inner.path())).map(without_link);
        let below: Vec<_> = below.collect::<Option<_>>()?;
        Some(walked(folder, below))
    });
    let mut all: Vec<Walked> = each.collect::<Option<_>>()?;
    all.push(walked(folder, files));
    Some(all)
}

/// What is there, but for what is nobody else’s concern.
fn entries(walk: WalkDir) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let is_meant = |entry: &DirEntry| entry.depth() == 0 || is_meant(entry.file_name());
    walk.into_iter().filter_entry(is_meant)
}

fn walked(folder: &Path, entries: impl IntoIterator<Item = walkdir::Result<DirEntry>>) -> Walked {
    let mut walked = Walked::default();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() => match inside(folder, entry.path()) {
                Some(inside) => walked.files.push((inside, told(entry.into_path()))),
                None => walked.problems.push(Problem::whole(
                    entry.path(),
                    "the file’s name is not readable text",
                    "rename it, with letters, digits and hyphens",
                )),
            },
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => walked.problems.push(Problem::whole(
                told(entry.into_path()),
                "it is neither a file nor a folder",
                "take it out of this folder",
            )),
            Err(error) => walked.problems.push(unreadable_folder(folder, &error)),
        }
    }
    walked.files.sort_unstable();
    walked
}

/// `prospectus/letter.md`, of a path that was found under the folder.
fn inside(folder: &Path, path: &Path) -> Option<String> {
    let whole = path.as_os_str().as_encoded_bytes();
    let rest = whole.get(folder.as_os_str().len()..)?;
    let rest = std::str::from_utf8(rest).ok()?;
    let rest = rest.trim_start_matches(MAIN_SEPARATOR);
    Some(if MAIN_SEPARATOR == '/' {
        rest.to_owned()
    } else {
        rest.replace(MAIN_SEPARATOR_STR, "/")
    })
}

fn unreadable_folder(folder: &Path, error: &walkdir::Error) -> Problem {
    let path = error.path().unwrap_or(folder);
    if error.loop_ancestor().is_some() {
        return Problem::whole(
            path,
            "the folder is a link to one that holds it",
            "remove the link",
        );
    }
    match error.io_error().map(io::Error::kind) {
        Some(io::ErrorKind::NotFound) if path.is_symlink() => Problem::whole(
            path,
            "the link leads to nothing",
            "remove the link, or put back what it leads to",
        ),
        Some(io::ErrorKind::NotFound) => Problem::whole(
            path,
            "there is no such folder or file",
            "check the path, and the folder you are in",
        ),
        _ => Problem::whole(
            path,
            format!("it cannot be read: {error}"),
            "check who may read it",
        ),
    }
}
