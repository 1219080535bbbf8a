//! Fetching a theme's packages, by npm, for whoever is about to build.
//!
//! The generator itself asks nothing of any network: it reads what is there
//! (`source::packages`). The commands call [`fetch`] first. It runs `npm ci`
//! once for each content of the lock file, into a folder of its own that is
//! put in place whole; so two commands can do it at the same moment, and one
//! that is ended half-way leaves nothing that the next would believe.
//! Install scripts are never run: all that is wanted are files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::problem::Problem;
use crate::source;
use crate::source::packages::{LOCK, MANIFEST, folder};

/// What `npm ci` is told: no script, nothing that only developers need, no
/// talk, and not to wait for minutes for a network that is not there.
const ARGUMENTS: [&str; 10] = [
    "ci",
    "--ignore-scripts",
    "--omit=dev",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--prefer-offline",
    "--loglevel=error",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
];

/// Whether the theme has packages that are not here yet.
#[must_use]
pub fn are_missing(theme: &Path, packages: &Path) -> bool {
    folder(theme, packages).is_some_and(|folder| !folder.is_dir())
}

/// Sees to it that a theme's packages are in a folder of `packages`; does
/// nothing where they are, or where the theme has none.
///
/// # Errors
///
/// A [`Problem`] that says why they are not, and what to do. The site can be
/// built all the same: what the theme takes from packages is then left out.
pub fn fetch(theme: &Path, packages: &Path) -> Result<(), Problem> {
    let Some(folder) = folder(theme, packages).filter(|folder| !folder.is_dir()) else {
        return Ok(());
    };
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let aside = packages.join(format!(".{name}-{}", std::process::id()));
    let fetched = fetch_into(&aside, theme).and_then(|()| put(&aside, &folder));
    // What is left of it after a failure is nobody's.
    let _ = fs::remove_dir_all(&aside);
    fetched.map_err(|trouble| trouble.told(theme))
}

/// Why there are no packages.
enum Trouble {
    NoNpm,
    /// What npm said.
    Npm(String),
    Folder(PathBuf, io::Error),
}

fn fetch_into(aside: &Path, theme: &Path) -> Result<(), Trouble> {
    let in_folder = |error| Trouble::Folder(aside.to_owned(), error);
    fs::create_dir_all(aside).map_err(in_folder)?;
    for name in [MANIFEST, LOCK] {
        fs::copy(theme.join(name), aside.join(name)).map_err(in_folder)?;
    }
    let npm = Command::new("npm")
        .args(ARGUMENTS)
        .current_dir(aside)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output();
    match npm {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Trouble::NoNpm),
        Err(error) => Err(Trouble::Npm(error.to_string())),
        Ok(output) if output.status.success() => {
            // A lock without packages makes no folder, and that is right too.
            fs::create_dir_all(aside.join("node_modules")).map_err(in_folder)
        }
        Ok(output) => Err(Trouble::Npm(gist(&output.stderr))),
    }
}

/// Moves the folder to its place, unless another command was faster.
fn put(aside: &Path, folder: &Path) -> Result<(), Trouble> {
    match fs::rename(aside, folder) {
        Err(_) if folder.is_dir() => Ok(()),
        done => done.map_err(|error| Trouble::Folder(folder.to_owned(), error)),
    }
}

/// The first line of what npm said that says something.
fn gist(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let mut lines = said.lines().map(|line| {
        let line = line.trim();
        line.strip_prefix("npm error").unwrap_or(line).trim()
    });
    let tells = |line: &&str| !line.is_empty() && !line.starts_with("code ");
    let first = lines.find(tells).unwrap_or("it did not say why");
    first.chars().take(200).collect()
}

impl Trouble {
    fn told(self, theme: &Path) -> Problem {
        let (why, hint) = match self {
            Trouble::NoNpm => (
                "npm is not installed".to_owned(),
                "install it (on Debian as root: `apt-get install npm`), then run this again",
            ),
            Trouble::Npm(said) => (
                format!("npm failed: {said}"),
                "see that this machine reaches the npm registry, then run this again",
            ),
            Trouble::Folder(path, error) => (
                format!("`{}`: {error}", path.display()),
                "see that there is room and that it may be written, then run this again",
            ),
        };
        let what =
            format!("its packages could not be fetched, so the site is built without them: {why}");
        Problem::whole(source::told(theme).join(MANIFEST), what, hint)
    }
}
