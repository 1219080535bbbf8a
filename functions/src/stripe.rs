//! The card provider: Stripe, through async-stripe, and nothing else names it.
//!
//! Card numbers never come near us: the payer pays on a page of Stripe's
//! (Checkout). We ask for that page, and read Stripe's own record of it
//! again before anything is believed. What is given back are plain values: no
//! type of Stripe's leaves this module.

use std::time::Duration;

use stripe::{Client, ClientBuilder, RequestStrategy};

use crate::config::StripeConfig;

mod balance;
mod dispute;
mod error;
mod events;
mod lists;
mod missed;
mod origin;
mod page;
mod refund;
mod session;
mod webhook;

pub use balance::{BalanceKind, BalanceLine};
pub use dispute::{DisputeRecord, Standing};
pub use error::{ProviderError, Refusal};
pub use missed::Missed;
pub use origin::Origin;
pub use page::CheckoutPage;
pub use refund::{RefundMade, RefundOutcome, RefundRecord};
pub use session::Reading;
pub use webhook::{About, KINDS, Notice, NoticeError, TOLERANCE, open};

/// How long Stripe may take to answer one request.
const PATIENCE: Duration = Duration::from_secs(6);
/// How often a request is sent that never arrived.
const SENDS: u32 = 3;

/// The way to Stripe.
#[derive(Clone)]
pub struct Stripe {
    client: Client,
    config: StripeConfig,
}

impl std::fmt::Debug for Stripe {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Stripe")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl Stripe {
    /// The way to Stripe by these settings.
    ///
    /// # Errors
    ///
    /// If the key or the address cannot stand in a request.
    pub fn new(config: &StripeConfig) -> anyhow::Result<Stripe> {
        let mut client = ClientBuilder::new(config.secret_key.expose())
            .timeout(PATIENCE)
            // What only reads may be sent again; what changes something has a key of its own.
            .request_strategy(RequestStrategy::ExponentialBackoff(SENDS));
        if let Some(base) = &config.api_base {
            client = client.url(base.clone());
        }
        Ok(Stripe {
            client: client.build()?,
            config: config.clone(),
        })
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &StripeConfig {
        &self.config
    }
}
