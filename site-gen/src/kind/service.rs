//! A service of the catalogue: who may have it, how it is charged, and where
//! the prospectus says so.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::KindName;
use super::content::content;
use super::form::{PagePath, Sentence, ServiceNumber};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::text::SourceText;
use crate::yaml::Placed;

content! {
/// A service of the catalogue.
pub struct ServiceFields is KindName::Service, "a service" {
    /// Its name.
    #[schemars(
        example = &"Peer review",
        extend("x-hint" = "write the page’s heading, such as `title: How to join`")
    )]
    pub title: String,
    /// One sentence that says what it is.
    #[schemars(
        with = "Sentence",
        example = &"Support and challenge between schools.",
        extend("x-hint" = "write one sentence that says what the page is, such as `description: How a school joins.`")
    )]
    pub description: String,
    /// Its number, `S` and two digits, which no other service has.
    #[schemars(
        with = "ServiceNumber",
        example = &"S11",
        extend("x-hint" = "write its number in the catalogue, such as `id: S07`")
    )]
    pub id: Placed<ServiceId>,
    /// Which pillar of the model it stands under; left out for none.
    #[schemars(
        example = &"peer-review",
        extend("x-hint" = "write `peer-review`, `development`, `innovation` or `support`, or leave the line out")
    )]
    pub pillar: Option<Pillar>,
    /// How it is charged, one or more.
    #[schemars(
        example = ["commissioned", "entitlement"],
        extend("x-hint" = "write a list, such as `charging: [tbc]`")
    )]
    pub charging: Vec<Charging>,
    /// Who may have it, one or more.
    #[schemars(
        example = ["all-schools", "members"],
        extend("x-hint" = "write a list, such as `audience: [full-members]`")
    )]
    pub audience: Vec<Audience>,
    /// Which schools it is for, by phase, if it is not for all; left out for all phases.
    #[serde(default)]
    #[schemars(
        example = ["primary", "secondary"],
        extend("x-hint" = "write a list, such as `phases: [primary]`, or leave the line out if it is for all phases")
    )]
    pub phases: Vec<Phase>,
    /// Where the prospectus names it: for each place its section, and the page that has it.
    #[schemars(
        example = source_example(),
        extend("x-hint" = "write a list, such as `- { section: C4, page: prospectus/school-improvement/_index.md#c4 }`")
    )]
    pub sources: Vec<SourceSection>,
    /// `false` if a school cannot ask for it; `true` if left out.
    #[serde(default = "yes")]
    #[schemars(
        example = false,
        extend("x-hint" = "write `orderable: false`, or leave the line out if a school can ask for it")
    )]
    pub orderable: bool,
}
}

/// What `sources` may be.
fn source_example() -> serde_json::Value {
    let page = "prospectus/school-improvement/_index.md#c4";
    serde_json::json!([{ "section": "C4", "page": page }])
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceSection {
    /// The section’s name.
    #[schemars(example = &"C4")]
    pub section: String,
    /// The page that has it: the path of its file inside `content/`, with `#` and the heading’s name.
    #[schemars(with = "PagePath", example = &"prospectus/letter.md#why")]
    pub page: Placed<String>,
}

/// A pillar of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Charging {
    /// Part of what the Council is to commission for all Tower Hamlets schools.
    Commissioned,
    /// Every member can expect it.
    Entitlement,
    /// Not decided: included in the fee, or bought separately.
    Tbc,
    /// Bought separately.
    Purchase,
    /// Open to member schools, such as an event.
    Open,
    /// Provided by others.
    Signpost,
    /// A service of the Local Authority that may be explored; never orderable.
    Possible,
}

/// Who may have a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// All Tower Hamlets schools, members or not.
    AllSchools,
    /// All members, full and associate.
    Members,
    /// Full members.
    FullMembers,
    /// The Council.
    Council,
    /// Local schools.
    LocalSchools,
    /// Nobody: it cannot be had.
    Nobody,
}

/// A phase of school, as the prospectus names them (sections B and C4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Nursery schools and classes.
    Nursery,
    /// Primary schools.
    Primary,
    /// Secondary schools.
    Secondary,
    /// Sixth forms and colleges.
    #[serde(rename = "post-16")]
    Post16,
    /// Special schools.
    Special,
    /// Alternative provision.
    AlternativeProvision,
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
        self.orderable.then(|| {
            source
                .problem(self.id.place, what, Some(hint))
                .of(Rule::FieldsDisagree)
        })
    }
}
