//! What every handler is given, and the routers that are made of handlers.

use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::clock::Clock;
use crate::config::Config;
use crate::site::{Site, Templates};
use crate::store::Store;
use crate::stripe::Stripe;
use crate::{answer, events, membership, payments, security};

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

    /// The routes of the `membership` function.
    pub fn membership(&self) -> Router {
        self.dressed(membership::routes())
    }

    /// The routes of the `events` function.
    pub fn events(&self) -> Router {
        self.dressed(events::routes())
    }

    /// The routes of the `payments` function.
    pub fn payments(&self) -> Router {
        self.dressed(payments::routes())
    }

    /// Every route of every function, for one machine.
    pub fn everything(&self) -> Router {
        self.dressed(
            membership::routes()
                .merge(events::routes())
                .merge(payments::routes()),
        )
    }

    /// What every answer of every function goes through.
    fn dressed(&self, routes: Router<App>) -> Router {
        routes
            .fallback(answer::not_found)
            .method_not_allowed_fallback(answer::method_not_allowed)
            .layer(from_fn(security::own_forms_only))
            .layer(from_fn_with_state(self.clone(), answer::finish))
            .with_state(self.clone())
    }
}
