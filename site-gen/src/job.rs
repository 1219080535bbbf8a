//! A job: one file of the output, as a value that holds exactly what is needed
//! to make it.
//!
//! Rendering sees a job, the settings and the theme, and nothing else. So two
//! jobs of one fingerprint are the same bytes, and an edit is worked out by
//! making all jobs anew (which is cheap: they hold references) and rendering
//! those whose fingerprint is new. `Hash` is derived, so that no field can be
//! forgotten.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::page::{Card, Whole};
use crate::revision::digest;
use crate::school_index::Found;
use crate::search::Entry;
use crate::shared::Shared;

/// One file of the output.
#[derive(Debug, Hash)]
pub(crate) enum Job<'s> {
    /// A page, by a template.
    Page(Box<PageJob<'s>>),
    /// An address that a page had before.
    Redirect {
        /// Where the page is now.
        to: &'s str,
    },
    /// What a reader subscribes to.
    Feed(FeedJob<'s>),
    /// Events, as calendar programs read them.
    Calendar(CalendarJob<'s>),
    /// The addresses of all pages, with the day of the last change.
    Sitemap(Vec<(Cow<'s, str>, Option<Date>)>),
    /// What search engines may look at.
    Robots,
    /// What the site's own search looks through.
    Search(Vec<Entry<'s>>),
    /// What a school is looked up in.
    Schools(Vec<Found<'s>>),
}

/// A page, by a template.
#[derive(Debug, Hash)]
pub(crate) struct PageJob<'s> {
    pub(crate) subject: Subject<'s>,
    /// The template, `.html` included.
    pub(crate) template: Cow<'s, str>,
    /// Where it is: for a later page of a list, not where the list is.
    pub(crate) address: Cow<'s, str>,
    /// The lists above it, without the home page.
    pub(crate) above: Vec<Card<'s>>,
    /// What a list holds.
    pub(crate) items: Option<Vec<Card<'s>>>,
    /// The lists that a list holds.
    pub(crate) sections: Option<Vec<Card<'s>>>,
    /// Which page of the list this is.
    pub(crate) pager: Option<Pager<'s>>,
    /// Those before and after it in its list.
    pub(crate) previous: Option<Card<'s>>,
    pub(crate) next: Option<Card<'s>>,
    pub(crate) related: Vec<Card<'s>>,
    /// The terms that it names.
    pub(crate) terms: Vec<TermLink<'s>>,
    /// All terms, for the page of a taxonomy.
    pub(crate) all_terms: Option<Vec<TermLink<'s>>>,
    /// The service of an event.
    pub(crate) service: Option<Card<'s>>,
    /// The people whom an event or a piece of news names.
    pub(crate) people: Vec<Card<'s>>,
    /// The events of a service; for the home page and lists of events, those
    /// that are to come.
    pub(crate) events: Option<Vec<Card<'s>>>,
    /// For lists of events, those that have ended, the latest first.
    pub(crate) past: Option<Vec<Card<'s>>>,
    /// Whether the events are shown in their months.
    pub(crate) months: bool,
    /// The calendar file of an event, or of a list of events.
    pub(crate) calendar: Option<String>,
    /// The choices that narrow a catalogue down.
    pub(crate) choices: Vec<ChoiceLink>,
    /// The pages that are shown whole on this one.
    pub(crate) parts: Vec<Part<'s>>,
    /// All that is listed by its letter.
    pub(crate) everything: Option<Vec<Card<'s>>>,
    /// How many services there are, for the home page.
    pub(crate) services_count: Option<usize>,
    /// The feed that it is told of by.
    pub(crate) feed: Option<String>,
    /// The fee schedule, by its digest, if its template shows it.
    pub(crate) fees: Option<u64>,
    /// The rules of booking, by their digest, if it is of an event.
    pub(crate) booking: Option<u64>,
}

/// What a page is of.
#[derive(Debug, Clone, Copy, Hash)]
pub(crate) enum Subject<'s> {
    /// A file of the content.
    Page(Whole<'s>),
    /// A taxonomy that has no file.
    Taxonomy {
        /// `tags`.
        name: &'s str,
    },
    /// A choice of the catalogue.
    Choice {
        /// The list of all services.
        list: Card<'s>,
        /// `Pillar`.
        question: &'static str,
        /// `Peer review`.
        label: &'static str,
        /// How many services there are in all.
        total: usize,
    },
    /// A term.
    Term {
        /// `tags`.
        taxonomy: &'s str,
        /// `Early reading`.
        name: &'s str,
    },
}

/// A term and its page.
#[derive(Debug, Hash)]
pub(crate) struct TermLink<'s> {
    pub(crate) taxonomy: &'s str,
    pub(crate) name: &'s str,
    pub(crate) href: &'s str,
    /// How many pages name it; not told on those pages themselves.
    pub(crate) count: Option<usize>,
}

/// A choice that narrows a catalogue down, and its page.
#[derive(Debug, Hash)]
pub(crate) struct ChoiceLink {
    /// `pillar`.
    pub(crate) field: &'static str,
    /// `Pillar`.
    pub(crate) question: &'static str,
    /// `peer-review`.
    pub(crate) value: &'static str,
    /// `Peer review`.
    pub(crate) label: &'static str,
    pub(crate) href: String,
    /// How many services it leaves.
    pub(crate) count: usize,
    /// Whether this is its page.
    pub(crate) current: bool,
}

/// A page that is shown whole on another.
#[derive(Debug, Hash)]
pub(crate) struct Part<'s> {
    pub(crate) page: Whole<'s>,
    /// The template that it has by itself.
    pub(crate) template: Cow<'s, str>,
    /// What its anchors there begin with.
    pub(crate) name: String,
    /// The level of its heading: 2, or 3 for a part of the part before it.
    pub(crate) level: u8,
}

/// Events, as calendar programs read them.
#[derive(Debug, Hash)]
pub(crate) struct CalendarJob<'s> {
    /// What it is a calendar of.
    pub(crate) title: Cow<'s, str>,
    /// Whether it is one to subscribe to, or of one event.
    pub(crate) is_list: bool,
    pub(crate) events: Vec<Card<'s>>,
}

/// Which page of a list this is, and where the others are.
#[derive(Debug, Clone, Hash)]
pub(crate) struct Pager<'s> {
    /// From 1.
    pub(crate) number: usize,
    pub(crate) count: usize,
    /// How many pages are listed on all of them.
    pub(crate) total: usize,
    /// The address of the list.
    pub(crate) first: &'s str,
}

impl Pager<'_> {
    /// The address of one of the pages.
    pub(crate) fn address(&self, number: usize) -> String {
        page_of_list(self.first, number)
    }

    /// The first, the last, and those next to this one.
    pub(crate) fn near(&self) -> Vec<(usize, String)> {
        let shown = |number: &usize| {
            *number == 1 || *number == self.count || number.abs_diff(self.number) <= 2
        };
        let from = self.number.saturating_sub(2).max(1);
        let until = (self.number + 2).min(self.count);
        let mut numbers: Vec<usize> = (from..=until).filter(shown).collect();
        if !numbers.contains(&1) {
            numbers.insert(0, 1);
        }
        if !numbers.contains(&self.count) {
            numbers.push(self.count);
        }
        let all = numbers.into_iter();
        all.map(|number| (number, self.address(number))).collect()
    }
}

/// The address of a page of a list: the first is at the list itself.
pub(crate) fn page_of_list(list: &str, number: usize) -> String {
    match number {
        0 | 1 => list.to_owned(),
        number => format!("{list}page/{number}/"),
    }
}

/// What a reader subscribes to: the newest first.
#[derive(Debug, Hash)]
pub(crate) struct FeedJob<'s> {
    /// Its own address.
    pub(crate) address: String,
    /// The title and the address of what it is a feed of.
    pub(crate) title: Cow<'s, str>,
    pub(crate) of: &'s str,
    pub(crate) entries: Vec<Card<'s>>,
}

/// The fingerprint of a job with these settings and this theme.
pub(crate) fn fingerprint(job: &Job<'_>, shared: &Shared) -> u64 {
    digest(&(job, shared))
}
