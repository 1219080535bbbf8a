//! Revisions and digests: how it is known that two values are the same without
//! looking at them again.
//!
//! A revision is a number that is never given twice in one process; whatever is
//! parsed gets one. A digest is made of what it stands for. Neither is kept
//! anywhere: a process that starts knows of nothing.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

/// The next number; nobody else gets it.
pub(crate) fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The digest of a value. With the keys of `DefaultHasher::new`, so that it is
/// the same wherever it is made.
pub(crate) fn digest(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
