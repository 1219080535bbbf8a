//! The theme: Tera, set up once for a page of the site and for a function's
//! screen, so that a form looks like the pages around it.
//!
//! A [`Theme`] is made of values: the templates' text and the addresses of the
//! assets. It reads no file; who makes one says where the text comes from.
//!
//! What a template has beside Tera's own:
//!
//! | | gives |
//! | --- | --- |
//! | `asset(path="style.css")` | the asset's address, its fingerprint included |
//! | `has_asset(path="minisearch.js")` | whether there is such an asset |
//! | `87500 \| pounds` | `£875.00` |
//! | `"2017-04-01" \| long_date` | `1 April 2017` |
//! | `"2028-03-14T16:00" \| time` | `4pm` |
//! | `"2028-03-14T16:00" \| date_time` | `14 March 2028, 4pm` |
//! | `page.headings \| nested` | each heading with the deeper ones as its `children` |
//!
//! A template named `….html` is escaped, any other (a letter) is not. A field
//! that is not there is an error, never an empty text.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Tera;

mod assets;
mod components;
mod error;
mod escape;
mod filters;
mod nested;

pub use components::{Component, Length, Parameter, ParameterKind};
pub use error::ThemeError;
pub use tera::value::Key;
pub use tera::{Context, Map, Value};

/// Templates that are ready to be filled in.
#[derive(Debug, Clone)]
pub struct Theme {
    tera: Tera,
    components: BTreeMap<String, Component>,
}

impl Theme {
    /// A theme of `templates` (a name such as `forms/apply.html`, and the text)
    /// and `assets` (a name such as `style.css`, and the address).
    ///
    /// # Errors
    ///
    /// [`ThemeError`] for the first template that cannot be parsed, or that
    /// names a template, component or filter which is not there.
    pub fn new(
        templates: impl IntoIterator<Item = (String, String)>,
        assets: BTreeMap<String, String>,
    ) -> Result<Theme, ThemeError> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        tera.set_escape_fn(escape::html);
        filters::register(&mut tera);
        assets::register(&mut tera, assets);
        tera.add_raw_templates(templates)
            .map_err(|error| ThemeError::from_tera("", &error))?;
        let components = components::all(&tera);
        Ok(Theme { tera, components })
    }

    /// Whether there is a template of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The template `name`, filled in with the fields of `context`.
    ///
    /// # Errors
    ///
    /// [`ThemeError`] says which template asked for what is not there, and
    /// where. It may be one that `name` extends or includes.
    pub fn render(&self, name: &str, context: &impl Serialize) -> Result<String, ThemeError> {
        let in_template = |error: tera::Error| ThemeError::from_tera(name, &error);
        let context = Context::from_serialize(context).map_err(in_template)?;
        self.tera.render(name, &context).map_err(in_template)
    }

    /// The same, of values that are made already (a page’s text is not copied
    /// again), onto the end of `out`.
    ///
    /// # Errors
    ///
    /// As for [`Theme::render`].
    pub fn render_to(
        &self,
        name: &str,
        context: &Context,
        out: &mut Vec<u8>,
    ) -> Result<(), ThemeError> {
        self.tera
            .render_to(name, context, out)
            .map_err(|error| ThemeError::from_tera(name, &error))
    }
}

#[cfg(test)]
mod tests;
