//! What every handler is given: the settings, the records, the site, the
//! card provider and the time.

use std::ops::Deref;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::site::{Site, Templates};
use crate::store::Store;
use crate::stripe::Stripe;

/// All that a handler needs, shared between requests.
#[derive(Debug, Clone)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
#[derive(Debug)]
pub struct Parts {
    /// The settings.
    pub config: Config,
    /// The records.
    pub store: Store,
    /// The publication and the theme.
    pub site: Site,
    /// The card provider, where this function may speak to it.
    pub stripe: Option<Stripe>,
    /// The time.
    pub clock: Clock,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// An app of these parts.
    ///
    /// # Errors
    ///
    /// If the settings of the card provider cannot be used.
    pub fn new(
        config: Config,
        store: Store,
        templates: Templates,
        clock: Clock,
    ) -> anyhow::Result<App> {
        let stripe = config.stripe.as_ref().map(Stripe::new).transpose()?;
        let site = Site::new(store.clone(), templates);
        Ok(App(Arc::new(Parts {
            config,
            store,
            site,
            stripe,
            clock,
        })))
    }

    /// An app as the environment of a Lambda describes it.
    ///
    /// # Errors
    ///
    /// If a setting is missing.
    pub async fn from_environment() -> anyhow::Result<App> {
        let config = Config::from_environment()?;
        let store = Store::connect(config.table.clone()).await;
        App::new(
            config,
            store,
            crate::site::embedded_templates(),
            Clock::system(),
        )
    }
}
