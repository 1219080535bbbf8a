//! One step of a commit: a rename, and how to take it back.
//!
//! A step may be carried out again by somebody who does not know how far the
//! one before him came: what is done already is seen from where the files are.
//! So it is with taking back.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::place::Place;

/// A step. Paths are inside the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Step {
    /// The staged folder becomes the site: there was none.
    Whole,
    /// An old file goes.
    Aside {
        /// What it is called meanwhile.
        number: usize,
        /// Where it was.
        path: String,
    },
    /// A folder is made.
    MakeFolder {
        /// Where.
        path: String,
    },
    /// A staged file is put where there was none, or another.
    Put {
        /// What it was called meanwhile, and the old one is.
        number: usize,
        /// Where it goes.
        path: String,
    },
    /// A folder goes, if nothing is in it.
    RemoveFolder {
        /// Where it was.
        path: String,
    },
    /// A file beside the site is put: the publication, or the redirects.
    Publication {
        /// What it was called meanwhile, and the old one is.
        number: usize,
        /// Its file.
        to: PathBuf,
    },
}

impl Step {
    /// The path it is about, as it is told.
    pub(super) fn path(&self, place: &Place) -> PathBuf {
        match self {
            Step::Whole => place.told.clone(),
            Step::Aside { path, .. }
            | Step::MakeFolder { path }
            | Step::Put { path, .. }
            | Step::RemoveFolder { path } => place.told.join(path),
            Step::Publication { to, .. } if *to == place.publication => {
                place.publication_told.clone()
            }
            Step::Publication { to, .. } => to.clone(),
        }
    }

    /// Carries it out, unless that was done already.
    pub(super) fn carry_out(&self, place: &Place) -> io::Result<()> {
        match self {
            Step::Whole => put_whole(place),
            Step::Aside { number, path } => {
                let aside = place.old_file(*number);
                if is_there(&aside) {
                    return Ok(());
                }
                or_gone(shift(&place.out.join(path), &aside))
            }
            Step::MakeFolder { path } => fs::create_dir_all(place.out.join(path)),
            Step::Put { number, path } => put(place, *number, &place.out.join(path)),
            Step::RemoveFolder { path } => match fs::remove_dir(place.out.join(path)) {
                // Somebody else's file keeps the folder.
                Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
                other => or_gone(other),
            },
            Step::Publication { number, to } => put(place, *number, to),
        }
    }

    /// Takes it back, as far as it was carried out.
    pub(super) fn take_back(&self, place: &Place) -> io::Result<()> {
        match self {
            Step::Whole => take_back_whole(place),
            Step::Aside { number, path } => {
                or_gone(shift(&place.old_file(*number), &place.out.join(path)))
            }
            // Another file may be there: then it was not this step that made it.
            Step::MakeFolder { path } => match fs::remove_dir(place.out.join(path)) {
                Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
                other => or_gone(other),
            },
            Step::Put { number, path } => take_back(place, *number, &place.out.join(path)),
            Step::RemoveFolder { path } => fs::create_dir_all(place.out.join(path)),
            Step::Publication { number, to } => take_back(place, *number, to),
        }
    }
}

/// The old file stays in its place until the new one takes it, in one rename:
/// what is moved aside is a second name of it.
fn put(place: &Place, number: usize, target: &Path) -> io::Result<()> {
    let (new, aside) = (place.new_file(number), place.old_file(number));
    if !is_there(&new) {
        return Ok(());
    }
    if !is_there(&aside) && is_there(target) {
        // Not every disk gives a file two names, and no two disks share one.
        fs::hard_link(target, &aside).or_else(|_| copy(target, &aside))?;
    }
    match shift(&new, target) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder)?;
            }
            shift(&new, target)
        }
        other => other,
    }
}

fn take_back(place: &Place, number: usize, target: &Path) -> io::Result<()> {
    let (new, aside) = (place.new_file(number), place.old_file(number));
    if !is_there(&new) {
        // A rename needs no room on the disk, even if it leaves a moment's gap.
        or_gone(shift(target, &new))?;
    }
    if is_there(&aside) {
        return shift(&aside, target);
    }
    Ok(())
}

fn put_whole(place: &Place) -> io::Result<()> {
    let staged = place.whole();
    if !is_there(&staged) {
        return Ok(());
    }
    // An empty folder may be there, which some machines do not rename onto.
    // A mount point can be neither removed nor replaced, only filled.
    if or_gone(fs::remove_dir(&place.out)).is_ok() && fs::rename(&staged, &place.out).is_ok() {
        return Ok(());
    }
    copy_folder(&staged, &place.out)?;
    fs::rename(staged, place.copied())
}

fn take_back_whole(place: &Place) -> io::Result<()> {
    let (staged, copied) = (place.whole(), place.copied());
    if is_there(&copied) {
        fs::rename(&copied, &staged)?;
    }
    if !is_there(&staged) {
        return fs::rename(&place.out, &staged);
    }
    // It was empty, so all that is in it is ours.
    if is_there(&place.out) {
        for entry in fs::read_dir(&place.out)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            copy(&entry.path(), &target)?;
        }
    }
    Ok(())
}

/// A rename, also from one disk to another.
fn shift(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            copy(from, to)?;
            fs::remove_file(from)
        }
        other => other,
    }
}

/// A copy that is there whole or not at all.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut name = std::ffi::OsString::from(".");
    name.push(to.file_name().unwrap_or_default());
    name.push(".copying");
    let copying = to.with_file_name(name);
    fs::copy(from, &copying)
        .and_then(|_| fs::rename(&copying, to))
        .inspect_err(|_| {
            // The trouble is told; that this stays as well does no harm.
            let _ = fs::remove_file(&copying);
        })
}

/// Whether a name is there, whatever it stands for.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// What has gone already need not go.
fn or_gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(())
        }
        other => other,
    }
}
