//! The files that are not pages: `site.yaml`, `fees.yaml`, `commitments.yaml`
//! and `booking.yaml`.

use std::collections::BTreeMap;
use std::fmt;

use domain::application::Commitments;
use domain::booking::BookingRules;
use domain::fees::FeeSchedule;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::front_matter;
use crate::kind::KindName;
use crate::problem::Problem;
use crate::source::Sources;
use crate::text::{Place, SourceText};
use crate::yaml::{Described, Placed};

/// `site.yaml`: the site as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// The short name.
    pub name: String,
    /// The name in full.
    pub full_name: String,
    /// The line under the name.
    pub strapline: String,
    /// The origin of the public site.
    pub base_url: String,
    /// The date of the prospectus, as `2016-05`.
    pub as_at: String,
    /// The language of the pages.
    pub language: String,
    /// The folders whose files are something other than plain pages.
    #[serde(default)]
    pub sections: BTreeMap<String, KindName>,
    /// The main menu.
    pub menu: Vec<MenuEntry>,
    /// The links at the foot.
    #[serde(default)]
    pub footer: Vec<MenuEntry>,
    /// What nobody has given us yet, each line saying so.
    #[serde(default)]
    pub placeholders: InOrder,
}

/// A line of a menu: a page, or an address that is not one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuEntry {
    /// What it says.
    pub label: Placed<String>,
    /// The path of a page inside the content.
    pub page: Option<Placed<String>>,
    /// An address that the functions answer, such as `/apply/`.
    pub path: Option<Placed<String>>,
}

/// Names and texts, in the order in which they were written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InOrder(pub Vec<(String, String)>);

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<InOrder, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = InOrder;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<InOrder, A::Error> {
                let mut all = Vec::new();
                while let Some(entry) = entries.next_entry()? {
                    all.push(entry);
                }
                Ok(InOrder(all))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl Described for SiteFile {
    const SUBJECT: &'static str = "the site";
    const REQUIRED: &'static [&'static str] = &[
        "name",
        "full_name",
        "strapline",
        "base_url",
        "as_at",
        "language",
        "menu",
    ];

    fn hint(field: &str) -> Option<&'static str> {
        match field {
            "sections" => Some("a folder holds `page`, `service`, `person` or `event`"),
            "menu" | "footer" => {
                Some("write a list, such as `- { label: Fees, page: membership/fees.md }`")
            }
            _ => None,
        }
    }
}

impl Described for FeeSchedule {
    const SUBJECT: &'static str = "the fee schedule";
    const REQUIRED: &'static [&'static str] = &[
        "version",
        "rate",
        "part_year",
        "periods",
        "notice",
        "guarantee",
    ];

    fn hint(field: &str) -> Option<&'static str> {
        match field {
            "pence_per_pupil" | "pence" => Some("write whole pence: £5 is `500`"),
            "from" | "to" | "free_until" => Some("write the day as `2017-04-01`"),
            _ => None,
        }
    }
}

impl Described for Commitments {
    const SUBJECT: &'static str = "the file of commitments";
    const REQUIRED: &'static [&'static str] = &["version", "commitments"];
}

impl Described for BookingRules {
    const SUBJECT: &'static str = "the file of booking rules";
    const REQUIRED: &'static [&'static str] = &["checkout", "grace", "offer"];
}

/// All settings; one that could not be read is not there.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(crate) site: Option<SiteFile>,
    pub(crate) site_text: Option<SourceText>,
    pub(crate) fees: Option<FeeSchedule>,
    pub(crate) commitments: Option<Commitments>,
    pub(crate) booking: Option<BookingRules>,
}

impl Settings {
    /// Reads them all.
    pub(crate) fn read(sources: &Sources, problems: &mut Vec<Problem>) -> Settings {
        const KNOWN: [&str; 4] = ["site.yaml", "fees.yaml", "commitments.yaml", "booking.yaml"];
        for (name, text) in &sources.data {
            if !KNOWN.contains(&name.as_str()) {
                let known: Vec<_> = KNOWN.iter().map(|name| format!("`{name}`")).collect();
                let hint = format!("the files of settings are {}", known.join(", "));
                problems.push(text.problem(Place::START, "nothing reads this file", Some(hint)));
            }
        }
        Settings {
            site: file(sources, "site.yaml", problems),
            site_text: text(sources, "site.yaml").cloned(),
            fees: file(sources, "fees.yaml", problems),
            commitments: file(sources, "commitments.yaml", problems),
            booking: file(sources, "booking.yaml", problems),
        }
    }
}

fn text<'s>(sources: &'s Sources, name: &str) -> Option<&'s SourceText> {
    sources
        .data
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, text)| text)
}

fn file<T>(sources: &Sources, name: &str, problems: &mut Vec<Problem>) -> Option<T>
where
    T: for<'t> Deserialize<'t> + Described,
{
    let path = sources.content.join(name);
    let Some(text) = text(sources, name) else {
        if !problems
            .iter()
            .any(|problem| problem.path == path || problem.path == sources.content)
        {
            problems.push(Problem::whole(
                path,
                "there is no such file",
                "the site cannot be built without it",
            ));
        }
        return None;
    };
    front_matter::read(text, &text.text, 1, problems)
}
