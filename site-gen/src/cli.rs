//! What can be typed: the commands, their options, and the help that shows
//! them by example. The names are those that people know from Zola and Hugo,
//! whose own spellings are understood as well.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use site_gen::editor::{Editor, Repository};
use site_gen::kind::KindName;
use site_gen::{ORIGIN, is_origin};
use site_gen::{Options, new, publication_beside};

/// How every command ends; a script may rely on it.
const EXIT: &str = "Exit status:
  0  done
  1  there are problems, each told with its place; the site was left as it was
  2  the command was not understood";

const EXAMPLES: &str = "Examples:
  site-gen build                          content/ and themes/ into target/site/
  site-gen serve --drafts                 look at it while writing
  site-gen check --format json            every problem, one JSON object a line
  site-gen new news \"Autumn news\"          a draft, in the folder that holds news";

/// What holds for all of them.
const COLOUR: &str = "Colour is used on a terminal only, and not where NO_COLOR is set.";

const BUILD: &str = "Examples:
  site-gen build --out /srv/www --base-url https://example.org
  site-gen build --drafts --out target/preview";

const CHECK: &str = "Examples:
  site-gen check                          for people
  site-gen check --format json            for editors and CI

With `--format json` each problem is one line on standard output, an object with
the fields `path`, `line`, `column`, `what`, `hint`, `excerpt`, `rule` and
`severity` (`error` or `warning`). `line`, `column` and `excerpt` are null for
what concerns a whole file, `hint` where there is none. Lines and columns count
from 1, columns in characters.";

const SERVE: &str = "Examples:
  site-gen serve
  site-gen serve --drafts --port 1313

The browser follows each change. A problem is shown over the page until it is
mended; the last good site stays up. Ctrl-C ends it.";

const SCHEMA: &str = "Examples:
  site-gen schema event                   one schema
  site-gen schema > target/schemas.json   all of them, by the name of the kind

It is made of what the parser reads: fields, types, words that may be chosen,
what each means, and an example.";

const NEW: &str = "Examples:
  site-gen new page \"What will it cost us?\" --in membership
  site-gen new section \"News\"
  site-gen new event \"Spring meeting\"
  site-gen new event \"Summer teachmeet\" --from teachmeet
  site-gen new page \"মাতৃভাষা\" --name mother-tongues

The file is a draft, so that nothing unfinished goes out: take the line
`draft: true` away when it is done. It is begun in the folder that site.yaml
has for its kind; a page, at the top. Of a copy, the checks name each day and
time until it is set.";

const IMPORT: &str = "Examples:
  site-gen schools import edubasealldata20170401.csv --la 211

Writes data/schools.csv in the folder of the content, in place of the one that
is there, and says what it left out: schools of other authorities, and columns
that nothing needs, those with headteachers’ names among them.";

const EDITOR: &str = "Examples:
  site-gen editor                         a trial, which forgets what is saved
  site-gen editor --repository the-partnership/website --branch main

Publish the folder on a host of its own, never on that of the site. `/auth` and
`/callback` there lead to the function `editor-sign-in`.";

/// Builds a website from a folder of Markdown and a theme.
#[derive(Parser)]
#[command(name = "site-gen", version, about, after_help = format!("{EXAMPLES}\n\n{EXIT}\n\n{COLOUR}"))]
pub(crate) struct Command {
    #[command(subcommand)]
    pub(crate) what: What,
}

#[derive(Subcommand)]
pub(crate) enum What {
    /// Build the site, or tell every problem and leave the old one as it was
    #[command(after_help = format!("{BUILD}\n\n{EXIT}"))]
    Build {
        #[command(flatten)]
        site: Site,
        #[command(flatten)]
        telling: Telling,
    },
    /// Show the site on this machine, and follow every change
    #[command(visible_alias = "server", after_help = format!("{SERVE}\n\n{EXIT}"))]
    Serve {
        #[command(flatten)]
        site: Site,
        /// The port of 127.0.0.1 to listen on; 0 takes one that is free
        #[arg(short, long, default_value_t = 8000)]
        port: u16,
    },
    /// Tell every problem, and write nothing
    #[command(after_help = format!("{CHECK}\n\n{EXIT}"))]
    Check {
        #[command(flatten)]
        site: Site,
        #[command(flatten)]
        telling: Telling,
    },
    /// Print the JSON Schema of the front matter of a kind, or of all kinds
    #[command(after_help = format!("{SCHEMA}\n\n{EXIT}"))]
    Schema {
        /// The kind; all of them in one object, by name, if left out
        kind: Option<KindOfContent>,
    },
    /// Add to published.yaml the addresses of pages that are new; to be run when
    /// the site is published, so that a page which moves later is told
    #[command(after_help = EXIT)]
    Published {
        #[command(flatten)]
        site: Site,
    },
    /// Write the browser editor, for a host of its own
    #[command(after_help = format!("{EDITOR}\n\n{EXIT}"))]
    Editor(AskedEditor),
    /// Write the tables of the editor’s guide anew
    #[command(after_help = EXIT)]
    Guide {
        /// The folder of the content, which has the guide in its README.md
        #[arg(short, long, default_value = "content")]
        content: PathBuf,
    },
    /// Begin a content file, such as `new event "Spring meeting"`
    #[command(after_help = format!("{NEW}\n\n{EXIT}"))]
    New(Begin),
    /// Look after the register of schools
    Schools {
        #[command(subcommand)]
        what: Schools,
    },
}

#[derive(Subcommand)]
pub(crate) enum Schools {
    /// Take the schools of one authority out of a national file
    #[command(after_help = format!("{IMPORT}\n\n{EXIT}"))]
    Import {
        /// The file of Get Information About Schools, as it was downloaded
        file: PathBuf,
        /// The code of the local authority; 211 is Tower Hamlets
        #[arg(long, default_value_t = domain::eligibility::TOWER_HAMLETS)]
        la: u16,
        /// The folder of the content
        #[arg(short, long, default_value = "content")]
        content: PathBuf,
    },
}

#[derive(Args)]
pub(crate) struct Site {
    /// The folder of the content
    #[arg(short, long, default_value = "content", alias = "contentDir")]
    content: PathBuf,
    /// The folder of the theme
    #[arg(short, long, default_value = "themes/partnership")]
    theme: PathBuf,
    /// The folder that the theme's npm packages are fetched into
    #[arg(long, default_value = "target/packages")]
    packages: PathBuf,
    /// The folder that the site is written to
    #[arg(short, long, default_value = "target/site", aliases = ["output-dir", "destination"])]
    out: PathBuf,
    /// The file for the functions [default: publication.json beside --out]
    #[arg(long)]
    publication: Option<PathBuf>,
    /// The origin of the site, instead of the one in site.yaml
    #[arg(short = 'u', long, alias = "baseURL", value_parser = origin)]
    base_url: Option<String>,
    /// Make what is not published yet part of the site: drafts, and what is to come
    #[arg(short = 'D', long, alias = "buildDrafts")]
    drafts: bool,
    /// The time it is taken to be, which decides what is published, such as 2017-04-01T09:00+01:00
    #[arg(long, alias = "clock")]
    now: Option<Timestamp>,
}

impl Site {
    /// What the library is asked for.
    pub(crate) fn options(self) -> Options {
        Options {
            publication: self
                .publication
                .unwrap_or_else(|| publication_beside(&self.out)),
            content: self.content,
            theme: self.theme,
            packages: self.packages,
            out: self.out,
            base_url: self.base_url,
            drafts: self.drafts,
            deny_warnings: false,
            now: self.now.unwrap_or_else(Timestamp::now),
        }
    }
}

/// The origin that a command asks for.
fn origin(text: &str) -> Result<String, String> {
    match is_origin(text) {
        true => Ok(text.to_owned()),
        false => Err(format!("it must be {ORIGIN}")),
    }
}

#[derive(Args)]
pub(crate) struct AskedEditor {
    /// The folder of the content
    #[arg(short, long, default_value = "content")]
    content: PathBuf,
    /// The folder of the theme
    #[arg(short, long, default_value = "themes/partnership")]
    theme: PathBuf,
    /// The folder that the theme's npm packages are fetched into
    #[arg(long, default_value = "target/packages")]
    packages: PathBuf,
    /// The folder that the editor is written to
    #[arg(short, long, default_value = "target/editor")]
    out: PathBuf,
    /// The repository on GitHub that it saves to; without one it is a trial
    #[arg(long, value_name = "OWNER/NAME")]
    repository: Option<String>,
    /// The branch that is published
    #[arg(long, default_value = "main", requires = "repository")]
    branch: String,
    /// The origin of the sign-in, if it is not the editor's own
    #[arg(long, value_name = "URL", requires = "repository")]
    sign_in: Option<String>,
    /// The path of the content inside the repository
    #[arg(long, default_value = "content")]
    folder: String,
}

impl AskedEditor {
    /// What the library is asked for.
    pub(crate) fn asked(self) -> (Options, Editor) {
        let options = Options {
            publication: publication_beside(&self.out),
            content: self.content,
            theme: self.theme,
            packages: self.packages,
            out: self.out.clone(),
            ..Options::new(Path::new("."), Timestamp::now())
        };
        let branch = self.branch;
        let sign_in = self.sign_in;
        let repository = self.repository.map(|name| Repository {
            name,
            branch,
            sign_in,
        });
        let editor = Editor {
            out: self.out,
            repository,
            folder: self.folder,
        };
        (options, editor)
    }
}

#[derive(Args)]
pub(crate) struct Telling {
    /// How problems are told
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Let a warning stop the build, as an error does; for CI
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, on standard error
    Text,
    /// For editors and CI: one JSON object a line, on standard output
    Json,
}

/// A kind of content.
#[derive(Clone, Copy)]
pub(crate) struct KindOfContent(pub(crate) KindName);

impl ValueEnum for KindOfContent {
    fn value_variants<'a>() -> &'a [KindOfContent] {
        const ALL: [KindOfContent; KindName::ALL.len()] = {
            let mut all = [KindOfContent(KindName::Page); KindName::ALL.len()];
            let mut index = 0;
            while index < all.len() {
                all[index] = KindOfContent(KindName::ALL[index]);
                index += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.as_str()))
    }
}

#[derive(Args)]
pub(crate) struct Begin {
    /// What it is
    kind: NewKind,
    /// Its title
    title: String,
    /// The folder inside the content [default: the one that holds its kind]
    #[arg(long = "in", value_name = "FOLDER")]
    folder: Option<String>,
    /// The name of the file [default: made of the title]
    #[arg(long)]
    name: Option<String>,
    /// The event that it begins as a copy of: the name of its file, without .md
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// The folder of the content
    #[arg(short, long, default_value = "content")]
    content: PathBuf,
}

impl Begin {
    /// The folder of the content, and what to begin in it.
    pub(crate) fn asked(self) -> (PathBuf, new::New) {
        let asked = new::New {
            kind: self.kind.into(),
            title: self.title,
            folder: self.folder,
            name: self.name,
            from: self.from,
            today: domain::calendar::london_date(Timestamp::now()),
        };
        (self.content, asked)
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum NewKind {
    /// A page of reading
    Page,
    /// A folder, with the page that lists it
    Section,
    /// A service of the catalogue
    Service,
    /// A member of the Board
    Person,
    /// An event that schools can book
    Event,
    /// A piece of news
    News,
    /// A document, or the place of one that is not there yet
    Document,
}

impl From<NewKind> for new::NewKind {
    fn from(kind: NewKind) -> new::NewKind {
        match kind {
            NewKind::Page => new::NewKind::Page,
            NewKind::Section => new::NewKind::Section,
            NewKind::Service => new::NewKind::Service,
            NewKind::Person => new::NewKind::Person,
            NewKind::Event => new::NewKind::Event,
            NewKind::News => new::NewKind::News,
            NewKind::Document => new::NewKind::Document,
        }
    }
}
