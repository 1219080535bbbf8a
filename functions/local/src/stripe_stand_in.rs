//! A stand-in for the part of Stripe that the product uses.
//!
//! For a machine without a Stripe key, and for tests: it makes, reads and ends
//! Checkout Sessions over Stripe's API, gives money back, keeps a balance with
//! Stripe's fees, shows the page that a visitor pays on, and tells the webhook
//! with signed events. Stripe's own libraries talk to it as they talk to
//! Stripe, so the product has one code path for both. What a bank does, and
//! what somebody does in Stripe's dashboard, has buttons on its first page.
//!
//! Its clock is the computer's, as Stripe's is, whatever day the product
//! believes it to be. Absent on purpose: cards, prices kept at Stripe, and
//! answers to parameters that the product does not send.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, anyhow, ensure};
use axum::Router;
use axum::response::Redirect;
use axum::routing::get;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use desk::Desk;
use event::Event;
use store::Store;
use webhook::Deliveries;

pub use traffic::Fault;
pub use webhook::sign;

mod api;
mod dashboard;
mod desk;
mod event;
mod fees;
mod hands;
mod html;
mod money;
mod objects;
mod order;
mod pages;
mod parameters;
mod refusal;
mod session;
mod state;
mod store;
mod traffic;
mod values;
mod webhook;

#[cfg(test)]
mod tests;

/// What the stand-in has to know.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where events are sent.
    pub webhook_url: String,
    /// What events are signed with.
    pub webhook_secret: String,
    /// The key that every call to the API has to carry.
    pub secret_key: String,
    /// Where sessions are kept; without it they are forgotten at the end.
    pub data_file: Option<PathBuf>,
}

/// A stand-in that serves until it is dropped.
pub struct StandIn {
    desk: Arc<Desk>,
    _tasks: JoinSet<()>,
    _serving: oneshot::Sender<()>,
}

impl StandIn {
    /// Serves on `listener`, and delivers the events that an earlier run with
    /// the same data file did not come to.
    ///
    /// # Errors
    ///
    /// `listener` is open to other computers, or the data file cannot be read.
    pub async fn start(listener: TcpListener, settings: Settings) -> anyhow::Result<StandIn> {
        let address = listener
            .local_addr()
            .context("the payment stand-in has no address")?;
        ensure!(
            address.ip().is_loopback(),
            "the payment stand-in listens on {address}: anybody could pay there; give it 127.0.0.1"
        );
        let base_url = format!("http://{address}/");
        let (new_events, events) = mpsc::unbounded_channel();
        let store = Arc::new(Store::open(settings.data_file.clone(), new_events)?);
        let deliveries = Deliveries::new(&settings, base_url.clone(), Arc::clone(&store))?;
        let desk = Arc::new(Desk {
            base_url,
            secret_key: settings.secret_key,
            store,
            deliveries: Arc::new(deliveries),
            traffic: traffic::Traffic::default(),
        });

        let router = api::routes(Arc::clone(&desk))
            .merge(dashboard::routes(Arc::clone(&desk)))
            .merge(pages::routes(Arc::clone(&desk)));
        let (serving, stop) = oneshot::channel::<()>();
        // Not among the tasks below: dropping the sender lets it finish what it is answering.
        tokio::spawn(async move {
            let stopped = async {
                let _ = stop.await;
            };
            if let Err(error) = axum::serve(listener, router)
                .with_graceful_shutdown(stopped)
                .await
            {
                tracing::error!("the payment stand-in stopped serving: {error}");
            }
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(Arc::clone(&desk.deliveries).run(events));
        tasks.spawn(Arc::clone(&desk).watch_the_clock());
        Ok(StandIn {
            desk,
            _tasks: tasks,
            _serving: serving,
        })
    }

    /// Where Stripe's library is to be pointed: `http://127.0.0.1:PORT/`, with the slash.
    pub fn base_url(&self) -> String {
        self.desk.base_url.clone()
    }

    /// Sends an event of any `kind` about a session as it is now, once and
    /// whether or not webhooks are held back. Gives the status of the answer.
    ///
    /// # Errors
    ///
    /// The session is not there, or the receiver does not answer.
    pub async fn send_webhook(&self, session: &str, kind: &str) -> anyhow::Result<u16> {
        let session = self.desk.look(session).await?;
        let version = session.api_version.clone();
        let event = Event::new(kind, session, version, unix_time());
        self.desk.deliveries.note(event.clone());
        Ok(self.desk.deliveries.send(&event).await?.as_u16())
    }

    /// Sends an event that was made before, once more or ahead of its turn,
    /// whether or not webhooks are held back. Gives the status of the answer.
    ///
    /// # Errors
    ///
    /// There was no such event since the start, or the receiver does not answer.
    pub async fn repeat_webhook(&self, event: &str) -> anyhow::Result<u16> {
        let made = self.desk.deliveries.made(event);
        let event = made.ok_or_else(|| anyhow!("no event `{event}` was made since the start"))?;
        Ok(self.desk.deliveries.send(&event).await?.as_u16())
    }

    /// Every event made since the start, oldest first, as Stripe writes it.
    pub fn events(&self) -> Vec<Value> {
        self.desk.deliveries.all_made()
    }

    /// Holds back every webhook from now on.
    pub fn hold_webhooks(&self) {
        self.desk.deliveries.hold(true);
    }

    /// Sends the webhooks that were held back, and later ones as they come.
    pub fn release_webhooks(&self) {
        self.desk.deliveries.hold(false);
    }

    /// Forgets the webhooks that were not delivered yet: they are lost.
    ///
    /// # Errors
    ///
    /// The data file cannot be written.
    pub async fn lose_webhooks(&self) -> anyhow::Result<()> {
        let lost = self.desk.store.change(|state| {
            state.nothing_is_undelivered();
            Ok(())
        });
        Ok(lost.await?)
    }

    /// Waits until every webhook has been delivered or given up. Those that are
    /// held back count as not delivered.
    pub async fn webhooks_delivered(&self) {
        let mut changes = self.desk.store.changes();
        let _ = changes
            .wait_for(|state| state.undelivered().next().is_none())
            .await;
    }

    /// How often each address of the API was called, by method and route, such
    /// as `POST /v1/checkout/sessions` and `GET /v1/checkout/sessions/{id}`.
    pub fn requests(&self) -> BTreeMap<String, usize> {
        self.desk.traffic.counts()
    }

    /// Lets the next calls to the API go wrong.
    pub fn fail_next(&self, fault: Fault, times: usize) {
        self.desk.traffic.fail_next(None, fault, times);
    }

    /// Lets the next calls to one address go wrong, named as in
    /// [`StandIn::requests`].
    pub fn fail_next_at(&self, address: &str, fault: Fault, times: usize) {
        self.desk.traffic.fail_next(Some(address), fault, times);
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.desk.store.close();
    }
}

/// `GET /dev/stripe` of the product: on to the first page of the stand-in, if
/// there is one.
pub fn door(base_url: Option<String>) -> Router {
    match base_url {
        Some(url) => Router::new().route("/dev/stripe", get(async move || Redirect::to(&url))),
        None => Router::new(),
    }
}

/// Seconds since 1970, by the computer's clock.
fn unix_time() -> i64 {
    jiff::Timestamp::now().as_second()
}
