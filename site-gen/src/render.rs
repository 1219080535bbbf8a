//! A page into HTML: its values into its template.
//!
//! A page is a function of the values it shows. Nothing is shared and nothing
//! is changed, so pages can be rendered in any order, or at once.

use domain::fees::FeeSchedule;
use domain::publication::Site as Head;
use jiff::Timestamp;
use theme::{Theme, ThemeError};

use crate::address;
use crate::kind::Kind;
use crate::page::Page;
use crate::settings::SiteFile;
use crate::site::Site;

mod context;
mod examples;

use context::{Context, EventContext, FeesContext, Item, PageContext, PersonItem, ServiceContext};

/// The template of the fees page.
const FEES: &str = "fees.html";

/// What every page may show.
pub(crate) struct Shared<'s> {
    pub(crate) site: &'s Site,
    pub(crate) settings: &'s SiteFile,
    pub(crate) head: &'s Head,
    pub(crate) fees: Option<&'s FeeSchedule>,
    pub(crate) now: Timestamp,
}

/// The name of the template that shows a page.
pub(crate) fn template(page: &Page, settings: &SiteFile) -> String {
    let own = match &page.kind {
        Kind::Page(fields) => fields
            .template
            .as_ref()
            .map(|template| template.value.as_str()),
        _ => None,
    };
    let by_kind = || match page.kind_name() {
        "list" => context::list_template(settings.sections.get(page.folder()).copied()),
        _ if page.path == address::NOT_FOUND => "404",
        kind => kind,
    };
    format!("{}.html", own.unwrap_or_else(by_kind))
}

/// Whether a page shows the fee schedule, and cannot be shown without it.
pub(crate) fn needs_fees(page: &Page, settings: &SiteFile) -> bool {
    template(page, settings) == FEES
}

/// The HTML of a page.
pub(crate) fn page(page: &Page, shared: &Shared<'_>, theme: &Theme) -> Result<String, ThemeError> {
    let Shared {
        site,
        settings,
        head,
        ..
    } = shared;
    let template = template(page, settings);
    let list = |pages| page.is_list().then(|| Item::all(pages));
    let context = Context {
        site: head,
        page: PageContext::new(page, site, head),
        items: list(site.items(page.folder())),
        sections: list(site.sections(page.folder())),
        service: ServiceContext::new(page, site),
        person: PersonItem::new(page),
        event: EventContext::new(page),
        fees: if template == FEES { fees(shared) } else { None },
        events: page.is_home().then(|| Item::all(coming(site, shared.now))),
        services_count: page.is_home().then(|| site.services().len()),
    };
    theme.render(&template, &context)
}

/// The events that have not ended.
fn coming(site: &Site, now: Timestamp) -> Vec<&Page> {
    let is_coming =
        |page: &&Page| matches!(&page.kind, Kind::Event(event) if event.ends.value.instant() > now);
    site.events().into_iter().filter(is_coming).collect()
}

fn fees<'s>(shared: &Shared<'s>) -> Option<FeesContext<'s>> {
    let schedule = shared.fees?;
    Some(FeesContext {
        schedule,
        examples: examples::worked(schedule),
    })
}
