//! The command: `build`, `check`, `serve`, `new`.
//!
//! Exit 0: done. Exit 1: there are problems, told on standard error. Exit 2:
//! the command itself was not understood.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use site_gen::kind::KindName;
use site_gen::{Options, Problem, count, new, publication_beside, report, serve};

/// Builds the website from content and a theme.
#[derive(Parser)]
#[command(name = "site-gen", version, about)]
struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Build the site, or tell every problem and leave the old one as it was
    Build(Build),
    /// Tell every problem, and write nothing
    Check(Build),
    /// Show the site on this machine, anew whenever a file changes
    Serve {
        #[command(flatten)]
        build: Build,
        /// The port of 127.0.0.1 to listen on
        #[arg(long, default_value_t = 8000)]
        port: u16,
    },
    /// Begin a content file, such as `new event "Spring meeting"`
    New {
        /// What it is
        kind: NewKind,
        /// Its title
        title: String,
        /// The folder of the content
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
}

#[derive(Args)]
struct Build {
    /// The folder of the content
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// The folder of the theme
    #[arg(long, default_value = "themes/partnership")]
    theme: PathBuf,
    /// The folder that the site is written to
    #[arg(long, default_value = "target/site")]
    out: PathBuf,
    /// The file for the functions [default: publication.json beside --out]
    #[arg(long)]
    publication: Option<PathBuf>,
    /// The origin of the site, instead of the one in site.yaml
    #[arg(long)]
    base_url: Option<String>,
    /// Make drafts part of the site
    #[arg(long)]
    drafts: bool,
    /// The time it is taken to be, such as 2017-04-01T09:00+01:00
    #[arg(long)]
    now: Option<Timestamp>,
}

impl Build {
    fn options(self) -> Options {
        Options {
            publication: self
                .publication
                .unwrap_or_else(|| publication_beside(&self.out)),
            content: self.content,
            theme: self.theme,
            out: self.out,
            base_url: self.base_url,
            drafts: self.drafts,
            now: self.now.unwrap_or_else(Timestamp::now),
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum NewKind {
    /// A page of reading
    Page,
    /// A service of the catalogue
    Service,
    /// A member of the Board
    Person,
    /// An event that schools can book
    Event,
}

impl From<NewKind> for KindName {
    fn from(kind: NewKind) -> KindName {
        match kind {
            NewKind::Page => KindName::Page,
            NewKind::Service => KindName::Service,
            NewKind::Person => KindName::Person,
            NewKind::Event => KindName::Event,
        }
    }
}

fn main() -> ExitCode {
    let started = Instant::now();
    match Command::parse().what {
        What::Build(build) => {
            let options = build.options();
            finish(
                site_gen::build(&options).map(|built| {
                    let (seconds, out) = (started.elapsed().as_secs_f32(), options.out.display());
                    format!("{} in {seconds:.2} s → {out}", built.summary())
                }),
                "; the site was left as it was",
            )
        }
        What::Check(build) => finish(
            site_gen::check(&build.options())
                .map(|built| format!("{}, no problem", built.summary())),
            "",
        ),
        What::Serve { build, port } => match serve::serve(&build.options(), port) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("127.0.0.1:{port}: {error}\n  hint: choose another port with `--port`");
                ExitCode::FAILURE
            }
        },
        What::New {
            kind,
            title,
            content,
        } => finish(
            new::begin(&content, kind.into(), &title)
                .map(|path| format!("{} is begun, as a draft", path.display()))
                .map_err(|problem| vec![problem]),
            "",
        ),
    }
}

/// Prints what came of it.
fn finish(result: Result<String, Vec<Problem>>, consequence: &str) -> ExitCode {
    match result {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            eprintln!("{}\n\n{}{consequence}", report(&problems), count(&problems));
            ExitCode::FAILURE
        }
    }
}
