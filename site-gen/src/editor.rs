//! The browser editor: a page of the theme, the program that others keep, and
//! a configuration made of the definitions of the kinds.
//!
//! It is no part of the site. It is written to a folder of its own, for a host
//! of its own: half a megabyte of somebody's script must not share an origin
//! with the forms and the staff's screens. What the theme has under `editor/`,
//! in its folder or taken from a package, is found at `/admin/` there.
//!
//! The parser, the guide, the schemas and the editor's fields come from one
//! [`Definition`](crate::kind::definition::Definition) a kind, so they agree.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use crate::content::Content;
use crate::output::Writer;
use crate::problem::{Problem, many};
use crate::source::{self, Area};
use crate::waiting::Room;
use crate::{Options, assemble};

mod collections;
mod config;
mod widget;

pub use config::Repository;

/// The page that the editor is; without it a theme has none.
const PAGE: &str = "index.html";

/// The program, which comes from a package.
const PROGRAM: &str = "cms/index.js";

/// Where the configuration is, beside that page.
const CONFIG: &str = "config.json";

/// What a search engine is told of the whole host.
const ROBOTS: &str = "User-agent: *\nDisallow: /\n";

/// An editor, and where it is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    /// The folder that it is written to.
    pub out: PathBuf,
    /// Where it keeps what is saved; without one it is a trial, and forgets.
    pub repository: Option<Repository>,
    /// The path of the content inside the repository, such as `content`.
    pub folder: String,
}

/// The configuration alone, as Sveltia CMS reads it.
///
/// # Errors
///
/// What is wrong with the settings of the site.
pub fn config(options: &Options, editor: &Editor) -> Result<Value, Vec<Problem>> {
    configured(&Content::read(options, Room::of_a_build()), editor)
}

fn configured(content: &Content, editor: &Editor) -> Result<Value, Vec<Problem>> {
    let shared = &content.shared;
    let is_of_settings = |problem: &Problem| problem.path == shared.settings_path;
    let settings = match &shared.settings {
        Some(settings) if !shared.problems.iter().any(is_of_settings) => settings,
        _ => return Err(assemble::told(content.problems())),
    };
    let pages: Vec<&str> = content
        .documents
        .iter()
        .map(|document| document.path.as_str())
        .collect();
    Ok(config::config(settings, &pages, editor))
}

/// The files of an editor, by their paths on its host.
///
/// # Errors
///
/// What is wrong with the settings of the site or the theme, or that the
/// theme has no editor, or that its packages are not there.
pub fn files(
    options: &Options,
    editor: &Editor,
) -> Result<BTreeMap<String, Vec<u8>>, Vec<Problem>> {
    let content = Content::read(options, Room::of_a_build());
    let config = configured(&content, editor)?;
    let mut files = BTreeMap::new();
    let mut problems = Vec::new();
    for found in content
        .found
        .iter()
        .filter(|found| found.area == Area::Editor)
    {
        match source::bytes(&found.path) {
            Ok(bytes) => drop(files.insert(format!("admin/{}", found.inside), bytes)),
            Err(problem) => problems.push(problem),
        }
    }
    if !files.contains_key(&format!("admin/{PAGE}")) {
        let path = content.shared.theme_folder.join("editor").join(PAGE);
        let hint = "add it, or choose a theme that has one with `--theme`";
        problems.push(Problem::whole(path, "the theme has no editor", hint));
    } else if !files.contains_key(&format!("admin/{PROGRAM}")) {
        let path = content.shared.theme_folder.join("package.json");
        let what = "the editor’s program is not there: the theme’s packages were not fetched";
        let hint = "see that npm is installed and its registry can be reached, then run this again";
        problems.push(Problem::whole(path, what, hint));
    }
    if !problems.is_empty() {
        return Err(assemble::told(problems));
    }
    files.insert(
        format!("admin/{CONFIG}"),
        format!("{config:#}\n").into_bytes(),
    );
    files.insert("robots.txt".to_owned(), ROBOTS.as_bytes().to_vec());
    Ok(files)
}

/// Writes an editor, whole or not at all, and says what was written.
///
/// # Errors
///
/// As for [`files`], and what the disk refuses; the old one is then as it was.
pub fn build(options: &Options, editor: &Editor) -> Result<String, Vec<Problem>> {
    let files = files(options, editor)?;
    let write = || {
        let options = Options {
            out: editor.out.clone(),
            publication: crate::publication_beside(&editor.out),
            ..options.clone()
        };
        let writer = Writer::open(&options)?;
        for (path, bytes) in &files {
            writer.put(path, bytes)?;
        }
        writer.commit()
    };
    write().map_err(|problem| vec![problem])?;
    let kept = match &editor.repository {
        Some(repository) => format!("for {}", repository.name),
        None => "for a trial, which forgets what is saved".to_owned(),
    };
    Ok(format!(
        "the editor, {}, {kept} → {}",
        many(files.len(), "file"),
        editor.out.display()
    ))
}
