//! The generators: how each is found and what it is told.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::corpus::Corpus;
use crate::layout::Layout;
use crate::measure::Run;

/// A generator on this machine.
#[derive(Debug, Clone)]
pub(crate) struct Generator {
    pub(crate) name: &'static str,
    pub(crate) layout: Layout,
    program: PathBuf,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Floor,
    SiteGen,
    Hugo,
    Zola,
    Eleventy,
    Blades,
}

/// The peers: the name that is shown, the name of the program.
const PEERS: [(&str, &str, Layout, Kind); 4] = [
    ("Hugo", "hugo", Layout::Hugo, Kind::Hugo),
    ("Zola", "zola", Layout::Zola, Kind::Zola),
    ("Eleventy", "eleventy", Layout::Eleventy, Kind::Eleventy),
    ("Blades", "blades", Layout::Blades, Kind::Blades),
];

impl Generator {
    /// The floor: this program itself, as `floor`.
    pub(crate) fn floor() -> io::Result<Generator> {
        Ok(Generator {
            name: "floor",
            layout: Layout::SiteGen,
            program: env::current_exe()?,
            kind: Kind::Floor,
        })
    }

    /// Ours, as it is shipped.
    pub(crate) fn ours() -> Generator {
        Generator {
            name: "site-gen",
            layout: Layout::SiteGen,
            program: PathBuf::from(env!("CARGO_BIN_EXE_site-gen")),
            kind: Kind::SiteGen,
        }
    }

    /// Those of the peers that are on the PATH; the names of the others.
    pub(crate) fn peers() -> (Vec<Generator>, Vec<&'static str>) {
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for (name, program, layout, kind) in PEERS {
            match on_path(program) {
                Some(program) => found.push(Generator {
                    name,
                    layout,
                    program,
                    kind,
                }),
                None => missing.push(name),
            }
        }
        (found, missing)
    }

    /// What a reader has to know to weigh its figures.
    pub(crate) fn remark(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Floor => Some("has no lists, tags, feed, sitemap or checks, and keeps nothing."),
            Kind::Zola => Some(
                "runs inside Node, and gives a whole section to each page of its list: without pagers it takes about a third.",
            ),
            Kind::Eleventy => Some("has no anchors at headings and checks no links."),
            Kind::Blades => Some("has no feed, no anchors at headings, and checks nothing."),
            Kind::SiteGen | Kind::Hugo => None,
        }
    }

    /// Whether it can show an edit while it serves.
    pub(crate) fn serves(&self) -> bool {
        matches!(self.kind, Kind::SiteGen | Kind::Hugo | Kind::Zola)
    }

    /// The command that builds the corpus in `root` into [`out`].
    pub(crate) fn build(&self, root: &Path) -> Run {
        let (run, out) = (Run::new(&self.program, root), out(root));
        let (content, theme) = (root.join("content"), root.join("theme"));
        match self.kind {
            Kind::Floor => run.with(&[&"floor", &content, &out]),
            Kind::SiteGen => run.with(&[
                &"build",
                &"--content",
                &content,
                &"--theme",
                &theme,
                &"--out",
                &out,
            ]),
            Kind::Hugo => run.with(&[
                &"build",
                &"--source",
                &root,
                &"--destination",
                &out,
                &"--quiet",
            ]),
            Kind::Zola => run.with(&[
                &"--root",
                &root,
                &"build",
                &"--output-dir",
                &out,
                &"--force",
            ]),
            Kind::Eleventy => run.with(&[&"--input=content", &"--output=public", &"--quiet"]),
            // Its settings name the folder.
            Kind::Blades => run.with(&[&"build"]),
        }
    }

    /// The command that serves the corpus on a port of 127.0.0.1, if it can.
    pub(crate) fn serve(&self, root: &Path, port: u16) -> Option<Run> {
        let (run, port) = (Run::new(&self.program, root), port.to_string());
        let (content, theme) = (root.join("content"), root.join("theme"));
        match self.kind {
            Kind::SiteGen => Some(run.with(&[
                &"serve",
                &"--port",
                &port,
                &"--content",
                &content,
                &"--theme",
                &theme,
            ])),
            Kind::Hugo => Some(run.with(&[
                &"server",
                &"--port",
                &port,
                &"--bind",
                &"127.0.0.1",
                &"--source",
                &root,
            ])),
            Kind::Zola => Some(run.with(&[
                &"--root",
                &root,
                &"serve",
                &"--interface",
                &"127.0.0.1",
                &"--port",
                &port,
            ])),
            Kind::Floor | Kind::Eleventy | Kind::Blades => None,
        }
    }

    /// What a build must have made: some of these tell a fault and still exit
    /// as if there were none.
    pub(crate) fn verify(&self, corpus: Corpus, root: &Path) -> io::Result<usize> {
        let is_page = |entry: &walkdir::DirEntry| {
            entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "html")
        };
        let made = WalkDir::new(out(root))
            .into_iter()
            .filter_map(Result::ok)
            .filter(is_page)
            .count();
        let listed = corpus.pages / 20;
        // A floor has no lists; whoever has them has at least one for every twenty pages.
        let wanted = if self.kind == Kind::Floor {
            corpus.pages
        } else {
            corpus.pages + listed
        };
        if made < wanted {
            let what = format!("{} made {made} pages of at least {wanted}", self.name);
            return Err(io::Error::other(what));
        }
        Ok(made)
    }
}

/// Where a corpus's site is written to.
pub(crate) fn out(root: &Path) -> PathBuf {
    root.join("public")
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
