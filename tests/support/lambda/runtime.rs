//! The Lambda Runtime API: a function asks it for the next event, and answers.
//!
//! The function polls `next`, which waits until a case has an event for it,
//! and posts its answer under the event's id. Only what a healthy function
//! calls is served, and the two calls by which it says that it is not.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{oneshot, watch};

/// Far in the future: no case is about a function that runs out of time.
const DEADLINE_MILLISECONDS: &str = "4102444800000";

/// What a function made of an event: its response, or the error it reported.
type Outcome = Result<Value, Value>;

pub(super) struct RuntimeApi {
    pub(super) address: SocketAddr,
    calls: Arc<Calls>,
    events: UnboundedSender<(String, String)>,
    count: AtomicU64,
}

struct Calls {
    /// When the function asked for its first event.
    asked: watch::Sender<Option<Instant>>,
    waiting: tokio::sync::Mutex<UnboundedReceiver<(String, String)>>,
    open: Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
}

impl RuntimeApi {
    /// Serves one function, until the test ends.
    pub(super) async fn serve() -> RuntimeApi {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (events, waiting) = unbounded_channel();
        let calls = Arc::new(Calls {
            asked: watch::Sender::new(None),
            waiting: tokio::sync::Mutex::new(waiting),
            open: Mutex::default(),
        });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route(
                "/2018-06-01/runtime/invocation/{id}/response",
                post(answered),
            )
            .route("/2018-06-01/runtime/invocation/{id}/error", post(failed))
            .route("/2018-06-01/runtime/init/error", post(failed_to_start))
            .with_state(Arc::clone(&calls));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        RuntimeApi {
            address,
            calls,
            events,
            count: AtomicU64::new(1),
        }
    }

    /// Waits until the function has asked for its first event: when that was.
    pub(super) async fn asked(&self) -> Instant {
        let mut asked = self.calls.asked.subscribe();
        let asked = asked.wait_for(Option::is_some).await;
        let asked = asked.expect("the other end is held here");
        asked.expect("it was waited for")
    }

    /// Hands the function an event, and waits for what it makes of it.
    pub(super) async fn invoke(&self, event: &Value) -> Outcome {
        let id = format!("invocation-{}", self.count.fetch_add(1, Ordering::Relaxed));
        let (answer, outcome) = oneshot::channel();
        self.calls.open.lock().unwrap().insert(id.clone(), answer);
        self.events.send((id, event.to_string())).unwrap();
        outcome
            .await
            .expect("an invocation stays open until it is answered")
    }
}

impl Calls {
    fn settle(&self, id: &str, outcome: Outcome) -> StatusCode {
        match self.open.lock().unwrap().remove(id) {
            // The case may have given up waiting; that is for it to report.
            Some(answer) => drop(answer.send(outcome)),
            None => return StatusCode::BAD_REQUEST,
        }
        StatusCode::ACCEPTED
    }
}

async fn next(State(calls): State<Arc<Calls>>) -> impl IntoResponse {
    let now = Instant::now();
    calls
        .asked
        .send_if_modified(|asked| asked.replace(asked.unwrap_or(now)).is_none());
    let (id, event) = calls
        .waiting
        .lock()
        .await
        .recv()
        .await
        .expect("the case holds the sender for as long as the function runs");
    let headers = [
        ("lambda-runtime-aws-request-id", id),
        (
            "lambda-runtime-deadline-ms",
            DEADLINE_MILLISECONDS.to_owned(),
        ),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-west-2:123456789012:function:under-test".to_owned(),
        ),
        ("content-type", "application/json".to_owned()),
    ];
    (headers, event)
}

async fn answered(
    State(calls): State<Arc<Calls>>,
    Path(id): Path<String>,
    body: String,
) -> StatusCode {
    let answer = serde_json::from_str(&body)
        .map_err(|error| Value::String(format!("the answer is not JSON: {error}; it is `{body}`")));
    calls.settle(&id, answer)
}

async fn failed(
    State(calls): State<Arc<Calls>>,
    Path(id): Path<String>,
    body: String,
) -> StatusCode {
    calls.settle(&id, Err(Value::String(body)))
}

/// The function could not even begin: everything that waits for it fails.
async fn failed_to_start(State(calls): State<Arc<Calls>>, body: String) -> StatusCode {
    for (_, answer) in calls.open.lock().unwrap().drain() {
        drop(answer.send(Err(Value::String(body.clone()))));
    }
    StatusCode::ACCEPTED
}
