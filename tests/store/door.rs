//! A door before an engine, at which a call can be answered in its
//! place, once, in the words of AWS's reference of the API.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header, request};
use axum::response::{IntoResponse as _, Response};
use functions::store::Store;
use local::database::{TABLE, client};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::engine::Engine;

/// What is answered in the engine's place.
pub enum Answer {
    /// A refusal, without asking it.
    Refused(Value),
    /// Of a batch nothing, and that all of it is for later.
    Later,
    /// It was asked and has done it; its answer is lost.
    Lost,
}

/// A door before an engine.
pub struct Door {
    engine: Engine,
    http: reqwest::Client,
    /// What the next call of that name is answered.
    next: Mutex<Option<(&'static str, Answer)>>,
    /// What it was asked, the names of the calls beside.
    pub asked: Mutex<Vec<(String, Value)>>,
}

/// A store behind a door before the embedded engine.
pub async fn behind() -> (Store, Arc<Door>) {
    behind_before(Engine::embedded().await).await
}

/// A store behind a door before an engine.
pub async fn behind_before(engine: Engine) -> (Store, Arc<Door>) {
    engine.store(TABLE).await;
    let door = Arc::new(Door {
        engine,
        http: reqwest::Client::new(),
        next: Mutex::new(None),
        asked: Mutex::new(Vec::new()),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let routes = Router::new().fallback(pass).with_state(Arc::clone(&door));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (Store::new(client(&endpoint), TABLE), door)
}

impl Door {
    /// The next call of that name is answered so.
    pub fn answer(&self, call: &'static str, answer: Answer) {
        *self.next.lock().unwrap() = Some((call, answer));
    }

    /// Whether it was.
    pub fn has_answered(&self) -> bool {
        self.next.lock().unwrap().is_none()
    }

    async fn ask(&self, parts: request::Parts, body: Bytes) -> Response {
        let mut headers = parts.headers;
        headers.remove(header::CONTENT_LENGTH);
        headers.remove(header::HOST);
        let asked = self.http.post(self.engine.endpoint()).headers(headers);
        let answer = asked.body(body).send().await.unwrap();
        (answer.status(), answer.bytes().await.unwrap()).into_response()
    }
}

async fn pass(State(door): State<Arc<Door>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let call = parts.headers["x-amz-target"].to_str().unwrap();
    let name = call.rsplit('.').next().unwrap();
    let asked: Value = serde_json::from_slice(&body).unwrap();
    let told = (name.to_owned(), asked.clone());
    door.asked.lock().unwrap().push(told);
    let next = door.next.lock().unwrap().take_if(|(of, _)| *of == name);
    match next {
        None => door.ask(parts, body).await,
        Some((_, Answer::Refused(refusal))) => {
            (StatusCode::BAD_REQUEST, axum::Json(refusal)).into_response()
        }
        Some((_, Answer::Later)) => {
            let later = &asked["RequestItems"];
            axum::Json(json!({ "Responses": {}, "UnprocessedKeys": later })).into_response()
        }
        Some((_, Answer::Lost)) => {
            door.ask(parts, body).await;
            let fault = refusal("InternalServerError");
            (StatusCode::INTERNAL_SERVER_ERROR, axum::Json(fault)).into_response()
        }
    }
}

fn refusal(name: &str) -> Value {
    json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{name}"), "message": "…" })
}

/// A transaction that was given up for these reasons, an item each.
pub fn cancelled(reasons: &[&str]) -> Answer {
    let mut cancelled = refusal("TransactionCanceledException");
    let reasons = reasons.iter().map(|code| json!({ "Code": code }));
    cancelled["CancellationReasons"] = reasons.collect();
    Answer::Refused(cancelled)
}
