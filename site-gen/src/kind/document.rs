//! A document to be read on paper or kept: a file beside its page, or a
//! placeholder that says that nobody has supplied it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::KindName;
use super::content::content;
use super::form::{Day, FileName, Sentence};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::text::{Place, SourceText};
use crate::yaml::Placed;

content! {
/// A document: a file beside its page, or the place of one that is not there yet.
pub struct DocumentFields is KindName::Document, "a document" {
    /// Its name.
    #[schemars(
        example = &"Arrangements for Membership & Governance",
        extend("x-hint" = "write the page’s heading, such as `title: How to join`")
    )]
    pub title: String,
    /// One sentence that says what is in it.
    #[schemars(
        with = "Sentence",
        example = &"Who may be a member, and who decides what.",
        extend("x-hint" = "write one sentence that says what the page is, such as `description: How a school joins.`")
    )]
    pub description: String,
    /// What it is.
    #[schemars(
        example = &"paper",
        extend("x-hint" = "write one word, such as `form: paper`")
    )]
    pub form: Form,
    /// The file, which stands beside this one; left out if it is a placeholder.
    #[schemars(
        with = "Option<FileName>",
        example = &"arrangements.pdf",
        extend("x-hint" = "put the file beside this one and write its name, such as `file: arrangements.pdf`")
    )]
    pub file: Option<Placed<String>>,
    /// `true` if the file has not been supplied; the page then says so.
    #[serde(default)]
    #[schemars(
        example = true,
        extend("x-hint" = "write `placeholder: true`, or leave the line out and name the `file`")
    )]
    pub placeholder: bool,
    /// The day it is of, year-month-day; in a list, newer ones of one weight come first.
    #[schemars(with = "Option<Day>", example = &"2026-11-23", extend("x-hint" = "write the day as `2017-04-01`"))]
    pub date: Option<Date>,
    /// Which version it is, if there are several.
    #[schemars(example = &"2.1", extend("type" = ["string", "number", "null"]))]
    pub version: Option<String>,
    /// Who published it, or where it is named.
    #[schemars(example = &"Prospectus, section D1")]
    pub source: Option<String>,
}
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A paper that sets something out.
    Paper,
    /// What is to be done, by when and at what cost.
    Plan,
    /// What was done, and what came of it.
    Report,
    /// What a meeting decided.
    Minutes,
    /// A rule that holds until it is changed.
    Policy,
    /// A form to be filled in.
    Form,
    /// Articles, agreements and other papers that bind.
    Agreement,
}

impl DocumentFields {
    /// What only shows when the fields are held against each other.
    pub(crate) fn check(&self, source: &SourceText) -> Option<Problem> {
        let (place, what, hint) = match (&self.file, self.placeholder) {
            (Some(_), false) | (None, true) => return None,
            (Some(file), true) => (
                file.place,
                "the document is here, and is said to be a placeholder",
                "take the line `placeholder: true` out, or the line `file:`",
            ),
            (None, false) => (
                Place::START,
                "a document needs the field `file`, or must say that it is a placeholder",
                "put the file beside this one and write its name, such as `file: arrangements.pdf`; write `placeholder: true` if nobody has supplied it",
            ),
        };
        let rule = if self.placeholder {
            Rule::FieldsDisagree
        } else {
            Rule::MissingField
        };
        Some(source.problem(place, what, Some(hint.to_owned())).of(rule))
    }
}
