//! A function's screen: rendered with the theme's own templates, so that a
//! form looks like the site around it.

use axum::response::Html;
use serde_json::{Value, json};

use crate::answer::ApiError;
use crate::site::Published;

/// What every screen has.
#[derive(Debug, Clone, Copy)]
pub struct Screen<'a> {
    /// The heading of the page.
    pub title: &'a str,
    /// One sentence for search engines and previews; may be empty.
    pub description: &'a str,
    /// The address, from the root of the site.
    pub path: &'a str,
}

impl Screen<'_> {
    /// The page: a template, filled in.
    ///
    /// # Errors
    ///
    /// [`ApiError::Internal`] if the template cannot be filled in.
    pub fn render(
        &self,
        site: &Published,
        template: &str,
        context: Value,
    ) -> Result<Html<String>, ApiError> {
        let mut whole = json!({
            "site": site.publication.site,
            "page": {
                "title": self.title, "description": self.description, "path": self.path,
                "kind": "screen", "content": "", "source": null, "as_at": null,
                "breadcrumbs": [], "section": "", "headings": [],
            },
        });
        if let (Value::Object(whole), Value::Object(context)) = (&mut whole, context) {
            whole.extend(context);
        }
        let page = site
            .theme
            .render(template, &whole)
            .map_err(|error| ApiError::Internal(error.into()))?;
        Ok(Html(page))
    }
}
