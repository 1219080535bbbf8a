//! The catalogue of services: a page for each choice that narrows it down, and
//! what a service is related to.

use std::cmp::Reverse;

use super::{BY, Plan, Task, cards};
use crate::choice::{CHOICES, Choice};
use crate::job::{ChoiceLink, PageJob, Subject};
use crate::kind::service::ServiceFields;
use crate::kind::{Kind, KindName};
use crate::page::{Card, Page};
use crate::problem::Problem;
use crate::site::Index;

/// How many related services are shown.
const RELATED: usize = 4;

/// How far they are looked for on either side in the order of the catalogue,
/// which puts like beside like: so a service costs no more in a large one.
const NEAR: usize = 24;

impl<'s> Plan<'s> {
    /// A page for each choice that any service is among, if the theme shows them.
    pub(super) fn choices(&mut self, problems: &mut Vec<Problem>) {
        if !self.shows_choices() {
            return;
        }
        for index in &self.site.shown {
            let list = self.site.get(*index);
            if !self.is_catalogue(list) {
                continue;
            }
            for (number, choice) in CHOICES.into_iter().enumerate() {
                if self.chosen(list, choice).next().is_none() {
                    continue;
                }
                let address = choice.address(&list.address);
                self.claim(&address, problems);
                self.add(
                    address,
                    "a choice of the catalogue",
                    Task::Choice(*index, number),
                );
            }
        }
    }

    fn shows_choices(&self) -> bool {
        self.shared.has_template(BY)
    }

    /// Whether a page is the list of a section of services.
    fn is_catalogue(&self, page: Page<'s>) -> bool {
        let section = self.settings.section(page.document().folder());
        page.is_list() && section == Some((page.document().folder(), KindName::Service))
    }

    /// The services of a section that are among a choice, in order of their list.
    fn chosen(&self, list: Page<'s>, choice: Choice) -> impl Iterator<Item = Page<'s>> {
        let items = self.site.items(list.document().folder());
        let items = items.iter().map(|index| self.site.get(*index));
        items.filter(move |page| fields(*page).is_some_and(|fields| choice.takes(fields)))
    }

    /// Whether the page of a choice shows what no other page does.
    pub(super) fn narrows(&self, list: Index, number: usize) -> bool {
        let list = self.site.get(list);
        let all = self.site.items(list.folder()).len();
        self.chosen(list, CHOICES[number]).count() < all
    }

    /// All choices of a catalogue, for the page of one of them or of none.
    pub(super) fn links(&self, list: Page<'s>, current: Option<usize>) -> Vec<ChoiceLink> {
        if !self.shows_choices() || !self.is_catalogue(list) {
            return Vec::new();
        }
        let links = CHOICES.into_iter().enumerate().map(|(number, choice)| {
            let (value, label) = choice.words();
            ChoiceLink {
                field: choice.field(),
                question: choice.question(),
                value,
                label,
                href: choice.address(&list.address),
                count: self.chosen(list, choice).count(),
                current: current == Some(number),
            }
        });
        links.filter(|link| link.count > 0).collect()
    }

    /// The page of a choice.
    pub(super) fn choice(&self, index: Index, number: usize) -> PageJob<'s> {
        let list = self.site.get(index);
        let choice = CHOICES[number];
        let total = self.site.items(list.folder()).len();
        let mut above = cards(self.site.above(list));
        above.push(Card(list));
        PageJob {
            template: format!("{BY}.html").into(),
            address: choice.address(&list.address).into(),
            above,
            items: Some(cards(self.chosen(list, choice))),
            choices: self.links(list, Some(number)),
            feed: self.site_feed(),
            ..PageJob::of(Subject::Choice {
                list: Card(list),
                question: choice.question(),
                label: choice.words().1,
                total,
            })
        }
    }

    /// The services that have most in common with one: the pillar, and places of
    /// the prospectus that name both. Among equals the nearest in the catalogue
    /// comes first.
    pub(super) fn related_services(&self, index: Index) -> Vec<Page<'s>> {
        let page = self.site.get(index);
        let Some(own) = fields(page) else {
            return Vec::new();
        };
        let near = self.site.services_near(index, NEAR).into_iter();
        let mut found: Vec<_> = near
            .filter_map(|(distance, other)| {
                let common = in_common(own, fields(other)?);
                (common > 0).then_some((Reverse(common), distance, other))
            })
            .collect();
        found.sort_by_key(|(common, distance, _)| (*common, *distance));
        let best = found.into_iter().take(RELATED);
        best.map(|(_, _, page)| page).collect()
    }
}

fn fields(page: Page<'_>) -> Option<&ServiceFields> {
    match page.kind {
        Kind::Service(fields) => Some(fields),
        _ => None,
    }
}

/// How much two services have in common.
fn in_common(one: &ServiceFields, other: &ServiceFields) -> usize {
    let named = |section: &str| other.sources.iter().any(|source| source.section == section);
    let places = one.sources.iter().filter(|source| named(&source.section));
    let pillar = one.pillar.is_some() && one.pillar == other.pillar;
    places.count() + 3 * usize::from(pillar)
}
