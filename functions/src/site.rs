//! The publication that is current, and the theme set up with its assets.
//!
//! Read at the first request and again when it is older than a minute, so
//! that an editor's change goes live without a new function.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use domain::publication::Publication;
use theme::Theme;

use crate::store::{Store, StoreError};

/// How long a publication is believed to be current.
const FRESH: Duration = Duration::from_secs(60);

/// The theme's templates, carried inside the binary: names and texts.
const EMBEDDED: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// Templates by name, as a theme takes them.
pub type Templates = Vec<(String, String)>;

/// The templates that travel inside the binary.
#[must_use]
pub fn embedded_templates() -> Templates {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    EMBEDDED.iter().map(owned).collect()
}

/// A publication, ready to be shown.
#[derive(Debug)]
pub struct Published {
    /// What the site promises.
    pub publication: Publication,
    /// The look of it.
    pub theme: Theme,
}

/// The publication, kept for a while.
#[derive(Debug)]
pub struct Site {
    store: Store,
    templates: RwLock<Templates>,
    current: RwLock<Option<(Instant, Arc<Published>)>>,
}

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The store did not give it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing was published yet.
    #[error("nothing is published: run `publish` with the publication that the generator wrote")]
    Unpublished,
    /// The theme's templates are at fault.
    #[error("the theme cannot be used: {0}")]
    Theme(#[from] theme::ThemeError),
}

impl Site {
    /// The site in a store, shown by these templates.
    #[must_use]
    pub fn new(store: Store, templates: Templates) -> Site {
        Site {
            store,
            templates: RwLock::new(templates),
            current: RwLock::default(),
        }
    }

    /// The publication, not much older than a minute.
    ///
    /// When the database does not answer, the last one known serves on.
    ///
    /// # Errors
    ///
    /// [`SiteError`] if there never was one to show.
    pub async fn published(&self) -> Result<Arc<Published>, SiteError> {
        let known = self
            .current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some((since, published)) = &known
            && since.elapsed() < FRESH
        {
            return Ok(Arc::clone(published));
        }
        match (self.read().await, known) {
            (Ok(published), _) => Ok(published),
            (Err(error), Some((_, published))) => {
                tracing::warn!(%error, "the publication could not be read again; the last one serves on");
                Ok(published)
            }
            (Err(error), None) => Err(error),
        }
    }

    /// Forgets what is kept, because something new was published, perhaps
    /// with other templates.
    pub fn refresh(&self, templates: Option<Templates>) {
        if let Some(templates) = templates {
            *self
                .templates
                .write()
                .unwrap_or_else(PoisonError::into_inner) = templates;
        }
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn read(&self) -> Result<Arc<Published>, SiteError> {
        let publication = self
            .store
            .publication()
            .await?
            .ok_or(SiteError::Unpublished)?;
        let templates = self
            .templates
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let theme = Theme::new(templates, publication.assets.clone())?;
        let published = Arc::new(Published { publication, theme });
        let kept = Some((Instant::now(), Arc::clone(&published)));
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = kept;
        Ok(published)
    }
}
