//! The only reader: every file of the content and the theme, once, in an order
//! that does not depend on the disk.
//!
//! What a file means is not known here, only what it is: a page (`.md`), data
//! (`.yaml` at the top), a template, an asset, or something to copy. A file
//! that cannot be read, or is not UTF-8 where text is needed, is a [`Problem`]
//! and the rest goes on.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use crate::problem::Problem;
use crate::text::SourceText;

/// Larger than any page that a person wrote.
const LARGEST_TEXT: u64 = 8 * 1024 * 1024;

/// All that was read.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// The folder of the content, as it was given.
    pub(crate) content: PathBuf,
    /// The folder of the theme, as it was given.
    pub(crate) theme: PathBuf,
    /// `….md` files, by path inside the content.
    pub(crate) pages: Vec<(String, SourceText)>,
    /// `….yaml` files at the top of the content.
    pub(crate) data: Vec<(String, SourceText)>,
    /// Other files of the content: pictures and documents.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// Templates, by path inside `templates/`.
    pub(crate) templates: Vec<(String, String)>,
    /// Assets, by path inside `assets/`.
    pub(crate) assets: Vec<(String, Vec<u8>)>,
    /// What is copied as it is, by path inside `static/`.
    pub(crate) statics: Vec<(String, Vec<u8>)>,
}

/// Reads the folders.
pub(crate) fn read(content: &Path, theme: &Path, problems: &mut Vec<Problem>) -> Sources {
    let mut sources = Sources {
        content: told(content),
        theme: told(theme),
        ..Sources::default()
    };
    for (inside, path) in files_under(content, problems) {
        let top = !inside.contains('/');
        if inside.rsplit('/').next() == Some("README.md") {
            continue;
        } else if inside.ends_with(".md") {
            sources
                .pages
                .extend(text(&path, problems).map(|text| (inside, text)));
        } else if top && inside.ends_with(".yaml") {
            sources
                .data
                .extend(text(&path, problems).map(|text| (inside, text)));
        } else {
            problems.extend(file_name(&inside, &path));
            sources
                .files
                .extend(bytes(&path, problems).map(|bytes| (inside, bytes)));
        }
    }
    for (inside, path) in files_under(theme, problems) {
        if let Some(name) = inside.strip_prefix("templates/") {
            sources
                .templates
                .extend(text(&path, problems).map(|text| (name.to_owned(), text.text)));
        } else if let Some(name) = inside.strip_prefix("assets/") {
            sources
                .assets
                .extend(bytes(&path, problems).map(|bytes| (name.to_owned(), bytes)));
        } else if let Some(name) = inside.strip_prefix("static/") {
            sources
                .statics
                .extend(bytes(&path, problems).map(|bytes| (name.to_owned(), bytes)));
        }
    }
    sources
}

/// A picture's or a document's name is its address.
fn file_name(inside: &str, path: &Path) -> Option<Problem> {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    let what = "the file’s name is its address: use letters, digits and hyphens";
    (!inside.bytes().all(plain)).then(|| Problem::whole(path, what, "rename the file"))
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

/// The files under a folder, in order, each with its path inside it (`/`
/// between the parts). Hidden ones and editors' backups are passed over.
fn files_under(folder: &Path, problems: &mut Vec<Problem>) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in walk
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || is_meant(entry))
    {
        match entry {
            Ok(entry) if entry.file_type().is_file() => match inside(folder, entry.path()) {
                Some(inside) => found.push((inside, told(entry.path()))),
                None => problems.push(Problem::whole(
                    entry.path(),
                    "the file’s name is not readable text",
                    "rename it, with letters, digits and hyphens",
                )),
            },
            Ok(_) => {}
            Err(error) => problems.push(unreadable_folder(folder, &error)),
        }
    }
    found.sort();
    found
}

/// Whether a file or folder is meant to be part of the site.
fn is_meant(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    !name.starts_with('.') && !name.ends_with('~')
}

/// A path without the `./` that a folder given as `.` would put before it.
fn told(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}

/// `prospectus/letter.md`.
fn inside(folder: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .strip_prefix(folder)
        .ok()?
        .components()
        .map(|part| part.as_os_str().to_str())
        .collect();
    Some(parts?.join("/"))
}

fn unreadable_folder(folder: &Path, error: &walkdir::Error) -> Problem {
    let path = error.path().unwrap_or(folder);
    if error.loop_ancestor().is_some() {
        return Problem::whole(
            path,
            "the folder links to one that holds it",
            "remove the link",
        );
    }
    match error.io_error().map(std::io::Error::kind) {
        Some(std::io::ErrorKind::NotFound) => Problem::whole(
            path,
            "there is no such folder or file",
            "check the path, and the folder you are in",
        ),
        _ => Problem::whole(
            path,
            format!("it cannot be read: {error}"),
            "check who may read it",
        ),
    }
}

fn bytes(path: &Path, problems: &mut Vec<Problem>) -> Option<Vec<u8>> {
    match fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            problems.push(Problem::whole(
                path,
                format!("it cannot be read: {error}"),
                "check who may read it",
            ));
            None
        }
    }
}

/// A file as text: a byte-order mark is dropped, what is not UTF-8 is told at
/// its place.
fn text(path: &Path, problems: &mut Vec<Problem>) -> Option<SourceText> {
    let size = fs::metadata(path).map_or(0, |about| about.len());
    if size > LARGEST_TEXT {
        let what = format!(
            "the file is {} MB long, too long for a text",
            size / 1_000_000
        );
        problems.push(Problem::whole(
            path,
            what,
            "divide it, or move what is not text elsewhere",
        ));
        return None;
    }
    let mut bytes = bytes(path, problems)?;
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(SourceText {
            path: path.to_owned(),
            text,
        }),
        Err(error) => {
            let readable = error.utf8_error().valid_up_to();
            let source = SourceText {
                path: path.to_owned(),
                text: String::from_utf8_lossy(error.as_bytes()).into_owned(),
            };
            let hint = "save the file as UTF-8 in your editor".to_owned();
            problems.push(source.problem_at(
                readable,
                "here is a character that is not UTF-8",
                Some(hint),
            ));
            None
        }
    }
}
