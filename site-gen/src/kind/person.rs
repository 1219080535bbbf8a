//! A member of the Board, an observer, or a post that is to be filled.

use serde::{Deserialize, Serialize};

use super::{common_hint, usual_weight};
use crate::yaml::Described;

/// The front matter of a person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonFields {
    /// The name as it is shown, such as `Sir Kevan Collins`.
    pub title: String,
    /// One sentence that says who it is.
    pub description: String,
    /// The post, such as `Director` or `Interim Chair`.
    pub post: String,
    /// How the person sits on the Board.
    pub standing: Standing,
    /// Which Board.
    pub status: Status,
    /// The place in lists: smaller numbers come first.
    #[serde(default = "usual_weight")]
    pub weight: i32,
    /// Where the words come from.
    pub source: Option<String>,
    /// Whether the page is left out of the site.
    #[serde(default)]
    pub draft: bool,
}

/// How a person sits on the Board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// With a vote.
    Director,
    /// Without a vote.
    Observer,
    /// Nobody yet.
    Vacancy,
}

/// Which Board a person sits on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// The Interim Board of 2016.
    #[serde(rename = "interim-2016")]
    Interim2016,
}

impl Described for PersonFields {
    const SUBJECT: &'static str = "a person";
    const REQUIRED: &'static [&'static str] =
        &["title", "description", "post", "standing", "status"];

    fn hint(field: &str) -> Option<&'static str> {
        match field {
            "title" => Some("write the name as it is shown, such as `title: Sir Kevan Collins`"),
            "post" => Some("write the post, such as `post: Director`"),
            "standing" => Some("write `standing: director`, `observer` or `vacancy`"),
            "status" => Some("write `status: interim-2016`"),
            other => common_hint(other),
        }
    }
}
