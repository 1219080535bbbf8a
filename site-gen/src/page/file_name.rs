//! What a page’s file may be called: its name is its address.

use domain::event::EventSlug;

use crate::address;
use crate::names;
use crate::problem::Problem;
use crate::text::{Place, SourceText};

/// A file’s name is its address, so it must be one.
pub(super) fn of_page(path: &str, source: &SourceText) -> Option<Problem> {
    if let Some(problem) = names::of_page(path, &source.path) {
        return Some(problem);
    }
    let address = address::of(path);
    address::is_answered(&address).then(|| {
        let what = format!("the forms answer at `{address}`, so no page can be there");
        source.problem(
            Place::START,
            what,
            Some("give the file another name".to_owned()),
        )
    })
}

/// An event’s address is made of its name alone: no folder, and not too long.
pub(super) fn of_event(section: &str, path: &str, source: &SourceText) -> Option<Problem> {
    let (folder, name) = address::divide(path);
    if folder != section {
        let what = format!("an event’s file must be in `{section}/` itself, not in a folder of it");
        let hint = format!("move it to `{section}/{name}`");
        return Some(source.problem(Place::START, what, Some(hint)));
    }
    let error = EventSlug::parse(address::stem(name)).err()?;
    Some(source.problem(
        Place::START,
        error.to_string(),
        Some("rename the file".to_owned()),
    ))
}
