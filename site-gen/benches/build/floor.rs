//! The floor: what any generator has to do for these pages, and nothing else.
//!
//! Each page is read, its YAML and its Markdown are parsed, it goes through one
//! Tera template and is written, on as many threads as there are cores. Nothing
//! is checked, nothing is kept, and there are no lists, tags, feed or sitemap.
//! A generator that comes near to it has little left to gain.

use std::fs;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pulldown_cmark::{Options, Parser, html};
use serde::{Deserialize, Serialize};
use tera::{Context, Tera};
use walkdir::WalkDir;

/// The template: as much work as that of the others.
const TEMPLATE: &str = include_str!("floor.html");

/// What the front matter of a page says.
#[derive(Debug, Deserialize)]
struct FrontMatter {
    title: String,
    description: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    tags: Vec<String>,
}

/// What the template shows.
#[derive(Debug, Serialize)]
struct Page<'p> {
    title: &'p str,
    description: &'p str,
    date: &'p str,
    tags: &'p [String],
    path: &'p str,
    content: String,
}

/// Builds every page of `content` into `out`.
pub(crate) fn build(content: &Path, out: &Path) -> io::Result<()> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    tera.add_raw_template("floor.html", TEMPLATE)
        .map_err(io::Error::other)?;
    let mut pages = Vec::new();
    for entry in WalkDir::new(content) {
        let entry = entry?;
        if entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "md")
        {
            pages.push(entry.into_path());
        }
    }
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<()> {
        while let Some(file) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            page(file, content, out, &tera)?;
        }
        Ok(())
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().expect("a worker gives its error back"))
    })
}

fn page(file: &Path, content: &Path, out: &Path, tera: &Tera) -> io::Result<()> {
    let text = fs::read_to_string(file)?;
    let (yaml, markdown) = text
        .strip_prefix("---\n")
        .and_then(|text| text.split_once("\n---\n"))
        .ok_or_else(|| io::Error::other(format!("{}: there is no front matter", file.display())))?;
    let own: FrontMatter = serde_saphyr::from_str(yaml).map_err(io::Error::other)?;
    let mut body = String::with_capacity(markdown.len() * 3 / 2);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_SMART_PUNCTUATION;
    html::push_html(&mut body, Parser::new_ext(markdown, options));
    let inside = file.strip_prefix(content).expect("it was found there");
    let target = target(inside);
    let page = Page {
        title: &own.title,
        description: &own.description,
        date: &own.date,
        tags: &own.tags,
        path: &target.to_string_lossy(),
        content: body,
    };
    let mut context = Context::new();
    context.insert("page", &page);
    let html = tera
        .render("floor.html", &context)
        .map_err(io::Error::other)?;
    let folder = out.join(&target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), html)
}

/// The folder of a page in the output.
fn target(inside: &Path) -> PathBuf {
    match inside.file_stem() {
        Some(stem) if stem == "_index" => inside.with_file_name(""),
        _ => inside.with_extension(""),
    }
}
