//! All of it as it runs in the cloud: deployed by `infra/deploy` to an emulator of
//! AWS that is not ours, the real binaries behind its gateway, its table and its
//! mail; in front of it, a stand-in for the distribution.
//!
//! Letters are woken by the table's stream there. The distribution answers
//! `/dev/letters.json` with what the emulator's mail has, once nothing is left in
//! the outbox, so that whoever tries it follows the links as anybody does.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::delivery::Delivery;
use domain::publication::Publication;
use functions::publishing::publish_all;
use functions::security::WEBHOOK;
use functions::store::Store;
use jiff::Timestamp;
use local::stripe_stand_in::{Settings, StandIn};
use serde_json::{Value, json};
use tests::applying::apply;
use tests::desk::Desk;
use tests::emulator::said;
use tests::{Visitor, built_site};
use tokio::net::TcpListener;

use tests::lambda::binary;

/// Where the stage says that the site is; links in letters begin with it.
const BASE_URL: &str = "https://www.sample.example";

/// How long letters may take to be sent, on a machine that does other things.
const PATIENCE: Duration = Duration::from_secs(90);

/// The sample event with a price.
const PRICED: &str = "workshop-for-leaders";

/// The distribution: what it needs to pass a request on.
struct Edge {
    client: reqwest::Client,
    /// The emulator.
    cloud: String,
    /// The host that the API has there.
    host: String,
    /// Our own origin.
    origin: String,
    store: Store,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deployed_takes_an_application_a_booking_and_a_payment_and_writes_its_letters() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let stripe = StandIn::start(
        TcpListener::bind("127.0.0.1:0").await.unwrap(),
        Settings {
            webhook_url: format!("{origin}{WEBHOOK}"),
            webhook_secret: "whsec_1".to_owned(),
            secret_key: "sk_test_1".to_owned(),
            data_file: None,
        },
    )
    .await
    .unwrap();
    let cards = stripe.base_url();
    let deploy = move || {
        let mut desk = Desk::set_up();
        desk.set("services", "StripeApiBase", &cards);
        for name in desk.binaries() {
            desk.take_code(&name, &binary(&name));
        }
        // The domain that letters come from is proved to be ours.
        let identity = ["sesv2", "create-email-identity", "--email-identity"];
        desk.cloud
            .aws(&[&identity[..], &["sample.example"]].concat());
        let done = desk.deploy(&[]);
        assert!(done.status.success(), "{}", said(&done));
        desk
    };
    let desk = tokio::task::spawn_blocking(deploy).await.unwrap();
    let cloud = desk.cloud.address();
    let client = local::database::client(&cloud);
    let store = Store::new(client, desk.resource("Table"));
    publish_all(&store, &publication(), Timestamp::now())
        .await
        .unwrap();
    let edge = Arc::new(Edge {
        client: reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap(),
        host: format!("{}.execute-api.localhost", desk.resource("Api")),
        cloud,
        origin: origin.clone(),
        store,
    });
    let routes = Router::new().fallback(pass_on).with_state(edge);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let visitor = Visitor::at(&origin);

    let health = visitor.get("/api/health").await;
    assert_eq!(health.json()["status"], "ok", "{}", health.body);
    let status = apply(&visitor, "900001").await;
    let page = visitor.get(&status).await;
    assert!(page.text().contains("APP-"), "{}", page.text());

    let fields = [
        ("step", "book"),
        ("name", "Ines Quaye"),
        ("email", "ines@sample.example"),
        ("school_name", "St Anne’s"),
        ("urn", ""),
    ];
    let booked = visitor.book(&format!("/book/{PRICED}/"), &fields).await;
    assert!(
        booked.at.starts_with("/pay/"),
        "{} {}",
        booked.at,
        booked.text()
    );
    let hosted = visitor
        .post_only(&booked.at, &tests::visitor::owned(&[]))
        .await;
    let session = hosted.at.rsplit('/').next().unwrap().to_owned();
    // Answered once the webhook was: through the distribution and the gateway.
    stripe.pay(&session).await.unwrap();
    let paid = visitor.get(&booked.at).await;
    assert!(
        paid.text().contains("This has been paid"),
        "{}",
        paid.text()
    );
    let event = visitor.get(&format!("/api/events/{PRICED}")).await.json();
    assert_eq!(event["confirmed"], 1, "{event}");

    let letters = visitor.letters().await;
    let confirmed = letters
        .iter()
        .find(|letter| {
            letter["subject"]
                .as_str()
                .unwrap_or_default()
                .contains("confirmed")
        })
        .unwrap_or_else(|| panic!("no letter confirms it: {letters:#?}"));
    assert_eq!(confirmed["to"], "ines@sample.example");
    assert!(
        confirmed["html"]
            .as_str()
            .unwrap()
            .contains("<table class=\"facts\">")
    );
}

/// What the content promises.
fn publication() -> Publication {
    let file = built_site().parent().unwrap().join("publication.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// What the distribution does with a request.
async fn pass_on(State(edge): State<Arc<Edge>>, request: Request) -> Response {
    if request.uri().path() == "/dev/letters.json" {
        return axum::Json(edge.letters().await).into_response();
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let mut headers = parts.headers;
    let port = edge.cloud.rsplit(':').next().unwrap_or_default();
    let host = HeaderValue::from_str(&format!("{}:{port}", edge.host)).unwrap();
    headers.insert(header::HOST, host);
    headers.insert(
        HeaderName::from_static("x-edge-key"),
        HeaderValue::from_static("k"),
    );
    headers.remove(header::CONTENT_LENGTH);
    let asked = edge
        .client
        .request(parts.method, format!("{}{}", edge.cloud, parts.uri))
        .headers(headers)
        .body(body)
        .send()
        .await;
    let answer = match asked {
        Ok(answer) => answer,
        Err(error) => return (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    };
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        let about_the_wire = [header::TRANSFER_ENCODING, header::CONTENT_LENGTH];
        if !about_the_wire.contains(name) {
            response = response.header(name, value);
        }
    }
    response
        .body(Body::from(answer.bytes().await.unwrap()))
        .unwrap()
}

impl Edge {
    /// What the emulator's mail has, the newest first, once all of it has gone.
    async fn letters(&self) -> Value {
        tokio::time::timeout(PATIENCE, self.until_all_have_gone())
            .await
            .expect("letters wait in the outbox: was nobody woken?");
        let address = format!("{}/_ministack/ses/messages", self.cloud);
        let kept = self.client.get(address).send().await.unwrap();
        let kept: Value = kept.json().await.unwrap();
        let accounts = kept["messages"].as_object().unwrap();
        let letters = accounts.values().flat_map(|of| of.as_array().unwrap());
        let shown = letters.map(|letter| {
            let ours = |text: &Value| {
                let text = text.as_str().unwrap_or_default();
                text.replace(BASE_URL, &self.origin)
            };
            json!({
                "to": letter["To"][0], "subject": letter["Subject"],
                "text": ours(&letter["BodyText"]), "html": ours(&letter["BodyHtml"]),
            })
        });
        shown.rev().collect()
    }

    async fn until_all_have_gone(&self) {
        let mut looks = tokio::time::interval(Duration::from_millis(200));
        loop {
            looks.tick().await;
            let letters = self.store.letters(1_000).await.unwrap();
            let is_sent = |state: &Delivery| matches!(state, Delivery::Sent { .. });
            if letters.iter().all(|letter| is_sent(&letter.delivery)) {
                return;
            }
        }
    }
}
