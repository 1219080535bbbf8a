//! Which template shows a page, and those that are given more than the page.

use std::borrow::Cow;

use super::Plan;
use crate::address;
use crate::kind::{Kind, KindName};
use crate::page::Page;
use crate::taxonomy::Taxonomy;

/// The template of the fees page.
pub(super) const FEES: &str = "fees.html";

/// The template of the search page: what can be searched is written beside it.
pub(super) const SEARCH: &str = "search.html";

/// The template of a page that shows others whole.
pub(super) const WHOLE: &str = "print.html";

/// The template of a page that lists everything by its letter.
pub(super) const LETTERS: &str = "a-z.html";

/// The template of a page that shows events in their months.
pub(super) const CALENDAR: &str = "calendar.html";

/// The name of the template of a choice of the catalogue: a theme without it
/// has no such pages.
pub(super) const BY: &str = "services-by";

impl<'s> Plan<'s> {
    /// The name of the template that shows a page.
    pub(crate) fn template_name(&self, page: Page<'s>) -> Cow<'s, str> {
        if let Kind::Page(fields) = page.kind
            && let Some(template) = &fields.template
        {
            return format!("{}.html", template.value).into();
        }
        let is_taxonomy =
            |taxonomy: &Taxonomy<'_>| taxonomy.name == page.folder() && !taxonomy.terms.is_empty();
        Cow::Borrowed(match page.kind_name() {
            "list" if self.site.taxonomies.iter().any(is_taxonomy) => "taxonomy.html",
            "list" => match self.settings.section(page.document().folder()) {
                Some((_, KindName::Service)) => "services.html",
                Some((_, KindName::Person)) => "people.html",
                Some((_, KindName::Event)) => "events.html",
                Some((_, KindName::News)) => "news.html",
                Some((_, KindName::Document)) => "documents.html",
                Some((_, KindName::Page)) | None => "list.html",
            },
            _ if page.path == address::NOT_FOUND => "404.html",
            "home" => "home.html",
            "service" => "service.html",
            "person" => "person.html",
            "event" => "event.html",
            "news" => "article.html",
            "document" => "document.html",
            _ => "page.html",
        })
    }
}
