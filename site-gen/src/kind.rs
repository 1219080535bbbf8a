//! The kinds of content, each defined once: a struct whose fields are the
//! front matter, with the words that editors read beside each.
//!
//! From that definition come the parser and its messages, the tables of the
//! editor's guide, the JSON Schemas, and the browser editor ([`definition`]).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::front_matter;
use crate::problem::Problem;
use crate::rule::Rule;
use crate::text::SourceText;
use crate::yaml::Placed;

pub(crate) mod content;
pub mod definition;
pub mod document;
pub mod event;
pub(crate) mod form;
pub mod moment;
pub mod news;
pub mod page;
pub mod person;
pub mod service;

use definition::Definition;
use document::DocumentFields;
use event::EventFields;
use moment::Moment;
use news::NewsFields;
use page::PageFields;
use person::PersonFields;
use service::ServiceFields;

/// The name of a kind, as `sections` in `site.yaml` uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// A piece of news.
    News,
    /// A document, or the place of one.
    Document,
}

impl KindName {
    /// All of them, in the order in which the guide tells of them.
    pub const ALL: [KindName; 6] = [
        KindName::Page,
        KindName::Service,
        KindName::Person,
        KindName::Event,
        KindName::News,
        KindName::Document,
    ];

    /// As `sections` in `site.yaml` and the commands write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            KindName::Page => "page",
            KindName::Service => "service",
            KindName::Person => "person",
            KindName::Event => "event",
            KindName::News => "news",
            KindName::Document => "document",
        }
    }

    /// Its fields as a table.
    #[must_use]
    pub fn definition(self) -> &'static Definition {
        match self {
            KindName::Page => PageFields::definition(),
            KindName::Service => ServiceFields::definition(),
            KindName::Person => PersonFields::definition(),
            KindName::Event => EventFields::definition(),
            KindName::News => NewsFields::definition(),
            KindName::Document => DocumentFields::definition(),
        }
    }
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
    /// An event, which has more to say than the others.
    Event(Box<EventFields>),
    /// A piece of news.
    News(NewsFields),
    /// A document.
    Document(DocumentFields),
}

/// What every kind has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Common<'k> {
    /// Its title, the page's only first-level heading.
    pub title: &'k str,
    /// One sentence that says what it is.
    pub description: &'k str,
    /// What it is about.
    pub tags: &'k [Placed<String>],
    /// The same, by the name of a taxonomy.
    pub taxonomies: &'k BTreeMap<String, Vec<Placed<String>>>,
    /// Addresses that it had before.
    pub aliases: &'k [Placed<String>],
    /// Its place in lists.
    pub weight: i32,
    /// Whether it is left out of the site.
    pub draft: bool,
    /// When it comes onto the site.
    pub publish_from: Option<Moment>,
    /// When it goes.
    pub publish_until: Option<Placed<Moment>>,
    /// When somebody should read it again.
    pub review_by: Option<Placed<Date>>,
    /// Where its words come from.
    pub source: Option<&'k str>,
    /// The day it is of.
    pub date: Option<Date>,
    /// The day it was last changed.
    pub changed: Option<Date>,
}

impl Common<'_> {
    /// What only shows when the fields are held against each other.
    fn check(&self, source: &SourceText) -> Option<Problem> {
        let (from, until) = (self.publish_from?, self.publish_until?);
        (until.value.ends() <= from.begins()).then(|| {
            let what = format!(
                "it is published until {}, and only from {from}",
                until.value
            );
            let hint = "check the two, or leave one of them out".to_owned();
            source
                .problem(until.place, what, Some(hint))
                .of(Rule::DateOrder)
        })
    }
}

impl Kind {
    /// Which it is.
    pub(crate) fn name(&self) -> KindName {
        match self {
            Kind::Page(_) => KindName::Page,
            Kind::Service(_) => KindName::Service,
            Kind::Person(_) => KindName::Person,
            Kind::Event(_) => KindName::Event,
            Kind::News(_) => KindName::News,
            Kind::Document(_) => KindName::Document,
        }
    }

    /// Reads the front matter of a page of that kind.
    pub(crate) fn read(
        name: KindName,
        source: &SourceText,
        yaml: &str,
        problems: &mut Vec<Problem>,
    ) -> Option<Kind> {
        // The fence is line 1.
        const FIRST: usize = 2;
        macro_rules! read {
            ($Fields:ident, $of:expr) => {{
                let fields: $Fields = front_matter::read(source, yaml, FIRST, problems)?;
                problems.extend(fields.check(source));
                $of(fields)
            }};
        }
        let kind = match name {
            KindName::Page => read!(PageFields, Kind::Page),
            KindName::Service => read!(ServiceFields, Kind::Service),
            KindName::Person => Kind::Person(front_matter::read(source, yaml, FIRST, problems)?),
            KindName::Event => {
                let event = read!(EventFields, Box::new);
                // That it is told is enough: no page can show it, and no list.
                event.starts().zip(event.ends())?;
                Kind::Event(event)
            }
            KindName::News => read!(NewsFields, Kind::News),
            KindName::Document => read!(DocumentFields, Kind::Document),
        };
        problems.extend(kind.common().check(source));
        Some(kind)
    }

    /// What every kind has.
    #[must_use]
    pub fn common(&self) -> Common<'_> {
        match self {
            Kind::Page(page) => Common {
                source: page.source.as_deref(),
                date: page.date,
                changed: page.last_changed(),
                ..page.common()
            },
            Kind::Person(person) => Common {
                source: person.source.as_deref(),
                ..person.common()
            },
            Kind::Service(service) => service.common(),
            Kind::Event(event) => event.common(),
            Kind::News(news) => Common {
                source: news.source.as_deref(),
                date: Some(news.date),
                changed: Some(news.last_changed()),
                ..news.common()
            },
            Kind::Document(document) => Common {
                source: document.source.as_deref(),
                date: document.date,
                changed: document.date,
                ..document.common()
            },
        }
    }
}

#[cfg(test)]
mod tests;
