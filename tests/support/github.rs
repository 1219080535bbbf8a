//! GitHub on loopback, as far as a sign-in needs it: the page that asks the
//! person, who here says yes, and the exchange of a code, which is good once
//! and only with the verifier that it was asked for with.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;

/// The name of the app.
pub const CLIENT_ID: &str = "Iv1.undertest";
/// Its secret.
pub const CLIENT_SECRET: &str = "a-secret-under-test";
/// What a code is exchanged for.
pub const TOKEN: &str = "gho_under</script>test";

/// How the exchange answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// As GitHub does.
    Well,
    /// With a status that says it is down.
    Down,
    /// Not at all.
    Silent,
    /// With something that is no answer.
    Confused,
}

/// A GitHub of one's own.
pub struct GitHub {
    /// Where it answers.
    pub base_url: String,
    /// How the exchange answers from now on.
    pub mood: Arc<Mutex<Mood>>,
}

#[derive(Clone)]
struct Shared {
    mood: Arc<Mutex<Mood>>,
    /// The challenge that each open code was asked for with.
    codes: Arc<Mutex<HashMap<String, String>>>,
}

type Fields = HashMap<String, String>;

impl GitHub {
    /// Starts one on a free port.
    pub async fn start() -> GitHub {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("its address"));
        let shared = Shared {
            mood: Arc::new(Mutex::new(Mood::Well)),
            codes: Arc::default(),
        };
        let mood = Arc::clone(&shared.mood);
        let routes = Router::new()
            .route("/login/oauth/authorize", get(authorize))
            .route("/login/oauth/access_token", post(exchange))
            .with_state(shared);
        tokio::spawn(async move { axum::serve(listener, routes).await });
        GitHub { base_url, mood }
    }

    /// Changes how the exchange answers.
    pub fn be(&self, mood: Mood) {
        *self.mood.lock().expect("no test panics here") = mood;
    }
}

/// The person says yes at once.
async fn authorize(State(shared): State<Shared>, Query(asked): Query<Fields>) -> Response {
    let of = |name: &str| asked.get(name).cloned().unwrap_or_default();
    if of("client_id") != CLIENT_ID || of("code_challenge_method") != "S256" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut codes = shared.codes.lock().expect("no test panics here");
    let code = format!("code-{}", codes.len());
    codes.insert(code.clone(), of("code_challenge"));
    let back = format!("{}?code={code}&state={}", of("redirect_uri"), of("state"));
    Redirect::to(&back).into_response()
}

async fn exchange(State(shared): State<Shared>, Form(form): Form<Fields>) -> Response {
    let mood = *shared.mood.lock().expect("no test panics here");
    match mood {
        Mood::Well => {}
        Mood::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Mood::Silent => std::future::pending().await,
        Mood::Confused => return "<!doctype html><title>Unicorn</title>".into_response(),
    }
    let of = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if of("client_id") != CLIENT_ID || of("client_secret") != CLIENT_SECRET {
        return Json(json!({ "error": "incorrect_client_credentials" })).into_response();
    }
    let challenge = shared
        .codes
        .lock()
        .expect("no test panics here")
        .remove(of("code"));
    if challenge != Some(challenge_of(of("code_verifier"))) {
        return Json(json!({ "error": "bad_verification_code" })).into_response();
    }
    Json(json!({ "access_token": TOKEN, "token_type": "bearer", "scope": "public_repo" }))
        .into_response()
}

/// RFC 7636: the SHA-256 of a verifier, in base64 for addresses.
fn challenge_of(verifier: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for group in Sha256::digest(verifier.as_bytes()).chunks(3) {
        let mut bits = 0;
        for place in 0..3 {
            bits = bits << 8 | usize::from(*group.get(place).unwrap_or(&0));
        }
        for place in 0..=group.len() {
            text.push(char::from(DIGITS[bits >> (18 - 6 * place) & 63]));
        }
    }
    text
}
