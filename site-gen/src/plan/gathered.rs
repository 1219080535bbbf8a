//! Pages that gather others: the whole of several on one page, everything by
//! its letter, and the events of a list as a calendar.

use std::collections::HashSet;

use super::{CALENDAR, FEES, LETTERS, Plan, Task, WHOLE, cards};
use crate::address;
use crate::job::{CalendarJob, PageJob, Part};
use crate::kind::{Kind, KindName};
use crate::page::{Card, Goal, Page, Whole};
use crate::problem::Problem;
use crate::site::Index;

impl<'s> Plan<'s> {
    /// A calendar file for each event, and one for each list of events.
    pub(super) fn calendars(&mut self, problems: &mut Vec<Problem>) {
        for index in &self.site.shown {
            let page = self.site.get(*index);
            if let Some(address) = self.calendar_of(page) {
                self.claim(&address, problems);
                self.add(address, "a calendar", Task::Calendar(*index));
            }
        }
    }

    /// Where the calendar file of an event or of a list of events is.
    pub(super) fn calendar_of(&self, page: Page<'s>) -> Option<String> {
        let folder = page.document().folder();
        let is_list = page.is_list() && self.events_section(page) == Some(folder);
        let has_one = is_list || matches!(page.kind, Kind::Event(_));
        has_one.then(|| calendar_address(&page.address))
    }

    /// What a calendar file holds.
    pub(super) fn calendar(&self, index: Index) -> CalendarJob<'s> {
        let page = self.site.get(index);
        let events = match page.kind {
            Kind::Event(_) => vec![Card(page)],
            _ => cards(self.events_of(page.document().folder())),
        };
        CalendarJob {
            title: page.common().title.into(),
            is_list: page.is_list(),
            events,
        }
    }

    /// The section of events that a list is of, or is inside of.
    fn events_section(&self, page: Page<'s>) -> Option<&'s str> {
        match self.settings.section(page.document().folder()) {
            Some((folder, KindName::Event)) => Some(folder),
            _ => None,
        }
    }

    fn events_of(&self, folder: &'s str) -> impl Iterator<Item = Page<'s>> {
        let events = self.site.events();
        events.filter(move |event| event.folder() == folder)
    }

    /// What a template asks for that gathers other pages.
    pub(super) fn gather(&self, job: &mut PageJob<'s>, page: Page<'s>) {
        match &*job.template {
            FEES => job.fees = Some(self.shared.fees_digest),
            WHOLE => {
                job.parts = self.parts(page);
                if job.parts.iter().any(|part| part.template == FEES) {
                    job.fees = Some(self.shared.fees_digest);
                }
            }
            LETTERS => job.everything = Some(self.everything(page)),
            _ => {}
        }
        job.months = job.template == CALENDAR;
        let section = page.is_list().then(|| self.events_section(page)).flatten();
        if section.is_some() || job.months {
            let events = self.site.events();
            let inside = events.filter(|event| section.is_none_or(|of| event.folder() == of));
            let (coming, past): (Vec<_>, Vec<_>) = inside.partition(|one| self.is_coming(*one));
            job.events = Some(cards(coming));
            job.past = Some(cards(past.into_iter().rev()));
            let list = section.and_then(|section| self.site.at(&format!("/{section}/")));
            job.calendar = list.and_then(|list| self.calendar_of(list));
        } else if matches!(page.kind, Kind::Event(_)) {
            job.calendar = self.calendar_of(page);
        }
    }

    /// Whether an event has not ended.
    pub(super) fn is_coming(&self, event: Page<'_>) -> bool {
        let Kind::Event(event) = event.kind else {
            return false;
        };
        event
            .ends()
            .is_some_and(|ends| ends.value.instant() > self.now)
    }

    /// The pages that one links to, in the order of its links. One that comes
    /// right after the page of its folder, or after its neighbour there, is a
    /// part of that.
    fn parts(&self, page: Page<'s>) -> Vec<Part<'s>> {
        let mut parts: Vec<Part<'s>> = Vec::new();
        let mut taken: HashSet<&str> = HashSet::from([page.document().path.as_str()]);
        let mut inside = None;
        for goal in &page.document().body.links {
            let Goal::Page(to) = goal else {
                continue;
            };
            let found = self.site.document_of(*to);
            let Some(found) = found.and_then(|found| self.site.at(&found.address)) else {
                continue;
            };
            let document = found.document();
            if !taken.insert(&document.path) {
                continue;
            }
            let is_part = !found.is_list() && inside == Some(document.folder());
            if !is_part {
                inside = found.is_list().then(|| document.folder());
            }
            let name = document.address.trim_matches('/').replace('/', "-");
            parts.push(Part {
                template: self.template_name(found),
                page: Whole(found),
                name: if name.is_empty() {
                    "home".to_owned()
                } else {
                    name
                },
                level: if is_part { 3 } else { 2 },
            });
        }
        parts
    }

    /// All pages but the one that lists them, those that only gather others,
    /// the home page and the page for what is not there.
    fn everything(&self, list: Page<'s>) -> Vec<Card<'s>> {
        let all = self.site.pages().filter(|page| {
            let gathers = self.template_name(*page) == WHOLE;
            !gathers && !page.is_home() && page.path != list.path && page.path != address::NOT_FOUND
        });
        cards(all)
    }
}

/// `/events/teachmeet.ics` of `/events/teachmeet/`.
fn calendar_address(page: &str) -> String {
    format!("{}.ics", page.trim_end_matches('/'))
}
