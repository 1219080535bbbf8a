//! A piece of news: what happened or was decided, on a day.

use jiff::civil::Date;

use super::KindName;
use super::content::content;
use super::form::{Day, PersonName, Sentence};
use super::page::updated_before;
use crate::problem::Problem;
use crate::text::SourceText;
use crate::yaml::Placed;

content! {
/// A piece of news; the newest stands first in its list, and its feed tells of it.
pub struct NewsFields is KindName::News, "a piece of news" {
    /// Its headline.
    #[schemars(
        example = &"The first schools have joined",
        extend("x-hint" = "write the page’s heading, such as `title: How to join`")
    )]
    pub title: String,
    /// One sentence that says what is new; shown in lists, in the feed and by search engines.
    #[schemars(
        with = "Sentence",
        example = &"Which schools are members so far.",
        extend("x-hint" = "write one sentence that says what the page is, such as `description: How a school joins.`")
    )]
    pub description: String,
    /// The day it is of, year-month-day.
    #[schemars(with = "Day", example = &"2026-11-23", extend("x-hint" = "write the day as `2017-04-01`"))]
    pub date: Date,
    /// The day it was last changed, if readers should know.
    #[schemars(with = "Option<Day>", example = &"2026-11-30", extend("x-hint" = "write the day as `2017-04-01`"))]
    pub updated: Option<Placed<Date>>,
    /// Who wrote it: a person, or an office; shown as it is written.
    #[schemars(
        example = &"The Executive Director",
        extend("x-hint" = "write a name or an office, or leave the line out")
    )]
    pub author: Option<String>,
    /// The people of the Board whom it is about or who wrote it: names of files in `board/`, without `.md`.
    #[serde(default)]
    #[schemars(
        with = "Vec<PersonName>",
        example = ["christine-gilbert"],
        extend("x-hint" = "write a list of names of people’s files, such as `people: [christine-gilbert]`")
    )]
    pub people: Vec<Placed<String>>,
    /// Where in the prospectus its text comes from; the page then shows the prospectus’s date.
    #[schemars(example = &"Prospectus, letter")]
    pub source: Option<String>,
}
}

impl NewsFields {
    /// The day it was last changed.
    #[must_use]
    pub fn last_changed(&self) -> Date {
        self.updated.map_or(self.date, |updated| updated.value)
    }

    /// What only shows when the fields are held against each other.
    pub(crate) fn check(&self, source: &SourceText) -> Option<Problem> {
        updated_before(Some(self.date), self.updated, source)
    }
}
