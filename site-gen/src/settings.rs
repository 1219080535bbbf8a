//! The files that are not pages: `site.yaml`, `fees.yaml`, `commitments.yaml`
//! `booking.yaml` and `entitlements.yaml`, and `data/retention.yaml`.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;

use domain::application::Commitments;
use domain::booking::BookingRules;
use domain::fees::FeeSchedule;
use domain::membership::Entitlements;
use domain::retention::Retention;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::kind::KindName;
use crate::kind::event::{CHARGE, DEADLINE};
use crate::text::Place;
use crate::yaml::{Described, Placed};

mod written;
pub use written::{ORIGIN, is_origin};

/// `site.yaml`: the site as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// The short name.
    pub name: String,
    /// The name in full; the short one if left out.
    #[serde(default)]
    pub full_name: String,
    /// The line under the name.
    #[serde(default)]
    pub strapline: String,
    /// The origin of the public site.
    pub base_url: Placed<String>,
    /// The date of the words that have a source, as `2016-05`.
    pub as_at: Option<Placed<String>>,
    /// The language of the pages.
    pub language: Placed<String>,
    /// The folders whose files are something other than plain pages; a folder
    /// in a folder as `school/events`.
    #[serde(default)]
    pub sections: BTreeMap<String, KindName>,
    /// What pages can be sorted by, each with pages of its own: `/tags/`.
    #[serde(default = "tags")]
    pub taxonomies: Vec<Placed<String>>,
    /// How many pages one page of a list shows; all, if left out.
    pub paginate: Option<NonZeroU32>,
    /// Whether the whole site can be subscribed to.
    #[serde(default)]
    pub feed: bool,
    /// The main menu.
    #[serde(default)]
    pub menu: Vec<MenuEntry>,
    /// The links at the foot.
    #[serde(default)]
    pub footer: Vec<MenuEntry>,
    /// What nobody has given us yet, each line saying so.
    #[serde(default)]
    pub placeholders: InOrder,
}

impl SiteFile {
    /// The section that says what a folder holds: the folder itself, or the
    /// nearest above it that does.
    pub(crate) fn section<'f>(&self, folder: &'f str) -> Option<(&'f str, KindName)> {
        let mut folder = folder;
        loop {
            if let Some(kind) = self.sections.get(folder) {
                return Some((folder, *kind));
            }
            folder = folder.rsplit_once('/')?.0;
        }
    }
}

/// What every site can sort its pages by.
fn tags() -> Vec<Placed<String>> {
    vec![Placed {
        value: "tags".to_owned(),
        place: Place::START,
    }]
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

    fn required() -> &'static [&'static str] {
        &["name", "base_url", "language"]
    }

    fn hint(field: &str) -> Option<&'static str> {
        match field {
            "sections" => {
                Some("a folder holds `page`, `service`, `person`, `event`, `news` or `document`")
            }
            "menu" | "footer" => {
                Some("write a list, such as `- { label: Fees, page: membership/fees.md }`")
            }
            "taxonomies" => Some("write a list of names, such as `taxonomies: [tags, topics]`"),
            "paginate" => Some("write how many pages one page of a list shows, such as `20`"),
            "feed" => Some("write `feed: true`, or leave the line out"),
            _ => None,
        }
    }
}

impl Described for FeeSchedule {
    const SUBJECT: &'static str = "the fee schedule";

    fn required() -> &'static [&'static str] {
        &[
            "version",
            "rate",
            "part_year",
            "periods",
            "notice",
            "guarantee",
        ]
    }

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

    fn required() -> &'static [&'static str] {
        &["version", "commitments"]
    }
}

impl Described for Retention {
    const SUBJECT: &'static str = "the file of what is kept for how long";

    fn required() -> &'static [&'static str] {
        &[
            "unfinished_applications",
            "settled_applications",
            "memberships",
            "requests_to_be_let_in",
            "enquiries",
            "bookings",
            "needs",
            "feedback",
            "money",
            "letters",
            "history",
            "subject_requests",
        ]
    }

    fn hint(field: &str) -> Option<&'static str> {
        match field {
            "keep" | "remind" => Some("write a length such as `30 days`, `12 months` or `6 years`"),
            _ => None,
        }
    }
}

impl Described for Entitlements {
    const SUBJECT: &'static str = "the file of entitlements";

    fn required() -> &'static [&'static str] {
        &["source", "all", "full"]
    }
}

impl Described for BookingRules {
    const SUBJECT: &'static str = "the file of booking rules";

    fn required() -> &'static [&'static str] {
        &["checkout", "grace", "offer"]
    }

    fn hint(field: &str) -> Option<&'static str> {
        match field {
            "minutes" => Some("write a whole number of minutes: two days are `2880`"),
            "charge" | "late" | "no_show" => Some(CHARGE),
            "until" => Some(DEADLINE),
            "days" => Some("write a list of days, such as `[2028-12-25, 2028-12-26]`"),
            _ => None,
        }
    }
}
