//! Lists the theme's templates, so that they travel inside each function's binary:
//! name and text, and nothing else of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const TEMPLATES: &str = "../themes/partnership/templates";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={TEMPLATES}");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(TEMPLATES);
    let mut files = Vec::new();
    gather(&folder, &mut files)?;
    files.sort();
    let mut list = String::from("[");
    for file in &files {
        let name = file.strip_prefix(&folder).map_err(io::Error::other)?;
        writeln!(list, "({name:?}, include_str!({file:?})),").map_err(io::Error::other)?;
    }
    list.push(']');
    let out = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    fs::write(out.join("templates.rs"), list)
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => gather(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}
