//! The only reader: every file of the content and the theme, once, in an order
//! that does not depend on the disk.
//!
//! What a file means is not known here, only what it is for: a page, settings,
//! data, a template, an asset, or something to copy. A file that cannot be
//! read, or is not UTF-8 where text is needed, is a [`Problem`] and the rest
//! goes on.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::Options;
use crate::data;
use crate::names;
use crate::problem::Problem;
use crate::text::{self, SourceText};

mod folders;
mod meant;
pub(crate) mod packages;

use folders::files_under;
pub(crate) use meant::is_meant;

/// Larger than any page that a person wrote (the longest novels have 4 MB), and
/// small enough that a file which came here by mistake costs no memory: a page
/// takes about ten times its length while it is made.
const LARGEST_TEXT: u64 = 8_000_000;

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Area {
    /// `….yaml` at the top of the content.
    Settings,
    /// A table or a tree of values under `content/data/`.
    Data,
    /// `….md` of the content.
    Page,
    /// Any other file of the content: pictures and documents.
    File,
    /// Under `templates/` of the theme.
    Template,
    /// Under `assets/` of the theme, or taken from a package to there.
    Asset,
    /// Under `static/` of the theme: copied as it is.
    Static,
    /// Under `editor/` of the theme: the browser editor, on a host of its own.
    Editor,
}

/// A file that is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// What it is for.
    pub(crate) area: Area,
    /// Its path inside its area, with `/` between the parts.
    pub(crate) inside: String,
    /// Its path as people are told it.
    pub(crate) path: PathBuf,
}

/// Every file of content and theme, and what the theme takes from its packages,
/// in order.
pub(crate) fn walk(options: &Options, problems: &mut Vec<Problem>) -> Vec<Found> {
    let (content, theme) = (&*options.content, &*options.theme);
    let mut found = Vec::new();
    let of_content_folder = files_under(content, problems);
    let each = of_content_folder
        .iter()
        .map(|(inside, path)| (inside.as_str(), path.as_path()));
    problems.extend(names::twins(each));
    for (inside, path) in of_content_folder {
        found.extend(of_content(inside, path));
    }
    for (inside, path) in files_under(theme, problems) {
        found.extend(of_theme(&inside, path));
    }
    for taken in packages::found(theme, &options.packages, problems) {
        match found
            .iter()
            .find(|own| own.area == taken.area && own.inside == taken.inside)
        {
            Some(own) => problems.push(Problem::whole(
                &own.path,
                format!("`{}` gives a file for this place too", packages::MANIFEST),
                "take one of the two away",
            )),
            None => found.push(taken),
        }
    }
    for file in found.iter().filter(|found| found.area == Area::File) {
        problems.extend(names::of_file(&file.inside, &file.path));
    }
    // It is in order already, area by area.
    found.sort();
    found
}

/// What a file at `path` is, if it is one of the site's: it need not be there.
pub(crate) fn find(content: &Path, theme: &Path, path: &Path) -> Option<Found> {
    let under = |folder: &Path| {
        let whole = fs::canonicalize(folder).ok();
        let rest = path.strip_prefix(folder).ok();
        let rest = rest.or_else(|| path.strip_prefix(whole?).ok())?;
        let parts: Option<Vec<&str>> = rest
            .components()
            .map(|part| {
                Some(part.as_os_str())
                    .filter(|name| is_meant(name))?
                    .to_str()
            })
            .collect();
        Some((parts?.join("/"), told(folder.join(rest))))
    };
    if let Some((inside, path)) = under(content) {
        return of_content(inside, path);
    }
    let (inside, path) = under(theme)?;
    of_theme(&inside, path)
}

fn of_content(inside: String, path: PathBuf) -> Option<Found> {
    let area = if inside.rsplit('/').next() == Some("README.md") {
        return None;
    } else if inside.ends_with(".md") {
        Area::Page
    } else if !inside.contains('/') && inside.ends_with(".yaml") {
        Area::Settings
    } else if let Some(name) = inside
        .strip_prefix("data/")
        .filter(|name| data::is_data(name))
    {
        let inside = name.to_owned();
        let area = Area::Data;
        return Some(Found { area, inside, path });
    } else {
        Area::File
    };
    Some(Found { area, inside, path })
}

fn of_theme(inside: &str, path: PathBuf) -> Option<Found> {
    let (folder, name) = inside.split_once('/')?;
    let area = match folder {
        "templates" => Area::Template,
        "assets" => Area::Asset,
        "static" => Area::Static,
        "editor" => Area::Editor,
        _ => return None,
    };
    let inside = name.to_owned();
    Some(Found { area, inside, path })
}

/// Puts the lines into problems that are in order of place. The files are read
/// once more for it, so that no text is kept for what may never be told.
pub(crate) fn quote(problems: &mut [Problem]) {
    for of_one_file in problems.chunk_by_mut(|one, other| one.path == other.path) {
        if of_one_file.iter().all(|problem| problem.line == 0) {
            continue;
        }
        // It was read before; if it has gone since, the words must do.
        let bytes = fs::read(&of_one_file[0].path).unwrap_or_default();
        let text = String::from_utf8_lossy(text::without_mark(&bytes));
        text::quote(&text, of_one_file);
    }
}

/// The paths of the pages inside the content, in order.
pub(crate) fn pages(content: &Path) -> Vec<String> {
    // What cannot be read is told by the checks.
    let found = files_under(content, &mut Vec::new());
    let pages = found
        .into_iter()
        .filter_map(|(inside, path)| of_content(inside, path));
    let pages = pages.filter(|found| found.area == Area::Page);
    pages.map(|found| found.inside).collect()
}

/// When anything in the folders last changed, and how many files there are: as
/// long as this is the same, so is the site.
pub(crate) fn stamp(folders: &[&Path]) -> Vec<(PathBuf, Option<SystemTime>)> {
    let mut unread = Vec::new();
    folders
        .iter()
        .flat_map(|folder| files_under(folder, &mut unread))
        .map(|(_, path)| {
            let changed = fs::metadata(&path).and_then(|about| about.modified()).ok();
            (path, changed)
        })
        .collect()
}

/// A path without the `./` that a folder given as `.` would put before it.
pub(crate) fn told(path: impl Into<PathBuf>) -> PathBuf {
    let path = path.into();
    match path.strip_prefix(".") {
        Ok(rest) => rest.to_owned(),
        Err(_) => path,
    }
}

/// A file as it is.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let what = format!("it cannot be read: {error}");
    Problem::whole(path, what, "check who may read it")
}

/// A file as text. One that is too large is told by its length, and not read;
/// one that grows meanwhile is read no further.
pub(crate) fn text(path: &Path) -> Result<SourceText, Problem> {
    let mut read = Vec::new();
    let mut measure = || -> io::Result<u64> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        if size > LARGEST_TEXT {
            return Ok(size);
        }
        // It is small, as was just seen; that room is asked for is only quicker.
        read.reserve_exact(usize::try_from(size).unwrap_or(0) + 1);
        file.take(LARGEST_TEXT + 1).read_to_end(&mut read)?;
        Ok(read.len() as u64)
    };
    let size = measure().map_err(|error| unreadable(path, &error))?;
    if size > LARGEST_TEXT {
        let what = format!(
            "the file is {} MB long, and a text may have {} MB",
            size / 1_000_000,
            LARGEST_TEXT / 1_000_000
        );
        let hint =
            "no page that people read is so long: divide it, or keep what is not text elsewhere";
        return Err(Problem::whole(path, what, hint));
    }
    SourceText::read(path.to_owned(), read)
}

/// A table as text, whatever program saved it: what is not UTF-8 is taken for
/// Windows-1252, which the national register is published in.
pub(crate) fn table(path: &Path) -> Result<SourceText, Problem> {
    let read = bytes(path)?;
    let read = match std::str::from_utf8(&read) {
        Ok(_) => read,
        Err(_) => encoding_rs::WINDOWS_1252
            .decode(&read)
            .0
            .into_owned()
            .into_bytes(),
    };
    SourceText::read(path.to_owned(), read)
}

/// Whether a name says that a file is nobody else's concern.
pub(crate) fn is_passed_over(path: &Path) -> bool {
    !is_meant(path.file_name().unwrap_or_default())
}

/// Whether there is a folder, rather than a file or nothing.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether there is a file, rather than a folder or nothing.
pub(crate) fn is_file(path: &Path) -> bool {
    path.is_file()
}
