//! The plan: which files the output has, and the job of each.
//!
//! A task is a few numbers; its job is made where it is rendered, on any
//! thread, and dropped there.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::address;
use crate::choice::CHOICES;
use crate::faults;
use crate::job::page_of_list;
use crate::kind::Kind;
use crate::links::{FILE, Others};
use crate::moved;
use crate::page::Page;
use crate::problem::Problem;
use crate::revision::Table;
use crate::rule::Rule;
use crate::school_index;
use crate::search;
use crate::settings::SiteFile;
use crate::shared::Shared;
use crate::site::{Index, Site};
use crate::taxonomy::Taxonomy;
use crate::text::Place;

mod catalogue;
mod claims;
mod gathered;
mod jobs;
mod templates;

use jobs::cards;
use templates::{BY, CALENDAR, FEES, LETTERS, SEARCH, WHOLE};

/// The name of a feed in its folder.
const FEED: &str = "feed.xml";

/// How many entries a feed has: as many as a reader who comes back after some
/// weeks has missed.
const ENTRIES: usize = 20;

/// One file of the output, not yet looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// A page, or one of the pages of a list.
    Page(Index, usize),
    /// The page of all terms of a taxonomy.
    Taxonomy(usize),
    /// A page of a term.
    Term(usize, usize, usize),
    /// An alias of a page.
    Redirect(Index, usize),
    /// A choice of the catalogue that a page is the list of.
    Choice(Index, usize),
    /// The calendar file of an event, or of a list of events.
    Calendar(Index),
    /// The feed of a list; of the site, without one.
    Feed(Option<Index>),
    /// `sitemap.xml`.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// What can be searched, beside the search page.
    Search(Index),
    /// The schools that can be looked up.
    Schools,
}

/// The whole output.
#[derive(Debug)]
pub(crate) struct Plan<'s> {
    site: &'s Site<'s>,
    settings: &'s SiteFile,
    shared: &'s Shared,
    now: Timestamp,
    /// All files but those that are copied.
    pub(crate) tasks: Vec<Task>,
    /// What is at each address that is not a page's own.
    pub(crate) others: Others,
}

impl<'s> Plan<'s> {
    /// The plan of a site; `files` are the addresses of what is copied.
    pub(crate) fn new(
        site: &'s Site<'s>,
        settings: &'s SiteFile,
        shared: &'s Shared,
        files: &[(String, &std::path::Path)],
        now: Timestamp,
        problems: &mut Vec<Problem>,
    ) -> Plan<'s> {
        let mut plan = Plan {
            site,
            settings,
            shared,
            now,
            tasks: Vec::with_capacity(site.shown.len() + 64),
            others: Table::default(),
        };
        let addresses = files.iter().map(|(address, _)| (address.clone(), FILE));
        plan.others.extend(addresses);
        plan.pages(problems);
        plan.terms(problems);
        plan.choices(problems);
        plan.calendars(problems);
        plan.feeds();
        plan.add("/sitemap.xml".to_owned(), "the sitemap", Task::Sitemap);
        if !shared.schools.is_empty() {
            let address = school_index::ADDRESS.to_owned();
            plan.add(address, "the look-up of schools", Task::Schools);
        }
        if !plan.others.contains_key("/robots.txt") {
            plan.add(
                "/robots.txt".to_owned(),
                "the rules for robots",
                Task::Robots,
            );
        }
        // Last, so that whatever else is there is known.
        plan.redirects(problems);
        plan.files(files, problems);
        // What takes longest, such as the sitemap, comes first, so that nobody
        // waits for it in the end.
        let tasks = &mut plan.tasks;
        tasks.sort_by_key(|task| matches!(task, Task::Page(_, 1)));
        if let Some(published) = &shared.published {
            let file = shared.settings_path.with_file_name(moved::FILE);
            problems.extend(moved::check(published, &file, site, &plan.others));
        }
        plan
    }

    fn add(&mut self, address: String, what: &'static str, task: Task) {
        self.others.insert(address, what);
        self.tasks.push(task);
    }

    fn pages(&mut self, problems: &mut Vec<Problem>) {
        for index in &self.site.shown {
            let page = self.site.get(*index);
            if self.template_name(page) == FEES && self.shared.fees.is_none() {
                continue;
            }
            self.tasks.push(Task::Page(*index, 1));
            problems.extend(faults::no_bank_holidays(page, self.shared));
            if self.template_name(page) == SEARCH {
                let address = format!("{}{}", page.address, search::FILE);
                self.claim(&address, problems);
                self.add(address, "what can be searched", Task::Search(*index));
            }
            if page.is_list() {
                let items = self.site.items(page.folder()).len();
                for number in 2..=pages_of(items, self.paginate(page)) {
                    let address = page_of_list(&page.address, number);
                    if let Some(other) = self.site.at(&address) {
                        let what = format!("a page of the list `{}` is at `{address}`", page.path);
                        let hint = "rename this file".to_owned();
                        let problem = other.problem(Place::START, what, Some(hint));
                        problems.push(problem.of(Rule::AddressTaken));
                    }
                    self.add(address, "a page of a list", Task::Page(*index, number));
                }
            }
        }
    }

    fn terms(&mut self, problems: &mut Vec<Problem>) {
        for (number, taxonomy) in self.site.taxonomies.iter().enumerate() {
            if taxonomy.terms.is_empty() {
                continue;
            }
            for template in ["taxonomy", "term"] {
                if self.shared.theme.is_some() && !self.shared.has_template(template) {
                    let what = format!(
                        "the pages have {}, and the theme has no template `{template}.html` for them",
                        taxonomy.name
                    );
                    let hint = format!(
                        "add the template, or take `{}` out of `taxonomies` in `site.yaml`",
                        taxonomy.name
                    );
                    let problem = Problem::whole(&self.shared.theme_folder, what, hint);
                    problems.push(problem.of(Rule::Template));
                }
            }
            let address = taxonomy.address();
            // An `_index.md` there is the page of the taxonomy.
            if self.taxonomy_page(taxonomy).is_none() {
                self.claim(&address, problems);
                self.add(address, "a list of terms", Task::Taxonomy(number));
            }
            for (place, term) in taxonomy.terms.iter().enumerate() {
                let first = term.address.as_str();
                let count = pages_of(term.pages.len(), self.settings.paginate.map(get));
                for page in 1..=count {
                    let address = page_of_list(first, page);
                    self.claim(&address, problems);
                    self.add(
                        address,
                        "the page of a term",
                        Task::Term(number, place, page),
                    );
                }
            }
        }
    }

    fn feeds(&mut self) {
        if self.settings.feed {
            self.add(format!("/{FEED}"), "a feed", Task::Feed(None));
        }
        for index in &self.site.shown {
            let page = self.site.get(*index);
            let has_feed = matches!(page.kind, Kind::Page(fields) if fields.feed);
            if has_feed && !(page.is_home() && self.settings.feed) {
                let address = format!("{}{FEED}", page.address);
                self.add(address, "a feed", Task::Feed(Some(*index)));
            }
        }
    }

    /// The page of the content that a task is of.
    pub(crate) fn page_of(&self, task: Task) -> Option<Page<'s>> {
        match task {
            Task::Page(index, _) => Some(self.site.get(index)),
            _ => None,
        }
    }

    /// What is wrong if a task’s page asks for a template that is not there.
    pub(crate) fn no_template(&self, task: Task) -> Option<Problem> {
        faults::no_template(self.page_of(task)?, self.shared)
    }

    /// How many pages there are.
    pub(crate) fn pages_count(&self) -> usize {
        let is_page = |task: &&Task| {
            matches!(
                task,
                Task::Page(..) | Task::Taxonomy(_) | Task::Term(..) | Task::Choice(..)
            )
        };
        self.tasks.iter().filter(is_page).count()
    }

    /// The address of a task.
    pub(crate) fn address(&self, task: Task) -> Cow<'s, str> {
        match task {
            Task::Page(index, 1) => Cow::Borrowed(&self.site.get(index).document().address),
            Task::Page(index, number) => page_of_list(&self.site.get(index).address, number).into(),
            Task::Taxonomy(number) => self.site.taxonomies[number].address().into(),
            Task::Term(number, term, page) => {
                page_of_list(&self.site.taxonomies[number].terms[term].address, page).into()
            }
            Task::Redirect(index, number) => {
                let aliases = self.site.get(index).common().aliases;
                address::of_alias(&aliases[number].value)
                    .unwrap_or_default()
                    .into()
            }
            Task::Choice(list, number) => {
                CHOICES[number].address(&self.site.get(list).address).into()
            }
            Task::Calendar(index) => {
                let address = self.calendar_of(self.site.get(index));
                address.unwrap_or_default().into()
            }
            Task::Feed(None) => format!("/{FEED}").into(),
            Task::Feed(Some(index)) => format!("{}{FEED}", self.site.get(index).address).into(),
            Task::Sitemap => "/sitemap.xml".into(),
            Task::Robots => "/robots.txt".into(),
            Task::Schools => school_index::ADDRESS.into(),
            Task::Search(index) => {
                format!("{}{}", self.site.get(index).address, search::FILE).into()
            }
        }
    }

    /// The page that an editor wrote for a taxonomy.
    fn taxonomy_page(&self, taxonomy: &Taxonomy<'_>) -> Option<Page<'s>> {
        self.site
            .at(&taxonomy.address())
            .filter(|page| page.document().is_list())
    }

    /// How many items one page of a list shows.
    fn paginate(&self, page: Page<'_>) -> Option<usize> {
        let own = match page.kind {
            Kind::Page(fields) => fields.paginate,
            _ => None,
        };
        own.or(self.settings.paginate).map(get)
    }
}

fn get(number: std::num::NonZeroU32) -> usize {
    number.get() as usize
}

/// How many pages a list has: at least one.
fn pages_of(items: usize, paginate: Option<usize>) -> usize {
    paginate.map_or(1, |size| items.div_ceil(size).max(1))
}
