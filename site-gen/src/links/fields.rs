//! What front matter says of other files, and what is said of a page that is
//! not there for as long as another leads to it.

use std::path::Path;

use super::{Checker, Seen};
use crate::address;
use crate::kind::event::EventFields;
use crate::kind::service::Charging;
use crate::kind::{Kind, KindName};
use crate::page::Page;
use crate::problem::Problem;
use crate::publishing::Absence;
use crate::rule::Rule;
use crate::target::{NotATarget, Target};
use crate::text::Place;
use crate::yaml::Placed;

impl Checker<'_, '_> {
    /// What the front matter says of other pages.
    pub(super) fn fields(&mut self, page: Page<'_>) {
        match page.kind {
            Kind::Service(service) => {
                for section in &service.sources {
                    self.path(&section.page.value, section.page.place, &page.file);
                }
            }
            Kind::Event(event) => {
                self.named(KindName::Service, &event.service, &page.file);
                self.charge_of(event, page);
                for person in &event.people {
                    self.named(KindName::Person, person, &page.file);
                }
            }
            Kind::Document(document) => {
                if let Some(file) = &document.file {
                    self.file(&file.value, file.place, page);
                }
            }
            Kind::News(news) => {
                for person in &news.people {
                    self.named(KindName::Person, person, &page.file);
                }
            }
            Kind::Page(_) | Kind::Person(_) => {}
        }
    }

    /// A file beside a page, by its name.
    fn file(&mut self, written: &str, place: Place, page: Page<'_>) {
        let seen = || Seen {
            file: &page.file,
            place,
            page: &page.path,
            written,
        };
        match Target::parse(written, &page.path) {
            Ok(target @ Target::File { .. }) => self.target(&target, seen),
            Ok(_) | Err(NotATarget::Scheme(_) | NotATarget::Outside) => {
                let hint =
                    "put the file beside this one and write its name, such as `arrangements.pdf`";
                let what = format!("`{written}` is not a file of the content");
                let problem = seen().problem(what, hint.to_owned());
                let problem = problem.of(Rule::MissingFile);
                self.found.problems.push(problem);
            }
        }
    }

    /// A page of a kind, by the name of its file.
    fn named(&mut self, kind: KindName, name: &Placed<String>, file: &Path) {
        let (name, place) = (&*name.value, name.place);
        // One that is faulty is told at its own place.
        if let Some(meant) = self.there.called(kind, name) {
            if let Some(absence) = self.there.site.absence_for(self.reader, meant) {
                let seen = Seen {
                    file,
                    place,
                    page: address::HOME,
                    written: name,
                };
                let problem = self.absent(&seen, &format!("`{}`", meant.path), absence);
                self.found.problems.push(problem);
            }
        } else {
            let near = self.there.name_near(kind, name);
            let kind = kind.as_str();
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write the name of a {kind}’s file, without `.md`"),
            };
            let what = format!("there is no {kind} `{name}`");
            let problem = Problem::at(file, place, what, Some(hint));
            let problem = problem.of(Rule::UnknownReference);
            self.found.problems.push(problem);
        }
    }

    /// A link to the file of a document leads to something as long as the
    /// document is there.
    pub(super) fn withheld<'t>(&mut self, path: &str, seen: &impl Fn() -> Seen<'t>) {
        let withheld = self.there.site.withheld_for(self.reader, path);
        if let Some((document, absence)) = withheld {
            let what = format!("`{path}`, the file of `{}`", document.path);
            let problem = self.absent(&seen(), &what, absence);
            self.found.problems.push(problem);
        }
    }

    /// A link to what is not there, or not as long as the link is.
    pub(super) fn absent(&self, seen: &Seen<'_>, to: &str, absence: Absence) -> Problem {
        let (which, hint) = match absence {
            Absence::Draft => (
                "is a draft".to_owned(),
                "take the link out, or `draft: true` out of that page".to_owned(),
            ),
            Absence::NotYet(from) => (
                format!("is on the site only from {from}"),
                format!(
                    "publish this page no earlier, `publish_from: {from}`, or take the link out"
                ),
            ),
            Absence::NoMore(until) if until.ends() <= self.there.site.edition().now => (
                format!("was on the site until {until}"),
                "take the link out, or `publish_until` out of that page".to_owned(),
            ),
            Absence::NoMore(until) => (
                format!("leaves the site on {until}, and this page stays"),
                format!(
                    "let this page go no later, `publish_until: {until}`, or take the link out"
                ),
            ),
        };
        let what = format!("the link leads to {to}, which {which}");
        seen.problem(what, hint).of(Rule::UnpublishedLink)
    }

    /// A price is charged for a service that is charged for.
    fn charge_of(&mut self, event: &EventFields, page: Page<'_>) {
        let Some(price) = event.price.filter(|price| !price.value.0.is_zero()) else {
            return;
        };
        let mut services = self.there.of_stem(&event.service.value).iter();
        let service = services.find_map(|document| match &document.kind {
            Some(Kind::Service(service)) => Some((&document.path, service)),
            _ => None,
        });
        let Some((path, service)) = service else {
            return;
        };
        let charged = |charging: &Charging| {
            matches!(
                charging,
                Charging::Purchase | Charging::Open | Charging::Tbc
            )
        };
        if !service.charging.iter().any(charged) {
            let what = format!(
                "a place costs {}, and `{}` is a service that nobody is charged for",
                price.value.0, event.service.value
            );
            let hint = format!(
                "take the price out, or say how it is charged: `charging: [purchase]` in `{path}`"
            );
            let problem = page.problem(price.place, what, Some(hint));
            self.found
                .problems
                .push(problem.of(Rule::PriceWithoutCharge));
        }
    }
}
