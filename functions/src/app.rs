//! What every handler is given: the settings, the records, the site, the
//! card provider and the time.

use std::ops::Deref;
use std::sync::Arc;

use domain::contact::{Line, Person};

use crate::clock::Clock;
use crate::config::Config;
use crate::identity::Identity;
use crate::links::Links;
use crate::site::{Site, Templates};
use crate::store::{Store, StoreError};
use crate::stripe::Stripe;

/// How the office is addressed in its letters.
const OFFICE: &str = "the office";

/// All that a handler needs, shared between requests.
#[derive(Debug, Clone)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
#[derive(Debug, Clone)]
pub struct Parts {
    /// The settings.
    pub config: Config,
    /// The records.
    pub store: Store,
    /// The publication and the theme.
    pub site: Arc<Site>,
    /// What derives links and knows them again.
    pub links: Links,
    /// The card provider, where this function may speak to it.
    pub stripe: Option<Stripe>,
    /// The staff's sign-in provider, where staff sign in.
    pub identity: Option<Arc<Identity>>,
    /// The time.
    pub clock: Clock,
}

/// Whom a function speaks to besides the table. Each is made by a function of
/// its own, so that a binary has nothing in it of one that it never asks.
#[derive(Debug, Default)]
pub struct Providers {
    stripe: Option<Stripe>,
    identity: Option<Identity>,
}

impl Providers {
    /// Nobody.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn none(_: &Config) -> anyhow::Result<Providers> {
        Ok(Providers::default())
    }

    /// The card provider.
    ///
    /// # Errors
    ///
    /// If its settings cannot be used.
    pub fn cards(config: &Config) -> anyhow::Result<Providers> {
        Ok(Providers {
            stripe: config.stripe.as_ref().map(Stripe::new).transpose()?,
            identity: None,
        })
    }

    /// The staff's sign-in provider.
    ///
    /// # Errors
    ///
    /// If its settings cannot be used.
    pub fn sign_in(config: &Config) -> anyhow::Result<Providers> {
        let identity = config
            .staff
            .as_ref()
            .map(|staff| Identity::new(staff, &config.base_url));
        Ok(Providers {
            stripe: None,
            identity: identity.transpose()?,
        })
    }

    /// Both.
    ///
    /// # Errors
    ///
    /// If the settings of one cannot be used.
    pub fn all(config: &Config) -> anyhow::Result<Providers> {
        Ok(Providers {
            identity: Providers::sign_in(config)?.identity,
            ..Providers::cards(config)?
        })
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// An app of these parts, which speaks to the `providers` that it is given.
    ///
    /// # Errors
    ///
    /// If their settings cannot be used.
    pub fn new(
        config: Config,
        store: Store,
        templates: Templates,
        clock: Clock,
        providers: fn(&Config) -> anyhow::Result<Providers>,
    ) -> anyhow::Result<App> {
        let Providers { stripe, identity } = providers(&config)?;
        let site = Arc::new(Site::new(store.clone(), templates));
        let links = Links::new(&config.base_url, config.link_key.clone());
        Ok(App(Arc::new(Parts {
            config,
            store,
            site,
            links,
            stripe,
            identity: identity.map(Arc::new),
            clock,
        })))
    }

    /// The same app with another store: one function of several in one process,
    /// each with a way of its own to the one table.
    #[must_use]
    pub fn with_store(&self, store: Store) -> App {
        App(Arc::new(Parts {
            store,
            ..Parts::clone(self)
        }))
    }

    /// The office, as letters are addressed to it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`], never: the name is a name.
    pub fn office(&self) -> Result<Person, StoreError> {
        let name = Line::parse(OFFICE, "the office");
        Ok(Person {
            name: name.map_err(|_| StoreError::Unreadable("the office's name"))?,
            email: self.config.office.clone(),
        })
    }

    /// An app as the environment of a Lambda describes it.
    ///
    /// # Errors
    ///
    /// If a setting is missing.
    pub fn from_environment(
        providers: fn(&Config) -> anyhow::Result<Providers>,
    ) -> anyhow::Result<App> {
        let config = Config::from_environment()?;
        let store = Store::connect(config.table.clone());
        App::new(
            config,
            store,
            crate::site::embedded_templates(),
            Clock::system(),
            providers,
        )
    }
}
