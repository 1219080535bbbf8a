//! The only writer. A site replaces the old one whole or not at all, and yet
//! only what differs is written.
//!
//! ```text
//! put, put, …   →  what differs is staged in `.site.building/`, beside `site/`
//! commit        →  the steps are worked out, and written down (the journal)
//!               →  the steps are carried out: renames, and nothing else
//!               →  the journal goes: done
//! ```
//!
//! Until the journal is on the disk the old site has not been touched, and
//! what was staged is thrown away. From then on all that the new site needs is
//! there: whoever is killed half-way is finished by the next who builds. A step
//! that fails takes the ones before it back: nothing is deleted before the end,
//! it is only moved aside.
//!
//! Where there is no site yet, there is nothing to keep: the stage has the
//! shape of the site, and one rename puts it into place.
//!
//! What is deliberately absent: following symbolic links (one in the output is
//! replaced, never written through), and hidden names at the top of the output
//! (`.git` is somebody's, and stays).

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Options;
use crate::problem::Problem;

mod aside;
mod journal;
mod lock;
mod old;
mod place;
mod plan;
mod step;
#[cfg(test)]
mod tests;
mod trouble;

pub(crate) use aside::Aside;
use lock::Lock;
use old::{Kind, Old};
use place::Place;
use step::Step;
use trouble::trouble;

/// How long a build waits for another that writes to the same folder: longer
/// than ten thousand pages take on a slow disk.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came of a commit, in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Written {
    /// How many are new or differ from what was there.
    pub written: usize,
    /// How many were there already, byte for byte.
    pub unchanged: usize,
    /// How many went.
    pub removed: usize,
}

/// Takes the files of a new site, from any thread and in any order, and puts
/// them in the place of the old one with [`Writer::commit`]. Dropped without
/// it, the old site is as it was.
#[derive(Debug)]
pub(crate) struct Writer {
    place: Place,
    /// What was there before; nothing if there is no site yet.
    old: Option<Old>,
    /// Every path that was put, and the number of its staged file; none for
    /// one that is there already.
    kept: Mutex<BTreeMap<String, Option<usize>>>,
    /// The staged files that go beside the site, and where.
    beside: Mutex<Vec<(usize, PathBuf)>>,
    /// How many files were staged.
    staged: AtomicUsize,
    // Given back last.
    _lock: Lock,
}

impl Writer {
    /// As [`Writer::begin`], for what is built with these options: nothing is
    /// written over or among what the site is made of.
    pub(crate) fn open(options: &Options) -> Result<Writer, Problem> {
        place::refuse_sources(options)?;
        Writer::begin(&options.out, &options.publication)
    }

    /// Begins to write the site `out`, and perhaps its publication.
    ///
    /// Waits until no other build writes there, and finishes one that was
    /// killed half-way.
    ///
    /// # Errors
    ///
    /// The folder holds what is not a built site; another build does not come
    /// to its end; or the disk refuses.
    pub(crate) fn begin(out: &Path, publication: &Path) -> Result<Writer, Problem> {
        Writer::begin_within(out, publication, PATIENCE)
    }

    fn begin_within(out: &Path, publication: &Path, patience: Duration) -> Result<Writer, Problem> {
        let place = Place::new(out, publication)?;
        let lock = Lock::take(&place, patience)?;
        journal::recover(&place)?;
        let old = old::look(&place)?;
        let stage = if old.is_some() {
            place.new_files()
        } else {
            place.whole()
        };
        for folder in [&stage, &place.new_files(), &place.old_files()] {
            fs::create_dir_all(folder)
                .map_err(|error| trouble(&place.told, "preparing to write", &error))?;
        }
        Ok(Writer {
            place,
            old,
            kept: Mutex::default(),
            beside: Mutex::default(),
            staged: AtomicUsize::new(0),
            _lock: lock,
        })
    }

    /// Takes one file of the site, such as `prospectus/letter/index.html`.
    ///
    /// # Errors
    ///
    /// The path leads out of the site, was put before, or the disk refuses.
    pub(crate) fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Problem> {
        let failed = |error| trouble(&self.place.told.join(path), "writing", &error);
        if !is_inside(path) {
            let hint = "rename what it is made from, with letters, digits and hyphens";
            let what = "the path cannot be written: it leads out of the site";
            return Err(Problem::whole(self.place.told.join(path), what, hint));
        }
        let staged = match &self.old {
            None => {
                write_new(&self.place.whole().join(path), bytes).map_err(failed)?;
                None
            }
            Some(old) if old.kind(path) == Some(Kind::File) => {
                let there = self.place.out.join(path);
                if holds(&there, bytes) {
                    None
                } else {
                    Some(self.stage(bytes).map_err(failed)?)
                }
            }
            Some(_) => Some(self.stage(bytes).map_err(failed)?),
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.insert(path.to_owned(), staged).is_some() {
            let hint = "rename one of the things that it is made from";
            let what = "two things are written there";
            return Err(Problem::whole(self.place.told.join(path), what, hint));
        }
        Ok(())
    }

    /// Takes what the functions are told. Without it, an old publication stays
    /// as it is.
    ///
    /// # Errors
    ///
    /// The disk refuses.
    pub(crate) fn put_publication(&self, bytes: &[u8]) -> Result<(), Problem> {
        self.put_beside(self.place.publication.clone(), bytes)
    }

    /// Takes the redirects, which go beside the publication.
    ///
    /// # Errors
    ///
    /// The disk refuses.
    pub(crate) fn put_redirects(&self, bytes: &[u8]) -> Result<(), Problem> {
        let path = self.place.publication.with_file_name("redirects.json");
        self.put_beside(path, bytes)
    }

    fn put_beside(&self, path: PathBuf, bytes: &[u8]) -> Result<(), Problem> {
        if holds(&path, bytes) {
            return Ok(());
        }
        let staged = self
            .stage(bytes)
            .map_err(|error| trouble(&self.place.publication_told, "writing", &error))?;
        let mut beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        beside.push((staged, path));
        Ok(())
    }

    /// Puts the new site in the place of the old one: all that was put, and
    /// nothing else.
    ///
    /// # Errors
    ///
    /// The disk refuses; the old site is then as it was.
    pub(crate) fn commit(self) -> Result<Written, Problem> {
        let (steps, written) = self.plan()?;
        if !steps.is_empty() {
            journal::seal(&self.place, &steps)?;
            journal::carry_out(&self.place, &steps)?;
            journal::done(&self.place)?;
        }
        Ok(written)
    }

    /// The steps from the old site to the new one.
    fn plan(&self) -> Result<(Vec<Step>, Written), Problem> {
        let kept = self.kept();
        plan::clash(&kept).map_err(|clash| clash.problem(&self.place.told))?;
        let staged = self.staged.load(Ordering::Relaxed);
        let (mut steps, written) = match &self.old {
            None => (
                vec![Step::Whole],
                Written {
                    written: kept.len(),
                    ..Written::default()
                },
            ),
            Some(old) => plan::steps(old, &kept, staged),
        };
        let beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        steps.extend(beside.iter().map(|(number, to)| Step::Publication {
            number: *number,
            to: to.clone(),
        }));
        Ok((steps, written))
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<String, Option<usize>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a file aside, under a number.
    fn stage(&self, bytes: &[u8]) -> io::Result<usize> {
        let number = self.staged.fetch_add(1, Ordering::Relaxed);
        let mut file = fs::File::create_new(self.place.new_file(number))?;
        io::Write::write_all(&mut file, bytes)?;
        // What a journal promises has to be on the disk before the journal is.
        file.sync_data()?;
        Ok(number)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // A journal that is still there has work for the next who begins.
        // Otherwise all of it is of no use, and that it stays does no harm.
        if !journal::is_there(&self.place) {
            let _ = journal::clear(&self.place);
        }
    }
}

/// Writes a file of the content anew, whole or not at all: the guide, whose
/// tables are made, or a table that somebody imports.
pub(crate) fn replace(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Problem> {
    let written = || -> io::Result<()> {
        let beside = path.with_extension("new~");
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&beside, bytes)?;
        fs::rename(&beside, path)
    };
    written().map_err(|error| {
        let what = format!("writing failed: {error}");
        Problem::whole(path, what, "check that you may write there")
    })
}

/// Keeps a file for the next build, whole or not at all, whoever else keeps the
/// same.
pub(crate) fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}~", std::process::id()));
    let beside = path.with_file_name(name);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path)
}

/// Writes one new file that is not there yet: a page that an editor begins.
pub(crate) fn begin(path: &Path, text: &str) -> Result<(), Problem> {
    match write_new(path, text.as_bytes()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let hint = "choose another title, or edit that file";
            Err(Problem::whole(path, "the file is there already", hint))
        }
        Err(error) => {
            let what = format!("writing failed: {error}");
            Err(Problem::whole(path, what, "check that you may write there"))
        }
    }
}

/// Writes a file that is not there yet, and the folders that it is in.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    io::Write::write_all(&mut fs::File::create_new(path)?, bytes)
}

/// Whether a file holds these bytes. One that cannot be read does not.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let same = || -> io::Result<bool> {
        let file = fs::File::open(path)?;
        let length = file.metadata()?.len();
        if usize::try_from(length).ok() != Some(bytes.len()) {
            return Ok(false);
        }
        let mut there = Vec::with_capacity(bytes.len() + 1);
        io::Read::read_to_end(&mut io::Read::take(file, length + 1), &mut there)?;
        Ok(there == bytes)
    };
    same().unwrap_or(false)
}

/// Whether a path stays inside the site on any machine.
fn is_inside(path: &str) -> bool {
    path.split('/')
        .all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0', ':']))
}
