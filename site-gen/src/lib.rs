//! The generator: content and a theme in, a site and a publication out.
//!
//! ```text
//! source → front_matter → page (kind, markdown) → site → links ───────────┐
//!                                                  ├─► publication ───────┼─► output
//! shared (settings, theme, data) ──────────────────┴─► plan → job → render┘
//! ```
//!
//! Only `source` reads files and only `output` writes them. Everything
//! between is a function of values: the same content gives the same bytes, in
//! whatever order the files are found. All [`Problem`]s of all files are told
//! at once, each at its place; with a single one, nothing is written.
//!
//! # Use
//!
//! [`build`] does all of it; [`check`] stops before the writing. Both give a
//! [`Built`]: the files of the site in memory, the [`Publication`] for the
//! functions, and the [`Theme`] with its asset addresses, ready to render the
//! functions' own screens with `built.theme.render("forms/apply.html", …)`.
//!
//! ```no_run
//! let options = site_gen::Options::new(std::path::Path::new("."), jiff::Timestamp::now());
//! match site_gen::build(&options) {
//!     Ok(built) => println!("{}", built.summary()),
//!     Err(problems) => eprintln!("{}", site_gen::report(&problems)),
//! }
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use domain::publication::Publication;
use jiff::Timestamp;
use theme::Theme;

mod address;
pub mod apart;
mod assemble;
mod assets;
mod calendar;
mod choice;
mod content;
mod data;
pub mod editor;
mod engine;
mod faults;
mod feed;
mod fields;
mod front_matter;
pub mod guide;
mod job;
pub mod kind;
mod links;
pub mod markdown;
mod moved;
mod names;
mod nearest;
pub mod new;
mod output;
pub mod packages;
mod page;
mod pictures;
mod plan;
mod problem;
mod publication;
mod publishing;
mod render;
mod revision;
mod rule;
mod school_index;
pub mod schools;
mod script;
mod search;
pub mod serve;
mod settings;
mod shared;
mod shortcode;
mod site;
mod source;
mod style;
mod target;
mod taxonomy;
mod text;
mod waiting;
mod yaml;

use content::Content;
use waiting::Room;

pub use engine::{Engine, Files, Update};
pub use problem::{Problem, count, report, report_coloured, report_json};
pub use rule::{Rule, Severity};
pub use settings::{InOrder, MenuEntry, ORIGIN, SiteFile, is_origin};
pub use target::Target;
pub use text::{Place, SourceText};
pub use yaml::{Described, Placed};

/// What to build, from what, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The folder of the content.
    pub content: PathBuf,
    /// The folder of the theme.
    pub theme: PathBuf,
    /// The folder that the packages of themes are fetched into: see
    /// [`packages::fetch`].
    pub packages: PathBuf,
    /// The folder that the site is written to.
    pub out: PathBuf,
    /// The file that the publication is written to.
    pub publication: PathBuf,
    /// The origin of the site, instead of the one in `site.yaml`.
    pub base_url: Option<String>,
    /// Whether what is not published yet is part of the site: drafts, and pages
    /// whose `publish_from` is to come.
    pub drafts: bool,
    /// Whether a warning keeps the site from being built, as an error does.
    pub deny_warnings: bool,
    /// The time that decides what is published, and which events are still to
    /// come.
    pub now: Timestamp,
}

impl Options {
    /// Whether one of these keeps the site from being built.
    pub(crate) fn stops(&self, problems: &[Problem]) -> bool {
        let stops = |one: &Problem| self.deny_warnings || one.rule.severity() == Severity::Error;
        problems.iter().any(stops)
    }

    /// The edition of the site that is made.
    pub(crate) fn edition(&self) -> publishing::Edition {
        publishing::Edition {
            now: self.now,
            drafts: self.drafts,
        }
    }

    /// `redirects.json` beside the publication: every alias with the address
    /// that it leads to, as an [import file] of a CloudFront KeyValueStore.
    ///
    /// [import file]: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions-create-s3-kvp.html
    #[must_use]
    pub fn redirects(&self) -> PathBuf {
        self.publication.with_file_name("redirects.json")
    }

    /// The folder in which the files of pictures are kept from build to build,
    /// beside the packages. It may be deleted.
    #[must_use]
    pub fn pictures(&self) -> PathBuf {
        self.packages.with_file_name("pictures")
    }

    /// The usual folders under `root`.
    #[must_use]
    pub fn new(root: &Path, now: Timestamp) -> Options {
        let out = root.join("target/site");
        Options {
            content: root.join("content"),
            theme: root.join("themes/partnership"),
            packages: root.join("target/packages"),
            publication: publication_beside(&out),
            out,
            base_url: None,
            drafts: false,
            deny_warnings: false,
            now,
        }
    }
}

/// `publication.json` beside the folder of a site.
#[must_use]
pub fn publication_beside(out: &Path) -> PathBuf {
    out.with_file_name("publication.json")
}

/// A site that was built.
#[derive(Debug, Clone)]
pub struct Built {
    /// Every file of the site, by its path in the output, such as
    /// `prospectus/letter/index.html`. Nothing after [`build`], which writes
    /// each file as soon as it is made and keeps none.
    pub files: BTreeMap<String, Vec<u8>>,
    /// How many of them are pages.
    pub pages: usize,
    /// How many of them are assets.
    pub assets: usize,
    /// What the functions are told; nothing for a site that has none.
    pub publication: Option<Publication>,
    /// Addresses that pages had before, each with the one it leads to, in order.
    pub redirects: Vec<(String, String)>,
    /// The addresses of the pages of the content, in order.
    pub addresses: Vec<String>,
    /// The addresses at which pages were published before: `published.yaml`.
    pub published: Vec<String>,
    /// What is told and does not stop a build, in order of place.
    pub warnings: Vec<Problem>,
    /// When the site changes next without an edit: something is published, or
    /// goes, or an event is over.
    pub next_change: Option<Timestamp>,
    /// The templates, those of the functions' screens among them, with the
    /// addresses of the assets.
    pub theme: Theme,
    /// The templates' text by name, for whoever makes a theme of them anew.
    pub templates: Vec<(String, String)>,
}

impl Built {
    /// `84 pages, 12 assets`.
    #[must_use]
    pub fn summary(&self) -> String {
        let (pages, assets) = (
            problem::many(self.pages, "page"),
            problem::many(self.assets, "asset"),
        );
        format!("{pages}, {assets}")
    }
}

/// Builds the site and writes it, whole or not at all.
///
/// # Errors
///
/// Every problem of the content, the theme and the folders, in order of place.
/// The old output is then as it was.
pub fn build(options: &Options) -> Result<Built, Vec<Problem>> {
    let writer = output::Writer::open(options);
    let put = |path: &str, bytes: &[u8]| match &writer {
        Ok(writer) => writer.put(path, bytes),
        Err(_) => Ok(()),
    };
    let mut content = Content::read(options, Room::of_a_build());
    // All of them are read.
    content.found = Vec::new();
    let built = assemble::assemble(&content, options, &put);
    // Letting go of ten thousand pages takes a while; nobody need wait for it.
    rayon::spawn(move || drop(content));
    let (writer, built) = match (writer, built) {
        (Ok(writer), Ok(built)) => (writer, built),
        (Ok(_), Err(problems)) => return Err(problems),
        (Err(problem), built) => {
            let mut problems = built.err().unwrap_or_default();
            problems.push(problem);
            return Err(assemble::told(problems));
        }
    };
    let write = || {
        if let Some(publication) = &built.publication {
            let bytes = serde_json::to_vec_pretty(publication).map_err(|error| {
                Problem::whole(&options.publication, error.to_string(), "report this")
            })?;
            writer.put_publication(&bytes)?;
        }
        writer.put_redirects(&redirects(&built.redirects))?;
        writer.commit()
    };
    write().map_err(|problem| vec![problem])?;
    Ok(built)
}

/// Redirects as a CloudFront KeyValueStore imports them.
fn redirects(redirects: &[(String, String)]) -> Vec<u8> {
    let pair = |(from, to): &(String, String)| serde_json::json!({ "key": from, "value": to });
    let data: Vec<serde_json::Value> = redirects.iter().map(pair).collect();
    format!("{:#}\n", serde_json::json!({ "data": data })).into_bytes()
}

/// Adds to `published.yaml` the addresses of pages that are new; gives its path,
/// and how many they are.
///
/// # Errors
///
/// As for [`build`].
pub fn add_published(options: &Options) -> Result<(PathBuf, usize), Vec<Problem>> {
    let built = check(options)?;
    let path = options.content.join(moved::FILE);
    let old = built.published.iter().cloned().collect();
    let (text, new) = moved::renewed(&old, &built.addresses);
    output::replace(&path, &text).map_err(|problem| vec![problem])?;
    Ok((path, new))
}

/// Builds the site in memory, and writes nothing but [`Options::pictures`].
///
/// # Errors
///
/// As for [`build`].
pub fn check(options: &Options) -> Result<Built, Vec<Problem>> {
    let files = Mutex::new(BTreeMap::new());
    let keep = |path: &str, bytes: &[u8]| {
        let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    };
    let built = assemble::assemble(&Content::read(options, Room::of_a_build()), options, &keep)?;
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Built { files, ..built })
}
