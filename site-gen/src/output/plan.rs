//! From the old site to the new one, step by step: worked out from names
//! alone, so that it can be tried without a disk.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Written;
use super::old::{Kind, Old};
use super::step::Step;
use crate::names::folded;
use crate::problem::Problem;
use crate::revision::Table;

/// Two files that cannot both be there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Clash {
    one: String,
    other: String,
}

impl Clash {
    /// As an editor is told.
    pub(super) fn problem(&self, told: &Path) -> Problem {
        let Clash { one, other } = self;
        let what = if is_below(&folded(other), &folded(one)) {
            format!("it is a file, and the folder of `{other}` too")
        } else {
            format!(
                "`{other}` differs from it only in capitals: on many machines they are one file"
            )
        };
        Problem::whole(
            told.join(one),
            what,
            "rename one of the things that they are made from",
        )
    }
}

/// Two paths that are one file on some machine, or a file that is a folder.
pub(super) fn clash(kept: &BTreeMap<String, Option<usize>>) -> Result<(), Clash> {
    let mut known: Table<Cow<'_, str>, &str> = Table::default();
    for path in kept.keys() {
        if let Some(one) = known.insert(folded(path), path) {
            return Err(Clash {
                one: one.to_owned(),
                other: path.clone(),
            });
        }
    }
    for path in kept.keys() {
        let whole = folded(path);
        if let Some(one) = ancestors(&whole).find_map(|folder| known.get(folder)) {
            return Err(Clash {
                one: (*one).to_owned(),
                other: path.clone(),
            });
        }
    }
    Ok(())
}

/// The steps, in an order in which no step is in another's way, and in which a
/// visitor who comes in between finds an asset before the page that names it.
/// What is moved aside is numbered from `first` on.
pub(super) fn steps(
    old: &Old,
    kept: &BTreeMap<String, Option<usize>>,
    first: usize,
) -> (Vec<Step>, Written) {
    let staged: Vec<(&str, usize)> = kept
        .iter()
        .filter_map(|(path, number)| number.map(|number| (path.as_str(), number)))
        .collect();
    let wanted: BTreeSet<&str> = kept.keys().flat_map(|path| ancestors(path)).collect();
    // Where something new comes, whatever the capitals.
    let new: BTreeSet<Cow<'_, str>> = staged
        .iter()
        .flat_map(|(path, _)| ancestors(path).chain([*path]))
        .map(folded)
        .collect();
    // The few new files that may be where a folder was.
    let new_files: BTreeSet<Cow<'_, str>> = staged.iter().map(|(path, _)| folded(path)).collect();

    let (mut cleared, mut last) = (Vec::new(), Vec::new());
    let (mut cleared_folders, mut last_folders) = (Vec::new(), Vec::new());
    for (number, (path, kind)) in (first..).zip(old.iter()) {
        let stays = match kind {
            Kind::Folder => wanted.contains(path),
            Kind::File => kept.contains_key(path),
            // A link that is replaced goes first: nothing is moved onto it.
            Kind::Other => false,
        };
        if stays {
            continue;
        }
        let (whole, path) = (folded(path), path.to_owned());
        let in_a_new_file = ancestors(&whole).any(|folder| new_files.contains(folder));
        match kind {
            Kind::Folder if in_a_new_file || new_files.contains(&*whole) => {
                cleared_folders.push(Step::RemoveFolder { path });
            }
            Kind::Folder => last_folders.push(Step::RemoveFolder { path }),
            Kind::File | Kind::Other if in_a_new_file || new.contains(&*whole) => {
                cleared.push(Step::Aside { number, path });
            }
            Kind::File | Kind::Other => last.push(Step::Aside { number, path }),
        }
    }
    // What is inside a folder goes before the folder.
    cleared_folders.reverse();
    last_folders.reverse();
    let made = wanted
        .iter()
        .filter(|folder| old.kind(folder) != Some(Kind::Folder))
        .map(|folder| Step::MakeFolder {
            path: (*folder).to_owned(),
        });
    let is_page = |path: &str| path.ends_with(".html");
    let put = |pages: bool| {
        let chosen = staged
            .iter()
            .filter(move |(path, _)| is_page(path) == pages);
        chosen.map(|(path, number)| Step::Put {
            number: *number,
            path: (*path).to_owned(),
        })
    };

    let gone = |path: &str| !kept.contains_key(path);
    let removed = old
        .iter()
        .filter(|(path, kind)| *kind != Kind::Folder && gone(path))
        .count();
    let written = Written {
        written: staged.len(),
        unchanged: kept.len() - staged.len(),
        removed,
    };
    let steps = cleared
        .into_iter()
        .chain(cleared_folders)
        .chain(made)
        .chain(put(false))
        .chain(put(true))
        .chain(last)
        .chain(last_folders);
    (steps.collect(), written)
}

/// The folders that a path is in: `a/b/c` is in `a` and `a/b`.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.starts_with('/'))
}
