//! From the paths that something happened to, to what is read and parsed anew.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Options;
use crate::content::{Content, copies};
use crate::page;
use crate::pictures::Pictures;
use crate::revision;
use crate::shared::Shared;
use crate::source::{self, Area, Found};
use crate::waiting::Desk;

/// What is out of date.
#[derive(Default)]
struct Stale {
    /// Pages, by their paths inside the content.
    pages: HashSet<String>,
    /// Files that are copied.
    copies: HashSet<PathBuf>,
    /// Settings, templates, assets or data.
    shared: bool,
    /// Which files there are.
    tree: bool,
}

/// Reads anew what changed; whether anything did.
pub(super) fn refresh(content: &mut Content, options: &Options, paths: &[PathBuf]) -> bool {
    let mut stale = Stale::default();
    let mut folders: HashSet<PathBuf> = HashSet::new();
    for path in paths.iter().filter(|path| !source::is_passed_over(path)) {
        let found = source::find(&options.content, &options.theme, path);
        let known = found.filter(|found| content.found.binary_search(found).is_ok());
        match known.filter(|found| source::is_file(&found.path)) {
            Some(found) => stale.mark(found),
            // It is new, or gone, or a folder.
            None => {
                stale.tree = true;
                folders.extend(source::is_folder(path).then(|| source::told(path)));
            }
        }
    }
    if stale.tree {
        walk(content, options, &mut stale);
    }
    // What is in a folder may have been read before its last byte was there.
    for found in &content.found {
        if !folders.is_empty() && found.path.ancestors().any(|path| folders.contains(path)) {
            stale.mark(found.clone());
        }
    }
    let nothing = stale.pages.is_empty() && stale.copies.is_empty();
    if nothing && !stale.shared && !stale.tree {
        return false;
    }
    for copied in &mut content.copies {
        if stale.copies.contains(&copied.path) {
            copied.revision = revision::next();
        }
    }
    if stale.tree || !stale.copies.is_empty() {
        look(content, &mut stale);
    }
    let all = stale.shared && share(content, options, &mut stale);
    if all || stale.tree {
        let old = std::mem::take(&mut content.documents);
        content.documents = content.parsed(|path| {
            let at = old.binary_search_by(|document| document.path.as_str().cmp(path));
            let known = at.ok().map(|at| Arc::clone(&old[at]));
            known.filter(|_| !all && !stale.pages.contains(path))
        });
    } else {
        parse(content, &stale.pages);
    }
    true
}

impl Stale {
    fn mark(&mut self, found: Found) {
        match found.area {
            Area::Page => {
                self.pages.insert(found.inside);
            }
            Area::File | Area::Static => {
                self.copies.insert(found.path);
            }
            Area::Settings | Area::Data | Area::Template | Area::Asset => self.shared = true,
            // It is no part of the site.
            Area::Editor => {}
        }
    }
}

/// Looks at the folders anew: which files came and went.
fn walk(content: &mut Content, options: &Options, stale: &mut Stale) {
    let mut unread = Vec::new();
    let found = source::walk(options, &mut unread);
    if unread != content.unread {
        // What is told of a folder decides what is told of its files.
        (content.unread, stale.shared) = (unread, true);
    }
    let is_shared = |found: &&Found| {
        matches!(
            found.area,
            Area::Settings | Area::Data | Area::Template | Area::Asset
        )
    };
    stale.shared |= !found
        .iter()
        .filter(is_shared)
        .eq(content.found.iter().filter(is_shared));
    let mut copied = copies(&found);
    for copied in &mut copied {
        let same = |old: &&crate::content::Copied| old.path == copied.path;
        if let Some(old) = content.copies.iter().find(same) {
            copied.revision = old.revision;
        }
    }
    content.copies = copied;
    content.found = found;
}

/// Looks at the pictures anew; the pages that may show one of those that came,
/// changed or went are marked.
fn look(content: &mut Content, stale: &mut Stale) {
    let is_stale = |path: &Path| stale.copies.contains(path);
    let new = Pictures::read(&content.found, &content.pictures, is_stale);
    if new != content.pictures {
        content.pictures = new;
        let touched = content.documents.iter();
        let touched = touched.filter(|document| document.body.pictures.is_some());
        let paths = touched.map(|document| document.path.clone());
        stale.pages.extend(paths);
    }
}

/// Reads the settings and the theme anew; whether every page must be parsed
/// again. If not, those that use what changed are marked.
fn share(content: &mut Content, options: &Options, stale: &mut Stale) -> bool {
    let new = Shared::read(options, &content.found, &content.unread);
    let old = std::mem::replace(&mut content.shared, Arc::new(new));
    let new = &content.shared;
    let theme = old.theme_digest != new.theme_digest || old.theme.is_some() != new.theme.is_some();
    let data = old.data_digest != new.data_digest;
    let touched = content.documents.iter().filter(|document| {
        theme && document.body.uses_components || data && document.body.uses_data
    });
    stale
        .pages
        .extend(touched.map(|document| document.path.clone()));
    old.settings != new.settings
}

/// Parses some pages anew.
fn parse(content: &mut Content, pages: &HashSet<String>) {
    let Some(settings) = &content.shared.settings else {
        return;
    };
    for path in pages {
        let at = content
            .documents
            .binary_search_by(|document| document.path.as_str().cmp(path));
        let Ok(at) = at else { continue };
        let found = Found {
            area: Area::Page,
            inside: path.clone(),
            path: content.documents[at].file.clone(),
        };
        let new = page::read(
            &found,
            settings,
            content.surroundings(),
            &mut Desk::new(&content.room),
        );
        content.documents[at] = Arc::new(new);
    }
}
