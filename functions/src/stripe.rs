//! The card provider: Stripe, through async-stripe, and nothing else names it.
//!
//! Card numbers never come near us: the payer pays on a page of Stripe's
//! (Checkout). We ask for that page, and read Stripe's own record of it
//! again before anything is believed.

use std::time::Duration;

use domain::invoice::InvoiceNumber;
use domain::payment::{Outcome, Payment, Purpose, Record};
use jiff::Timestamp;
use stripe::{
    Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeError, StripeRequest as _,
};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes,
    CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData, ProductData,
    RetrieveCheckoutSession,
};
use stripe_checkout::{CheckoutSessionMode, CheckoutSessionPaymentStatus, CheckoutSessionStatus};

use crate::config::StripeConfig;

mod webhook;

pub use webhook::{Notice, NoticeError, TOLERANCE, open};

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

/// A page to pay on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutPage {
    /// Stripe's name for it.
    pub session: String,
    /// Its address.
    pub url: String,
}

/// Stripe's record of a page, with the address while it can be paid on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What counts.
    pub record: Record,
    /// The address of the page.
    pub url: Option<String>,
    /// What we noted on it: which booking of which event, or which invoice.
    pub noted: Option<Purpose>,
}

/// Why Stripe did not do it.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// Stripe understood, and refused.
    #[error("Stripe refused: {0}")]
    Refused(StripeError),
    /// Stripe did not answer, or not in words that we know.
    #[error("Stripe did not answer: {0}")]
    Unreachable(StripeError),
    /// The answer lacks what it must have.
    #[error("Stripe's answer has no {0}")]
    Incomplete(&'static str),
}

impl From<StripeError> for ProviderError {
    fn from(error: StripeError) -> ProviderError {
        match &error {
            // A conflict (409) or too many requests (429) passes; the rest of
            // the 400s is a request that will never be taken.
            StripeError::Stripe(_, status)
                if (400..500).contains(status) && ![409, 429].contains(status) =>
            {
                ProviderError::Refused(error)
            }
            _ => ProviderError::Unreachable(error),
        }
    }
}

impl Stripe {
    /// The way to Stripe by these settings.
    ///
    /// # Errors
    ///
    /// If the key or the address cannot stand in a request.
    pub fn new(config: &StripeConfig) -> anyhow::Result<Stripe> {
        let mut client = ClientBuilder::new(config.secret_key.expose()).timeout(PATIENCE);
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

    /// Asks for a page on which `payment` can be paid until `expires_at`.
    ///
    /// With the same `key` and the same words it is the same page, however
    /// often it is asked.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if there is no such page now.
    pub async fn page(
        &self,
        payment: &Payment,
        key: &str,
        expires_at: Timestamp,
        base_url: &str,
    ) -> Result<CheckoutPage, ProviderError> {
        let amount =
            i64::try_from(payment.amount.get()).map_err(|_| ProviderError::Incomplete("amount"))?;
        let mut price = CreateCheckoutSessionLineItemsPriceData::new(stripe_types::Currency::GBP);
        price.unit_amount = Some(amount);
        price.product_data = Some(ProductData::new(payment.description.clone()));
        let mut line = CreateCheckoutSessionLineItems::new();
        line.price_data = Some(price);
        line.quantity = Some(1);
        let here = format!("{base_url}/pay/{}", payment.reference);
        let request = CreateCheckoutSession::new()
            .mode(CheckoutSessionMode::Payment)
            // Methods that settle days later would hold a place for days.
            .allowed_payment_method_types(vec![
                CreateCheckoutSessionAllowedPaymentMethodTypes::Card,
            ])
            .line_items(vec![line])
            .client_reference_id(payment.reference.to_string())
            .metadata(notes(payment))
            .success_url(format!("{here}/return"))
            .cancel_url(format!("{here}/"))
            .expires_at(expires_at.as_second());
        let idempotency =
            IdempotencyKey::new(key).map_err(|_| ProviderError::Incomplete("idempotency key"))?;
        let mut sent = 1;
        let session = loop {
            let strategy = RequestStrategy::Idempotent(idempotency.clone());
            match request
                .customize()
                .request_strategy(strategy)
                .send(&self.client)
                .await
            {
                Ok(session) => break session,
                Err(error) => match ProviderError::from(error) {
                    ProviderError::Unreachable(_) if sent < SENDS => sent += 1,
                    error => return Err(error),
                },
            }
            tokio::time::sleep(Duration::from_millis(100 << sent)).await;
        };
        Ok(CheckoutPage {
            session: session.id.to_string(),
            url: session
                .url
                .ok_or(ProviderError::Incomplete("address of the page"))?,
        })
    }

    /// Reads Stripe's record of a page.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if it cannot be read now.
    pub async fn read(&self, session: &str) -> Result<Reading, ProviderError> {
        let session = RetrieveCheckoutSession::new(session)
            .customize()
            .request_strategy(RequestStrategy::ExponentialBackoff(SENDS))
            .send(&self.client)
            .await?;
        let outcome = match (&session.status, &session.payment_status) {
            (_, CheckoutSessionPaymentStatus::Paid) => Outcome::Paid,
            (Some(CheckoutSessionStatus::Expired), _) => Outcome::Expired,
            _ => Outcome::Pending,
        };
        Ok(Reading {
            noted: session.metadata.as_ref().and_then(noted),
            url: session.url,
            record: Record {
                session: session.id.to_string(),
                reference: session.client_reference_id,
                amount: session.amount_total,
                currency: session
                    .currency
                    .map(|currency| currency.to_string().to_ascii_lowercase()),
                live: session.livemode,
                outcome,
            },
        })
    }
}

/// What we note on a page, so that its record leads straight to ours.
fn notes(payment: &Payment) -> std::collections::HashMap<String, String> {
    let notes = match &payment.purpose {
        Purpose::Booking { booking, event } => vec![
            ("booking", booking.to_string()),
            ("event", event.to_string()),
        ],
        Purpose::Invoice { invoice } => vec![("invoice", invoice.to_string())],
    };
    notes
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// The note that [`notes`] made.
fn noted(notes: &std::collections::HashMap<String, String>) -> Option<Purpose> {
    if let Some(invoice) = notes.get("invoice") {
        return Some(Purpose::Invoice {
            invoice: InvoiceNumber::parse(invoice)?,
        });
    }
    Some(Purpose::Booking {
        booking: domain::reference::Reference::parse(notes.get("booking")?).ok()?,
        event: domain::event::EventSlug::parse(notes.get("event")?).ok()?,
    })
}
