//! What the system did not tell of, found by looking: a burst may be more than
//! it keeps count of, a disk may be another machine's, and a file may be read
//! before its last byte is there. So the folders are looked through now and then
//! while nothing happens, and what differs from the last look without having
//! been told of is a change like any other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::watch::{Folder, Stamp, differing, stamp_of};

/// How often, at the most: ten thousand files are looked through in some
/// twenty milliseconds.
const EVERY: Duration = Duration::from_secs(5);

/// The last look, and what was told of since.
#[derive(Debug)]
pub(super) struct Missed {
    stamp: Stamp,
    looked: Instant,
    told: BTreeMap<PathBuf, SystemTime>,
}

impl Missed {
    /// The folders as they are now.
    pub(super) fn since_now(folders: &[Folder]) -> Missed {
        Missed {
            stamp: stamp_of(folders),
            looked: Instant::now(),
            told: BTreeMap::new(),
        }
    }

    /// Notes what is being told of.
    pub(super) fn tell(&mut self, paths: &[PathBuf]) {
        let now = SystemTime::now();
        self.told
            .extend(paths.iter().map(|path| (path.clone(), now)));
    }

    /// What differs from the last look and was not told of, if it is time.
    pub(super) fn look(&mut self, folders: &[Folder]) -> Vec<PathBuf> {
        if self.looked.elapsed() < EVERY {
            return Vec::new();
        }
        let now = stamp_of(folders);
        let mut missed = differing(&self.stamp, &now);
        missed.retain(|path| {
            let at = now.binary_search_by(|(known, _)| known.as_path().cmp(path));
            let changed = at.ok().and_then(|at| now[at].1);
            self.was_missed(path, changed)
        });
        self.stamp = now;
        self.looked = Instant::now();
        self.told.clear();
        missed
    }

    /// Whether a path was not told of since it `changed`, as a whole or as part
    /// of a folder.
    fn was_missed(&self, path: &Path, changed: Option<SystemTime>) -> bool {
        let told = path.ancestors().filter_map(|part| self.told.get(part));
        match (told.max(), changed) {
            (None, _) => true,
            (Some(told), Some(changed)) => changed > *told,
            (Some(_), None) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_after_it_was_told_of_was_missed() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let missed = Missed {
            stamp: Vec::new(),
            looked: Instant::now(),
            told: BTreeMap::from([(PathBuf::from("content/news"), at(5))]),
        };
        let was = |path: &str, changed| missed.was_missed(Path::new(path), changed);
        assert!(was("content/events/a.md", Some(at(1))), "it was never told");
        assert!(
            was("content/news/a.md", Some(at(6))),
            "it was read too early"
        );
        assert!(!was("content/news/a.md", Some(at(4))));
        assert!(!was("content/news/gone.md", None));
    }

    #[test]
    fn what_was_not_told_of_is_found_once_and_what_was_told_of_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [Folder::new(folder.path())];
        let (told, untold) = (folder.path().join("told.md"), folder.path().join("b.md"));
        let mut missed = Missed::since_now(&folders);
        std::fs::write(&told, "one").unwrap();
        std::fs::write(&untold, "two").unwrap();
        missed.tell(std::slice::from_ref(&told));
        assert!(missed.look(&folders).is_empty(), "it is not time yet");
        let mut found = Vec::new();
        for _ in 0..2 {
            missed.looked = Instant::now().checked_sub(EVERY).unwrap();
            found.extend(missed.look(&folders));
        }
        assert_eq!(found, [untold]);
    }
}
