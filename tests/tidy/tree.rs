//! The files of the project.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::source::Source;

/// The folder that holds the workspace.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the package is a folder of the workspace")
        .to_owned()
}

/// A file's text; the path is from the root.
///
/// # Panics
///
/// If there is no such file, naming it.
pub fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files under a folder with that ending, in order, by their paths from
/// the root.
pub fn files(folder: &str, ending: &str) -> Vec<String> {
    let root = root();
    let kept = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || (!name.starts_with('.') && name != "target" && name != "node_modules")
    };
    let mut found: Vec<String> = WalkDir::new(root.join(folder))
        .into_iter()
        .filter_entry(kept)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            Some(
                entry
                    .path()
                    .strip_prefix(&root)
                    .ok()?
                    .to_str()?
                    .replace('\\', "/"),
            )
        })
        .filter(|path| path.ends_with(ending))
        .collect();
    found.sort();
    found
}

/// The Rust files under a folder, tests among them.
pub fn sources(folder: &str) -> Vec<Source> {
    let read = |path: String| {
        let text = text(&path);
        Source::new(path, text)
    };
    files(folder, ".rs").into_iter().map(read).collect()
}

/// The Rust files under a folder that make the product.
pub fn production(folder: &str) -> Vec<Source> {
    sources(folder)
        .into_iter()
        .filter(|source| !source.is_test())
        .collect()
}
