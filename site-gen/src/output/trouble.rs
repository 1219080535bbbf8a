//! What the disk refuses, told so that it can be put right.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::problem::Problem;

/// `target/site: writing failed: …`, with what to do about it. Told only
/// where the old site has been left, or put back, as it was.
pub(super) fn trouble(path: &Path, doing: &str, error: &io::Error) -> Problem {
    Problem::whole(path, format!("{doing} failed: {error}"), remedy(error))
}

/// As [`trouble`], where part of the new site is in place.
pub(super) fn half_way(path: &Path, error: &io::Error, undoing: &io::Error) -> Problem {
    let what = format!(
        "moving into place failed: {error}; and so did moving the old site back: {undoing}"
    );
    let hint = format!(
        "{}; all of the new site is kept beside it, and the next build finishes the work",
        remedy(error)
    );
    Problem::whole(path, what, hint)
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "make room on the disk, and build again"
        }
        ErrorKind::ReadOnlyFilesystem => {
            "the disk can only be read: choose another folder with `--out`"
        }
        ErrorKind::PermissionDenied => {
            "you may not write there: ask for it, or choose another folder with `--out`"
        }
        ErrorKind::NotADirectory | ErrorKind::IsADirectory | ErrorKind::AlreadyExists => {
            "a file is where a folder has to be, or the other way round: move it, or choose another folder with `--out`"
        }
        _ => "check that the disk has room and that you may write there",
    }
}
