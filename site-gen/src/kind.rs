//! The kinds of content, each defined once: a struct whose fields are the
//! front matter, with its words for messages beside it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::front_matter;
use crate::problem::Problem;
use crate::text::SourceText;

pub mod event;
pub mod page;
pub mod person;
pub mod service;

use event::EventFields;
use page::PageFields;
use person::PersonFields;
use service::ServiceFields;

/// The name of a kind, as `sections` in `site.yaml` uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KindName {
    /// A page of reading.
    Page,
    /// A service of the catalogue.
    Service,
    /// A member of the Board, or a post on it.
    Person,
    /// An event that schools can book.
    Event,
}

/// The front matter of a page, by its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A page of reading, or the page of a list.
    Page(PageFields),
    /// A service.
    Service(ServiceFields),
    /// A person.
    Person(PersonFields),
    /// An event.
    Event(EventFields),
}

/// What every kind has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Common<'k> {
    /// Its title, the page's only first-level heading.
    pub title: &'k str,
    /// One sentence that says what it is.
    pub description: &'k str,
    /// Its place in lists.
    pub weight: i32,
    /// Whether it is left out of the site.
    pub draft: bool,
    /// Where its words come from.
    pub source: Option<&'k str>,
    /// The day it is of.
    pub date: Option<Date>,
}

/// The weight of what has none.
pub(crate) fn usual_weight() -> i32 {
    100
}

impl Kind {
    /// Reads the front matter of a page of that kind.
    pub(crate) fn read(
        name: KindName,
        source: &SourceText,
        yaml: &str,
        problems: &mut Vec<Problem>,
    ) -> Option<Kind> {
        // The fence is line 1.
        const FIRST: usize = 2;
        match name {
            KindName::Page => {
                let fields: PageFields = front_matter::read(source, yaml, FIRST, problems)?;
                problems.extend(fields.check(source));
                Some(Kind::Page(fields))
            }
            KindName::Service => {
                let fields: ServiceFields = front_matter::read(source, yaml, FIRST, problems)?;
                problems.extend(fields.check(source));
                Some(Kind::Service(fields))
            }
            KindName::Person => front_matter::read(source, yaml, FIRST, problems).map(Kind::Person),
            KindName::Event => {
                let fields: EventFields = front_matter::read(source, yaml, FIRST, problems)?;
                problems.extend(fields.check(source));
                Some(Kind::Event(fields))
            }
        }
    }

    /// What every kind has.
    #[must_use]
    pub fn common(&self) -> Common<'_> {
        macro_rules! common {
            ($fields:expr, $source:expr, $date:expr) => {
                Common {
                    title: &$fields.title,
                    description: &$fields.description,
                    weight: $fields.weight,
                    draft: $fields.draft,
                    source: $source,
                    date: $date,
                }
            };
        }
        match self {
            Kind::Page(page) => common!(page, page.source.as_deref(), page.date),
            Kind::Person(person) => common!(person, person.source.as_deref(), None),
            Kind::Service(service) => common!(service, None, None),
            Kind::Event(event) => common!(event, None, None),
        }
    }
}

/// How to write the fields that all kinds share.
pub(crate) fn common_hint(field: &str) -> Option<&'static str> {
    match field {
        "title" => Some("write the page’s heading, such as `title: How to join`"),
        "description" => Some(
            "write one sentence that says what the page is, such as `description: How a school joins.`",
        ),
        "weight" => Some("write a whole number; smaller ones come first in lists"),
        "draft" => Some("write `draft: true`, or leave the line out to publish the page"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
