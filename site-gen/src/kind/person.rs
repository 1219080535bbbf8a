//! A member of the Board, an observer, or a post that is to be filled.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::KindName;
use super::content::content;
use super::form::Sentence;

content! {
/// A member of the Board, an observer, or a post that is to be filled.
pub struct PersonFields is KindName::Person, "a person" {
    /// The name as it is shown, with title and honours.
    #[schemars(
        example = &"Sir Kevan Collins",
        extend("x-hint" = "write the name as it is shown, such as `title: Sir Kevan Collins`")
    )]
    pub title: String,
    /// One sentence that says who it is.
    #[schemars(
        with = "Sentence",
        example = &"Director on the Interim Board.",
        extend("x-hint" = "write one sentence that says what the page is, such as `description: How a school joins.`")
    )]
    pub description: String,
    /// What the person is on the Board.
    #[schemars(
        example = &"Interim Chair",
        extend("x-hint" = "write the post, such as `post: Director`")
    )]
    pub post: String,
    /// How the person sits on the Board.
    #[schemars(
        example = &"director",
        extend("x-hint" = "write `standing: director`, `observer` or `vacancy`")
    )]
    pub standing: Standing,
    /// Which Board the person is on.
    #[schemars(
        example = &"interim-2016",
        extend("x-hint" = "write `status: interim-2016`")
    )]
    pub status: Status,
    /// Where in the prospectus the text comes from.
    #[schemars(example = &"Prospectus, Interim Board")]
    pub source: Option<String>,
}
}

/// How a person sits on the Board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// With a vote.
    Director,
    /// Without a vote.
    Observer,
    /// A post that is to be filled.
    Vacancy,
}

/// Which Board a person sits on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Status {
    /// The Interim Board of 2016.
    #[serde(rename = "interim-2016")]
    Interim2016,
}
