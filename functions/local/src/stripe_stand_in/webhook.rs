//! Telling the webhook: signing an event, sending it, and sending it again.
//!
//! Each event is delivered by a task of its own, so a receiver that is down
//! holds up nothing else, and events may arrive in any order, as Stripe's do.
//! Stripe tries for three days; here it is about a minute, after which a line
//! in the log says that it was given up.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, StatusCode, redirect};
use serde_json::Value;
use sha2::Sha256;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::event::{Delivery, Event};
use super::store::Store;
use super::{Settings, objects, unix_time};

/// How long a receiver may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The value of the `Stripe-Signature` header for `body`, sent at `timestamp`
/// (seconds since 1970): an HMAC-SHA256 of the timestamp, a full stop and the
/// body, under the webhook's secret.
pub fn sign(secret: &str, timestamp: i64, body: &[u8]) -> String {
    use std::fmt::Write;

    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .expect("an HMAC takes a key of any length");
    mac.update(format!("{timestamp}.").as_bytes());
    mac.update(body);
    let mut header = format!("t={timestamp},v1=");
    for byte in mac.finalize().into_bytes() {
        let _ = write!(header, "{byte:02x}");
    }
    header
}

/// The pauses between tries: a tenth of a second, then twice as long each time.
pub(super) fn pauses() -> impl Iterator<Item = Duration> {
    (0..12).map(|turn| Duration::from_millis(100 << turn).min(Duration::from_secs(10)))
}

/// What sends events, and what a test may do to it.
pub(super) struct Deliveries {
    client: Client,
    url: String,
    secret: String,
    base_url: String,
    store: Arc<Store>,
    held: watch::Sender<bool>,
    /// Every event made since the start, oldest first.
    made: Mutex<Vec<Event>>,
}

impl Deliveries {
    pub(super) fn new(
        settings: &Settings,
        base_url: String,
        store: Arc<Store>,
    ) -> anyhow::Result<Deliveries> {
        let client = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .context("the payment stand-in cannot make an HTTP client")?;
        Ok(Deliveries {
            client,
            url: settings.webhook_url.clone(),
            secret: settings.webhook_secret.clone(),
            base_url,
            store,
            held: watch::Sender::new(false),
            made: Mutex::default(),
        })
    }

    /// Delivers whatever comes out of `events`, until it is dropped.
    pub(super) async fn run(self: Arc<Self>, mut events: mpsc::UnboundedReceiver<Event>) {
        let mut under_way = JoinSet::new();
        loop {
            tokio::select! {
                event = events.recv() => match event {
                    None => return,
                    Some(event) => {
                        self.note(event.clone());
                        under_way.spawn(Arc::clone(&self).deliver(event));
                    }
                },
                Some(_) = under_way.join_next() => {}
            }
        }
    }

    async fn deliver(self: Arc<Self>, event: Event) {
        let mut pauses = pauses();
        let delivery = loop {
            if self.held.subscribe().wait_for(|held| !held).await.is_err()
                || !self.store.now().is_undelivered(&event.id)
            {
                return;
            }
            let trouble = match self.send(&event).await {
                Ok(status) if status.is_success() => break Delivery::Delivered,
                Ok(status) => format!("it answered {status}"),
                Err(error) => format!("{error:#}"),
            };
            let Some(pause) = pauses.next() else {
                tracing::warn!(
                    event = event.id,
                    "the payment stand-in gave up telling {} of `{}`: {trouble}",
                    self.url,
                    event.kind,
                );
                break Delivery::Failed;
            };
            tokio::time::sleep(pause).await;
        };
        let done = self.store.change(move |state| {
            state.is_done_with(&event.id, delivery);
            Ok(())
        });
        // If this cannot be kept, the event is delivered once more after a
        // restart: receivers have to bear that from Stripe as well.
        let _ = done.await;
    }

    /// Sends an event once, signed as of now.
    pub(super) async fn send(&self, event: &Event) -> anyhow::Result<StatusCode> {
        let body = serde_json::to_vec(&objects::event(event, &self.base_url))?;
        let signature = sign(&self.secret, unix_time(), &body);
        let answer = self
            .client
            .post(&self.url)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Stripe-Signature", signature)
            .header("User-Agent", "Stripe/1.0 (stand-in)")
            .body(body)
            .send()
            .await
            .with_context(|| format!("{} could not be reached", self.url))?;
        Ok(answer.status())
    }

    /// Remembers an event that was made.
    pub(super) fn note(&self, event: Event) {
        self.made
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event);
    }

    /// An event made since the start.
    pub(super) fn made(&self, id: &str) -> Option<Event> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.iter().find(|event| event.id == id).cloned()
    }

    /// Every event made since the start, as Stripe writes it.
    pub(super) fn all_made(&self) -> Vec<Value> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.iter()
            .map(|event| objects::event(event, &self.base_url))
            .collect()
    }

    /// Holds deliveries back, or lets them go.
    pub(super) fn hold(&self, held: bool) {
        self.held.send_replace(held);
    }

    /// Whether deliveries are held back.
    pub(super) fn are_held(&self) -> bool {
        *self.held.borrow()
    }
}
