//! A service of the catalogue: who may have it, how it is charged, and where
//! the prospectus says so.

use serde::{Deserialize, Serialize};

use super::{common_hint, usual_weight};
use crate::problem::Problem;
use crate::text::SourceText;
use crate::yaml::{Described, Placed};

/// The front matter of a service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceFields {
    /// The service's name.
    pub title: String,
    /// One sentence that says what it is.
    pub description: String,
    /// Its number in the catalogue, `S01` to `S56`.
    pub id: Placed<ServiceId>,
    /// The pillar of the model that it belongs to, if it belongs to one.
    pub pillar: Option<Pillar>,
    /// How it is charged.
    pub charging: Vec<Charging>,
    /// Who may have it.
    pub audience: Vec<Audience>,
    /// Where the prospectus speaks of it.
    pub sources: Vec<SourceSection>,
    /// Whether a school can ask for it.
    #[serde(default = "yes")]
    pub orderable: bool,
    /// Its place in lists: smaller numbers come first.
    #[serde(default = "usual_weight")]
    pub weight: i32,
    /// Whether it is left out of the site.
    #[serde(default)]
    pub draft: bool,
}

fn yes() -> bool {
    true
}

/// The number of a service: `S`, then digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct ServiceId(String);

impl ServiceId {
    /// The number as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ServiceId {
    type Error = String;

    fn try_from(text: String) -> Result<ServiceId, String> {
        match text.strip_prefix('S') {
            Some(digits)
                if digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                Ok(ServiceId(text))
            }
            _ => Err(format!(
                "`{text}` is not a number of the catalogue, such as `S07`"
            )),
        }
    }
}

/// A section of the prospectus, and the page that it is on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSection {
    /// The section's name, such as `C4`.
    pub section: String,
    /// The path of its page inside the content, with an anchor, such as
    /// `prospectus/letter.md#why`.
    pub page: Placed<String>,
}

/// A pillar of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pillar {
    /// Support and challenge for improvement and development.
    PeerReview,
    /// Schools, leaders and staff.
    Development,
    /// Collaborative research and new directions.
    Innovation,
    /// Based on monitoring information.
    Support,
}

/// How a service is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Charging {
    /// The Council pays for it.
    Commissioned,
    /// It comes with membership.
    Entitlement,
    /// Included or sold: not yet decided.
    Tbc,
    /// A school buys it.
    Purchase,
    /// Members have access; no price is said.
    Open,
    /// Somebody else provides it.
    Signpost,
    /// It may come later.
    Possible,
}

/// Who may have a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Every school in Tower Hamlets.
    AllSchools,
    /// Full and associate members.
    Members,
    /// Full members.
    FullMembers,
    /// The Council.
    Council,
    /// Schools nearby.
    LocalSchools,
    /// Nobody, for now.
    Nobody,
}

impl ServiceFields {
    /// What only shows when the fields are held against each other.
    pub(crate) fn check(&self, source: &SourceText) -> Option<Problem> {
        let not_ours =
            |charging: &&Charging| matches!(charging, Charging::Signpost | Charging::Possible);
        let (word, why) = match self.charging.iter().find(not_ours)? {
            Charging::Signpost => ("signpost", "somebody else provides it"),
            _ => ("possible", "it is not there yet"),
        };
        let what = format!("a service that is charged as `{word}` cannot be asked for: {why}");
        let hint = "add a line `orderable: false`".to_owned();
        self.orderable
            .then(|| source.problem(self.id.place, what, Some(hint)))
    }
}

impl Described for ServiceFields {
    const SUBJECT: &'static str = "a service";
    const REQUIRED: &'static [&'static str] = &[
        "title",
        "description",
        "id",
        "charging",
        "audience",
        "sources",
    ];

    fn hint(field: &str) -> Option<&'static str> {
        match field {
            "id" => Some("write its number in the catalogue, such as `id: S07`"),
            "pillar" => Some(
                "write `peer-review`, `development`, `innovation` or `support`, or leave the line out",
            ),
            "charging" => Some("write a list, such as `charging: [tbc]`"),
            "audience" => Some("write a list, such as `audience: [full-members]`"),
            "sources" => Some(
                "write a list, such as `- { section: C4, page: prospectus/school-improvement/_index.md#c4 }`",
            ),
            "orderable" => {
                Some("write `orderable: false`, or leave the line out if a school can ask for it")
            }
            other => common_hint(other),
        }
    }
}
