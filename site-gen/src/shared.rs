//! What the whole site shares: its settings, its theme, the values that stand
//! on every page.
//!
//! It is small, and read anew as a whole whenever a file of it changes.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;

use domain::application::Commitments;
use domain::booking::BookingRules;
use domain::establishment::Establishment;
use domain::fees::FeeSchedule;
use domain::membership::Entitlements;
use domain::publication::Site as Head;
use domain::retention::Retention;
use serde::Deserialize;
use theme::{Theme, ThemeError, Value};

use crate::Options;
use crate::assets::Assets;
use crate::data::Data;
use crate::fields::Fields;
use crate::front_matter;
use crate::kind::KindName;
use crate::moved::{self, Published};
use crate::problem::Problem;
use crate::publication;
use crate::revision::digest;
use crate::rule::Rule;
use crate::schools;
use crate::settings::SiteFile;
use crate::source::{self, Area, Found};
use crate::text::{Place, SourceText};
use crate::yaml::Described;

/// The settings and the theme, as far as they could be read.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    /// The folder of the theme, as people are told it.
    pub(crate) theme_folder: PathBuf,
    /// `site.yaml`.
    pub(crate) settings: Option<SiteFile>,
    /// Its path, for what is wrong with it.
    pub(crate) settings_path: PathBuf,
    /// `fees.yaml`.
    pub(crate) fees: Option<FeeSchedule>,
    /// `commitments.yaml`.
    pub(crate) commitments: Option<Commitments>,
    /// `booking.yaml`.
    pub(crate) booking: Option<BookingRules>,
    /// `data/retention.yaml`, if there is one.
    pub(crate) retention: Option<Retention>,
    /// `entitlements.yaml`.
    pub(crate) entitlements: Option<Entitlements>,
    /// `published.yaml`, if there is one.
    pub(crate) published: Option<Published>,
    /// What stands at the head and the foot of every page.
    pub(crate) head: Option<Head>,
    /// The same as templates are given it.
    pub(crate) head_value: Value,
    /// The templates' text by name.
    pub(crate) templates: Vec<(String, String)>,
    /// The templates, unless one of them cannot be parsed.
    pub(crate) theme: Option<Theme>,
    /// What the theme brings along.
    pub(crate) assets: Assets,
    /// The files of data.
    pub(crate) data: Data,
    /// The schools of the register, where the site has one.
    pub(crate) schools: Vec<Establishment>,
    /// What of a page its templates show.
    pub(crate) fields: Fields,
    /// The pages that the menus name and that are not published now.
    pub(crate) hidden: BTreeSet<String>,
    /// Of all that a template may read and that no page has of its own.
    pub(crate) digest: u64,
    /// The same, with no page hidden.
    read_digest: u64,
    /// Of the templates alone.
    pub(crate) theme_digest: u64,
    /// Of the data alone.
    pub(crate) data_digest: u64,
    /// Of the fee schedule alone.
    pub(crate) fees_digest: u64,
    /// Of the rules of booking alone.
    pub(crate) booking_digest: u64,
    /// What is wrong with all this.
    pub(crate) problems: Vec<Problem>,
}

impl Shared {
    /// Reads it all.
    pub(crate) fn read(options: &Options, found: &[Found], unread: &[Problem]) -> Shared {
        let mut problems = Vec::new();
        let read = |found: &Found| match found.area {
            Area::Data if found.inside == schools::FILE => source::table(&found.path),
            _ => source::text(&found.path),
        };
        let texts = |area: Area, problems: &mut Vec<Problem>| -> Vec<(String, SourceText)> {
            let of_area = found.iter().filter(|found| found.area == area);
            let read = of_area.filter_map(|found| match read(found) {
                Ok(text) => Some((found.inside.clone(), text)),
                Err(problem) => {
                    problems.push(problem);
                    None
                }
            });
            read.collect()
        };
        let files = Files {
            texts: texts(Area::Settings, &mut problems),
            content: source::told(&options.content),
            folder_told: unread
                .iter()
                .any(|problem| problem.path == source::told(&options.content)),
        };
        files.unknown(&mut problems);
        let mut settings: Option<SiteFile> = files.read("site.yaml", true, &mut problems);
        if let (Some(settings), Some(source)) = (&mut settings, files.text("site.yaml")) {
            problems.extend(settings.mend(source));
        }
        let needed = files.publication_is_needed(settings.as_ref());
        let fees = files.read("fees.yaml", needed, &mut problems);
        let commitments = files.read("commitments.yaml", needed, &mut problems);
        let booking = files.read("booking.yaml", needed, &mut problems);
        // Without it members' pages list none.
        let entitlements = files.read("entitlements.yaml", false, &mut problems);
        let published = files.read(moved::FILE, false, &mut problems);

        let templates: Vec<(String, String)> = texts(Area::Template, &mut problems)
            .into_iter()
            .map(|(name, source)| (name, source.text))
            .collect();
        let assets = Assets::read(found, &mut problems);
        let theme_folder = source::told(&options.theme);
        let theme = match Theme::new(templates.iter().cloned(), assets.addresses.clone()) {
            _ if unread.iter().any(|problem| problem.path == theme_folder) => None,
            Ok(theme) => Some(theme),
            Err(error) => {
                problems.push(template_problem(&templates, options, &error, None));
                None
            }
        };
        let data_texts = texts(Area::Data, &mut problems);
        let each = data_texts.iter().map(|(name, text)| (name.as_str(), text));
        let data = Data::read(each, &mut problems);
        let retention = retention(&data_texts, &mut problems);
        let register = data_texts.iter().find(|(name, _)| name == schools::FILE);
        let schools = register.map(|(_, source)| schools::read(source, &mut problems));
        let each = data_texts.iter().map(|(name, source)| (name, &source.text));
        let data_digest = digest(&each.collect::<Vec<_>>());
        let hidden = BTreeSet::new();
        let head = settings
            .as_ref()
            .map(|file| publication::head(file, options.base_url.as_deref(), &hidden));
        let theme_digest = digest(&(&templates, &assets.addresses));
        let settings_text = files.text("site.yaml").map(|source| source.text.as_str());
        let read_digest = digest(&(theme_digest, data_digest, settings_text, &options.base_url));
        Shared {
            hidden,
            read_digest,
            digest: digest(&(read_digest, BTreeSet::<String>::new())),
            settings_path: files.content.join("site.yaml"),
            head_value: Value::from_serializable(&head),
            fields: Fields::named_in(templates.iter().map(|(_, text)| text.as_str())),
            theme_digest,
            data_digest,
            data,
            schools: schools.unwrap_or_default(),
            fees_digest: files.digest("fees.yaml"),
            booking_digest: files.digest("booking.yaml"),
            theme_folder,
            settings,
            fees,
            commitments,
            booking,
            retention,
            entitlements,
            published,
            head,
            templates,
            theme,
            assets,
            problems,
        }
    }

    /// The addresses at which pages were published before.
    pub(crate) fn published_addresses(&self) -> Vec<String> {
        let all = self.published.iter().flat_map(|list| &list.addresses);
        all.map(|address| address.value.clone()).collect()
    }

    /// Leaves these pages out of the menus.
    pub(crate) fn hide(&mut self, hidden: BTreeSet<String>, options: &Options) {
        let base_url = options.base_url.as_deref();
        let settings = self.settings.as_ref();
        self.head = settings.map(|file| publication::head(file, base_url, &hidden));
        self.head_value = Value::from_serializable(&self.head);
        self.digest = digest(&(self.read_digest, &hidden));
        self.hidden = hidden;
    }

    /// Whether the theme has a template of that name, `.html` left out.
    pub(crate) fn has_template(&self, name: &str) -> bool {
        self.theme
            .as_ref()
            .is_some_and(|theme| theme.has(&format!("{name}.html")))
    }
}

/// What is kept for how long, of the data file that says it; what is wrong with
/// its YAML as such is told where data is read.
fn retention(texts: &[(String, SourceText)], problems: &mut Vec<Problem>) -> Option<Retention> {
    let (_, source) = texts.iter().find(|(name, _)| name == RETENTION)?;
    let mut own = Vec::new();
    let retention = front_matter::read(source, &source.text, 1, &mut own);
    own.retain(|one| !problems.contains(one));
    problems.extend(own);
    retention
}

/// Its name inside `content/data/`.
const RETENTION: &str = "retention.yaml";

/// The files of settings.
struct Files {
    texts: Vec<(String, SourceText)>,
    content: PathBuf,
    /// Whether it is told already that the folder cannot be read.
    folder_told: bool,
}

const KNOWN: [&str; 6] = [
    "site.yaml",
    "fees.yaml",
    "commitments.yaml",
    "booking.yaml",
    "entitlements.yaml",
    moved::FILE,
];

impl Files {
    fn unknown(&self, problems: &mut Vec<Problem>) {
        for (name, text) in &self.texts {
            if !KNOWN.contains(&name.as_str()) {
                let known: Vec<_> = KNOWN.iter().map(|name| format!("`{name}`")).collect();
                let hint = format!("the files of settings are {}", known.join(", "));
                problems.push(text.problem(Place::START, "nothing reads this file", Some(hint)));
            }
        }
    }

    fn text(&self, name: &str) -> Option<&SourceText> {
        let named = self.texts.iter().find(|(known, _)| known == name);
        named.map(|(_, text)| text)
    }

    fn digest(&self, name: &str) -> u64 {
        digest(&self.text(name).map(|source| source.text.as_str()))
    }

    /// A site that takes bookings or applications publishes what the functions
    /// go by: once it has one of the three files, or a kind that is booked or
    /// asked for, it needs them all.
    fn publication_is_needed(&self, settings: Option<&SiteFile>) -> bool {
        let has_kind = |settings: &SiteFile| {
            settings
                .sections
                .values()
                .any(|kind| matches!(kind, KindName::Event | KindName::Service))
        };
        KNOWN[1..4].iter().any(|name| self.text(name).is_some()) || settings.is_some_and(has_kind)
    }

    fn read<T>(&self, name: &str, needed: bool, problems: &mut Vec<Problem>) -> Option<T>
    where
        T: for<'t> Deserialize<'t> + Described,
    {
        let path = self.content.join(name);
        let Some(text) = self.text(name) else {
            let told = self.folder_told || problems.iter().any(|problem| problem.path == path);
            if needed && !told {
                problems.push(Problem::whole(
                    path,
                    "there is no such file",
                    "forms go by it, which a site with events or services has, or with another of these files",
                ));
            }
            return None;
        };
        front_matter::read(text, &text.text, 1, problems)
    }
}

/// A fault of a template, with the pages that met it.
pub(crate) fn template_problem(
    templates: &[(String, String)],
    options: &Options,
    error: &ThemeError,
    met: Option<String>,
) -> Problem {
    let path = source::told(&options.theme)
        .join("templates")
        .join(&error.template);
    let known = templates.iter().any(|(name, _)| *name == error.template);
    let problem = match (known, error.line, error.column) {
        (true, Some(line), Some(column)) => {
            Problem::at(path, Place { line, column }, &error.message, met)
        }
        _ => Problem {
            hint: met,
            ..Problem::whole(path, &error.message, "")
        },
    };
    problem.of(Rule::Template)
}

/// A shared value as part of a job: it is known by its digest.
impl Hash for Shared {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}
