//! The command: `build`, `serve`, `check`, `new`, `schema`, `guide`, `published`,
//! `editor`, `schools`.
//!
//! Exit 0: done. Exit 1: there are problems, told on standard error. Exit 2:
//! the command itself was not understood.

mod cli;
mod telling;

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use cli::{AskedEditor, Begin, Command, Format, Schools, Site, Telling, What};
use mimalloc::MiMalloc;
use site_gen::kind::KindName;
use site_gen::{Options, Problem, editor, guide, new, packages, schools, serve};
use telling::{Progress, finish, say, warn};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match Command::parse().what {
        What::Build { site, telling } => build(site, &telling),
        What::Check { site, telling } => check(site, &telling),
        What::Serve { site, port } => preview(site, port),
        What::New(begin) => begin_file(begin),
        What::Schema { kind } => schemas(kind.map(|kind| kind.0)),
        What::Published { site } => add_published(site),
        What::Editor(editor) => write_editor(editor),
        What::Guide { content } => renew_guide(&content),
        What::Schools {
            what: Schools::Import { file, la, content },
        } => finish(
            schools::import(&file, la, &content),
            "; nothing was written",
            Format::Text,
        ),
    }
}

fn build(site: Site, telling: &Telling) -> ExitCode {
    let started = Instant::now();
    let options = Options {
        deny_warnings: telling.deny_warnings,
        ..site.options()
    };
    let fetched = fetch_packages(&options);
    let progress = Progress::of("building");
    let result = fetched.and_then(|()| site_gen::build(&options));
    drop(progress);
    let summary = result.map(|built| {
        warn(&built.warnings, telling.format);
        let (seconds, out) = (started.elapsed().as_secs_f32(), options.out.display());
        format!("{} in {seconds:.2} s → {out}", built.summary())
    });
    finish(summary, "; the site was left as it was", telling.format)
}

fn check(site: Site, telling: &Telling) -> ExitCode {
    let options = Options {
        deny_warnings: telling.deny_warnings,
        ..site.options()
    };
    let fetched = fetch_packages(&options);
    let progress = Progress::of("checking");
    let result = fetched.and_then(|()| site_gen::check(&options));
    drop(progress);
    let summary = result.map(|built| {
        warn(&built.warnings, telling.format);
        format!("{}, no problem", built.summary())
    });
    finish(summary, "", telling.format)
}

fn preview(site: Site, port: u16) -> ExitCode {
    let options = site.options();
    // A preview goes on with what there is.
    let _ = fetch_packages(&options);
    match serve::serve(&options, port) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let text =
                format!("127.0.0.1:{port}: {error}\n  hint: choose another port with `--port`");
            say(&mut io::stderr(), &text);
            ExitCode::FAILURE
        }
    }
}

fn write_editor(asked: AskedEditor) -> ExitCode {
    let (options, editor) = asked.asked();
    let built = fetch_packages(&options).and_then(|()| editor::build(&options, &editor));
    finish(built, "; the editor was left as it was", Format::Text)
}

fn schemas(kind: Option<KindName>) -> ExitCode {
    let schema = |kind: KindName| kind.definition().schema.clone();
    let printed = match kind {
        Some(kind) => schema(kind),
        None => KindName::ALL
            .into_iter()
            .map(|kind| (kind.as_str().to_owned(), schema(kind)))
            .collect(),
    };
    say(&mut io::stdout(), &format!("{printed:#}"));
    ExitCode::SUCCESS
}

fn add_published(site: Site) -> ExitCode {
    let added = site_gen::add_published(&site.options())
        .map(|(path, new)| format!("{}: {new} new", path.display()));
    finish(added, "", Format::Text)
}

fn renew_guide(content: &Path) -> ExitCode {
    let renewed = guide::renew(content)
        .map(|(path, changed)| {
            let done = if changed {
                "is written anew"
            } else {
                "is as it must be"
            };
            format!("{} {done}", path.display())
        })
        .map_err(|problem| vec![problem]);
    finish(renewed, "", Format::Text)
}

/// Fetches what the theme takes from npm. Where that cannot be had, it is said,
/// and the site is made without; unless a warning is to stop it.
fn fetch_packages(options: &Options) -> Result<(), Vec<Problem>> {
    let progress = Progress::of("fetching the theme’s packages");
    let fetched = packages::fetch(&options.theme, &options.packages);
    drop(progress);
    match fetched {
        Err(problem) if options.deny_warnings => return Err(vec![problem]),
        Err(problem) => say(&mut io::stderr(), &format!("warning: {problem}")),
        Ok(()) => {}
    }
    Ok(())
}

fn begin_file(begin: Begin) -> ExitCode {
    let (content, asked) = begin.asked();
    let begun = new::begin(&content, &asked)
        .map(|path| match &asked.from {
            Some(from) => format!(
                "{} is begun, as a draft and a copy of {from}: set its days and times, and read its text again",
                path.display()
            ),
            None => format!("{} is begun, as a draft", path.display()),
        })
        .map_err(|problem| vec![problem]);
    finish(begun, "", Format::Text)
}
