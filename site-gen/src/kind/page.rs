//! A page of reading, and the page of a list (`_index.md`).

use std::num::NonZeroU32;

use jiff::civil::Date;

use super::KindName;
use super::content::content;
use super::form::{Day, MonthOrDay, Sentence, TemplateName};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::text::{Place, SourceText};
use crate::yaml::Placed;

content! {
/// Every file that is of no other kind, and every `_index.md`, which is the page of its folder’s list.
pub struct PageFields is KindName::Page, "a page" {
    /// The heading of the page, and its name in lists.
    #[schemars(
        example = &"Membership fees",
        extend("x-hint" = "write the page’s heading, such as `title: How to join`")
    )]
    pub title: String,
    /// One sentence that says what is on the page; shown in lists and by search engines.
    #[schemars(
        with = "Sentence",
        example = &"What membership costs.",
        extend("x-hint" = "write one sentence that says what the page is, such as `description: How a school joins.`")
    )]
    pub description: String,
    /// The day it is of, year-month-day; in a list, newer pages of one weight come first.
    #[schemars(with = "Option<Day>", example = &"2026-11-23", extend("x-hint" = "write the day as `2017-04-01`"))]
    pub date: Option<Date>,
    /// The day it was last changed, if readers should know.
    #[schemars(with = "Option<Day>", example = &"2026-11-30", extend("x-hint" = "write the day as `2017-04-01`"))]
    pub updated: Option<Placed<Date>>,
    /// For an `_index.md`: how many pages one page of the list shows; all if left out.
    #[schemars(
        example = 20,
        extend("x-hint" = "write how many pages one page of the list shows, such as `20`")
    )]
    pub paginate: Option<NonZeroU32>,
    /// For an `_index.md`: `true` lets readers subscribe to its pages.
    #[serde(default)]
    #[schemars(
        example = true,
        extend("x-hint" = "write `feed: true`, or leave the line out")
    )]
    pub feed: bool,
    /// Where in the prospectus its text comes from; the page then shows the prospectus’s date.
    #[schemars(example = &"Prospectus, section E2")]
    pub source: Option<String>,
    /// Another date than the site’s, for this page alone.
    #[schemars(with = "Option<MonthOrDay>", example = &"2016-05")]
    pub as_at: Option<String>,
    /// Another template of the theme than the usual one, without `.html`.
    #[schemars(with = "Option<TemplateName>", example = &"fees")]
    pub template: Option<Placed<String>>,
}
}

impl PageFields {
    /// The day it was last changed.
    #[must_use]
    pub fn last_changed(&self) -> Option<Date> {
        self.updated
            .as_ref()
            .map(|updated| updated.value)
            .or(self.date)
    }

    /// What only shows when the fields are held against each other.
    pub(crate) fn check(&self, source: &SourceText) -> Option<Problem> {
        updated_before(self.date, self.updated, source)
    }

    /// Fields of a list on a page that is none.
    pub(crate) fn check_leaf(&self, source: &SourceText) -> Option<Problem> {
        let field = match (self.paginate, self.feed) {
            (Some(_), _) => "paginate",
            (None, true) => "feed",
            (None, false) => return None,
        };
        let what = format!("`{field}` is a field of a list, and this page is none");
        let hint = "write it into `_index.md` of the folder".to_owned();
        Some(
            source
                .problem(Place::START, what, Some(hint))
                .of(Rule::FieldsDisagree),
        )
    }
}

/// A page that was changed before there was one.
pub(super) fn updated_before(
    date: Option<Date>,
    updated: Option<Placed<Date>>,
    source: &SourceText,
) -> Option<Problem> {
    let (date, updated) = (date?, updated?);
    (updated.value < date).then(|| {
        let hint = "check the two days, or leave `updated` out".to_owned();
        let what = format!("the page was updated before it was written, on {date}");
        source
            .problem(updated.place, what, Some(hint))
            .of(Rule::DateOrder)
    })
}
