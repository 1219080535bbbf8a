//! What changed in some folders, told within milliseconds.
//!
//! The system tells of every change; `Gather` makes of it one list of paths
//! as soon as the editor has closed its files. Where the system cannot tell
//! (too many folders, a disk over the network), the folders are looked through
//! instead, several times a second.
//!
//! Some systems tell of one folder at a time, and a new one is watched only when
//! the events before it have been read. In a burst that may take long, and what
//! is put into the folder meanwhile is told by nobody. So a new folder is asked
//! to be watched once more, which answers when it is, and is looked into after.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use notify::{
    Error, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _, WatcherKind,
};

use super::gather::Gather;
use super::missed::Missed;
use crate::source;

/// How often the folders are looked through where nothing tells of changes.
const LOOK: Duration = Duration::from_millis(200);

/// When a new folder is looked into once more: most have been filled by then.
const AGAIN: Duration = Duration::from_millis(250);

/// How often a new folder is tried that cannot be watched: another that was in
/// it may just have gone, or nobody may read it.
const TRIES: u8 = 4;

/// Some folders under watch.
#[derive(Debug)]
pub struct Watch {
    folders: Vec<Folder>,
    means: Means,
    again: Vec<New>,
    /// Whether folders may be there that are not watched: a whole one went and
    /// may come back, or the system lost count.
    lost: bool,
    missed: Missed,
}

/// A new folder.
#[derive(Debug)]
struct New {
    folder: PathBuf,
    /// When it is to be looked into.
    when: Instant,
    tries: u8,
}

#[derive(Debug)]
enum Means {
    Told {
        watcher: RecommendedWatcher,
        events: Receiver<notify::Result<Event>>,
    },
    Looked {
        stamp: Stamp,
        why: String,
    },
}

pub(super) type Stamp = Vec<(PathBuf, Option<SystemTime>)>;

/// One folder: as it was given, and as the system calls it.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) told: PathBuf,
    pub(super) real: Vec<PathBuf>,
}

impl Folder {
    pub(super) fn new(told: &Path) -> Folder {
        let real = [std::path::absolute(told), told.canonicalize()];
        Folder {
            told: told.to_owned(),
            real: real.into_iter().flatten().collect(),
        }
    }
}

impl Watch {
    /// Begins to watch folders, and all that is in them.
    #[must_use]
    pub fn new(folders: &[&Path]) -> Watch {
        let folders: Vec<Folder> = folders.iter().map(|told| Folder::new(told)).collect();
        let means = told(&folders).unwrap_or_else(|error| looked(&folders, &error));
        let missed = Missed::since_now(&folders);
        Watch {
            missed,
            folders,
            means,
            again: Vec::new(),
            lost: false,
        }
    }

    /// Why the folders are looked through, if they have to be.
    #[must_use]
    pub fn slow_because(&self) -> Option<&str> {
        match &self.means {
            Means::Told { .. } => None,
            Means::Looked { why, .. } => Some(why),
        }
    }

    /// The paths that changed, came or went, each once, as they are reached
    /// from the folders that were given. Nothing, if nothing changed for as
    /// long as the patience lasts.
    pub fn next(&mut self, patience: Duration) -> Vec<PathBuf> {
        let until = Instant::now() + patience;
        match &mut self.means {
            Means::Looked { stamp, .. } => loop {
                let now = stamp_of(&self.folders);
                let changed = differing(stamp, &now);
                *stamp = now;
                if !changed.is_empty() || Instant::now() >= until {
                    return changed;
                }
                thread::sleep(LOOK.min(patience));
            },
            Means::Told { .. } => {
                let told = self.gathered(until);
                self.missed.tell(&told);
                match told.is_empty() {
                    true => self.missed.look(&self.folders),
                    false => told,
                }
            }
        }
    }

    fn gathered(&mut self, until: Instant) -> Vec<PathBuf> {
        let mut gather = Gather::default();
        let mut begun = None;
        loop {
            let now = Instant::now();
            let wait = match begun {
                Some(begun) => gather.patience(now.duration_since(begun)),
                None => self.next_look(until).saturating_duration_since(now),
            };
            let Means::Told { events, .. } = &self.means else {
                break;
            };
            match events.recv_timeout(wait) {
                Ok(Ok(event)) => {
                    if gather.take(event, &self.folders) {
                        begun.get_or_insert_with(Instant::now);
                    }
                }
                Ok(Err(error)) => {
                    // The system lost its place: everything may have changed.
                    gather.everything(&self.folders);
                    if is_too_many(&error) {
                        self.look(error.to_string());
                        break;
                    }
                    self.lost = true;
                    begun.get_or_insert_with(Instant::now);
                }
                Err(RecvTimeoutError::Timeout) => {
                    if begun.is_none() {
                        self.look_again(&mut gather);
                    }
                    if begun.is_some() || !gather.is_empty() || Instant::now() >= until {
                        break;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    self.look("the system stopped telling of changes".to_owned());
                    gather.everything(&self.folders);
                    break;
                }
            }
        }
        // However many changes come, a new folder has its turn.
        self.look_again(&mut gather);
        let when = Instant::now() + AGAIN;
        let moved = gather.renamed().filter(|path| source::is_folder(path));
        let new = gather.new_folders().chain(moved);
        self.again.extend(new.map(|folder| New {
            folder: folder.to_owned(),
            when,
            tries: 0,
        }));
        self.lost |= gather.lost_one_of(&self.folders) || gather.lost_count();
        gather.paths()
    }

    /// From now on the folders are looked through.
    fn look(&mut self, why: String) {
        let stamp = stamp_of(&self.folders);
        self.means = Means::Looked { stamp, why };
    }

    /// When to stop waiting for the system.
    fn next_look(&self, until: Instant) -> Instant {
        let lost = self.lost.then(|| Instant::now() + LOOK);
        let again = self.again.iter().map(|new| new.when);
        again.chain(lost).fold(until, Instant::min)
    }

    /// New folders once more, and all of them if some may have been missed.
    fn look_again(&mut self, gather: &mut Gather) {
        let now = Instant::now();
        let Means::Told { watcher, .. } = &mut self.means else {
            return;
        };
        let is_due = |new: &mut New| new.when <= now;
        let due: Vec<New> = self.again.extract_if(.., is_due).collect();
        let mut too_many = None;
        for new in due {
            match watch_one(watcher, &new.folder) {
                Err(error) if is_too_many(&error) => too_many = Some(error),
                Err(_) if new.tries < TRIES && source::is_folder(&new.folder) => {
                    self.again.push(New {
                        folder: new.folder.clone(),
                        when: now + AGAIN,
                        tries: new.tries + 1,
                    });
                }
                Ok(()) | Err(_) => {}
            }
            gather.add(new.folder);
        }
        if self.lost && gather.is_empty() {
            let watched = self.folders.iter().all(|folder| {
                watcher
                    .watch(&folder.told, RecursiveMode::Recursive)
                    .is_ok()
            });
            if watched {
                self.lost = false;
                gather.everything(&self.folders);
            }
        }
        if let Some(error) = too_many {
            self.look(error.to_string());
            gather.everything(&self.folders);
        }
    }
}

/// Answers when all that is in a folder is watched. Where the system watches
/// whole trees, it is.
fn watch_one(watcher: &mut RecommendedWatcher, folder: &Path) -> notify::Result<()> {
    match RecommendedWatcher::kind() {
        WatcherKind::Inotify | WatcherKind::Kqueue => {
            watcher.watch(folder, RecursiveMode::Recursive)
        }
        _ => Ok(()),
    }
}

fn is_too_many(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::MaxFilesWatch)
}

fn told(folders: &[Folder]) -> notify::Result<Means> {
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender)?;
    for folder in folders {
        watcher.watch(&folder.told, RecursiveMode::Recursive)?;
    }
    Ok(Means::Told { watcher, events })
}

fn looked(folders: &[Folder], error: &Error) -> Means {
    Means::Looked {
        stamp: stamp_of(folders),
        why: error.to_string(),
    }
}

pub(super) fn stamp_of(folders: &[Folder]) -> Stamp {
    let folders: Vec<&Path> = folders.iter().map(|folder| folder.told.as_path()).collect();
    let mut stamp = source::stamp(&folders);
    stamp.sort();
    stamp
}

/// The files that are not the same in two looks, each once.
pub(super) fn differing(before: &Stamp, after: &Stamp) -> Vec<PathBuf> {
    let mut changed: Vec<PathBuf> = Vec::new();
    for (one, other) in [(before, after), (after, before)] {
        let not_there = one
            .iter()
            .filter(|known| other.binary_search(known).is_err());
        changed.extend(not_there.map(|(path, _)| path.clone()));
    }
    changed.sort();
    changed.dedup();
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_between_two_looks_is_each_file_once() {
        let at = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        let stamp = |files: &[(&str, u64)]| -> Stamp {
            files
                .iter()
                .map(|(path, time)| (PathBuf::from(path), at(*time)))
                .collect()
        };
        let before = stamp(&[("changed", 1), ("gone", 1), ("same", 1)]);
        let after = stamp(&[("changed", 2), ("new", 2), ("same", 1)]);
        let changed = differing(&before, &after);
        assert_eq!(changed, ["changed", "gone", "new"].map(PathBuf::from));
    }

    #[test]
    fn where_nothing_tells_of_changes_they_are_found_by_looking() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "one").unwrap();
        let folders = vec![Folder::new(folder.path())];
        let means = looked(&folders, &Error::generic("no more watches"));
        let mut watch = Watch {
            missed: Missed::since_now(&folders),
            folders,
            means,
            again: Vec::new(),
            lost: false,
        };
        assert_eq!(watch.slow_because(), Some("no more watches"));
        std::fs::write(folder.path().join("b.md"), "two").unwrap();
        let changed = watch.next(Duration::from_secs(5));
        assert_eq!(changed, [folder.path().join("b.md")]);
    }
}
