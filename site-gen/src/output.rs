//! The only writer. The site is written beside the old one and then takes its
//! place, so that whatever happens one of the two is whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::problem::Problem;
use crate::{Built, Options};

/// The file that shows that a folder holds a site which was built.
const SIGN: &str = "sitemap.xml";

/// Writes the site and the publication.
pub(crate) fn write(options: &Options, built: &Built) -> Result<(), Problem> {
    let out = &options.out;
    refuse_to_overwrite(options)?;
    let (new, old) = (beside(out, "new"), beside(out, "old"));
    let failed = |doing: &str, path: &Path, error: &io::Error| {
        let hint = "check that the disk has room and that you may write there; the site was left as it was";
        Problem::whole(path, format!("{doing} failed: {error}"), hint)
    };
    remove(&new)
        .and_then(|()| remove(&old))
        .map_err(|error| failed("clearing up", &new, &error))?;
    for (path, bytes) in &built.files {
        let file = new.join(path);
        write_file(&file, bytes).map_err(|error| {
            // What was begun is of no use; that it stays does no harm.
            let _ = remove(&new);
            failed("writing", &file, &error)
        })?;
    }
    let publication = serde_json::to_vec_pretty(&built.publication)
        .map_err(|error| failed("writing", &options.publication, &error.into()))?;
    let new_publication = beside(&options.publication, "new");
    write_file(&new_publication, &publication)
        .map_err(|error| failed("writing", &new_publication, &error))?;

    if out.exists() {
        fs::rename(out, &old).map_err(|error| failed("moving the old site aside", out, &error))?;
    }
    if let Err(error) = fs::rename(&new, out) {
        // The old site goes back; if it cannot, it is still whole at `old`.
        let _ = fs::rename(&old, out);
        return Err(failed("moving the new site into place", out, &error));
    }
    fs::rename(&new_publication, &options.publication)
        .map_err(|error| failed("moving into place", &options.publication, &error))?;
    // The new site is in place; the rest of the old one is only in the way.
    let _ = remove(&old);
    Ok(())
}

/// Writes one new file that is not there yet: a page that an editor begins.
pub(crate) fn begin(path: &Path, text: &str) -> Result<(), Problem> {
    let hint = "choose another title, or edit that file";
    if path.exists() {
        return Err(Problem::whole(path, "the file is there already", hint));
    }
    write_file(path, text.as_bytes()).map_err(|error| {
        Problem::whole(
            path,
            format!("writing failed: {error}"),
            "check that you may write there",
        )
    })
}

/// A folder with anything else in it is somebody's work.
fn refuse_to_overwrite(options: &Options) -> Result<(), Problem> {
    let out = &options.out;
    let hint = "choose a folder that is new, empty, or holds a built site";
    let inside = |path: &Path| match (fs::canonicalize(out), fs::canonicalize(path)) {
        (Ok(out), Ok(path)) => path.starts_with(out),
        _ => false,
    };
    if inside(&options.content) || inside(&options.theme) || inside(Path::new(".")) {
        return Err(Problem::whole(
            out,
            "the folder holds what the site is made of",
            hint,
        ));
    }
    let empty = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => {
            return Err(Problem::whole(
                out,
                format!("it cannot be read: {error}"),
                hint,
            ));
        }
    };
    if empty || out.join(SIGN).is_file() {
        return Ok(());
    }
    Err(Problem::whole(
        out,
        "the folder holds files that are not a built site",
        hint,
    ))
}

/// `target/.site.new` beside `target/site`.
fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{what}"))
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}
