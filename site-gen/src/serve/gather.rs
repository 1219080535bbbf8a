//! Many events, one change: an editor that saves a file makes between two and
//! a dozen events, a `git checkout` thousands.
//!
//! What was written is not looked at before it was closed, since half a page
//! is full of faults; but no longer than a few milliseconds are waited for
//! that, since not every system tells of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::Event;
use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};

use super::watch::Folder;
use crate::source::is_meant;

/// How long more events are waited for once every file is closed.
const QUIET: Duration = Duration::from_millis(2);

/// The longest that a change is held back.
const LONGEST: Duration = Duration::from_millis(10);

/// What came within a few milliseconds.
#[derive(Debug, Default)]
pub(super) struct Gather {
    changed: BTreeSet<PathBuf>,
    /// Being written.
    open: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
    /// Renamed: what they were, and what they are.
    renamed: BTreeSet<PathBuf>,
    removed: BTreeSet<PathBuf>,
    /// Whether the system had more to tell than it could keep.
    lost_count: bool,
}

impl Gather {
    /// Takes an event; says whether it is of interest.
    pub(super) fn take(&mut self, event: Event, folders: &[Folder]) -> bool {
        if event.need_rescan() {
            self.lost_count = true;
            self.everything(folders);
            return true;
        }
        let kind = event.kind;
        let closed = kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
        if kind.is_access() && !closed {
            return false;
        }
        let mut taken = false;
        for path in event.paths.iter().filter_map(|path| told(path, folders)) {
            taken = true;
            match kind {
                EventKind::Create(CreateKind::Folder) => {
                    self.folders.insert(path.clone());
                    // It is about to be filled.
                    self.open.insert(path.clone());
                }
                EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_)) => {
                    self.open.insert(path.clone());
                }
                EventKind::Remove(_) => {
                    self.open.remove(&path);
                    self.removed.insert(path.clone());
                }
                EventKind::Modify(ModifyKind::Name(_)) => {
                    self.open.remove(&path);
                    self.renamed.insert(path.clone());
                }
                _ => {
                    self.open.remove(&path);
                }
            }
            self.changed.insert(path);
        }
        taken
    }

    /// Adds a path that is to be looked at.
    pub(super) fn add(&mut self, path: PathBuf) {
        self.changed.insert(path);
    }

    /// All the folders are to be looked at anew.
    pub(super) fn everything(&mut self, folders: &[Folder]) {
        self.changed
            .extend(folders.iter().map(|folder| folder.told.clone()));
    }

    /// How long to wait for more, when the first event is this old.
    pub(super) fn patience(&self, age: Duration) -> Duration {
        let left = LONGEST.saturating_sub(age);
        if self.open.is_empty() {
            left.min(QUIET)
        } else {
            left
        }
    }

    /// Whether nothing changed.
    pub(super) fn is_empty(&self) -> bool {
        self.changed.is_empty()
    }

    /// The folders that came.
    pub(super) fn new_folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.iter().map(PathBuf::as_path)
    }

    /// What was renamed, where it was and where it is.
    pub(super) fn renamed(&self) -> impl Iterator<Item = &Path> {
        self.renamed.iter().map(PathBuf::as_path)
    }

    /// Whether the system had more to tell than it could keep.
    pub(super) fn lost_count(&self) -> bool {
        self.lost_count
    }

    /// Whether one of the folders that are watched went.
    pub(super) fn lost_one_of(&self, folders: &[Folder]) -> bool {
        folders
            .iter()
            .any(|folder| self.removed.contains(&folder.told))
    }

    /// What changed. What is in a new folder is part of it.
    pub(super) fn paths(self) -> Vec<PathBuf> {
        let Gather {
            changed, folders, ..
        } = self;
        let is_part = |path: &Path| {
            path.ancestors()
                .skip(1)
                .any(|above| folders.contains(above))
        };
        changed
            .iter()
            .filter(|path| !is_part(path))
            .cloned()
            .collect()
    }
}

/// A path as it is reached from the folder that was given; none for what is not
/// meant to be part of the site.
fn told(path: &Path, folders: &[Folder]) -> Option<PathBuf> {
    folders.iter().find_map(|folder| {
        let inside = folder
            .real
            .iter()
            .find_map(|real| path.strip_prefix(real).ok())?;
        if !inside.iter().all(is_meant) {
            return None;
        }
        let nothing = inside.as_os_str().is_empty();
        Some(if nothing {
            folder.told.clone()
        } else {
            folder.told.join(inside)
        })
    })
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, ModifyKind, RemoveKind, RenameMode};

    use super::*;

    fn folders() -> Vec<Folder> {
        vec![Folder {
            told: "content".into(),
            real: vec!["/home/site/content".into()],
        }]
    }

    fn event(kind: EventKind, path: &str) -> Event {
        Event::new(kind).add_path(Path::new("/home/site/content").join(path))
    }

    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));

    #[test]
    fn a_file_is_looked_at_soon_after_it_was_closed_and_not_before() {
        let mut gather = Gather::default();
        assert!(gather.take(event(WRITTEN, "a.md"), &folders()));
        assert_eq!(gather.patience(Duration::ZERO), LONGEST);
        assert!(gather.take(event(CLOSED, "a.md"), &folders()));
        assert_eq!(gather.patience(Duration::ZERO), QUIET);
        assert_eq!(gather.patience(LONGEST), Duration::ZERO);
        assert_eq!(gather.paths(), [PathBuf::from("content/a.md")]);
    }

    #[test]
    fn an_editor_that_saves_aside_and_renames_is_one_change() {
        let mut gather = Gather::default();
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        for event in [
            event(EventKind::Create(CreateKind::File), ".a.md.swp"),
            event(EventKind::Create(CreateKind::File), "a.md~"),
            event(EventKind::Create(CreateKind::File), "4913"),
            event(EventKind::Access(AccessKind::Read), "b.md"),
        ] {
            assert!(!gather.take(event, &folders()));
        }
        assert!(gather.take(
            event(renamed, ".a.md.new").add_path("/home/site/content/a.md".into()),
            &folders()
        ));
        assert_eq!(gather.patience(Duration::ZERO), QUIET);
        assert_eq!(gather.paths(), [PathBuf::from("content/a.md")]);
    }

    #[test]
    fn a_new_folder_stands_for_all_that_is_in_it() {
        let mut gather = Gather::default();
        let folder = EventKind::Create(CreateKind::Folder);
        for event in [
            event(folder, "news"),
            event(folder, "news/2028"),
            event(CLOSED, "news/2028/a.md"),
            event(CLOSED, "newsletter.md"),
        ] {
            gather.take(event, &folders());
        }
        assert_eq!(
            gather.patience(Duration::ZERO),
            LONGEST,
            "it is being filled"
        );
        let paths = ["content/news", "content/newsletter.md"].map(PathBuf::from);
        assert_eq!(gather.paths(), paths);
    }

    #[test]
    fn a_folder_that_goes_altogether_is_noticed() {
        let mut gather = Gather::default();
        gather.take(event(EventKind::Remove(RemoveKind::Folder), ""), &folders());
        assert!(gather.lost_one_of(&folders()));
    }

    #[test]
    fn when_the_system_lost_count_everything_is_looked_at() {
        let mut gather = Gather::default();
        let event = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert!(gather.take(event, &folders()));
        assert_eq!(gather.paths(), [PathBuf::from("content")]);
    }
}
