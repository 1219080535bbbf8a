//! Revisions and digests: how it is known that two values are the same without
//! looking at them again.
//!
//! A revision is a number that is never given twice in one process; whatever is
//! parsed gets one. A digest is made of what it stands for. Neither is kept
//! anywhere: a process that starts knows of nothing.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::{fast, quality};

/// A map for names that editors wrote, which nobody chooses to make it slow.
pub(crate) type Table<K, V> = HashMap<K, V, fast::FixedState>;

/// The next number; nobody else gets it.
pub(crate) fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The digest of a value: 64 well-mixed bits, the same wherever it is made. Two
/// values of one address would have to meet for a page to stay as it was.
pub(crate) fn digest(value: &(impl Hash + ?Sized)) -> u64 {
    quality::FixedState::default().hash_one(value)
}
