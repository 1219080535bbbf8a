//! The corpus on the disk, in the layout of each generator.
//!
//! Every generator gets the same pages in the front matter that it knows, and
//! templates of equal work from `tests/bench/`: a page with header, menu and
//! tags; lists of twenty with a pager, for each section and each tag; a feed of
//! the twenty newest; a sitemap. Where only one of them checks a link between
//! files, the others get the finished address, which costs them nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::corpus::{Corpus, Link, Outline, SECTIONS};

/// Whose layout it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// Ours
    SiteGen,
    /// Hugo's
    Hugo,
    /// Zola's
    Zola,
    /// Eleventy's
    Eleventy,
    /// That of Blades
    Blades,
}

impl Layout {
    /// The folder of `tests/bench/` with its templates and settings.
    fn folder(self) -> &'static str {
        match self {
            Layout::SiteGen => "site-gen",
            Layout::Hugo => "hugo",
            Layout::Zola => "zola",
            Layout::Eleventy => "eleventy",
            Layout::Blades => "blades",
        }
    }

    /// The name of the file that stands for its folder; Eleventy's lists are
    /// made from data alone.
    fn index(self) -> Option<&'static str> {
        match self {
            Layout::SiteGen | Layout::Hugo | Layout::Zola => Some("_index.md"),
            Layout::Blades => Some("index.md"),
            Layout::Eleventy => None,
        }
    }

    /// The front matter of a page and its fences.
    fn front_matter(self, page: &Outline) -> String {
        let Outline {
            title,
            description,
            date,
            tags,
            ..
        } = page;
        let (plain, quoted) = (tags.join(", "), tags.join("\", \""));
        match self {
            Layout::SiteGen | Layout::Hugo => {
                format!(
                    "---\ntitle: {title}\ndescription: {description}\ndate: {date}\ntags: [{plain}]\n---\n"
                )
            }
            // In Eleventy a tag is also a collection; these are for its pages.
            Layout::Eleventy => {
                format!(
                    "---\ntitle: {title}\ndescription: {description}\ndate: {date}\ntopics: [{plain}]\n---\n"
                )
            }
            Layout::Zola => format!(
                "+++\ntitle = \"{title}\"\ndescription = \"{description}\"\ndate = {date}\n\n[taxonomies]\ntags = [\"{quoted}\"]\n+++\n"
            ),
            Layout::Blades => format!(
                "+++\ntitle = \"{title}\"\nsummary = \"{description}\"\ndate = {date}\n\n[taxonomies]\ntags = [\"{quoted}\"]\n+++\n"
            ),
        }
    }

    /// The front matter of a list.
    fn list_front_matter(self, title: &str) -> String {
        let description = format!("{title}, what schools have learnt, the newest first.");
        match self {
            Layout::SiteGen | Layout::Hugo | Layout::Eleventy => {
                format!("---\ntitle: {title}\ndescription: {description}\n---\n")
            }
            Layout::Zola => format!(
                "+++\ntitle = \"{title}\"\ndescription = \"{description}\"\nsort_by = \"date\"\npaginate_by = 20\n+++\n"
            ),
            Layout::Blades => {
                format!(
                    "+++\ntitle = \"{title}\"\nsummary = \"{description}\"\npaginate_by = 20\n+++\n"
                )
            }
        }
    }

    /// The address of a page, or for ours the way to its file.
    fn link(self, link: Link<'_>) -> String {
        let Link { from, to, anchor } = link;
        let anchor = anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
        match self {
            Layout::SiteGen => {
                let up = "../".repeat(from.folder.split('/').count());
                format!("{up}{}/{}.md{anchor}", to.folder, to.slug)
            }
            _ => format!("{}{anchor}", self.address(to)),
        }
    }

    /// Where a page is on the site.
    pub(crate) fn address(self, page: &Outline) -> String {
        match self {
            Layout::Blades => format!("/{}/{}.html", page.folder, page.slug),
            _ => format!("/{}/{}/", page.folder, page.slug),
        }
    }

    /// The file of a page, inside the folder of the corpus.
    pub(crate) fn file(self, page: &Outline) -> PathBuf {
        ["content", page.folder, &format!("{}.md", page.slug)]
            .iter()
            .collect()
    }

    /// Writes the whole corpus into a new folder, its templates too.
    pub(crate) fn write(self, corpus: Corpus, root: &Path) -> io::Result<()> {
        if root.exists() {
            fs::remove_dir_all(root)?;
        }
        copy(&templates(self.folder()), root)?;
        for section in SECTIONS {
            let folder = root.join("content").join(section.path);
            fs::create_dir_all(&folder)?;
            if let Some(index) = self.index() {
                let text = format!(
                    "{}\nPages of this part of the site.\n",
                    self.list_front_matter(section.title)
                );
                fs::write(folder.join(index), text)?;
            }
        }
        for index in 0..corpus.pages {
            let page = corpus.outline(index);
            let body = corpus.body(index, |link| self.link(link));
            let text = format!("{}\n{body}", self.front_matter(&page));
            fs::write(root.join(self.file(&page)), text)?;
        }
        Ok(())
    }
}

/// A folder of `tests/bench/`.
fn templates(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/bench")
        .join(name)
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
