//! What a build puts aside for a second: a file without a name in the system's
//! own place for such, which is gone with the process, however that ends.
//!
//! Nothing of the site depends on it. Where the system has no room for it, it
//! is refused, and whoever asks keeps what they have.

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

/// The file, which several threads write to and read at once.
#[derive(Debug)]
pub(crate) struct Aside {
    file: File,
    end: AtomicU64,
}

impl Aside {
    /// Opens one, if the system gives it.
    pub(crate) fn open() -> Option<Aside> {
        // Elsewhere a file has one place at which it is written and read.
        cfg!(unix).then_some(())?;
        let file = tempfile::tempfile().ok()?;
        let end = AtomicU64::new(0);
        Some(Aside { file, end })
    }

    /// Puts bytes aside; gives where they are, if they were taken.
    pub(crate) fn put(&self, bytes: &[u8]) -> Option<u64> {
        let length = u64::try_from(bytes.len()).ok()?;
        let at = self.end.fetch_add(length, Ordering::Relaxed);
        write(&self.file, bytes, at).ok()?;
        Some(at)
    }

    /// Reads as many bytes as there is room for.
    pub(crate) fn read(&self, at: u64, room: &mut [u8]) -> io::Result<()> {
        read(&self.file, room, at)
    }
}

#[cfg(unix)]
fn write(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read(file: &File, room: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, room, at)
}

#[cfg(not(unix))]
fn write(_: &File, _: &[u8], _: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
fn read(_: &File, _: &mut [u8], _: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
