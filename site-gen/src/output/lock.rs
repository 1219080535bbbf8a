//! One build at a time: a lock of the operating system's, which a process that
//! is killed cannot leave behind.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::place::Place;
use super::trouble::trouble;
use crate::problem::Problem;

/// How often somebody who waits looks again.
const LOOK: Duration = Duration::from_millis(10);

/// Tells the builds of one process apart.
static BUILDS: AtomicU64 = AtomicU64::new(0);

/// The right to write, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    place: Place,
}

impl Lock {
    /// Waits for the right to write.
    ///
    /// Whoever has it takes the file away at the end, so that nothing is left
    /// behind. Somebody who waited for that very file has then locked one that
    /// no longer counts, sees that the file in its place (if any) is not
    /// signed by him, and begins again.
    pub(super) fn take(place: &Place, patience: Duration) -> Result<Lock, Problem> {
        let failed = |error| trouble(&place.told, "preparing to write beside it", &error);
        let linked = fs::symlink_metadata(&place.building).is_ok_and(|about| about.is_symlink());
        if linked {
            let hint = "remove the link: builds are made ready in a folder of that name";
            return Err(Problem::whole(&place.building, "it is a link", hint));
        }
        let since = Instant::now();
        let build = BUILDS.fetch_add(1, Ordering::Relaxed);
        let signature = format!("{} {build}\n", process::id());
        loop {
            match attempt(place, &signature) {
                Ok(Some(file)) => {
                    return Ok(Lock {
                        file,
                        place: place.clone(),
                    });
                }
                Ok(None) if since.elapsed() < patience => thread::sleep(LOOK),
                Ok(None) => return Err(held(place, patience)),
                Err(error) => return Err(failed(error)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The file first, while the lock is still held; then the folder, if
        // nobody who came in between has put his own lock into it.
        let _ = fs::remove_file(self.place.lock());
        let _ = self.file.unlock();
        let _ = fs::remove_dir(&self.place.building);
    }
}

/// The locked file, or none if somebody else has it.
fn attempt(place: &Place, signature: &str) -> io::Result<Option<File>> {
    match fs::create_dir(&place.building) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let open = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(place.lock());
    let mut file = match open {
        Ok(file) => file,
        // The folder went in between.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    file.set_len(0)?;
    file.write_all(signature.as_bytes())?;
    let there = fs::read_to_string(place.lock()).unwrap_or_default();
    Ok((there == signature).then_some(file))
}

fn held(place: &Place, patience: Duration) -> Problem {
    let text = fs::read_to_string(place.lock()).unwrap_or_default();
    let who = text.split_whitespace().next().map_or_else(
        || "another process".to_owned(),
        |id| format!("process {id}"),
    );
    let what = format!(
        "another build ({who}) is writing there, and did not end in {} seconds",
        patience.as_secs_f32()
    );
    let hint = format!("wait for it, or end {who}; or choose another folder with `--out`");
    Problem::whole(&place.told, what, hint)
}
