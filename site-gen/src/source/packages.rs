//! What a theme takes from npm packages: browser code and fonts that others
//! keep, pinned by the theme's lock file and copied into no repository.
//!
//! The table is `assets` in the theme's `package.json`. Its keys are places in
//! the theme, its values files of packages:
//!
//! ```json
//! { "assets": { "assets/minisearch.js": "minisearch/dist/es/index.js" } }
//! ```
//!
//! A key that ends in `/` takes a whole folder. The files are read as if they
//! lay at that place of the theme. Packages that were not fetched are no
//! problem of the content: what is not there is not found, and a template
//! asks with `has_asset` before it uses one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Found, files_under, of_theme, told};
use crate::nearest::nearest;
use crate::problem::Problem;

/// The theme's table and the names of its packages.
pub(crate) const MANIFEST: &str = "package.json";

/// Which version of each package, and the digest of its bytes.
pub(crate) const LOCK: &str = "package-lock.json";

/// What of the manifest is ours; the rest is npm's.
#[derive(Debug, Default, Deserialize)]
struct Manifest {
    #[serde(default)]
    assets: BTreeMap<String, String>,
}

/// Where the packages of a theme are kept once they are fetched: a folder by
/// the content of the lock, so that another lock is another folder. Nothing
/// for a theme without packages.
pub(crate) fn folder(theme: &Path, packages: &Path) -> Option<PathBuf> {
    let lock = fs::read(theme.join(LOCK)).ok()?;
    let mut key = String::new();
    for byte in Sha256::digest(&lock).iter().take(8) {
        // Writing to a String cannot fail.
        let _ = write!(key, "{byte:02x}");
    }
    Some(packages.join(key))
}

/// The files that the theme's table names, if the packages are there.
pub(super) fn found(theme: &Path, packages: &Path, problems: &mut Vec<Problem>) -> Vec<Found> {
    let path = theme.join(MANIFEST);
    let Ok(text) = fs::read(&path) else {
        return Vec::new();
    };
    let manifest: Manifest = match serde_json::from_slice(&text) {
        Ok(manifest) => manifest,
        Err(error) => {
            let what = format!("it cannot be read as JSON: {error}");
            let hint = "write it as npm does, with `assets` as a map of texts";
            problems.push(Problem::whole(told(&path), what, hint));
            return Vec::new();
        }
    };
    let modules = folder(theme, packages).map(|folder| folder.join("node_modules"));
    let Some(modules) = modules.filter(|modules| modules.is_dir()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (place, file) in &manifest.assets {
        match taken(place, file, &modules, problems) {
            Ok(files) => found.extend(files),
            Err((what, hint)) => problems.push(Problem::whole(told(&path), what, hint)),
        }
    }
    found
}

/// The files of one line of the table.
fn taken(
    place: &str,
    file: &str,
    modules: &Path,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Found>, (String, String)> {
    let whole = place.ends_with('/') && file.ends_with('/');
    let from = modules.join(file);
    let files = if whole && from.is_dir() {
        files_under(&from, problems)
    } else if !whole && from.is_file() {
        vec![(String::new(), from)]
    } else {
        let what = format!("the packages have no `{file}`");
        let beside = neighbours(&from);
        let last = from.file_name().unwrap_or_default().to_string_lossy();
        let hint = match nearest(&last, beside.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "look into the package: another version may have other files".to_owned(),
        };
        return Err((what, hint));
    };
    let files = files
        .into_iter()
        // Maps are for who writes the package; they are larger than it.
        .filter(|(inside, _)| !inside.ends_with(".map"));
    let placed = files.map(|(inside, path)| of_theme(&format!("{place}{inside}"), path));
    placed.collect::<Option<Vec<Found>>>().ok_or_else(|| {
        let what = format!("`{place}` is not a place of a theme");
        let hint = "begin it with `assets/` (fingerprinted) or `static/` (copied as it is)";
        (what, hint.to_owned())
    })
}

/// What lies beside a file that is not there.
fn neighbours(path: &Path) -> Vec<String> {
    let beside = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    let entries = beside.into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
