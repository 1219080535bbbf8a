//! The files of pictures, as far as they are not there: an edit of words makes
//! none.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::Made;
use crate::pictures::{Work, files};
use crate::problem::Problem;
use crate::revision::Table;

/// Makes the files of pictures that are not there.
pub(super) fn paint<'p>(
    pictures: &[Work<'p>],
    cache: &Path,
    made: &mut Table<String, Made>,
    stirred: &mut BTreeSet<String>,
) -> Vec<Problem> {
    let new = |(picture, files): &Work<'p>| {
        let files = files
            .iter()
            .filter(|file| !made.contains_key(&file.address));
        let files: Vec<_> = files.cloned().collect();
        (!files.is_empty()).then_some((*picture, files))
    };
    let work: Vec<Work<'p>> = pictures.iter().filter_map(new).collect();
    if work.is_empty() {
        return Vec::new();
    }
    let painted = Mutex::new(Vec::new());
    let give = |address: &str, bytes: Vec<u8>| {
        let mut painted = painted.lock().unwrap_or_else(PoisonError::into_inner);
        painted.push((address.to_owned(), bytes));
        Ok(())
    };
    let problems = files::make(&work, cache, &give);
    for (address, bytes) in painted.into_inner().unwrap_or_else(PoisonError::into_inner) {
        stirred.insert(address.clone());
        let outcome = Ok(Arc::from(bytes));
        // The print of what it is made of is in its address.
        made.insert(
            address,
            Made {
                fingerprint: 0,
                outcome,
            },
        );
    }
    problems
}
