//! The job of each task: what its file is made of, gathered from the index.

use std::borrow::Cow;

use super::{ENTRIES, FEED, Plan, Task, WHOLE, get, pages_of};
use crate::address;
use crate::job::{FeedJob, Job, PageJob, Pager, Subject, TermLink, page_of_list};
use crate::kind::Kind;
use crate::page::{Card, Page, Whole};
use crate::school_index;
use crate::search::Entry;
use crate::site::Index;
use crate::taxonomy::{Standing, Taxonomy, Term};
use crate::yaml::Placed;

impl<'s> Plan<'s> {
    /// All that a task’s file is made of.
    pub(crate) fn job(&self, task: Task) -> Job<'s> {
        match task {
            Task::Page(index, number) => Job::Page(Box::new(self.page(index, number))),
            Task::Taxonomy(number) => Job::Page(Box::new(self.taxonomy(number))),
            Task::Term(number, term, page) => Job::Page(Box::new(self.term(number, term, page))),
            Task::Choice(list, number) => Job::Page(Box::new(self.choice(list, number))),
            Task::Calendar(index) => Job::Calendar(self.calendar(index)),
            Task::Redirect(index, _) => Job::Redirect {
                to: &self.site.get(index).document().address,
            },
            Task::Feed(list) => Job::Feed(self.feed(list)),
            Task::Sitemap => Job::Sitemap(self.sitemap()),
            Task::Robots => Job::Robots,
            Task::Schools => Job::Schools(school_index::of(&self.shared.schools)),
            Task::Search(own) => Job::Search(self.searched(own)),
        }
    }

    fn page(&self, index: Index, number: usize) -> PageJob<'s> {
        let site = self.site;
        let page = site.get(index);
        let fields = &self.shared.fields;
        let (previous, next) = site.neighbours(index);
        let mut job = PageJob {
            template: self.template_name(page),
            address: self.address(Task::Page(index, number)),
            previous: previous.filter(|_| fields.previous).map(Card),
            next: next.filter(|_| fields.next).map(Card),
            ..PageJob::of(Subject::Page(Whole(page)))
        };
        if fields.way() {
            job.above = cards(site.above(page));
        }
        if fields.related {
            job.related = cards(site.related(index));
        }
        if fields.terms {
            job.terms = self.terms_of(index);
        }
        if fields.feed {
            job.feed = self.feed_of(page);
        }
        self.gather(&mut job, page);
        if page.is_list() {
            let items = site.items(page.folder());
            (job.items, job.pager) =
                self.slice(items, self.paginate(page), &page.document().address, number);
            let sections = if number == 1 {
                site.sections(page.folder())
            } else {
                &[]
            };
            job.sections = Some(cards(sections.iter().map(|index| site.get(*index))));
            let taxonomies = site.taxonomies.iter();
            let mut own = taxonomies.filter(|taxonomy| taxonomy.name == page.folder());
            job.all_terms = own.next().map(all_terms);
            job.choices = self.links(page, None);
        }
        match page.kind {
            Kind::Page(_) if page.is_home() => {
                let coming = site.events().filter(|event| self.is_coming(*event));
                job.events = Some(cards(coming));
                job.services_count = Some(site.services().len());
            }
            Kind::Service(_) => {
                let of_this = site.events().filter(|event| {
                    matches!(event.kind, Kind::Event(event) if event.service.value == page.stem())
                });
                job.events = Some(cards(of_this));
                if job.related.is_empty() {
                    job.related = cards(self.related_services(index));
                }
            }
            Kind::Event(event) => {
                let mut services = site.services();
                let service = services.find(|service| service.stem() == event.service.value);
                job.service = service.map(Card);
                job.people = self.people(&event.people);
                job.booking = Some(self.shared.booking_digest);
            }
            Kind::News(news) => job.people = self.people(&news.people),
            Kind::Page(_) | Kind::Person(_) | Kind::Document(_) => {}
        }
        job
    }

    /// The people of these names, as they are named.
    fn people(&self, names: &[Placed<String>]) -> Vec<Card<'s>> {
        let person = |name: &Placed<String>| {
            let mut pages = self.site.pages();
            let is_meant =
                |page: &Page<'_>| matches!(page.kind, Kind::Person(_)) && page.stem() == name.value;
            pages.find(is_meant)
        };
        cards(names.iter().filter_map(person))
    }

    fn taxonomy(&self, number: usize) -> PageJob<'s> {
        let taxonomy = &self.site.taxonomies[number];
        PageJob {
            template: "taxonomy.html".into(),
            address: taxonomy.address().into(),
            all_terms: Some(all_terms(taxonomy)),
            feed: self.site_feed(),
            ..PageJob::of(Subject::Taxonomy {
                name: taxonomy.name,
            })
        }
    }

    fn term(&self, number: usize, term: usize, page: usize) -> PageJob<'s> {
        let taxonomy = &self.site.taxonomies[number];
        let term = &taxonomy.terms[term];
        let first = term.address.as_str();
        let paginate = self.settings.paginate.map(get);
        let (items, pager) = self.slice(&term.pages, paginate, first, page);
        PageJob {
            template: "term.html".into(),
            address: page_of_list(first, page).into(),
            above: cards(self.taxonomy_page(taxonomy)),
            items,
            pager,
            feed: self.site_feed(),
            ..PageJob::of(Subject::Term {
                taxonomy: taxonomy.name,
                name: term.name,
            })
        }
    }

    /// One page of a list.
    fn slice(
        &self,
        items: &[Index],
        paginate: Option<usize>,
        first: &'s str,
        number: usize,
    ) -> (Option<Vec<Card<'s>>>, Option<Pager<'s>>) {
        let count = pages_of(items.len(), paginate);
        let size = paginate.unwrap_or(items.len());
        let from = (size * (number - 1)).min(items.len());
        let until = (from + size).min(items.len());
        let shown = items[from..until].iter().map(|index| self.site.get(*index));
        let pager = Pager {
            number,
            count,
            total: items.len(),
            first,
        };
        (Some(cards(shown)), (count > 1).then_some(pager))
    }

    fn feed(&self, list: Option<Index>) -> FeedJob<'s> {
        let list = list.map(|index| self.site.get(index));
        let folder = list.map_or("", |list| list.document().folder());
        let inside = |page: &Page<'_>| {
            let own = page.folder();
            folder.is_empty()
                || own == folder
                || own
                    .strip_prefix(folder)
                    .is_some_and(|rest| rest.starts_with('/'))
        };
        let newest = self.site.newest.iter().map(|index| self.site.get(*index));
        let dated = newest.take_while(|page| page.common().date.is_some());
        FeedJob {
            address: match list {
                Some(list) => format!("{}{FEED}", list.address),
                None => format!("/{FEED}"),
            },
            title: match list {
                Some(list) => list.common().title.into(),
                None => self.settings.name.as_str().into(),
            },
            of: list.map_or("/", |list| &list.document().address),
            entries: cards(dated.filter(inside).take(ENTRIES)),
        }
    }

    fn sitemap(&self) -> Vec<(Cow<'s, str>, Option<jiff::civil::Date>)> {
        let mut found: Vec<_> = self
            .tasks
            .iter()
            .filter_map(|task| match task {
                Task::Page(index, number) => {
                    let page = self.site.get(*index);
                    let changed = page.common().changed.filter(|_| *number == 1);
                    // What gathers others is found where they are.
                    let hidden =
                        page.path == address::NOT_FOUND || self.template_name(page) == WHOLE;
                    (!hidden).then(|| (self.address(*task), changed))
                }
                Task::Choice(list, number) => self
                    .narrows(*list, *number)
                    .then(|| (self.address(*task), None)),
                Task::Taxonomy(_) | Task::Term(..) => Some((self.address(*task), None)),
                _ => None,
            })
            .collect();
        found.sort_unstable();
        found
    }

    /// Every page but the search page itself, those that repeat others whole, and
    /// the one that says that there is none, in order of address.
    fn searched(&self, own: Index) -> Vec<Entry<'s>> {
        let page = |task: &Task| match task {
            Task::Page(index, 1) if *index != own => Some(self.site.get(*index)),
            _ => None,
        };
        let all = self.tasks.iter().filter_map(page);
        let all = all
            .filter(|page| page.path != address::NOT_FOUND && self.template_name(*page) != WHOLE);
        let mut entries: Vec<Entry<'s>> = all
            .map(|page| Entry {
                page: Whole(page),
                list: self.site.above(page).last().copied().map(Card),
            })
            .collect();
        entries.sort_unstable_by_key(|Entry { page, .. }| page.0.document().address.as_str());
        entries
    }

    fn terms_of(&self, index: Index) -> Vec<TermLink<'s>> {
        let standings = self.site.standings(index).iter();
        let link = |standing: &Standing| {
            let taxonomy = &self.site.taxonomies[standing.taxonomy as usize];
            term_link(taxonomy, &taxonomy.terms[standing.term as usize], false)
        };
        standings.map(link).collect()
    }

    /// The feed that tells of a page: that of the nearest list above it.
    fn feed_of(&self, page: Page<'s>) -> Option<String> {
        let has_feed = |page: &Page<'s>| matches!(page.kind, Kind::Page(fields) if fields.feed);
        let lists = self.site.above(page);
        let own = page.is_list().then_some(page);
        let list = own
            .into_iter()
            .chain(lists.into_iter().rev())
            .find(has_feed);
        match list {
            Some(list) => Some(format!("{}{FEED}", list.address)),
            None => self.site_feed(),
        }
    }

    pub(super) fn site_feed(&self) -> Option<String> {
        let home = self.site.at("/").map(|home| home.kind);
        let of_home = matches!(home, Some(Kind::Page(fields)) if fields.feed);
        (self.settings.feed || of_home).then(|| format!("/{FEED}"))
    }
}

impl<'s> PageJob<'s> {
    /// Of that, and nothing more yet.
    pub(super) fn of(subject: Subject<'s>) -> PageJob<'s> {
        PageJob {
            subject,
            template: Cow::Borrowed(""),
            address: Cow::Borrowed(""),
            above: Vec::new(),
            items: None,
            sections: None,
            pager: None,
            previous: None,
            next: None,
            related: Vec::new(),
            terms: Vec::new(),
            all_terms: None,
            service: None,
            people: Vec::new(),
            events: None,
            past: None,
            months: false,
            calendar: None,
            choices: Vec::new(),
            parts: Vec::new(),
            everything: None,
            services_count: None,
            feed: None,
            fees: None,
            booking: None,
        }
    }
}

pub(super) fn cards<'s>(pages: impl IntoIterator<Item = Page<'s>>) -> Vec<Card<'s>> {
    pages.into_iter().map(Card).collect()
}

fn all_terms<'s>(taxonomy: &'s Taxonomy<'s>) -> Vec<TermLink<'s>> {
    let terms = taxonomy.terms.iter();
    terms.map(|term| term_link(taxonomy, term, true)).collect()
}

fn term_link<'s>(taxonomy: &'s Taxonomy<'s>, term: &'s Term<'s>, counted: bool) -> TermLink<'s> {
    TermLink {
        taxonomy: taxonomy.name,
        name: term.name,
        href: &term.address,
        count: counted.then_some(term.pages.len()),
    }
}
