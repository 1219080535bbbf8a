//! The site that a file is begun in: what its folders hold, and which pages
//! there are. A folder of pages alone, without settings, is one too.

use std::path::{Path, PathBuf};

use crate::address;
use crate::front_matter;
use crate::kind::KindName;
use crate::problem::Problem;
use crate::settings::SiteFile;
use crate::source;

/// What is there already.
pub(super) struct Ground<'c> {
    /// The folder of the content.
    pub(super) content: &'c Path,
    /// `site.yaml`, if there is one.
    pub(super) settings: Option<SiteFile>,
    /// The paths of the pages inside the content, in order.
    pages: Vec<String>,
}

impl<'c> Ground<'c> {
    /// Looks at a folder.
    pub(super) fn read(content: &'c Path) -> Result<Ground<'c>, Problem> {
        if !source::is_folder(content) {
            let hint =
                "run this in the folder above the content, or say with `--content` where it is";
            return Err(Problem::whole(content, "there is no such folder", hint));
        }
        Ok(Ground {
            content,
            settings: settings(&content.join("site.yaml"))?,
            pages: source::pages(content),
        })
    }

    /// `site.yaml`, whether it is there or not.
    pub(super) fn settings_path(&self) -> PathBuf {
        self.content.join("site.yaml")
    }

    /// The section that says what a folder holds, and what it says.
    pub(super) fn section<'f>(&self, folder: &'f str) -> Option<(&'f str, KindName)> {
        self.settings.as_ref()?.section(folder)
    }

    /// What the pages of a folder are.
    pub(super) fn holds(&self, folder: &str) -> KindName {
        self.section(folder)
            .map_or(KindName::Page, |(_, kind)| kind)
    }

    /// The sections that hold a kind, in order.
    pub(super) fn sections_of(&self, kind: KindName) -> Vec<&str> {
        let all = self.settings.iter().flat_map(|file| &file.sections);
        let of_kind = all.filter(|(_, holds)| **holds == kind);
        of_kind.map(|(folder, _)| folder.as_str()).collect()
    }

    /// The paths of the pages of a kind, but for the pages of lists, in order.
    pub(super) fn pages_of(&self, kind: KindName) -> Vec<&str> {
        let is_of_kind = |path: &&str| {
            let (folder, name) = address::divide(path);
            name != "_index.md" && self.holds(folder) == kind
        };
        let all = self.pages.iter().map(String::as_str);
        all.filter(is_of_kind).collect()
    }
}

/// The settings, if there are any; the first that is wrong where they cannot be
/// read.
fn settings(path: &Path) -> Result<Option<SiteFile>, Problem> {
    if !source::is_file(path) {
        return Ok(None);
    }
    let text = source::text(path)?;
    let mut problems = Vec::new();
    let read = front_matter::read(&text, &text.text, 1, &mut problems);
    problems.sort();
    source::quote(&mut problems);
    match (read, problems.into_iter().next()) {
        (None, Some(problem)) => Err(problem),
        (read, _) => Ok(read),
    }
}
