//! GitHub's two addresses of OAuth: the page that asks the person, and the
//! exchange of what it gives for a key.
//!
//! The client is hyper with rustls, which the card provider's library brings
//! already; one request needs no more.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;

use super::attempt::Attempt;
use super::refusal::Refusal;
use crate::config::{EditorConfig, Secret};

/// How long GitHub may take: the gateway gives up at 30 seconds, a person
/// sooner.
const PATIENCE: Duration = Duration::from_secs(8);

/// An answer of GitHub's is a few hundred bytes.
const LONGEST: usize = 64 * 1024;

/// The way to GitHub.
#[derive(Debug)]
pub(super) struct GitHub {
    client: Client<HttpsConnector<HttpConnector>, Body>,
}

/// What GitHub answers, whatever its status: the error comes with a 200.
#[derive(Deserialize)]
struct Answer {
    access_token: Option<String>,
    error: Option<String>,
}

impl GitHub {
    pub(super) fn new(config: &EditorConfig) -> GitHub {
        let connector = HttpsConnectorBuilder::new().with_webpki_roots();
        // A stand-in on this machine has no certificate.
        let connector = if config.provider.starts_with("http://") {
            connector.https_or_http()
        } else {
            connector.https_only()
        };
        GitHub {
            client: Client::builder(TokioExecutor::new()).build(connector.enable_http1().build()),
        }
    }

    /// Where the person is asked.
    pub(super) fn page_to_ask_on(&self, config: &EditorConfig, attempt: &Attempt) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &config.client_id)
            .append_pair("redirect_uri", &way_back(config))
            .append_pair("scope", &config.scope)
            .append_pair("state", attempt.state())
            .append_pair("code_challenge", &attempt.challenge())
            .append_pair("code_challenge_method", "S256")
            .append_pair("allow_signup", "false")
            .finish();
        format!("{}/login/oauth/authorize?{query}", config.provider)
    }

    /// The key that a code stands for. A code is good for one exchange, so
    /// the request is sent once.
    pub(super) async fn exchange(
        &self,
        config: &EditorConfig,
        attempt: &Attempt,
        code: &str,
    ) -> Result<Secret, Refusal> {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &config.client_id)
            .append_pair("client_secret", config.client_secret.expose())
            .append_pair("code", code)
            .append_pair("redirect_uri", &way_back(config))
            .append_pair("code_verifier", attempt.verifier())
            .finish();
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}/login/oauth/access_token", config.provider))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::USER_AGENT, "editor-sign-in")
            .body(Body::from(form))
            .map_err(|_| Refusal::Misconfigured)?;
        let answer = tokio::time::timeout(PATIENCE, self.ask(request))
            .await
            .map_err(|_| Refusal::Unreachable)??;
        key(answer)
    }

    async fn ask(&self, request: Request<Body>) -> Result<Answer, Refusal> {
        let response = self
            .client
            .request(request)
            .await
            .map_err(|_| Refusal::Unreachable)?;
        if response.status().is_server_error() {
            return Err(Refusal::Unreachable);
        }
        let body = axum::body::to_bytes(Body::new(response.into_body()), LONGEST)
            .await
            .map_err(|_| Refusal::Unreadable)?;
        serde_json::from_slice(&body).map_err(|_| Refusal::Unreadable)
    }
}

fn key(answer: Answer) -> Result<Secret, Refusal> {
    match (answer.access_token, answer.error.as_deref()) {
        (Some(token), None) if !token.is_empty() => Ok(Secret::new(token)),
        (_, Some("bad_verification_code" | "expired_token")) => Err(Refusal::Stale),
        (_, Some("incorrect_client_credentials" | "redirect_uri_mismatch")) => {
            Err(Refusal::Misconfigured)
        }
        (_, Some(_)) => Err(Refusal::Declined),
        (_, None) => Err(Refusal::Unreadable),
    }
}

/// Where GitHub leads back to.
fn way_back(config: &EditorConfig) -> String {
    format!("{}/callback", config.origin)
}
