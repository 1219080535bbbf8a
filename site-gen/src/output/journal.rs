//! The journal: the steps of a commit, on the disk before the first of them.
//!
//! It appears in one rename, so that it is there whole or not at all, and it
//! goes when the last step is done. One that is found at the start belongs to
//! a build that was killed, and its steps are carried out to the end.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};

use serde::{Deserialize, Serialize};

use super::place::Place;
use super::step::Step;
use super::trouble::{half_way, trouble};
use crate::problem::Problem;

/// The form of the journal that this program writes and reads.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Journal<S> {
    version: u32,
    steps: S,
}

/// Writes the steps down, for good.
pub(super) fn seal(place: &Place, steps: &[Step]) -> Result<(), Problem> {
    let journal = Journal {
        version: VERSION,
        steps,
    };
    let text = serde_json::to_vec(&journal);
    let write = || -> io::Result<()> {
        let written = place.journal().with_extension("new");
        let mut file = File::create(&written)?;
        file.write_all(&text?)?;
        file.sync_all()?;
        fs::rename(written, place.journal())?;
        // The name too; not every system can do that to a folder.
        if let Ok(folder) = File::open(&place.building) {
            let _ = folder.sync_all();
        }
        Ok(())
    };
    write().map_err(|error| {
        trouble(
            &place.told,
            "preparing to move the new site into place",
            &error,
        )
    })
}

/// Carries the steps out. If one fails, those before it are taken back.
pub(super) fn carry_out(place: &Place, steps: &[Step]) -> Result<(), Problem> {
    for (number, step) in steps.iter().enumerate() {
        let Err(error) = step.carry_out(place) else {
            continue;
        };
        let path = step.path(place);
        let taken_back = steps[..=number]
            .iter()
            .rev()
            .try_for_each(|step| step.take_back(place))
            .and_then(|()| fs::remove_file(place.journal()));
        return Err(match taken_back {
            Ok(()) => trouble(&path, "moving into place", &error),
            Err(undoing) => half_way(&path, &error, &undoing),
        });
    }
    Ok(())
}

/// The steps are done, and the journal is of no more use.
pub(super) fn done(place: &Place) -> Result<(), Problem> {
    fs::remove_file(place.journal())
        .map_err(|error| trouble(&place.building, "clearing up", &error))?;
    // The new site is in place; the rest is only in the way.
    let _ = clear(place);
    Ok(())
}

/// Whether there are steps to be carried out.
pub(super) fn is_there(place: &Place) -> bool {
    place.journal().exists()
}

/// Finishes what a killed build left: its steps, if it came as far as writing
/// them down; otherwise what it staged is thrown away.
pub(super) fn recover(place: &Place) -> Result<(), Problem> {
    let text = match fs::read(place.journal()) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return clear(place).map_err(|error| trouble(&place.building, "clearing up", &error));
        }
        Err(error) => {
            return Err(trouble(
                &place.journal(),
                "reading what an earlier build left",
                &error,
            ));
        }
    };
    let journal: Journal<Vec<Step>> = serde_json::from_slice(&text)
        .ok()
        .filter(|journal: &Journal<Vec<Step>>| journal.version == VERSION)
        .ok_or_else(|| {
            let what = "an earlier build was interrupted, and another version of this program wrote what it was doing";
            let hint = "build again with that version, or remove the site and the folder that this file is in";
            Problem::whole(place.journal(), what, hint)
        })?;
    carry_out(place, &journal.steps)?;
    done(place)
}

/// Removes all that is staged. The lock stays.
pub(super) fn clear(place: &Place) -> io::Result<()> {
    for folder in [
        place.new_files(),
        place.old_files(),
        place.whole(),
        place.copied(),
    ] {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    match fs::remove_file(place.journal().with_extension("new")) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
