//! The stand-in through its doors: its API, its payment page, its webhooks.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use reqwest::{Client, RequestBuilder, Response, redirect};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::{Settings, StandIn, unix_time};

mod api;
mod dashboard;
mod library;
mod lists;
mod money;
mod pages;
mod provider;
mod refusals;
mod repeats;
mod restarts;
mod shapes;
mod webhooks;

const KEY: &str = "sk_test_stand_in";
const SECRET: &str = "whsec_stand_in";

/// A stand-in, something that listens to its webhook, and a browser.
struct Bench {
    stand_in: StandIn,
    webhook: Webhook,
    client: Client,
}

/// The receiver of the webhooks.
struct Webhook {
    url: String,
    told: mpsc::UnboundedReceiver<Told>,
    /// What it answers next; 200 when there is nothing here.
    answers: Arc<Mutex<VecDeque<u16>>>,
}

/// One webhook as it arrived.
struct Told {
    signature: String,
    body: Bytes,
}

impl Told {
    fn event(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Webhook {
    async fn listen() -> Webhook {
        let (sender, told) = mpsc::unbounded_channel();
        let answers = Arc::new(Mutex::new(VecDeque::new()));
        let next_answers = Arc::clone(&answers);
        let receive = async move |headers: HeaderMap, body: Bytes| {
            let signature = headers["stripe-signature"].to_str().unwrap().to_owned();
            let _ = sender.send(Told { signature, body });
            let next = next_answers.lock().unwrap().pop_front();
            StatusCode::from_u16(next.unwrap_or(200)).unwrap()
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let router = Router::new().route("/webhook", post(receive));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Webhook { url, told, answers }
    }

    async fn next(&mut self) -> Told {
        self.told.recv().await.unwrap()
    }

    /// Fails if anything arrived that nobody asked for.
    fn was_told_nothing_more(&mut self) {
        assert!(
            self.told.try_recv().is_err(),
            "a webhook that nobody expected"
        );
    }
}

async fn start(webhook_url: &str, data_file: Option<&Path>) -> anyhow::Result<StandIn> {
    let settings = Settings {
        webhook_url: webhook_url.to_owned(),
        webhook_secret: SECRET.to_owned(),
        secret_key: KEY.to_owned(),
        data_file: data_file.map(Path::to_owned),
    };
    StandIn::start(TcpListener::bind("127.0.0.1:0").await.unwrap(), settings).await
}

impl Bench {
    async fn new() -> Bench {
        Bench::with_data(None).await
    }

    async fn with_data(data_file: Option<&Path>) -> Bench {
        let webhook = Webhook::listen().await;
        let stand_in = start(&webhook.url, data_file).await.unwrap();
        Bench {
            stand_in,
            webhook,
            client: browser(),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.stand_in.base_url())
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path)).bearer_auth(KEY)
    }

    fn post(&self, path: &str, parameters: &[(&str, &str)]) -> RequestBuilder {
        self.client
            .post(self.url(path))
            .bearer_auth(KEY)
            .form(parameters)
    }

    async fn make(&self, parameters: &[(&str, &str)]) -> Response {
        self.post("v1/checkout/sessions", parameters)
            .send()
            .await
            .unwrap()
    }

    /// Makes the session of [`order`], and gives its identifier.
    async fn session(&self) -> String {
        let made: Value = self.make(&order()).await.json().await.unwrap();
        made["id"].as_str().unwrap().to_owned()
    }

    async fn read(&self, id: &str) -> Value {
        let answer = self
            .get(&format!("v1/checkout/sessions/{id}"))
            .send()
            .await
            .unwrap();
        answer.json().await.unwrap()
    }
}

impl Bench {
    /// What an address of the API answers, which has to be well.
    async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// A session of [`order`] that may be paid by Direct Debit as well.
    async fn debit_session(&self) -> String {
        let mut order = order();
        order.push(("payment_method_types[0]", "card"));
        order.push(("payment_method_types[1]", "bacs_debit"));
        order.push(("payment_intent_data[metadata][payment]", "PAY-7"));
        let made: Value = self.make(&order).await.json().await.unwrap();
        made["id"].as_str().unwrap().to_owned()
    }

    /// Asks for a refund of a session's money, with more parameters.
    async fn refund(&self, session: &str, more: &[(&str, &str)]) -> Response {
        let read = self.read(session).await;
        let mut parameters = vec![("payment_intent", read["payment_intent"].as_str().unwrap())];
        parameters.extend(more);
        self.post("v1/refunds", &parameters).send().await.unwrap()
    }
}

fn browser() -> Client {
    Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .build()
        .unwrap()
}

/// A workshop for two, at £45.00 each.
fn order() -> Vec<(&'static str, &'static str)> {
    vec![
        ("mode", "payment"),
        ("line_items[0][price_data][currency]", "gbp"),
        ("line_items[0][price_data][unit_amount]", "4500"),
        (
            "line_items[0][price_data][product_data][name]",
            "Workshop <for> leaders",
        ),
        ("line_items[0][quantity]", "2"),
        ("client_reference_id", "PAY-7"),
        ("metadata[payment]", "PAY-7"),
        (
            "success_url",
            "http://localhost:3000/pay/PAY-7?session={CHECKOUT_SESSION_ID}",
        ),
        ("cancel_url", "http://localhost:3000/bookings/B-1/"),
    ]
}

/// [`order`] with one parameter changed, or taken away if `value` is empty.
fn order_with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut parameters: Vec<_> = order()
        .into_iter()
        .filter(|(other, _)| *other != name)
        .collect();
    parameters.push((name, value));
    parameters
}

fn minutes_from_now(minutes: i64) -> String {
    (unix_time() + minutes * 60).to_string()
}

/// The names of an object's fields, in alphabetical order.
fn fields(object: &Value) -> String {
    let names: BTreeSet<&str> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}
